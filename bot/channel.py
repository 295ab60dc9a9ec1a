"""What every channel offers to the rest of the house, and how a send can fail."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from handlers.message import Capabilities


class SendError(Exception):
    """A platform did not take what we sent.

    `permanent`: trying again will not help. `gone`: the chat is closed to us (blocked, deactivated, archived) and will
    stay so until the person comes back. `retry_after_s`: the platform asked to wait so many seconds, in this chat or
    with everything (`scope`). `moved_to`: the chat has a new id. The text names method and error code, never words.
    """

    def __init__(
        self,
        text: str,
        *,
        permanent: bool = False,
        gone: bool = False,
        retry_after_s: float | None = None,
        scope: Literal["chat", "channel"] = "chat",
        moved_to: str = "",
    ) -> None:
        super().__init__(text)
        self.permanent, self.gone = permanent or gone, gone
        self.retry_after_s, self.scope, self.moved_to = retry_after_s, scope, moved_to


@dataclass(frozen=True)
class Loaded:
    """A file with its bytes, ready to be sent."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Sending:
    """An outbox row ready to be sent: keys of other messages are resolved to the platform's ids.

    `kind` and `payload` are those of `handlers/showing.py`. `thread` is the platform's id of the thread or "". `of` is
    the platform's id of the message an edit, a deletion or a retirement is about.
    """

    kind: str
    payload: dict[str, Any]
    conversation: str
    thread: str = ""
    of: str = ""
    files: tuple[Loaded, ...] = ()


@dataclass(frozen=True)
class Budget:
    """What a platform allows: messages a second in all, seconds between two in one chat, and the burst a chat bears."""

    per_second: float
    chat_interval_s: float
    chat_burst: int
    group_interval_s: float
    group_burst: int


@dataclass(frozen=True)
class Now:
    """Volatile answers of one turn, shown in the person's language: they are given at once or not at all.

    `toast` is (text, alert); `modal` the payload of a modal with its `trigger`, and `fallback` the payload of the
    message that is sent instead if the modal could not be opened; `errors` are form errors per field key. `tap` and
    `delivery` tell what is answered, `conversation`, `thread` and `account` where and to whom. `message` is the
    platform's id of the message that was pressed, which is also `thread` where no thread has begun under it yet.
    """

    delivery: str
    conversation: str
    thread: str
    account: str
    message: str = ""
    tap: str = ""
    toast: tuple[str, bool] | None = None
    modal: dict[str, Any] | None = None
    trigger: str = ""
    fallback: dict[str, Any] | None = None
    errors: dict[str, str] = field(default_factory=dict)


class Channel(Protocol):
    """One platform: three files in its folder, `read.py` and `show.py` pure, `run.py` with library and network."""

    name: str
    capabilities: Capabilities
    budget: Budget

    def is_group(self, conversation: str) -> bool:
        """Whether the group's budget holds for this chat."""

    async def send(self, sending: Sending) -> str:
        """Do what a row asks for; the platform's id of the message, "" where there is none. Raises `SendError`."""

    async def perform(self, now: Now) -> None:
        """Give the volatile answers (toast or modal). Raises `SendError`."""

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes of a file that lies with the platform. Raises `SendError`, permanent if over `limit` bytes."""

    async def run(self) -> None:
        """Take in deliveries until cancelled, where the platform does not call us."""
