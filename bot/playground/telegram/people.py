"""A person with a phone: what they do in the chat with the bot, and what they see there."""

import re
from collections.abc import Callable
from html import escape
from typing import Any

from bot.playground.telegram.chat import Chat, User
from bot.playground.telegram.files import Upload
from bot.playground.telegram.group import Group, founded
from bot.playground.telegram.screen import Shown, find_button, shown_messages
from bot.playground.telegram.sending import document_of, photo_of, voice_of
from bot.playground.telegram.standing import standing_changed
from bot.playground.telegram.state import Query, State
from bot.playground.telegram.tap import Tap
from bot.playground.telegram.typed import pieces, typed

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Person:
    """Every method may be called from any thread. What a phone would not do raises ValueError."""

    def __init__(self, state: State, user: User, chat: Chat) -> None:
        self._state, self.user, self.chat = state, user, chat

    @property
    def id(self) -> int:
        """The account's id, which is also the id of the private chat."""
        return self.user.id

    def start(self, payload: str = "") -> int:
        """Press start, or follow a deep link with this payload; the id of the message that this sends."""
        if not _PAYLOAD.fullmatch(payload):
            raise ValueError("a deep link carries up to 64 of A-Z, a-z, 0-9, _ and -")
        return self.say(f"/start {payload}".strip())

    def say(self, text: str, reply_to: int | None = None) -> int:
        """The id of the message, which opens the chat; a phone cuts a long text up, and then it is the last piece's."""
        with self._state.lock:
            return [self._send(typed(piece), escape(piece), reply_to) for piece in pieces(text)][-1]

    def edit(self, message_id: int, text: str) -> None:
        """Change an own message."""
        with self._state.lock:
            message = self.chat.find(message_id)
            if message is None or message.sender["id"] != self.id:
                raise ValueError(f"{self.user.first_name} has no message {message_id} to edit")
            message.content, message.html = {**message.content, **typed(text)}, escape(text)
            message.edited_at = self._state.clock()
            self._state.tell("edited_message", self.chat.message_json(message))

    def tap(self, wanted: str, message: int | None = None) -> Tap:
        """Tap the button with this label or data: in the newest message that has one, or in the message given.

        A given message may also offer buttons that an edit took away meanwhile, as a slow phone does.
        """
        with self._state.lock:
            self._check_line()
            there = self.chat.find(message) if message else None
            among = [there] if there else [] if message else list(reversed(self.chat.live()))
            found = find_button(iter(among), wanted, past=message is not None)
            if found is None or "callback_data" not in found[1]:
                raise ValueError(f"no button {wanted!r} to tap; on the screen: {self._labels()}")
            query = Query(str(self._state.next_message_id() << 32), self._state.clock(), self.user)
            self._state.queries[query.id] = query
            body = {
                "id": query.id,
                "from": self.user.as_json(),
                "message": self.chat.message_json(found[0]),
                "chat_instance": str(self.chat.id),
                "data": found[1]["callback_data"],
            }
            return Tap(self._state, query, self._state.tell("callback_query", body))

    def send_photo(self, content: bytes, caption: str = "", reply_to: int | None = None) -> int:
        """Send a picture; the id of the message."""
        with self._state.lock:
            sizes = photo_of(self._state, Upload("photo.jpg", "image/jpeg", content))
            return self._send({"photo": sizes, **_caption(caption)}, escape(caption), reply_to)

    def send_photos(self, contents: list[bytes], caption: str = "") -> list[int]:
        """Send an album: several messages and updates, one media group id, the caption on the first."""
        with self._state.lock:
            album = str(self._state.next_message_id())
            ids = []
            for number, content in enumerate(contents):
                text = "" if number else caption
                sizes = photo_of(self._state, Upload("photo.jpg", "image/jpeg", content))
                ids.append(self._send({"photo": sizes, **_caption(text)}, escape(text), album=album))
            return ids

    def send_document(self, name: str, mime: str, content: bytes, caption: str = "") -> int:
        """Send a file; type and name are what the phone says they are."""
        with self._state.lock:
            document = document_of(self._state, Upload(name, mime, content))
            return self._send({"document": document, **_caption(caption)}, escape(caption))

    def send_voice(self, content: bytes) -> int:
        """Send a spoken message."""
        with self._state.lock:
            return self._send({"voice": voice_of(self._state, Upload("voice.oga", "audio/ogg", content))})

    def send_contact(self, phone_number: str = "+12025550143") -> int:
        """Share the own phone number."""
        contact = {"phone_number": phone_number, "first_name": self.user.first_name, "user_id": self.id}
        return self._send({"contact": contact})

    def send_location(self, latitude: float = 10.776, longitude: float = 106.701) -> int:
        """Share a place, in degrees."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}})

    def send_sticker(self, emoji: str = "👍") -> int:
        """Send a sticker."""
        with self._state.lock:
            file = self._state.shelf.put("stickers", Upload("sticker.webp", "image/webp", b"RIFF\0\0\0\0WEBP"))
            looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return self._send({"sticker": {**file.as_json(), **looks, "emoji": emoji}})

    def block(self) -> None:
        """Stop the bot."""
        with self._state.lock:
            standing_changed(self._state, self.chat, self.user, "kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        with self._state.lock:
            standing_changed(self._state, self.chat, self.user, "member")

    def deactivate(self) -> None:
        """Delete the account; nobody tells the bot."""
        with self._state.lock:
            self.user.deactivated = True

    def add_to_group(self, title: str) -> Group:
        """A group that this person made with the bot in it."""
        with self._state.lock:
            return founded(self._state, title, self.user)

    def messages(self, after: int = 0) -> list[Shown]:
        """The chat as the phone shows it now, oldest first; what came `after` a message alone, if one is given."""
        with self._state.lock:
            return shown_messages(self._state, self.chat, after)

    def last(self) -> Shown | None:
        """The newest message of the bot."""
        return next((message for message in reversed(self.messages()) if message.from_bot), None)

    def commands(self) -> list[dict[str, str]]:
        """The command menu that this phone shows."""
        with self._state.lock:
            return self._state.menus.seen(self.chat.id, self.user.language_code)

    def wait_for(self, ready: Callable[[list[Shown]], object], seconds: float = 10.0) -> object:
        """What `ready` makes of the messages as soon as it is true, or its last false value after `seconds`."""
        return self._state.log.wait_for(lambda: ready(self.messages()), seconds)

    def _send(
        self, content: dict[str, Any], html: str = "", reply_to: int | None = None, album: str | None = None
    ) -> int:
        with self._state.lock:
            self._check_line()
            self.chat.opened = True
            message = self._state.post(self.chat, self.user, content, html=html, reply_to=reply_to, album=album)
            self._state.tell("message", self.chat.message_json(message))
            return message.id

    def _check_line(self) -> None:
        if self.user.deactivated or self.chat.standing == "kicked":
            raise ValueError(f"{self.user.first_name} has blocked the bot or left Telegram")

    def _labels(self) -> list[str]:
        return [button["text"] for message in self.chat.live() for row in message.rows() for button in row]


def _caption(caption: str) -> dict[str, str]:
    return {"caption": caption} if caption else {}
