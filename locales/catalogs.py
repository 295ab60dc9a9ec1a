"""The catalogues for translators, kept in step with the sentences of code, metrics and courses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from locales.plurals import empty
from locales.sensitive import topic_of
from locales.tags import SOURCE
from locales.translations import listed, po_path

_KEYWORDS: dict[str, Any] = {"_": None, "p_": ((1, "c"), 2), "n_": (1, 2)}
_COMMENT = "Translators:"

Key = tuple[str, str]
"""What a translation belongs to: context and source sentence."""


class Row(NamedTuple):
    """One sentence to translate and where it stands; `file` is relative to the project, with forward slashes."""

    context: str
    id: str
    file: str
    line: int
    plural: str = ""
    comment: str = ""


def python_rows(folders: Sequence[Path], root: Path) -> Iterator[Row]:
    """The sentences marked with `_`, `p_` and `n_` in the Python files of these folders."""
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            yield from _file_rows(path, path.relative_to(root).as_posix())


def _file_rows(path: Path, name: str) -> Iterator[Row]:
    for line, found, comments, context in extract_from_file(
        "python", path, keywords=_KEYWORDS, comment_tags=(_COMMENT,), strip_comment_tags=True
    ):
        singular, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, "")
        yield Row(context or "", singular, name, line, plural, " ".join(comments))


def update(folder: Path, rows_by_domain: Mapping[str, Iterable[Row]]) -> list[Path]:
    """The catalogues that changed: every listed language but the source has one file for each domain.

    Translations stay with their sentence and are never guessed. Those of sentences that are gone are kept at the end
    of the file, marked obsolete, and come back when the sentence does.
    """
    changed = []
    for domain, rows in rows_by_domain.items():
        ordered = sorted(rows, key=lambda row: (row.file, row.line))
        for code in listed([folder]):
            if code != SOURCE and _write(po_path(folder, code, domain), _merged(folder, code, domain, ordered)):
                changed.append(po_path(folder, code, domain))
    return changed


def read(po: Path, code: str) -> Catalog:
    """The catalogue of a file; an empty one if there is no file."""
    if not po.exists():
        return empty(code)
    with po.open("rb") as file:
        return read_po(cast(IO[bytes], file), locale=code, abort_invalid=True)


def _merged(folder: Path, code: str, domain: str, rows: Sequence[Row]) -> Catalog:
    before = read(po_path(folder, code, domain), code)
    known = {key(entry): entry for entry in [*before.obsolete.values(), *before] if entry.id}
    after = empty(code)
    for row in rows:
        _add(after, row, known.get((row.context, row.id)))
    for entry in after:
        # Babel guesses formats from the text: "100 % of" is none. A fuzzy mark is the translator's and stays.
        entry.flags &= {"fuzzy"}
    wanted = {(row.context, row.id) for row in rows}
    for lost, entry in sorted(known.items()):
        if lost not in wanted and any(_strings(entry)):
            after.obsolete[lost[1], lost[0]] = entry
    return after


def key(entry: Entry) -> Key:
    """The context and the singular source of a message."""
    return entry.context or "", entry.id if isinstance(entry.id, str) else entry.id[0]


def _strings(entry: Entry) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def _add(catalog: Catalog, row: Row, old: Entry | None) -> None:
    catalog.add(
        (row.id, row.plural) if row.plural else row.id,
        _carried(row, old, catalog.num_plurals),
        locations=[(row.file, row.line)],
        flags=["fuzzy"] if old and old.fuzzy else [],
        auto_comments=[said for said in (row.comment, topic_of(row.file)) if said],
        user_comments=old.user_comments if old else [],
        context=row.context or None,
    )


def _carried(row: Row, old: Entry | None, forms: int) -> Any:
    """The translation kept from before; one that has become plural, or ceased to be, starts again."""
    strings = _strings(old) if old else ()
    if row.plural:
        return strings if len(strings) == forms and old and old.pluralizable else ("",) * forms
    return strings[0] if strings and old and not old.pluralizable else ""


def _write(po: Path, catalog: Catalog) -> bool:
    """Whether the file had to change."""
    text = _header(catalog) + _body(catalog)
    if po.exists() and po.read_text(encoding="utf-8") == text:
        return False
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(text, encoding="utf-8")
    return True


def _header(catalog: Catalog) -> str:
    """Fixed lines only: no dates, no names, nothing that changes without a sentence changing."""
    lines = (
        f"Language: {catalog.locale_identifier}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalog.plural_forms}",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def _body(catalog: Catalog) -> str:
    written = BytesIO()
    write_po(written, catalog, width=100, omit_header=True, include_lineno=False)
    return written.getvalue().decode("utf-8")
