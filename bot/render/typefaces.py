"""Makes the font files of the PDF: static, subset instances of the variable fonts that come as Python packages.

The build hook runs this file by its path, before the package is installed, so it imports nothing of ours.
"""

import hashlib
import os
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain, product
from pathlib import Path
from typing import Any

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

STYLES = {"Regular": 400, "Bold": 700}

LETTERS = "0020-007E 00A0-036F 0370-03FF 0400-052F 1E00-1EFF 1F00-1FFF"
MARKS = "2000-206F 2070-209F 20A0-20C0 2100-214F 2150-215F 2212 25CC FFFD"
SIGNS = "2190-2195 2200-2211 2213-22FF 2500-25CB 25CD-25FF 27E6-27E7"
TICKS = "2600-26FF 2705-2718 2794"


class FontsMissing(RuntimeError):
    """The font files are not there and cannot be made; the message says what to install or to change."""


@dataclass(frozen=True)
class Source:
    """A font file inside an installed package, and the ranges of characters taken from it, in hexadecimal.

    With a `codec`, only those of them that this encoding of Python knows.
    """

    package: str
    path: str
    ranges: str
    codec: str = ""

    def characters(self) -> set[int]:
        """The code points asked for."""
        spans = (span.split("-") for span in self.ranges.split())
        asked = set(chain.from_iterable(range(int(span[0], 16), int(span[-1], 16) + 1) for span in spans))
        return {code for code in asked if chr(code).encode(self.codec, "ignore")} if self.codec else asked


@dataclass(frozen=True)
class Recipe:
    """A family of ours: where a character occurs in several sources, the first one gives it its shape.

    A `shaped` one keeps its layout tables: its letters join, stack or change places, so HarfBuzz has to set them. What
    is `rare` is made on the first need and is not carried in the wheel.
    """

    family: str
    sources: tuple[Source, ...]
    shaped: bool = False
    rare: bool = False

    def file(self, style: str) -> str:
        """The file name, with a digest of the recipe in it, so that a changed recipe makes new files."""
        digest = hashlib.sha256(repr((self, STYLES[style])).encode()).hexdigest()[:8]
        return f"{self.postscript(style)}-{digest}.ttf"

    def postscript(self, style: str) -> str:
        """The PostScript name. It differs between styles, else reportlab embeds one font for both."""
        return f"{self.family.replace(' ', '')}-{style}"


NOTO = "justmytype_western_core"
BETWEEN = "0020-0040 005B-0060 007B-007E 00A0 00AB 00BB 200C-200F 2010-2015 2018-201F 2026 25CC"
"""What stands between words of any script; digits are among them."""
IDEOGRAPHS = "2E80-2FDF 3000-303F 3040-30FF 31C0-31EF 3400-4DBF 4E00-9FFF F900-FAFF FE30-FE4F FF00-FFEF"


def _noto(script: str, package: str, letters: str) -> Recipe:
    """The family for a script whose letters have to be shaped."""
    path = f"fonts/ofl/notosans{script.lower()}/NotoSans{script}[wdth,wght].ttf"
    return Recipe(f"Causeway {script}", (Source(f"justmytype_{package}", path, f"{letters} {BETWEEN}"),), shaped=True)


def _ideographs(family: str, codec: str, *, rare: bool) -> Recipe:
    path = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
    return Recipe(family, (Source("justmytype_intl_cjk", path, IDEOGRAPHS, codec),), rare=rare)


RECIPES = {
    "Latn": Recipe(
        "Causeway Sans",
        (
            Source(NOTO, "fonts/ofl/notosans/NotoSans[wdth,wght].ttf", f"{LETTERS} {MARKS}"),
            Source(NOTO, "fonts/ofl/notosansmono/NotoSansMono[wdth,wght].ttf", SIGNS),
            Source(NOTO, "fonts/ofl/notosanssymbols2/NotoSansSymbols2-Regular.ttf", TICKS),
        ),
    ),
    "Arab": _noto("Arabic", "intl_rtl", "0600-06FF 0750-077F 08A0-08FF FB50-FDFF FE70-FEFC"),
    "Hebr": _noto("Hebrew", "intl_rtl", "0590-05FF FB1D-FB4F"),
    "Deva": _noto("Devanagari", "intl_south_asia", "0900-097F A8E0-A8FF 1CD0-1CFF 20B9"),
    "Beng": _noto("Bengali", "intl_south_asia", "0964-0965 0980-09FF 20B9"),
    "Taml": _noto("Tamil", "intl_south_asia", "0964-0965 0B80-0BFF"),
    "Telu": _noto("Telugu", "intl_south_asia", "0964-0965 0C00-0C7F"),
    "Thai": _noto("Thai", "intl_sea", "0E00-0E7F"),
    "Khmr": _noto("Khmer", "intl_sea", "1780-17FF 19E0-19FF"),
    "Laoo": _noto("Lao", "intl_sea", "0E80-0EFF"),
    "Mymr": _noto("Myanmar", "intl_sea", "1000-109F A9E0-A9FF AA60-AA7F"),
    "Hans": _ideographs("Causeway Hans", "gb2312", rare=False),
    "Hani": _ideographs("Causeway Hani", "", rare=True),
}
"""The families by the ISO 15924 code of the script they are for; another script is another row."""

