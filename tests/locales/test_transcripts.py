"""The main job in every language, as it was when somebody read it, and as it must be whoever reads it."""

import difflib

import pytest

from locales.text import Catalogue
from tests.locales.story import TYPED, told
from tests.locales.transcripts import FOLDER, stored
from tests.talks import Town

AGAIN = "python -m tests.locales.transcripts"
LANGUAGES = Catalogue().languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_story_is_told_as_it_was_when_somebody_read_it(town: Town, language: str) -> None:
    expected, found = stored(language).read_text(encoding="utf-8"), told(town, language)
    changes = "\n".join(
        difflib.unified_diff(expected.splitlines(), found.splitlines(), "read", "told", lineterm="", n=2)
    )
    assert not changes, f"{changes}\n\nIf this is better, read it and keep it: {AGAIN} {language}"


def test_every_language_has_a_story_and_no_other() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(LANGUAGES) == set(TYPED)
