"""What a planned note says, as a value: it becomes a message of its own or one paragraph of a day's digest."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.message import Attachment, Button, Speech
from locales.text import Phrase
from storage.tables.people import Person


@dataclass(frozen=True)
class Notice:
    """Paragraphs with their buttons. `title` names it in a list; `why` says why somebody is told of it.

    `about` is the person whose words or name it holds. With a `thread` it is posted there, and with a `key` under that
    key in the outbox, so that it can be changed later; either goes by itself. What is `shared` goes into the
    reader's channel, where a manager has one too. `then` is done once it has been said.
    """

    title: Phrase
    parts: tuple[Speech, ...]
    why: Phrase
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    about: Person | None = None
    thread: str = ""
    key: str = ""
    shared: bool = False
    then: Callable[[], None] = lambda: None

    @property
    def alone(self) -> bool:
        """Whether it cannot be one paragraph among others."""
        return bool(self.thread or self.key)
