"""The language a text is probably written in, among the languages of a programme.

First the script. Where several languages share it, the letter sequences of the text are looked up in langdetect's
profiles, all of them: langdetect itself draws some by lot, which makes short texts a lottery. Words that our own texts
use count as well. What comes of it is in docs/DETECTION.md.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.core import get_global
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.utils.ngram import NGram

from locales import tags
from locales.vocabulary import vocabulary, words

_SHORTEST = 16
_SURE = 0.9
# Sequences of one word overlap and say the same thing again: each counts a third.
_SEQUENCE_WEIGHT = 0.35
# langdetect's own smoothing of sequences that a profile lacks.
_SEQUENCE_FLOOR = 0.5 / 10_000
# A word that is in none of our texts of a language: half a find among about 8,000 words.
_UNSEEN, _WORDS = 0.5, 8_000
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
        return self._compared(text, {profile(language): language for language in reversed(written)})

    def offerable(self, text: str) -> str | None:
        """The language to offer after this text: one of 16 characters or more, and at least 0.9 probable."""
        if len(text.strip()) < _SHORTEST:
            return None
        language, probability = self.detect(text)
        return language if probability >= _SURE else None

    def _compared(self, text: str, languages: dict[str, str]) -> tuple[str | None, float]:
        if len(languages) == 1:
            return next(iter(languages.values())), 1.0
        if not all(profile_path(name).exists() for name in languages):
            # A language that langdetect does not know would be taken for its neighbour.
            return None, 0.0
        factory = self._factory(tuple(sorted(languages)))
        evidence = [_of_sequences(text, factory), *_of_words(text, [languages[one] for one in factory.langlist])]
        if not any(any(one) for one in evidence):
            return None, 0.0
        shares = _shares([sum(each) for each in zip(*evidence, strict=True)])
        best = max(range(len(shares)), key=shares.__getitem__)
        return languages[factory.langlist[best]], shares[best]

    def _factory(self, profiles: tuple[str, ...]) -> DetectorFactory:
        if profiles not in self._factories:
            factory = DetectorFactory()
            factory.load_json_profile([profile_path(name).read_text(encoding="utf-8") for name in profiles])
            self._factories[profiles] = factory
        return self._factories[profiles]


def _of_sequences(text: str, factory: DetectorFactory) -> list[float]:
    """For each language the logarithm of how likely the letter sequences of the text are; all 0 if none is known."""
    total = [0.0] * len(factory.langlist)
    for sequence in _sequences(text, factory):
        for place, share in enumerate(factory.word_lang_prob_map[sequence]):
            total[place] += _SEQUENCE_WEIGHT * math.log(share + _SEQUENCE_FLOOR)
    return total


def _sequences(text: str, factory: DetectorFactory) -> Iterable[str]:
    """Each sequence of one to three letters that a profile knows; words in capitals say little and are left out."""
    detector, grams = factory.create(), NGram()
    detector.append(text)
    detector.cleaning_text()
    for letter in detector.text:
        grams.add_char(letter)
        if not grams.capitalword:
            found = (grams.grams[-length:] for length in range(1, min(NGram.N_GRAM, len(grams.grams)) + 1))
            yield from (one for one in found if one.strip() and one in factory.word_lang_prob_map)


def _of_words(text: str, languages: Sequence[str]) -> Iterable[list[float]]:
    """For each word that our texts know, the logarithm of how likely it is in each language."""
    known = [vocabulary(tags.codes(language)[-1]) for language in languages]
    if not all(one.total for one in known):
        # To have no texts of a language is no evidence against it.
        return
    for word in words(text):
        if any(one.counts[word] for one in known):
            yield [math.log((one.counts[word] + _UNSEEN) / (one.total + _UNSEEN * _WORDS)) for one in known]


def _shares(logarithms: Sequence[float]) -> list[float]:
    """Probabilities that sum to one, of their logarithms up to a constant."""
    highest = max(logarithms)
    parts = [math.exp(one - highest) for one in logarithms]
    return [part / sum(parts) for part in parts]


def _letters(text: str) -> tuple[str, float]:
    """The kind of letters that most of the text is in, and their share. Japanese is known by its kana.

    A Latin letter counts a third: names, codes and units are written in them in the middle of every other script.
    """
    kinds: Counter[str] = Counter()
    for kind in _kinds(text):
        kinds[kind] += 1 if kind == "LATIN" else 3
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


def profile(language: str) -> str:
    """The name of langdetect's profile for a language."""
    codes = tags.codes(language)
    return next((_PROFILES[code] for code in codes if code in _PROFILES), codes[-1] if codes else language)


def profile_path(name: str) -> Path:
    """Where langdetect keeps a profile; there is none for a language that it does not know."""
    return Path(PROFILES_DIRECTORY) / name
