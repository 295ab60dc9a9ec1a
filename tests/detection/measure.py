"""How often a detector names the language of a short text, by length and by the languages of a programme."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from locales.detect import Detector, profile, profile_path
from tests.detection.corpus import LANGUAGES, Text

PROGRAMMES = (
    LANGUAGES,
    ("en", "es", "vi", "zh"),
    ("en", "es", "pt"),
    ("en", "fr", "ar"),
    ("en", "id", "th", "vi", "zh"),
    ("en", "tr"),
    ("en", "hi", "bn"),
)
LENGTHS = {"up to 15": (1, 15), "16 to 40": (16, 40), "over 40": (41, 10_000)}
SURE = 0.9

Detect = Callable[[str], tuple[str | None, float]]


@dataclass(frozen=True)
class Score:
    """Of so many texts: how many were right, how many were told with 0.9 or more, and how many of those wrong."""

    texts: int
    right: int
    sure: int
    sure_and_wrong: int

    @property
    def accuracy(self) -> float:
        """The share of texts whose language was named."""
        return self.right / self.texts


def score(detect: Detect, texts: Iterable[Text]) -> Score:
    """How a detector does on these texts."""
    found = [(language, *detect(text)) for text, language in texts]
    sure = [(language, guess) for language, guess, probability in found if probability >= SURE]
    return Score(
        len(found),
        sum(language == guess for language, guess, _probability in found),
        len(sure),
        sum(language != guess for language, guess in sure),
    )


def of(texts: Iterable[Text], languages: Sequence[str], length: str) -> list[Text]:
    """Those of a programme's languages and of a length."""
    least, most = LENGTHS[length]
    return [(text, language) for text, language in texts if language in languages and least <= len(text) <= most]


def ours(languages: Sequence[str]) -> Detect:
    """Our detector for a programme."""
    return Detector(languages).detect


def drawn(languages: Sequence[str]) -> Detect:
    """langdetect as it comes, with the programme's profiles: it draws letter sequences by lot, here with a seed."""
    profiles = {profile(language): language for language in languages}
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([profile_path(name).read_text(encoding="utf-8") for name in sorted(profiles)])

    def detect(text: str) -> tuple[str | None, float]:
        detector = factory.create()
        detector.append(text)
        try:
            best = detector.get_probabilities()[0]
        except (LangDetectException, IndexError):
            return None, 0.0
        return profiles[best.lang], best.prob

    return detect
