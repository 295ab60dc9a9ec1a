"""The language a text is probably written in, among the languages of a programme."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.core import get_global
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from locales import tags

_SHORTEST = 16
_SURE = 0.9
# langdetect names these two by country.
_PROFILES = {"zh": "zh-cn", "zh_Hant": "zh-tw", "zh_TW": "zh-tw", "zh_HK": "zh-tw"}
# The scripts of CLDR that are written with the letters whose Unicode names begin with this word.
_LETTERS = {
    "CJK": ("Hans", "Hant", "Jpan"),
    "HIRAGANA": ("Jpan",),
    "KATAKANA": ("Jpan",),
    "HANGUL": ("Kore",),
    "LATIN": ("Latn",),
    "ARABIC": ("Arab",),
    "CYRILLIC": ("Cyrl",),
    "GREEK": ("Grek",),
    "HEBREW": ("Hebr",),
    "DEVANAGARI": ("Deva",),
    "BENGALI": ("Beng",),
    "GURMUKHI": ("Guru",),
    "GUJARATI": ("Gujr",),
    "TAMIL": ("Taml",),
    "TELUGU": ("Telu",),
    "KANNADA": ("Knda",),
    "MALAYALAM": ("Mlym",),
    "SINHALA": ("Sinh",),
    "THAI": ("Thai",),
    "LAO": ("Laoo",),
    "KHMER": ("Khmr",),
    "MYANMAR": ("Mymr",),
    "ETHIOPIC": ("Ethi",),
    "GEORGIAN": ("Geor",),
    "ARMENIAN": ("Armn",),
}


@dataclass
class Detector:
    """Tells the languages of a programme apart: by script where that is enough, else by letter sequences."""

    languages: Sequence[str]
    _factories: dict[tuple[str, ...], DetectorFactory] = field(default_factory=dict)

    def detect(self, text: str) -> tuple[str | None, float]:
        """The likeliest language and its probability; (None, 0.0) for a text of none of them. Never raises."""
        word, share = _letters(text)
        scripts = _LETTERS.get(word, ())
        written = [language for language in self.languages if _script(language) in scripts]
        if len(written) < 2:
            return (written[0], share) if written else (None, 0.0)
        return self._compared(text, {_profile(language): language for language in reversed(written)})

    def offerable(self, text: str) -> str | None:
        """The language to offer after this text: one of 16 characters or more, and at least 0.9 probable."""
        if len(text.strip()) < _SHORTEST:
            return None
        language, probability = self.detect(text)
        return language if probability >= _SURE else None

    def _compared(self, text: str, languages: dict[str, str]) -> tuple[str | None, float]:
        if len(languages) == 1:
            return next(iter(languages.values())), 1.0
        if not all(_profile_path(profile).exists() for profile in languages):
            # A language that langdetect does not know would be taken for its neighbour.
            return None, 0.0
        detector = self._factory(tuple(sorted(languages))).create()
        try:
            detector.append(text)
            best = detector.get_probabilities()[0]
        except (LangDetectException, IndexError):
            return None, 0.0
        return languages[best.lang], best.prob

    def _factory(self, profiles: tuple[str, ...]) -> DetectorFactory:
        if profiles not in self._factories:
            factory = DetectorFactory()
            # langdetect draws samples; with a seed the same text has the same answer every time.
            factory.set_seed(0)
            factory.load_json_profile([_profile_path(name).read_text(encoding="utf-8") for name in profiles])
            self._factories[profiles] = factory
        return self._factories[profiles]


def _letters(text: str) -> tuple[str, float]:
    """The kind of letters that most of the text is in, and their share. Japanese is known by its kana."""
    kinds = Counter(_kinds(text))
    if kinds["HIRAGANA"] + kinds["KATAKANA"] > 0:
        kinds["HIRAGANA"] += kinds.pop("KATAKANA", 0) + kinds.pop("CJK", 0)
    if not kinds.total():
        return "", 0.0
    kind, count = kinds.most_common(1)[0]
    return kind, count / kinds.total()


def _kinds(text: str) -> Iterable[str]:
    for letter in text:
        if letter.isalpha():
            yield unicodedata.name(letter, "").partition(" ")[0]


def _script(language: str) -> str:
    """The CLDR script of a language, "Latn" for "vi"; "" if it is unknown."""
    likely = get_global("likely_subtags")
    subtags = (subtag for code in tags.codes(language) for subtag in likely.get(code, code).split("_"))
    return next((subtag for subtag in subtags if len(subtag) == 4), "")


def _profile(language: str) -> str:
    codes = tags.codes(language)
    return next((_PROFILES[code] for code in codes if code in _PROFILES), codes[-1] if codes else language)


def _profile_path(profile: str) -> Path:
    return Path(PROFILES_DIRECTORY) / profile
