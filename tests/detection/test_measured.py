"""Detection on texts that are not ours: better than langdetect as it comes, and hardly ever sure and wrong."""

import pytest

from tests.detection.corpus import LANGUAGES, corpus
from tests.detection.measure import LENGTHS, PROGRAMMES, drawn, of, ours, score

# Every third text: the whole is measured by benchmarks/detection.py.
SOME = corpus()[::3]


def test_there_are_texts_of_every_language_and_length():
    for language in LANGUAGES:
        for length in LENGTHS:
            assert len(of(SOME, [language], length)) > 2, (language, length)


@pytest.mark.parametrize("languages", PROGRAMMES, ids=",".join)
def test_short_texts_are_told_better_than_by_lot(languages):
    texts = of(SOME, languages, "up to 15")
    counted, lot = score(ours(languages), texts), score(drawn(languages), texts)
    assert counted.accuracy >= lot.accuracy
    assert counted.sure_and_wrong <= lot.sure_and_wrong / 2


@pytest.mark.parametrize("languages", PROGRAMMES, ids=",".join)
def test_what_may_be_offered_is_seldom_wrong(languages):
    of_sixteen = [one for length in ("16 to 40", "over 40") for one in of(SOME, languages, length)]
    counted = score(ours(languages), of_sixteen)
    assert counted.accuracy >= 0.94
    assert counted.sure_and_wrong <= 0.01 * counted.texts


def test_nine_of_ten_short_texts_are_told_among_twelve_languages():
    assert score(ours(LANGUAGES), of(SOME, LANGUAGES, "up to 15")).accuracy >= 0.9
