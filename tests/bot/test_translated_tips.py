"""A tip in the language of each who gets it: the words without names through the engine, or as they were written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from storage.tables.queues import WorkRow
from storage.tables.tips import Tip, Translation
from tests.bot.test_translate import IN_VIETNAMESE, LEAKS, labels, newest, work_off
from tests.handlers.deeds import changed, imported, obstacle_reported, person, rows
from tests.handlers.stage import Stage, opened
from tests.talks import Town

TIP = "A leak is found by night, when all machines are off: walk along the pipes and listen."
HOUR = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
"""A working hour in Mexico, where Jorge is."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with opened("sqlite", tmp_path_factory.mktemp("tips")) as made:
        yield made


def told(town: Town) -> None:
    """Amina and Jorge have reported a leak; she reads English now, and he Vietnamese."""
    for key in ("amina", "jorge"):
        obstacle_reported(town.joined(key))
    changed(town, person(town, "jorge"), language="vi")


@pytest.fixture
def town(stage: Stage) -> Town:
    return with_engine(stage.after(told, imported), engine=True)


def with_engine(town: Town, *, engine: bool) -> Town:
    return Town(
        town.store, house=replace(town.house, translates=engine), clock=town.clock, shown=town.shown, given=town.given
    )


def published(town: Town, words: str = TIP) -> None:
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.press("r:tip.make:1", trigger="t")
    lucia.submit({"words": words, "topic": "all/", "narrow": ""})
    lucia.tap("Yes, send it")


def test_tip_is_read_in_the_readers_language_and_marked_as_machine_made(town: Town) -> None:
    published(town)
    asked = work_off(town).asked
    town.tick(HOUR)
    shown = newest(town, "tg-jorge")
    assert IN_VIETNAMESE in shown["text"] and TIP not in shown["text"]
    assert "English" in shown["text"] and "r:tip.original:1" in str(shown["buttons"])
    jorge = town.phone("tg-jorge")
    changed(town, person(town, "jorge"), language="en")
    assert TIP in jorge.press("r:tip.original:1")
    assert [(one["q"], one["target"]) for one in asked] == [(TIP, "vi")]


def test_engine_gets_no_name_no_place_and_no_number(town: Town) -> None:
    published(town)
    (row,) = rows(town, WorkRow)
    assert row.argument == {"tip": 1, "to": ["vi"]}
    asked = str(work_off(town).asked)
    assert not [name for name in ("Amina", "Jorge", "Lucia", "Song Cau", "Andes", "tip") if name in asked]


def test_translation_that_comes_after_the_tip_was_told_takes_its_place(town: Town) -> None:
    published(town)
    town.tick(HOUR)
    first = newest(town, "tg-jorge")
    assert first["kind"] == "message" and TIP in first["text"] and "English" in first["text"]
    work_off(town)
    then = newest(town, "tg-jorge")
    assert (then["kind"], then["of"]) == ("edit", first["key"]) and IN_VIETNAMESE in then["text"]
    votes = [button["action"] for one in (first, then) for row in one["buttons"] for button in row]
    assert votes.count("r:tip.vote:1") == 2 and "r:tip.original:1" in votes


def test_without_an_engine_the_tip_goes_out_as_it_was_written_with_its_language(stage: Stage) -> None:
    town = with_engine(stage.after(told, imported), engine=False)
    published(town)
    town.tick(HOUR)
    shown = newest(town, "tg-jorge")
    assert TIP in shown["text"] and "English" in shown["text"]
    assert not rows(town, WorkRow) and not rows(town, Translation)
    assert "r:tip.original:1" not in str(shown["buttons"])


@pytest.mark.parametrize("given", [{"fails": [400] * 9}, {"key": "another"}], ids=["refused", "wrong key"])
def test_engine_that_refuses_keeps_nobody_from_the_tip(town: Town, given: dict[str, Any]) -> None:
    published(town)
    work_off(town, **given)
    town.tick(HOUR)
    assert TIP in newest(town, "tg-jorge")["text"] and not rows(town, Translation)


def test_words_whose_language_the_engine_finds_out_are_translated_too(town: Town) -> None:
    changed(town, person(town, "jorge"), language="en")
    published(town, LEAKS)
    # As if they had been too few to be sure of their language ourselves.
    changed(town, rows(town, Tip)[0], language="")
    work_off(town)
    assert rows(town, Tip)[0].language == "vi"
    town.tick(HOUR)
    assert "The compressor has leaked" in newest(town, "tg-jorge")["text"]


def test_who_reads_the_tips_language_is_shown_the_original(town: Town) -> None:
    changed(town, person(town, "jorge"), language="en")
    published(town)
    assert not rows(town, WorkRow)
    town.tick(HOUR)
    assert TIP in newest(town, "tg-jorge")["text"] and "Show original" not in labels(newest(town, "tg-jorge"))


def test_reporter_reads_it_in_their_language_too(town: Town) -> None:
    changed(town, person(town, "amina"), language="vi")
    published(town)
    assert TIP in newest(town, "tg-amina")["text"]
    work_off(town)
    then = newest(town, "tg-amina")
    assert then["kind"] == "edit" and IN_VIETNAMESE in then["text"]
    changed(town, person(town, "amina"), language="en")
    assert TIP in town.phone("tg-amina").press("r:tip.original:1")


def test_nobody_reads_the_original_of_a_tip_they_were_not_given(town: Town) -> None:
    published(town)
    work_off(town)
    linh = town.joined("linh")
    assert TIP not in linh.press("r:tip.original:1") and "This is for somebody else." in linh.toast


def test_translation_of_words_that_are_gone_is_not_kept(town: Town) -> None:
    published(town, LEAKS)
    changed(town, rows(town, Tip)[0], words="")
    work_off(town)
    assert not rows(town, Translation)
