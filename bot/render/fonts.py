"""The fonts of the PDF and the charts: made when they are missing, registered with reportlab once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.render.typefaces import RECIPES, STYLES, FontsMissing, build

FOLDER = Path(__file__).parent / "fonts"

_registering = Lock()


@dataclass(frozen=True)
class FontFamily:
    """The names under which reportlab knows a family, the code points that it can draw, and whether it is shaped."""

    regular: str
    bold: str
    characters: frozenset[int]
    shaped: bool = False


def ensure(script: str = "Latn", folder: Path = FOLDER) -> FontFamily:
    """The family for a script (ISO 15924), ready to draw with. Making the files takes seconds, once per machine.

    Raises `FontsMissing`, for the operator, when the files are neither there nor to be had.
    """
    recipe = RECIPES[script]
    with _registering:
        if recipe.postscript("Regular") not in pdfmetrics.getRegisteredFontNames():
            _register(script, folder)
    return _family(script)


@cache
def _family(script: str) -> FontFamily:
    """A family that is registered; which characters it has is asked for each letter that is set."""
    recipe = RECIPES[script]
    regular, bold = recipe.postscript("Regular"), recipe.postscript("Bold")
    # What shaping adds for its own use lies in the private areas and is nothing that a text can ask for.
    drawn = frozenset(code for code in pdfmetrics.getFont(regular).face.charToGlyph if not _is_private(code))
    return FontFamily(regular, bold, drawn, recipe.shaped)


def _is_private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def _register(script: str, folder: Path) -> None:
    recipe = RECIPES[script]
    if not all((folder / recipe.file(style)).exists() for style in STYLES):
        _build(script, folder)
    for style in ("Bold", "Regular"):  # the regular one last: others take it as the sign that both are there
        font = TTFont(recipe.postscript(style), folder / recipe.file(style))
        if recipe.shaped:
            _number_glyphs(font)
        pdfmetrics.registerFont(font)


def _number_glyphs(font: TTFont) -> None:
    """Give every glyph that no character leads to its private code now, in the order of the file.

    Shaping would give them out in the order of use, and two files of the same data would differ.
    """
    harfbuzz, face = font.hbFont(10), font.face
    for glyph in range(face.numGlyphs):
        if glyph not in face.glyphToChar:
            font.hbAddPrivate(harfbuzz.glyph_to_string(glyph), glyph, harfbuzz.get_glyph_h_advance(glyph))


def _build(script: str, folder: Path) -> None:
    try:
        build(folder, [script])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FontsMissing(f"no fonts for the PDF: {folder} cannot be written ({reason}); make it writable") from error
