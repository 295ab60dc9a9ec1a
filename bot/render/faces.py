"""Which family draws a character: Latin, Greek, Cyrillic and signs by the first, every other script by its own."""

from functools import cache

from bot.render.fonts import FontFamily, ensure
from bot.render.typefaces import BETWEEN, RECIPES, FontsMissing, Source

_BETWEEN = Source("", "", BETWEEN).characters()


def face_of(char: str) -> FontFamily | None:
    """The family that draws a character; None if none does, or if a rare one cannot be made on this machine."""
    script = _scripts().get(ord(char))
    family = _family(script) if script else None
    return family if family and ord(char) in family.characters else None


@cache
def base() -> FontFamily:
    """The family that a text without letters is drawn in."""
    return ensure("Latn")


@cache
def _scripts() -> dict[int, str]:
    """The script's code for each character: a family has its own letters, and the first has what stands between."""
    found: dict[int, str] = {}
    for script, recipe in RECIPES.items():
        own = {code for source in recipe.sources for code in source.characters()}
        for code in own - _BETWEEN if recipe.shaped else own:
            found.setdefault(code, script)
    return found


@cache
def _family(script: str) -> FontFamily | None:
    try:
        return ensure(script)
    except FontsMissing:
        if RECIPES[script].rare:
            return None
        raise
