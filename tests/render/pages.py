"""Writes the stored pages anew: `python -m tests.render.pages`. Look at each before it is committed."""

from pathlib import Path

from bot.render.pdf import summary_pdf
from bot.render.raster import page_png
from tests.render.scripts import WORDS, report

FOLDER = Path(__file__).parent / "pages"


def page(language: str) -> bytes:
    """The first page of a language as a PNG picture."""
    return page_png(summary_pdf(report(language)), scale=1.0)


def stored(language: str) -> Path:
    """Where the picture that was looked at is kept."""
    return FOLDER / f"{language}.png"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for code in WORDS:
        stored(code).write_bytes(page(code))
