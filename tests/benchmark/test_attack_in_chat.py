"""Somebody of two sites asks through the chat before and after each figure of the others comes in: nothing changes."""

from datetime import UTC, datetime, timedelta
from random import Random

from storage.tables.benchmarks import BenchmarkRound
from tests.benchmark.district import NEIGHBOURS, OWN, compared, sent, set_benchmarks, works_at
from tests.benchmark.test_compare import ENERGY, told
from tests.handlers.deeds import rows
from tests.talks import Talker, Town

SPY = (OWN, NEIGHBOURS[0])
MONTHS = ("2026-10", "2026-11", "2026-12")


def everything_told(spy: Talker) -> list[str]:
    """All that the assistant tells of both sites, with every number of the pictures."""
    found = []
    for name in ("Song Cau", "Neighbour-1"):
        spy.command("compare")
        spy.tap(name)
        if ENERGY in spy.labels:
            spy.tap(ENERGY)
        found.append(told(spy.town))
    return found


def comparison_day(month: str) -> datetime:
    """The day on which a month is compared."""
    year, number = map(int, month.split("-"))
    return datetime(year + number // 12, number % 12 + 1, 26, 4, tzinfo=UTC)


def test_answers_change_with_no_submission_and_once_for_each_period(town: Town) -> None:
    chance = Random(8)
    set_benchmarks(town, metrics=["energy-intensity"])
    works_at(town, "amina", NEIGHBOURS[0])
    spy = town.joined("amina")
    last: list[str] = []
    for month in MONTHS:
        others = chance.sample(NEIGHBOURS[1:], len(NEIGHBOURS) - 1)
        day = comparison_day(month)
        for key in SPY:
            sent(town, key, chance.randint(10, 90) / 10, month)
        before = everything_told(spy)
        assert not last or before == last
        for number, key in enumerate(others):
            # The last two come when the others have been compared, and one of them is put right after that.
            if number == len(others) - 2:
                compared(town, day)
                before = everything_told(spy)
            sent(town, key, chance.randint(10, 90) / 10, month)
            compared(town, day - timedelta(days=20 - number) if number < len(others) - 2 else day + timedelta(number))
            assert everything_told(spy) == before
        sent(town, others[-1], 80, month)
        assert everything_told(spy) == before
        assert before != last
        last = before
    assert [row.period for row in rows(town, BenchmarkRound)][-len(MONTHS) :] == list(MONTHS)
