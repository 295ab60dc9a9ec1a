"""Text that the fonts can draw: what they cannot is shown as "?", counted and logged, never left blank."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import structlog
from fontTools.unicodedata import script

from bot.render.faces import face_of

log = structlog.get_logger()

REPLACEMENT = "?"

# Line breaks are kept. The narrow and the figure space must not break a line, and of these reportlab keeps only
# the ordinary no-break space together.
_SPACES = str.maketrans({"\r": None, "\t": " ", "\u202f": "\u00a0", "\u2007": "\u00a0", "\u2028": "\n", "\u2029": "\n"})

# Soft hyphens, variation selectors and control characters have no picture of their own.
_UNSEEN = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2060-\u2065\u206a-\u206f\ufe00-\ufe0f\ufeff]"
)
# Direction marks and joiners have none either, but say how letters of other scripts stand; Latin ones need none.
_MARKS = re.compile("[\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_FIRST_OTHER = "\u0590"


@dataclass
class Legible:
    """Makes texts legible and counts, per script, the characters that could not be shown."""

    missing: Counter[str] = field(default_factory=Counter)

    def text(self, text: str) -> str:
        """The text in composed form, each character that no font has replaced by its equal or by "?"."""
        if text.isascii() and text.isprintable():
            return text
        clean = _UNSEEN.sub("", unicodedata.normalize("NFC", text.translate(_SPACES)))
        if all(char < _FIRST_OTHER or "\u1e00" <= char <= "\u20cf" for char in clean):
            clean = _MARKS.sub("", clean)
        lacking = {char for char in set(clean) if char != "\n" and not _MARKS.match(char) and face_of(char) is None}
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
        if all(face_of(part) is not None for part in equal):
            return equal
        self.missing[script(char)] += 1
        return REPLACEMENT
