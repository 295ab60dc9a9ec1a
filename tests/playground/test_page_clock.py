"""The clock on the page: where its buttons lead, how it walks, and what it calls a real moment."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.playground.page.clock import clock_json, target
from bot.playground.page.timeline import Timeline
from bot.playground.page.walk import STEP, Walk
from tests.playground.page_stage import TestStage, Visitor

MADRID = ZoneInfo("Europe/Madrid")
MONDAY = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ({"jump": "hour"}, datetime(2026, 11, 23, 23, 30, tzinfo=UTC)),
        ({"jump": "morning"}, datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
        ({"jump": "monday"}, datetime(2026, 11, 30, 8, 0, tzinfo=UTC)),
        ({"at": "2026-12-24T18:15"}, datetime(2026, 12, 24, 17, 15, tzinfo=UTC)),
        ({"at": "2026-12-24T18:15+00:00"}, datetime(2026, 12, 24, 18, 15, tzinfo=UTC)),
    ],
    ids=["an hour", "tomorrow", "next Monday", "a date in the zone", "a date of its own zone"],
)
def test_button_leads_to_its_moment(asked: dict[str, str], leads_to: datetime) -> None:
    assert target(asked, MONDAY, MADRID) == leads_to


@pytest.mark.parametrize("asked", [{}, {"jump": "back"}, {"at": "soon"}, {"at": 7}])
def test_anything_else_leads_nowhere(asked: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        target(asked, MONDAY, MADRID)


def test_walk_goes_in_steps_and_arrives(stage: TestStage) -> None:
    walk = Walk(stage, Timeline(stage.now))
    begun = stage.now()
    walk.begin(begun + timedelta(hours=2))
    assert walk.wait(10)
    assert stage.walked[-1] == begun + timedelta(hours=2)
    moments = [begun, *stage.walked]
    assert all(later - earlier <= STEP + timedelta(seconds=5) for earlier, later in pairwise(moments))


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=-1), timedelta(days=300)])
def test_clock_goes_neither_back_nor_too_far(stage: TestStage, ahead: timedelta) -> None:
    with pytest.raises(ValueError):
        Walk(stage, Timeline(stage.now)).begin(stage.now() + ahead)
    assert not stage.walked


def test_walk_can_be_halted_on_its_way(visitor: Visitor) -> None:
    begun = visitor.stage.now()
    visitor.do("clock", at=(begun + timedelta(days=90)).isoformat())
    assert "moving already" in visitor.refused("clock", jump="hour")
    visitor.do("clock/halt")
    assert visitor.stage.now() < begun + timedelta(days=90)


def test_face_says_moment_zone_and_target(stage: TestStage) -> None:
    face = clock_json(stage, Walk(stage, Timeline(stage.now)))
    assert (face["zone"], face["target"]) == ("Europe/Madrid", None)
    assert abs(datetime.fromisoformat(face["now"]) - stage.now()) <= timedelta(minutes=1)


def test_real_moment_is_told_by_the_clock_as_it_stood_then() -> None:
    real = [MONDAY]
    timeline = Timeline(lambda: real[0])
    timeline.note(MONDAY)
    real[0] = MONDAY + timedelta(minutes=1)
    timeline.note(MONDAY + timedelta(days=7))
    assert timeline.programme(MONDAY + timedelta(seconds=30)) == MONDAY + timedelta(seconds=30)
    assert timeline.programme(MONDAY + timedelta(minutes=2)) == MONDAY + timedelta(days=7, minutes=1)
