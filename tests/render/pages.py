"""Writes the stored pages anew: `python -m tests.render.pages`. Look at each before it is committed."""

from itertools import product
from pathlib import Path

from bot.render.pdf import summary_pdf
from bot.render.raster import page_png
from tests.render.scripts import WORDS, report

FOLDER = Path(__file__).parent / "pages"


PAGES = (1, 2)
"""Page one, and the one with a chart and a table."""


def page(language: str, number: int = 1) -> bytes:
    """A page of a language as a PNG picture."""
    return page_png(summary_pdf(report(language)), number - 1, scale=1.0)


def stored(language: str, number: int = 1) -> Path:
    """Where the picture that was looked at is kept."""
    return FOLDER / f"{language}-{number}.png"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for code, number in product(WORDS, PAGES):
        stored(code, number).write_bytes(page(code, number))
