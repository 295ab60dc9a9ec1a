"""What is wrong with courses and documents in the languages they say they are ready in."""

from collections.abc import Iterator

from courses.course import Course
from courses.course_file import labels
from courses.document import Document
from courses.load import Library
from courses.markdown import SCREEN_LIMIT
from courses.model import LABEL_LIMIT
from handlers.reader import content
from locales.catalogs import Row
from locales.check import Fault, row_faults
from locales.tags import SOURCE
from locales.text import Catalogue

GROWTH = 1.5
"""A translation may be so much longer than its source: with a title it still is one message on every channel."""


def translation_faults(library: Library, texts: Catalogue) -> list[Fault]:
    """Every translation that is missing, stale, wrong or too long, at the line of its source."""
    found: list[Fault] = []
    for course in library.courses.values():
        found += _faults(library, texts, course, f"course/{course.key}", set(labels(course)))
    for document in library.documents.values():
        titles = {document.title, *(section.title for section in document.sections)}
        found += _faults(library, texts, document, f"document/{document.key}", titles)
    return sorted(set(found))


def _faults(library: Library, texts: Catalogue, one: Course | Document, name: str, short: set[str]) -> Iterator[Fault]:
    file = library.files[name]
    rows = [Row(context, text, file, library.lines.get((file, text), 0)) for context, text in one.texts()]
    for code in one.ready:
        if code != SOURCE:
            yield from row_faults(texts, code, "courses", rows)
            yield from (fault for row in rows for fault in _too_long(texts, code, row, row.id in short))


def _too_long(texts: Catalogue, code: str, row: Row, short: bool) -> Iterator[Fault]:
    length = len(texts.plain(content(row.context, row.id), code))
    most = LABEL_LIMIT if short else int(SCREEN_LIMIT * GROWTH)
    if length > most:
        yield Fault(row.file, row.line, f"the {code} translation has {length} characters; at most {most} are allowed")
