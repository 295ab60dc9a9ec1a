"""Short texts in our languages that are not ours: what Django says in its admin pages and forms."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

FOLDERS = {"pt": "pt_BR", "zh": "zh_Hans"}
"""Where Django calls a language otherwise than we do."""
LANGUAGES = ("en", "es", "pt", "fr", "zh", "vi", "hi", "bn", "id", "tr", "ar", "th")
_PLACES = re.compile(r"%\([^)]*\)[.\d]*[a-z]|%[sd]|\{[^}]*\}|<[^>]*>|&[a-z]+;")

Text = tuple[str, str]
"""A text and its language."""


@cache
def corpus() -> tuple[Text, ...]:
    """Every text of Django's contrib packages without its placeholders; one that two languages share is left out."""
    languages = defaultdict(set)
    # Some of the catalogues have a plural form too many, of which Babel prints a warning for each.
    with redirect_stdout(io.StringIO()):
        for language in LANGUAGES:
            for text in _texts(language):
                languages[text].add(language)
    return tuple((text, next(iter(found))) for text, found in sorted(languages.items()) if len(found) == 1)


def _texts(language: str) -> Iterator[str]:
    spec = find_spec("django")
    assert spec is not None and spec.origin is not None
    contrib = Path(spec.origin).parent / "contrib"
    for po in sorted(contrib.glob(f"*/locale/{FOLDERS.get(language, language)}/LC_MESSAGES/django*.po")):
        with po.open("rb") as file:
            for entry in read_po(file):
                if entry.id and not entry.fuzzy:
                    texts = (" ".join(_PLACES.sub(" ", text).split()) for text in _forms(entry, language))
                    yield from (text for text in texts if any(map(str.isalpha, text)))


def _forms(entry: Entry, language: str) -> Iterable[str]:
    said = entry.id if language == "en" else entry.string
    return (said,) if isinstance(said, str) else said
