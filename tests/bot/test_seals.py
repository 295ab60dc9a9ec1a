"""Sealed words: only the key opens them, and nothing about them can be compared."""

import pytest

from bot.seals import Seals

SEALS = Seals("a key for tests")


@pytest.mark.parametrize("words", ["", "1", "12", "\x80\x80", "Máy nén khí bị rò rỉ", "x" * 5000])
def test_words_come_back_as_they_were(words: str) -> None:
    assert SEALS.unseal(SEALS.seal(words)) == words


def test_same_words_never_look_the_same_and_their_length_does_not_show() -> None:
    assert len({SEALS.seal("7") for _again in range(50)}) == 50
    assert len(SEALS.seal("7")) == len(SEALS.seal("1234567"))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(ValueError, match="another key"):
        Seals("another key").unseal(SEALS.seal("7"))


@pytest.mark.parametrize("place", [0, 20, 60, -1])
def test_changed_words_are_refused(place: int) -> None:
    sealed = SEALS.seal("7")
    body = sealed.removeprefix("sealed:")
    letters = list(body)
    letters[place] = "A" if letters[place] != "A" else "B"
    if place == -1:
        letters[-2] = "A" if letters[-2] != "A" else "B"
    with pytest.raises(ValueError, match=r"damaged|not sealed"):
        SEALS.unseal("sealed:" + "".join(letters))


@pytest.mark.parametrize("junk", ["", "sealed:", "plain words", "sealed:ä", "sealed:AAAA"])
def test_what_was_never_sealed_is_refused(junk: str) -> None:
    with pytest.raises(ValueError, match="seal"):
        SEALS.unseal(junk)


def test_without_a_key_nothing_is_safe() -> None:
    assert not Seals("").is_safe and SEALS.is_safe
