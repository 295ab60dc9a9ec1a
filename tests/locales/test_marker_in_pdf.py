"""The summary's pages in a marker language: no word on paper that went through no catalogue."""

import re
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
import pytest

from bot.render.pdf import summary_pdf
from locales.formats import country
from locales.marker import MARKERS
from locales.tags import locale
from locales.values import Country
from storage.tables.programme import Programme, Site
from tests.handlers.deeds import rows
from tests.handlers.stage import Stage
from tests.locales.marks import Marks, marks
from tests.summaries.scenes import eventful, made

# One or two letters may be the rest of a word that a narrow column broke; Arabic stands in dates and lists only.
_WORD = re.compile(r"[^\W\d_]{3,}")
_WORDLESS = re.compile(r"[\w-]*\d[\w-]*|[\u0600-\u06ff]+")
FINDING = "Too much power"
"""What Lucia typed."""


@pytest.mark.parametrize("language", MARKERS)
def test_every_word_of_the_summary_has_its_mark(stage: Stage, language: str) -> None:
    said = marks(stage.after(eventful), language)
    data = summary_pdf(made(said.town, language=language).report)
    assert not set(_unmarked(said, data, turned=MARKERS[language].direction == "rtl"))


def test_word_without_a_mark_is_found_on_paper(stage: Stage) -> None:
    said = marks(stage.after(eventful), "en")
    assert {"Weekly", "summary"} <= set(_unmarked(said, summary_pdf(made(said.town).report), turned=False))


def _unmarked(said: Marks, data: bytes, *, turned: bool) -> Iterator[str]:
    """Words of the pages that are neither lengthened nor a name, a unit or a code; turned ones stand backwards."""
    (programme,) = rows(said.town, Programme)
    spoken = locale(said.language)
    countries = {country(Country(row.country), spoken) for row in rows(said.town, Site)}
    typed = [*programme.settings["tiers"], *FINDING.split()]
    allowed = said.allowed() | {word for text in (*countries, *typed) for word in text.split()}
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = _WORDLESS.sub(" ", page.get_textpage().get_text_bounded())
            for word in _WORD.findall(text):
                if re.search("[áéíóúýÁÉÍÓÚÝ]", word):
                    continue
                # A narrow column may have broken the word.
                if not any(name.startswith((word, word[::-1]) if turned else word) for name in allowed):
                    yield word
