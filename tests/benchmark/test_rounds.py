"""The daily comparison on both stores: which sites, by which values, in a few statements whatever their number."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event

from storage.tables.benchmarks import Benchmark, BenchmarkMember, BenchmarkRound
from storage.tables.programme import Programme
from tests.benchmark.district import AFTER_DUE, NEIGHBOURS, OWN, all_sent, compared, district, sent, set_benchmarks
from tests.handlers.deeds import changed, rows
from tests.handlers.stage import opened
from tests.talks import Town


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, list[str]]]:
    """The district on each store, with October compared by energy, and the statements that it took."""
    with opened(request.param, tmp_path_factory.mktemp("rounds")) as stage:
        town = stage.after(district)
        set_benchmarks(town, metrics=["energy-intensity"])
        all_sent(town)
        statements: list[str] = []
        event.listen(town.store.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        compared(town)
        yield town, list(statements)


@pytest.fixture
def towns(day: tuple[Town, list[str]]) -> Town:
    """The town of that day."""
    return day[0]


def test_marks_and_values_are_kept_as_they_were(towns: Town) -> None:
    (group,) = rows(towns, Benchmark)
    assert (group.country, group.tier, group.kind) == ("VN", "high", "electricity+output")
    assert [str(mark) for mark in (group.lower, group.middle, group.upper)] == ["4", "5", "8"]
    assert sorted(int(row.value) for row in rows(towns, BenchmarkMember)) == [2, 3, 4, 5, 6, 7, 8, 9]


def test_round_reads_all_sites_in_a_few_statements(day: tuple[Town, list[str]]) -> None:
    read = [one for one in day[1] if one.startswith("SELECT")]
    assert 0 < len(read) <= 7 < len(NEIGHBOURS) + 1
    assert sum("FROM submissions" in one for one in read) == 1


def test_second_job_finds_the_round_made(towns: Town) -> None:
    before = rows(towns, BenchmarkRound)
    compared(towns, AFTER_DUE + timedelta(hours=20))
    assert rows(towns, BenchmarkRound) == before


def test_sites_that_send_quarters_are_compared_by_the_quarter_alone(town: Town) -> None:
    set_benchmarks(town, metrics=["energy-intensity"])
    (row,) = rows(town, Programme)
    tiers = row.settings["tiers"]
    high = {**tiers["high"], "cadence": {"electricity": "quarter", "output": "quarter"}}
    changed(town, row, settings={**row.settings, "tiers": {**tiers, "high": high}})
    for month in ("2026-07", "2026-08", "2026-09", "2026-10"):
        all_sent(town, month)
    compared(town)
    assert [row.period for row in rows(town, BenchmarkRound)] == ["2026-Q3"]
    assert len(rows(town, BenchmarkMember)) == 8


def test_mark_that_was_told_stays_while_it_is_about_right(town: Town) -> None:
    set_benchmarks(town, metrics=["energy-intensity"])
    for key in (OWN, *NEIGHBOURS):
        sent(town, key, 4.4)
        sent(town, key, 4.6, "2026-11")
    compared(town)
    compared(town, AFTER_DUE + timedelta(days=30))
    assert [str(group.middle) for group in rows(town, Benchmark)] == ["4", "4"]
