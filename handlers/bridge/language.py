"""The language that people's words are in, as far as it can be told."""

from functools import cache

from handlers.turn import Turn
from locales.detect import Detector
from storage import programme

SURE = 0.9


def language_of(turn: Turn, site_id: int, words: str) -> str:
    """The language among those of the site and the programme; "" where the words do not show it clearly enough."""
    site = programme.site(turn.session, site_id)
    spoken = [language for language in site.languages.split("+") if language]
    language, probability = _detector(tuple(dict.fromkeys([*turn.settings.languages, *spoken]))).detect(words)
    return language if language and probability >= SURE else ""


@cache
def _detector(languages: tuple[str, ...]) -> Detector:
    # Made once: it reads a profile for each language.
    return Detector(languages)
