"""What is wrong with the catalogues of the languages that are offered, with file and line."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import PoFileError

from locales import clues, markup, terms
from locales.catalogs import Key, Row, key, read
from locales.labels import WIDEST, width
from locales.plurals import rule
from locales.sensitive import unread_topic
from locales.tags import SOURCE
from locales.text import Catalogue
from locales.translations import BUILT_IN, listed, po_path

_NO_ROWS: Mapping[str, Iterable[Row]] = {}
_COUNTS = range(1000)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to put right before a language can be offered."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def faults(
    catalogue: Catalogue, rows_by_domain: Mapping[str, Iterable[Row]] = _NO_ROWS, labels: Collection[Key] = ()
) -> list[Fault]:
    """Every fault of every ready language; obsolete messages do not count.

    With the rows of the sentences in code, metrics and courses, a sentence that no catalogue knows is a fault too; with
    the labels of buttons, one that is too wide for a narrow phone. The glossary beside the catalogues is kept to.
    """
    found: list[Fault] = []
    ours = {code for code, language in listed([BUILT_IN]).items() if language.ready}
    for code in catalogue.languages():
        for folder in catalogue.folders:
            glossary = terms.read(terms.glossary_path(folder, code))
            for po in sorted(po_path(folder, code, "*").parent.glob("*.po")):
                found += _file_faults(po, code, glossary, labels)
        if code in ours:
            found += [Fault(str(clues.words_path(code)), 1, said) for said in clues.faults(code)]
        if code != SOURCE:
            found += _unknown(catalogue, code, rows_by_domain)
    return sorted(set(found))


def unread(catalogue: Catalogue, code: str) -> Counter[str]:
    """How many texts of a language on safety, rights, pay and zero tolerance no native reader has seen, by topic."""
    paths = [po for folder in catalogue.folders for po in sorted(po_path(folder, code, "*").parent.glob("*.po"))]
    topics = (unread_topic(entry) for po in paths for entry in _read_or_none(po, code) or () if entry.id)
    return Counter(topic for topic in topics if topic)


def _file_faults(po: Path, code: str, glossary: terms.Glossary, labels: Collection[Key]) -> Iterator[Fault]:
    try:
        catalog = read(po, code)
    except (PoFileError, ValueError) as error:
        yield Fault(str(po), getattr(error, "lineno", None) or 1, f"cannot be read: {error}")
        return
    if catalog.plural_forms != rule(code) and any(entry.pluralizable for entry in catalog):
        yield Fault(str(po), 1, f"the plural rule should be: {rule(code)}")
    for entry in catalog:
        if entry.id:
            said = [*_entry_faults(entry, catalog), *_wording_faults(entry, glossary, labels)]
            yield from (Fault(str(po), entry.lineno or 1, one) for one in said)


def _wording_faults(entry: Entry, glossary: terms.Glossary, labels: Collection[Key]) -> Iterator[str]:
    """What is wrong with the words of a translation that is complete."""
    name = f"“{key(entry)[1]}”"
    for text in filter(str.strip, _texts(entry)):
        yield from (f"{name}: {said}" for said in glossary.faults(key(entry)[1], text))
        if key(entry) in labels and width(text) > WIDEST:
            yield f"{name}: the label is {width(text)} wide; at most {WIDEST} fit on a button"


def _entry_faults(entry: Entry, catalog: Catalog) -> Iterator[str]:
    strings = _texts(entry)
    name = f"“{key(entry)[1]}”"
    if entry.fuzzy:
        yield f"{name} is marked fuzzy"
    if not all(text.strip() for text in strings):
        yield f"{name} is not translated"
        return
    source = entry.id if isinstance(entry.id, str) else entry.id[1]
    for form, text in enumerate(strings):
        may_lack = _may_lack(catalog, form) if entry.pluralizable else frozenset()
        yield from (f"{name}: {difference}" for difference in _differences(text, source, may_lack))


def _may_lack(catalog: Catalog, form: int) -> frozenset[str]:
    """A form used for one number only can do without it: "one file"."""
    chosen = c2py(catalog.plural_expr)
    uses = sum(1 for count in _COUNTS if chosen(count) == form)
    return frozenset({"count"}) if uses == 1 else frozenset()


def _differences(text: str, source: str, may_lack: frozenset[str]) -> Iterator[str]:
    for name in sorted(markup.places(source) - markup.places(text) - may_lack):
        yield f"the translation lacks {{{name}}}"
    for name in sorted(markup.places(text) - markup.places(source)):
        yield f"the translation has {{{name}}}, the source has not"
    if markup.tags(text) != markup.tags(source):
        yield "the translation has other tags than the source"
    elif not markup.balanced(text) and markup.balanced(source):
        yield "the tags of the translation do not close in order"


def row_faults(catalogue: Catalogue, code: str, domain: str, rows: Iterable[Row]) -> Iterator[Fault]:
    """What is wrong with the translations of these sentences into a language, each at the line of its source."""
    found = {
        key(entry): (entry, catalog)
        for folder in catalogue.folders
        for catalog in [_read_or_none(po_path(folder, code, domain), code)]
        if catalog is not None
        for entry in catalog
        if entry.id
    }
    for row in rows:
        entry, catalog = found.get((row.context, row.id), (None, None))
        if entry is None or catalog is None or not any(_texts(entry)):
            yield Fault(row.file, row.line, f"“{row.id}” has no {code} translation")
        elif entry.fuzzy:
            yield Fault(row.file, row.line, f"the {code} translation of “{row.id}” is of an older wording (fuzzy)")
        else:
            yield from (Fault(row.file, row.line, f"{code}: {said}") for said in _entry_faults(entry, catalog))


def _read_or_none(po: Path, code: str) -> Catalog | None:
    """The catalogue of a file; None for one that cannot be read, which is a fault that `faults` tells."""
    try:
        return read(po, code)
    except (PoFileError, ValueError):
        return None


def _texts(entry: Entry) -> list[str]:
    return list(entry.string) if isinstance(entry.string, (tuple, list)) else [entry.string or ""]


def _unknown(catalogue: Catalogue, code: str, rows_by_domain: Mapping[str, Iterable[Row]]) -> Iterator[Fault]:
    for domain, rows in rows_by_domain.items():
        known = _known(catalogue, code, domain)
        for row in rows:
            if (row.context, row.id, row.plural) not in known:
                yield Fault(row.file, row.line, f"“{row.id}” is in no {code} catalogue")


def _known(catalogue: Catalogue, code: str, domain: str) -> set[tuple[str, str, str]]:
    known: set[tuple[str, str, str]] = set()
    for folder in catalogue.folders:
        try:
            entries = read(po_path(folder, code, domain), code)
        except (PoFileError, ValueError):
            continue
        plurals = {(*key(entry), entry.id[1]) for entry in entries if entry.pluralizable}
        known |= plurals | {(*key(entry), "") for entry in entries if entry.id}
    return known
