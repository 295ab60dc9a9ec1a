"""Text that the font can draw: what it cannot is shown as "?", counted and logged, never left blank."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import structlog
from fontTools.unicodedata import script

from bot.render.fonts import FontFamily

log = structlog.get_logger()

REPLACEMENT = "?"

# Line breaks are kept. The narrow and the figure space must not break a line, and of these reportlab keeps only
# the ordinary no-break space together.
_SPACES = str.maketrans({"\r": None, "\t": " ", "\u202f": "\u00a0", "\u2007": "\u00a0", "\u2028": "\n", "\u2029": "\n"})

# Direction marks, joiners, soft hyphens, variation selectors and control characters have no picture of their own.
_UNSEEN = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


@dataclass
class Legible:
    """Makes texts legible in one family and counts, per script, the characters that could not be shown."""

    family: FontFamily
    missing: Counter[str] = field(default_factory=Counter)

    def text(self, text: str) -> str:
        """The text in composed form, each character that the font lacks replaced by its equal or by "?"."""
        clean = _UNSEEN.sub("", unicodedata.normalize("NFC", text.translate(_SPACES)))
        lacking = {char for char in clean if ord(char) not in self.family.characters} - {"\n"}
        if not lacking:
            return clean
        return "".join(self._shown(char) if char in lacking else char for char in clean)

    def line(self, text: str) -> str:
        """The same on a single line."""
        return " ".join(self.text(text).split("\n"))

    def report(self, document: str) -> None:
        """Log what is missing, if anything is: how many characters of which scripts, not which."""
        if self.missing:
            log.warning("glyphs missing", document=document, count=self.missing.total(), scripts=dict(self.missing))

    def _shown(self, char: str) -> str:
        equal = unicodedata.normalize("NFKC", char)
        if all(ord(part) in self.family.characters for part in equal):
            return equal
        self.missing[script(char)] += 1
        return REPLACEMENT
