"""The fonts of the PDF and the charts: made when they are missing, registered with reportlab once."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.render.typefaces import RECIPES, STYLES, FontsMissing, build

FOLDER = Path(__file__).parent / "fonts"

_registering = Lock()


@dataclass(frozen=True)
class FontFamily:
    """The names under which reportlab knows a family, and the code points that it can draw."""

    regular: str
    bold: str
    characters: frozenset[int]


def ensure(script: str = "Latn", folder: Path = FOLDER) -> FontFamily:
    """The family for a script (ISO 15924), ready to draw with. Making the files takes seconds, once per machine.

    Raises `FontsMissing`, for the operator, when the files are neither there nor to be had.
    """
    recipe = RECIPES[script]
    with _registering:
        if recipe.postscript("Regular") not in pdfmetrics.getRegisteredFontNames():
            _register(script, folder)
    regular, bold = recipe.postscript("Regular"), recipe.postscript("Bold")
    return FontFamily(regular, bold, frozenset(pdfmetrics.getFont(regular).face.charToGlyph))


def _register(script: str, folder: Path) -> None:
    recipe = RECIPES[script]
    if not all((folder / recipe.file(style)).exists() for style in STYLES):
        _build(script, folder)
    for style in ("Bold", "Regular"):  # the regular one last: others take it as the sign that both are there
        pdfmetrics.registerFont(TTFont(recipe.postscript(style), folder / recipe.file(style)))


def _build(script: str, folder: Path) -> None:
    try:
        build(folder, [script])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FontsMissing(f"no fonts for the PDF: {folder} cannot be written ({reason}); make it writable") from error