LICENCE = Source(NOTO, "fonts/ofl/notosans/OFL.txt", "")
"""The Open Font License, the same for all three sources; it travels with the fonts."""


def build(folder: Path, scripts: Collection[str] = ()) -> list[Path]:
    """The families for some scripts, or for all that are not rare, in every style, and the licence, as files.

    Those already there are kept. Raises `FontsMissing` when a source is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    wanted = scripts or [code for code, recipe in RECIPES.items() if not recipe.rare]
    for code, style in product(wanted, STYLES):
        made.append(folder / RECIPES[code].file(style))
        if not made[-1].exists():
            _put(made[-1], _made(RECIPES[code], style))
    licence = folder / "OFL.txt"
    if not licence.exists():
        _put(licence, _located(LICENCE).read_bytes())
    return [*made, licence]


def _put(path: Path, data: bytes) -> None:
    """Write beside and rename: another process sees the whole file or none."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def _located(source: Source) -> Path:
    name = source.package.replace("_", "-")
    try:
        path = Path(str(files(source.package).joinpath(source.path)))
    except ModuleNotFoundError as error:
        raise FontsMissing(f"no fonts for the PDF: pip install {name}") from error
    if not path.is_file():
        raise FontsMissing(f"no fonts for the PDF: {source.path} is missing; pip install --force-reinstall {name}")
    return path


def _made(recipe: Recipe, style: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        parts, seen = [], set[int]()
        for number, source in enumerate(recipe.sources):
            part = _part(source, source.characters() - seen, STYLES[style], shaped=recipe.shaped)
            seen |= part.getBestCmap().keys()
            parts.append(str(Path(folder, f"{number}.ttf")))
            part.save(parts[-1])
        # Merging would rewrite layout tables; a family from one source has nothing to merge.
        whole = Merger().merge(parts) if len(parts) > 1 else TTFont(parts[0], recalcTimestamp=False)
        _name(whole, recipe, style)
        path = Path(folder, "whole.ttf")
        whole.save(path)
        return path.read_bytes()


def _part(source: Source, characters: set[int], weight: int, *, shaped: bool) -> Any:
    """The characters of one source at one weight; with the layout tables only where letters must be shaped."""
    font = TTFont(_located(source), recalcTimestamp=False)
    for tag in _needless(shaped) & set(font.keys()):
        del font[tag]
    subsetter = Subsetter(Options(hinting=False, glyph_names=False, name_IDs=[0, 13, 14], layout_features=["*"]))
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if "fvar" in font:
        axes = {"wght": weight, "wdth": 100}
        instantiateVariableFont(font, {axis.axisTag: axes[axis.axisTag] for axis in font["fvar"].axes}, inplace=True)
    return font


def _needless(shaped: bool) -> set[str]:
    """Tables that are left out: outlines and widths are all that plain text needs."""
    return {"STAT", "gasp", "meta", "vhea", "vmtx", *(() if shaped else ("GDEF", "GPOS", "GSUB"))}


def _name(font: Any, recipe: Recipe, style: str) -> None:
    """Names of our own and the weight in the tables where programs look for it."""
    postscript = recipe.postscript(style)
    names = {1: recipe.family, 2: style, 3: postscript, 4: f"{recipe.family} {style}", 6: postscript}
    table = font["name"]
    table.names = [name for name in table.names if name.nameID in (0, 13, 14)]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = STYLES[style]
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    head = font["head"]
    head.macStyle = int(bold)
    # Two builds give the same bytes only if neither writes down when it ran.
    font.recalcTimestamp = False
    head.created = head.modified = 0
