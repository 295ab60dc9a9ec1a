"""The shared vocabulary between the channels and the assistant: immutable values that know no platform.

What happened is past tense (`Said`, `Pressed`); what is to be done is a noun or a verb (`Message`, `Edit`, `Open`).
Sentences are `Phrase`s until `handlers/showing.py` puts them into the reader's language.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from locales.text import Phrase

Speech = Phrase | str
"""A sentence of ours, or words as a person typed them (escaped wherever they are shown)."""


@dataclass(frozen=True)
class Address:
    """Where a talk takes place: `conversation` is the platform's chat or channel id, `thread` is "" at top level.

    A thread of the form `@key` means the thread under the outbox message of that key, whose platform id is not known
    before it has been sent.
    """

    channel: str
    conversation: str
    thread: str = ""


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do. Handlers ask this and never which channel it is.

    `shared`: several people may use one account, as they share a phone. `quotes`: a message can show which one it
    answers. `signs`: people look at the reactions on what they wrote. Within `delete_hours` of its sending a message of
    ours can be deleted, None for always.
    """

    modals: bool = False
    threads: bool = False
    edits: bool = True
    shared: bool = False
    quotes: bool = False
    signs: bool = False
    delete_hours: int | None = None
    home: bool = False
    command_menu: bool = False
    command_prefix: str = "/"
    label_limit: int = 60
    text_limit: int = 3500


# --- what happened ---


@dataclass(frozen=True)
class FileRef:
    """A file that still lies with the platform: `id` fetches it, `size` is in bytes where the platform tells it.

    `album` is the same for files that were sent together.
    """

    id: str
    kind: Literal["photo", "document", "voice"]
    name: str = ""
    media_type: str = ""
    size: int | None = None
    album: str = ""


@dataclass(frozen=True)
class Said:
    """Words, with the files sent along; `reply_to` is the platform id of the quoted message."""

    text: str
    files: tuple[FileRef, ...] = ()
    reply_to: str = ""
    type: Literal["said"] = "said"


@dataclass(frozen=True)
class Commanded:
    """A command by its name without the prefix: `/start abc` is `start` with the argument `abc`."""

    name: str
    argument: str = ""
    type: Literal["commanded"] = "commanded"


@dataclass(frozen=True)
class Pressed:
    """A button was pressed: `action` is what `Button.action` said when it was shown; `tap` answers the tap itself."""

    action: str
    tap: str = ""
    type: Literal["pressed"] = "pressed"


@dataclass(frozen=True)
class Submitted:
    """A form was handed in: `action` names it, `values` holds what was typed or chosen under each field's key."""

    action: str
    values: dict[str, str]
    view: str = ""
    type: Literal["submitted"] = "submitted"


@dataclass(frozen=True)
class Changed:
    """An earlier message was edited by its author; `text` is the new wording."""

    text: str
    type: Literal["changed"] = "changed"


@dataclass(frozen=True)
class Removed:
    """An earlier message was deleted by its author."""

    type: Literal["removed"] = "removed"


@dataclass(frozen=True)
class Happened:
    """Something without words: the home page opened, the bot blocked or let in again, added to a group, unknown."""

    what: Literal["home_opened", "blocked", "unblocked", "added_to_group", "unknown"]
    type: Literal["happened"] = "happened"


Content = Said | Commanded | Pressed | Submitted | Changed | Removed | Happened


@dataclass(frozen=True)
class Incoming:
    """One delivery of a platform, read.

    `delivery` is unique per platform event, so a repeat has the same one. `at` is the programme's moment (aware UTC).
    `trigger` opens a form within three seconds on channels that have modals, else "". `private` is false in groups
    and channels, where no personal matter is answered.
    """

    delivery: str
    address: Address
    sender: str
    at: datetime
    content: Content
    message: str = ""
    private: bool = True
    language_hint: str = ""
    trigger: str = ""
    album: str = ""


# --- what is to be done ---


@dataclass(frozen=True)
class Button:
    """`action` is at most 64 bytes and is handed back as `Pressed.action`."""

    label: Speech
    action: str
    style: Literal["plain", "primary", "danger"] = "plain"


@dataclass(frozen=True)
class Attachment:
    """A file to send along: a stored blob by its sha256, or `draw` with plain `values`, drawn off the turn.

    `draw` is "summary" (values of `SummaryReport`), "chart" (values of `Chart`), "card" (values of `Card`),
    "certificate" (values of `Certificate`), "picture" (the `name` of a course's picture) or "csv" (`header` and
    `rows`).
    """

    name: str
    sha256: str = ""
    draw: Literal["", "summary", "chart", "card", "certificate", "picture", "csv"] = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Message:
    """Paragraphs with rows of buttons below. `silent` arrives without a sound.

    `quote` is the message it answers, by the platform's id or, after an `@`, by its outbox key; where the channel can
    show that.
    """

    parts: tuple[Speech, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    silent: bool = False
    quote: str = ""


@dataclass(frozen=True)
class Field:
    """One field of a modal. `options` are (key, label); `kind` decides what the channel shows."""

    key: str
    label: Speech
    kind: Literal["text", "long_text", "choice", "date"]
    options: tuple[tuple[str, Speech], ...] = ()
    hint: Speech = ""
    initial: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Modal:
    """Fields to be filled in one go; `action` comes back with the values."""

    title: Speech
    fields: tuple[Field, ...]
    submit: Speech
    action: str


@dataclass(frozen=True)
class Open:
    """Show a form now. If the moment has passed, `fallback` is sent: a message with a button that tries again."""

    modal: Modal
    trigger: str
    fallback: Message


@dataclass(frozen=True)
class Toast:
    """A passing note in answer to a tap; with `alert` it stays until closed."""

    text: Speech
    tap: str = ""
    alert: bool = False


@dataclass(frozen=True)
class FormErrors:
    """What is wrong with a form that was handed in, per field key; the form stays open."""

    errors: dict[str, Speech]


@dataclass(frozen=True)
class Edit:
    """Show `message` in place of the message that was sent under the outbox key `of`."""

    of: str
    message: Message


@dataclass(frozen=True)
class Retire:
    """Take the buttons off the message that was sent under the outbox key `of`, where the channel can."""

    of: str


@dataclass(frozen=True)
class Delete:
    """Remove the message that was sent under the outbox key `of`."""

    of: str


@dataclass(frozen=True)
class React:
    """Put a sign (`name` without colons, as Slack names it) on a message by its platform id."""

    message: str
    name: str


@dataclass(frozen=True)
class Home:
    """A person's home page, where the channel has one."""

    message: Message


@dataclass(frozen=True)
class Menu:
    """The command menu of one private chat: (name, description) pairs in the person's language."""

    commands: tuple[tuple[str, Speech], ...]


Outgoing = Message | Edit | Retire | Delete | React | Home | Menu
Volatile = Open | Toast | FormErrors
