"""The workspace's memory: members, conversations, files, views, tickets. One lock guards it all."""

from collections.abc import Callable
from datetime import datetime

from bot.playground.calls import CallLog
from bot.playground.slack.channel import Channel, ChannelKind, Message
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.file import StoredFile
from bot.playground.slack.member import Member
from bot.playground.slack.rates import Breach, Rates
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.tickets import Tickets
from bot.playground.slack.trouble import Plan
from bot.playground.slack.view import View

TEAM, TEAM_DOMAIN, APP, BOT_USER, BOT = "T0CAUSEWAY", "causeway", "A0CAUSEWAY", "U0CAUSEWAY", "B0CAUSEWAY"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class State:
    """Every reader and writer holds `lock`. It is the log's own, because whoever waits on the log looks in here.

    `url` is where the stand-in is served; it is learned from the bot's calls, or told. `send` hands a delivery over.
    """

    def __init__(
        self, log: CallLog, scopes: frozenset[str], events: frozenset[str], clock: Callable[[], datetime]
    ) -> None:
        self.log, self.lock, self.clock = log, log.changed, clock
        self.scopes, self.events = scopes, events
        self.url = ""
        self.bot = Member(BOT_USER, "Causeway", "bot")
        self.clear()
        self.send: Callable[[Delivery], None] = lambda delivery: None
        # Ids must not come again after a restart, because the bot remembers them: they start from the clock.
        self._last_id = int(clock().timestamp() * 1000)
        self._last_ts = 0

    def clear(self) -> None:
        """Begin with nobody but the bot; ids go on, because the bot remembers them."""
        self.members: dict[str, Member] = {BOT_USER: self.bot}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, StoredFile] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.notices: dict[str, list[str]] = {}
        self.tickets, self.rates, self.plan = Tickets(), Rates(), Plan()
        self.handed_over: list[Delivery] = []

    @property
    def rate_breaches(self) -> list[Breach]:
        """The calls that came sooner than Slack's rates allow."""
        return self.rates.breaches

    @property
    def app(self) -> dict[str, str]:
        """The names that stand in views and messages of the bot."""
        return {"team_id": TEAM, "app_id": APP, "bot_id": BOT}

    def address(self, path: str) -> str:
        """A URL of the stand-in itself."""
        if not self.url:
            raise RuntimeError("the stand-in does not know its own address yet: set `url` once it is served")
        return f"{self.url}{path}"

    def new_id(self, prefix: str) -> str:
        """An id that nothing else has."""
        self._last_id, number, digits = self._last_id + 1, self._last_id + 1, ""
        while number:
            number, rest = divmod(number, len(DIGITS))
            digits = DIGITS[rest] + digits
        return prefix + digits

    def new_ts(self) -> str:
        """The timestamp of a new message: seconds and microseconds, always later than the one before."""
        self._last_ts = max(self._last_ts + 1, int(self.clock().timestamp() * 1_000_000))
        seconds, micros = divmod(self._last_ts, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def member(self, user_id: str) -> Member:
        """The member by id."""
        if user_id not in self.members:
            raise Refusal("user_not_found")
        return self.members[user_id]

    def channel(self, channel_id: str) -> Channel:
        """The conversation by id, if the bot may know of it."""
        channel = self.channels.get(channel_id)
        if channel is None or (channel.kind != "public" and BOT_USER not in channel.members):
            raise Refusal("channel_not_found")
        return channel

    def add_channel(self, channel_id: str, name: str, kind: ChannelKind, members: list[str]) -> Channel:
        """The new conversation."""
        self.channels[channel_id] = Channel(channel_id, name, kind, members)
        return self.channels[channel_id]

    def direct(self, user_id: str) -> Channel:
        """The direct message between this person and the bot, opened if need be."""
        person = self.member(user_id)
        for channel in self.channels.values():
            if channel.person == person.id:
                return channel
        channel = self.add_channel(self.new_id("D"), "", "im", [person.id, BOT_USER])
        channel.person = person.id
        return channel

    def message(self, channel: Channel, ts: str) -> Message:
        """The message by its timestamp; an ephemeral one is not found."""
        message = channel.messages.get(ts)
        if message is None or message.only_for:
            raise Refusal("message_not_found")
        return message

    def notice(self, person: str, text: str) -> None:
        """Show a failure of the app to this person."""
        self.notices.setdefault(person, []).append(text)
        self.log.notify()
