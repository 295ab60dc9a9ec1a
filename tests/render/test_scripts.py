"""Every script comes out as it is written: compared with pages that were looked at, embedded, the same each time."""

import re
import subprocess
import sys
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageChops

from bot.render import pieces
from bot.render.pdf import summary_pdf
from bot.render.typefaces import RECIPES
from tests.paths import ROOT
from tests.render.pages import PAGES, page, stored
from tests.render.scripts import WORDS, report

EXTRACTABLE = ("vi", "tr", "ru", "zh")
ALLOWED_PART = 0.002
"""Of all dots: edges are drawn a little differently on other processors; a wrong letter is ten times as much."""


def different_part(one: bytes, other: bytes) -> float:
    """The share of the dots whose lightness differs by more than a quarter."""
    pictures = [Image.open(BytesIO(data)).convert("L") for data in (one, other)]
    assert pictures[0].size == pictures[1].size
    difference = ImageChops.difference(*pictures).point(lambda value: 255 if value > 64 else 0)
    return difference.histogram()[255] / (difference.width * difference.height)


@pytest.mark.parametrize("number", PAGES)
@pytest.mark.parametrize("language", WORDS)
def test_page_looks_as_it_did_when_somebody_looked_at_it(language: str, number: int) -> None:
    assert different_part(page(language, number), stored(language, number).read_bytes()) < ALLOWED_PART


@pytest.mark.parametrize("language", ["ar", "hi", "bn"])
def test_comparison_sees_letters_that_are_not_shaped(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "shapeStr", lambda text, _font, _size: text)
    pieces.pieces.cache_clear()
    assert different_part(page(language), stored(language).read_bytes()) > ALLOWED_PART
    pieces.pieces.cache_clear()


@pytest.mark.parametrize("language", WORDS)
def test_every_font_is_embedded(language: str) -> None:
    data = summary_pdf(report(language))
    used = {name.split(b"+")[-1].decode() for name in re.findall(rb"/BaseFont\s*/([^\s/]+)", data)}
    assert used <= {recipe.postscript(style) for recipe in RECIPES.values() for style in ("Regular", "Bold")}
    assert len(re.findall(rb"/FontFile2", data)) == len(re.findall(rb"/Type /FontDescriptor", data)) > 1


@pytest.mark.parametrize("language", EXTRACTABLE)
def test_text_comes_back_out_where_letters_are_not_shaped(language: str) -> None:
    with pypdfium2.PdfDocument(summary_pdf(report(language))) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert re.sub(r"\s", "", WORDS[language].line) in re.sub(r"\s", "", text)


def test_same_report_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    """Glyphs without a character have codes of the font's own, which must not depend on the order of use."""
    first = summary_pdf(report("ar"))
    program = (
        "import hashlib; from bot.render.pdf import summary_pdf; from tests.render.scripts import report;"
        "[summary_pdf(report(one)) for one in ('bn', 'th')];"
        "import sys; sys.stdout.buffer.write(summary_pdf(report('ar')))"
    )
    again = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    assert again.stdout == first
