"""The budget of a platform: how much may go at once, and when the next may go."""

import pytest

from bot import pace
from bot.channel import Budget
from bot.pace import Bucket, Pace


class Time:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    moved = Time()
    monkeypatch.setattr(pace, "monotonic", moved)
    return moved


@pytest.fixture
def telegram(time: Time) -> Pace:
    """Thirty a second in all, one a second in a chat after a burst of three, twenty a minute in a group."""
    return Pace(Budget(per_second=30, chat_interval_s=1, chat_burst=3, group_interval_s=3, group_burst=1))


def test_bucket_gives_its_burst_and_fills_up_again(time: Time) -> None:
    bucket = Bucket(2.0, 3)
    for _message in range(3):
        assert bucket.wait() == 0
        bucket.take()
    assert bucket.wait() == 2
    time.seconds += 1.5
    assert bucket.wait() == 0.5
    time.seconds += 100
    assert bucket.wait() == 0 and bucket.tokens == 3


def test_chat_rests_after_its_burst_until_its_second_has_passed(telegram: Pace, time: Time) -> None:
    for _message in range(3):
        assert telegram.held() == []
        telegram.took("anna", False)
    assert telegram.held() == ["anna"]
    time.seconds += 1.01
    assert telegram.held() == []


def test_group_rests_after_each_message(telegram: Pace, time: Time) -> None:
    telegram.took("group", True)
    time.seconds += 2.9
    assert telegram.held() == ["group"]
    time.seconds += 0.2
    assert telegram.held() == []


@pytest.mark.parametrize("per_second", [0.5, 1, 5, 25, 1000])
def test_part_of_every_budget_is_for_answers_and_a_part_for_the_rest(time: Time, per_second: float) -> None:
    telegram = Pace(Budget(per_second, chat_interval_s=1, chat_burst=3, group_interval_s=3, group_burst=1))
    whole = telegram.room(answers_only=True)
    pushes = telegram.room()
    assert 0 < pushes <= 0.8 * whole
    for number in range(pushes):
        telegram.took(f"chat-{number}", False)
    assert telegram.room() == 0
    assert telegram.room(answers_only=True) == whole - pushes > 0


@pytest.mark.parametrize("seconds", [1, 5, 60])
def test_never_more_than_the_budget_in_any_stretch(telegram: Pace, time: Time, seconds: int) -> None:
    sent = 0
    for _step in range(seconds * 20):
        for number in range(telegram.room(answers_only=True)):
            telegram.took(f"chat-{sent}-{number}", False)
            sent += 1
        time.seconds += 0.05
    assert 30 * seconds <= sent <= 30 * seconds + 6


def test_halted_chat_is_held_for_as_long_as_asked_and_others_go_on(telegram: Pace, time: Time) -> None:
    telegram.halt("anna", 7)
    assert telegram.held() == ["anna"] and telegram.room() > 0
    time.seconds += 6.9
    assert telegram.held() == ["anna"]
    time.seconds += 0.2
    assert telegram.held() == []


def test_halted_channel_sends_nothing_and_then_goes_on(telegram: Pace, time: Time) -> None:
    telegram.halt("", 7)
    assert (telegram.room(), telegram.room(answers_only=True)) == (0, 0)
    time.seconds += 7.1
    assert telegram.room() > 0


def test_shorter_wait_does_not_end_a_longer_one(telegram: Pace, time: Time) -> None:
    telegram.halt("anna", 7)
    telegram.halt("anna", 1)
    time.seconds += 2
    assert telegram.held() == ["anna"]


def test_chats_that_are_rested_are_forgotten(telegram: Pace, time: Time) -> None:
    for number in range(1000):
        telegram.took(f"chat-{number}", False)
    time.seconds += 60
    telegram.held()
    assert telegram._chats == {}
