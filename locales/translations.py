"""The translations on disk: folders of gettext catalogues, laid over one another message by message."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from struct import error as StructError
from typing import Literal, NoReturn

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

BUILT_IN = Path(__file__).parent


@dataclass(frozen=True)
class Language:
    """A language as `languages.toml` lists it: its own name for itself, and whether it is offered."""

    code: str
    name: str
    ready: bool
    direction: Literal["ltr", "rtl"] = "ltr"


def listed(folders: Sequence[Path]) -> dict[str, Language]:
    """The languages of all folders by code; a later folder redefines those of an earlier one."""
    found: dict[str, Language] = {}
    for path in (folder / "languages.toml" for folder in folders):
        if path.exists():
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            found |= {code: Language(code, **entry) for code, entry in table.items()}
    return found


def po_path(folder: Path, code: str, domain: str) -> Path:
    """Where the catalogue of a language and domain lies."""
    return folder / code / "LC_MESSAGES" / f"{domain}.po"


class _Untranslated(LookupError):
    pass


class _Nothing(NullTranslations):
    """The end of a lookup: gettext would hand back the source, and we want to know that it found nothing."""

    def gettext(self, message: str) -> NoReturn:
        raise _Untranslated

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> NoReturn:
        raise _Untranslated

    def pgettext(self, context: str, message: str) -> NoReturn:
        raise _Untranslated

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> NoReturn:
        raise _Untranslated


@dataclass(frozen=True)
class Message:
    """What is looked up: a source sentence with its context, and its plural with the count, if it has one."""

    domain: str
    context: str
    id: str
    plural: str = ""
    count: int = 0


@dataclass
class Shelf:
    """All catalogues of some folders, each read when it is first needed; later folders win."""

    folders: Sequence[Path]
    _books: dict[tuple[Path, str, str], NullTranslations] = field(default_factory=dict)

    def translations(self, message: Message, code: str) -> Iterator[str]:
        """The translations into one language, best first. A blank one counts as none."""
        for folder in reversed(self.folders):
            text = _looked_up(self._book(folder, code, message.domain), message)
            if text.strip():
                yield text

    def _book(self, *place: *tuple[Path, str, str]) -> NullTranslations:
        if place not in self._books:
            self._books[place] = _opened(po_path(*place))
        return self._books[place]


def _looked_up(book: NullTranslations, message: Message) -> str:
    try:
        if message.plural and message.context:
            return book.npgettext(message.context, message.id, message.plural, message.count)
        if message.plural:
            return book.ngettext(message.id, message.plural, message.count)
        if message.context:
            return book.pgettext(message.context, message.id)
        return book.gettext(message.id)
    except _Untranslated:
        return ""


def _opened(po: Path) -> NullTranslations:
    """The compiled catalogue if it is up to date, else the source compiled in memory.

    One that cannot be read is empty for readers; `locales/check.py` names its fault.
    """
    mo = po.with_suffix(".mo")
    try:
        book = GNUTranslations(BytesIO(mo.read_bytes() if _current(mo, po) else compiled(po)))
    except (OSError, ValueError, StructError, PoFileError):
        return _Nothing()
    book.add_fallback(_Nothing())
    return book


def _current(mo: Path, po: Path) -> bool:
    return mo.exists() and not (po.exists() and po.stat().st_mtime > mo.stat().st_mtime)


def compiled(po: Path) -> bytes:
    """The catalogue of a file in gettext's binary form, as the package build stores it beside the source.

    Messages with a blank form are left out, because Babel would fill the blank with English.
    """
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3], abort_invalid=True)
    for message in catalogue:
        if not all(message.string if isinstance(message.string, (tuple, list)) else [message.string]):
            message.string = ""
    binary = BytesIO()
    write_mo(binary, catalogue)
    return binary.getvalue()
