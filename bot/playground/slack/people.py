"""A person's side of Slack: what they do and what they see. Safe to call from any thread but the server's own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.playground.slack import events, files, interaction
from bot.playground.slack.channel import Channel, Message
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.file import StoredFile
from bot.playground.slack.interaction import Submission
from bot.playground.slack.posting import place, remove, thread_of
from bot.playground.slack.reach import Place, Which, channel_of, message_of, open_modal, ts_of, visible
from bot.playground.slack.seen import SeenMessage, SeenView, see_message, see_view
from bot.playground.slack.state import BOT_USER, TEAM, State
from bot.playground.slack.typed import sent, written

Attached = tuple[str, bytes, str]
WAIT_S = 10.0


@dataclass(frozen=True)
class Said:
    """A message this person has written; `delivery` is None if the bot does not hear of it."""

    ts: str
    channel: str
    delivery: Delivery | None


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace, by `id` as the bot knows them.

    A conversation is given as itself, its id or its name; None is the direct message with the bot. A message is given
    by its timestamp or by anything that has one. An attached file is a name, its bytes and its type.
    """

    state: State
    id: str

    @property
    def name(self) -> str:
        """The full name."""
        return self.state.members[self.id].name

    def say(self, channel: Place, text: str, thread_ts: Which | None = None, files: Sequence[Attached] = ()) -> Said:
        """The message just written, in a channel or (`thread_ts`) in a thread of it."""
        with self.state.lock:
            where = channel_of(self.state, self.id, channel)
            message = Message(self.state.new_ts(), self.id, sent(text), written(text), client_msg_id=str(uuid4()))
            message.files = [self._attached(*attached) for attached in files]
            parent = thread_of(where, ts_of(thread_ts) if thread_ts else None)
            return Said(message.ts, where.id, place(self.state, where, message, parent))

    def dm(self, text: str, thread_ts: Which | None = None, files: Sequence[Attached] = ()) -> Said:
        """The message just written to the bot itself."""
        return self.say(None, text, thread_ts, files)

    def edit(self, which: Which, text: str) -> Delivery | None:
        """Give one's own message another text."""
        with self.state.lock:
            channel, message = self._own(which)
            before = message.as_json(TEAM)
            message.text, message.blocks = sent(text), written(text)
            message.edited = {"user": self.id, "ts": self.state.new_ts()}
            self.state.log.notify()
            return events.changed(self.state, channel, message, before)

    def delete(self, which: Which) -> Delivery | None:
        """Take one's own message back."""
        with self.state.lock:
            return remove(self.state, *self._own(which))

    def react(self, which: Which, name: str) -> Delivery | None:
        """Put an emoji, by its name without colons, on a message."""
        with self.state.lock:
            channel, message = message_of(self.state, self.id, which)
            people = message.reactions.setdefault(name, [])
            if self.id in people:
                return None
            people.append(self.id)
            self.state.log.notify()
            return events.reacted(self.state, channel, message, name, self.id, added=True)

    def invite_bot(self, channel: Channel | str) -> Delivery | None:
        """Add the bot to a channel."""
        with self.state.lock:
            where = channel_of(self.state, self.id, channel)
            where.members.append(BOT_USER)
            return events.joined(self.state, where, BOT_USER)

    def command(self, name: str, text: str = "", channel: Place = None) -> Delivery | None:
        """Type a slash command; None if the app has no right to any."""
        with self.state.lock:
            return interaction.command(self.state, self.id, name, text, channel)

    def press(self, name: str, message: Which | None = None) -> Delivery:
        """Press the button with this label or action id: the newest in reach, an open modal first."""
        with self.state.lock:
            return interaction.press(self.state, self.id, name, message)

    def choose(self, name: str, value: Any, message: Which | None = None) -> Delivery:
        """Choose in the element with this placeholder or action id: a label, several, a date, an overflow option."""
        with self.state.lock:
            return interaction.choose(self.state, self.id, name, value, message)

    def submit(self, values: Mapping[str, Any] | None = None) -> Submission:
        """Fill in the modal on top (by label, action id or block id), send it off, wait for the bot."""
        return interaction.submit(self.state, self.id, values or {})

    def close_view(self) -> Delivery | None:
        """Put the modal on top away."""
        with self.state.lock:
            return interaction.close(self.state, self.id)

    def shortcut(self, callback_id: str) -> Delivery:
        """Use a shortcut of the app."""
        with self.state.lock:
            return interaction.shortcut(self.state, self.id, callback_id)

    def message_shortcut(self, callback_id: str, message: Which) -> Delivery:
        """Use a shortcut of the app on a message."""
        with self.state.lock:
            return interaction.message_shortcut(self.state, self.id, callback_id, message)

    def open_home(self, tab: str = "home") -> Delivery | None:
        """Look at the app: its `home` tab, or its `messages`."""
        with self.state.lock:
            return events.home_opened(self.state, self.id, tab)

    def raw(self, event: dict[str, Any]) -> Delivery:
        """Have any event delivered, subscribed or not."""
        with self.state.lock:
            delivery = Delivery("events_api", events.envelope(self.state, event))
            self.state.send(delivery)
            return delivery

    def messages(self, channel: Place = None, thread_ts: Which | None = None, after: str = "") -> list[SeenMessage]:
        """The channel as this person sees it, oldest first; or (`thread_ts`) one thread, its first message included.

        With a timestamp, only what came `after` it.
        """
        with self.state.lock:
            where = channel_of(self.state, self.id, channel)
            there = [message for message in visible(where, self.id) if message.ts > after]
            return [see_message(self.state, where.id, one) for one in there if _belongs(one, thread_ts)]

    def last(self, channel: Place = None, thread_ts: Which | None = None) -> SeenMessage | None:
        """The newest message there."""
        said = self.messages(channel, thread_ts)
        return said[-1] if said else None

    def view(self) -> SeenView | None:
        """The modal on top, if one is open."""
        with self.state.lock:
            view = open_modal(self.state, self.id)
            return see_view(view) if view else None

    def home(self) -> SeenView | None:
        """The home tab, once the bot has published one."""
        with self.state.lock:
            view = self.state.homes.get(self.id)
            return see_view(view) if view else None

    @property
    def notices(self) -> list[str]:
        """The failures of the app this person was shown: `operation_timeout`, `dispatch_failed`, `invalid_command`."""
        with self.state.lock:
            return [*self.state.notices.get(self.id, [])]

    def wait_for(self, ready: Callable[[], object], seconds: float = WAIT_S) -> Any:
        """What `ready` gives as soon as it is true, or its last false value after `seconds` of real time."""
        return self.state.log.wait_for(ready, seconds)

    def _attached(self, name: str, data: bytes, mimetype: str) -> StoredFile:
        file = files.promised(self.state, self.id, name, mimetype)
        file.data = data
        return file

    def _own(self, which: Which) -> tuple[Channel, Message]:
        channel, message = message_of(self.state, self.id, which)
        if message.author != self.id:
            raise LookupError(f"{self.id} did not write {message.ts}")
        return channel, message


def _belongs(message: Message, thread_ts: Which | None) -> bool:
    if thread_ts:
        return ts_of(thread_ts) in (message.ts, message.thread_ts)
    return message.thread_ts is None or message.broadcast
