"""The summary as a PDF in each language: every letter drawn, nothing cut, nothing outside the paper."""

import re
from collections.abc import Iterator

import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.pdfbase import pdfmetrics
from structlog.testing import capture_logs

from bot.render import pieces
from bot.render.page import SIDE, WIDTH
from bot.render.pdf import summary_pdf
from bot.render.pieces import Piece
from bot.render.typefaces import RECIPES
from handlers.summaries.report import SummaryReport
from locales.text import Catalogue, _
from tests.summaries.scenes import made
from tests.talks import Town

LANGUAGES = Catalogue().languages()
OURS = {recipe.postscript(style) for recipe in RECIPES.values() for style in ("Regular", "Bold")}


class Drawn:
    """A report as a file, with every piece of text that was set for it and what was logged meanwhile."""

    def __init__(self, report: SummaryReport, monkeypatch: pytest.MonkeyPatch) -> None:
        self.report, self.pieces = report, list[Piece]()

        def noted(line: str, size: float, *, bold: bool, rtl: bool) -> tuple[Piece, ...]:
            found = pieces.pieces(line, size, bold=bold, rtl=rtl)
            self.pieces += found
            return found

        monkeypatch.setattr("bot.render.typeset.pieces", noted)
        with capture_logs() as self.logs:
            self.data = summary_pdf(report)


@pytest.fixture(params=LANGUAGES)
def drawn(town: Town, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """A week of the programme in one language."""
    return Drawn(made(town, language=request.param).report, monkeypatch)


def test_week_is_drawn_in_every_language(drawn: Drawn) -> None:
    assert drawn.pieces and not list(_without_glyph(drawn.pieces))
    assert not drawn.logs, "a letter that no font has was shown as a question mark"
    assert not [one.text for one in drawn.pieces if one.text.endswith("…")], "a line was cut"
    used = {name.split(b"+")[-1].decode() for name in re.findall(rb"/BaseFont\s*/([^\s/]+)", drawn.data)}
    assert used and used <= OURS
    assert len(re.findall(rb"/FontFile2", drawn.data)) == len(re.findall(rb"/Type /FontDescriptor", drawn.data)) > 1
    language, title = drawn.report.language, drawn.report.title
    assert re.search(rb"/Lang\s*\(" + language.encode() + rb"\)", drawn.data)
    assert language == "en" or title != Catalogue().plain(_("Weekly summary"), "en")
    with pypdfium2.PdfDocument(drawn.data) as document:
        assert document.get_metadata_value("Title").startswith(f"{title} · Fair Thread 2026")
        assert not list(_outside(document))


def _without_glyph(found: list[Piece]) -> Iterator[str]:
    """Letters that would come out as an empty box."""
    for piece in found:
        glyphs = pdfmetrics.getFont(piece.font).face.charToGlyph
        yield from (letter for letter in piece.text if not glyphs.get(ord(letter)))


def _outside(document: pypdfium2.PdfDocument) -> Iterator[tuple[float, float]]:
    """Stretches of text that leave the space between the margins."""
    for page in document:
        text = page.get_textpage()
        for number in range(text.count_rects()):
            left, _bottom, right, _top = text.get_rect(number)
            if left < SIDE - 2 or right > WIDTH - SIDE + 2:
                yield left, right


def test_missing_glyph_and_cut_line_are_noticed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test above looks for is there to be found."""
    report = made(town).report
    drawn = Drawn(report, monkeypatch)
    assert list(_without_glyph([Piece("\U00010900", drawn.pieces[0].font, 1.0)]))
    assert any(one.text.endswith("…") for one in Drawn(_with_long_title(report), monkeypatch).pieces)


def _with_long_title(report: SummaryReport) -> SummaryReport:
    return type(report)(**{**vars(report), "title": "A title that is far too wide " * 20})
