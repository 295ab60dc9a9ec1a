"""Courses played to their ends on both platforms, through the whole program.

`make test` plays each course and each language once; `make soak` every course in every language that it is ready in.
"""

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

from bot import clock, schedule
from bot.app import App
from bot.playground.calls import Call, CallLog
from courses.course import Course
from courses.load import load
from locales.text import Catalogue
from storage.tables.training import CourseResult, LessonResult
from tests.stores import fresh_url
from tests.whole.learner import Learner, enrol, place_of
from tests.whole.world import Way, World, whole_world

pytestmark = pytest.mark.whole

CHANNELS = ("telegram", "slack")
PATIENCE_S = 120

Chosen = Callable[[str], list[tuple[Course, str]]]
"""The courses and languages that are played on a platform."""


def each_once(channel: str) -> list[tuple[Course, str]]:
    """Each language with another course, so that each course has its turn; other pairs on each platform."""
    courses, languages = list(load().courses.values()), Catalogue().languages()
    shift = CHANNELS.index(channel) * len(courses) // len(CHANNELS)
    return [(courses[(place + shift) % len(courses)], language) for place, language in enumerate(languages)]


def all_of_them(_channel: str) -> list[tuple[Course, str]]:
    """Every course in every language that it is ready in."""
    return [(course, language) for course in load().courses.values() for language in course.ready]


@pytest.mark.parametrize("chosen", [each_once, pytest.param(all_of_them, marks=pytest.mark.soak)])
def test_courses_are_played_to_their_ends_on_both_platforms(tmp_path: Path, chosen: Chosen) -> None:
    with ExitStack() as stores, ThreadPoolExecutor(len(CHANNELS)) as pool:
        urls = [stores.enter_context(fresh_url("sqlite", tmp_path)) for _channel in CHANNELS]
        folders = [tmp_path / channel for channel in CHANNELS]
        assert list(pool.map(partial(courses_are_played, chosen), CHANNELS, urls, folders)) == [None, None]


def courses_are_played(chosen: Chosen, channel: str, url: str, folder: Path) -> None:
    """In a world for this platform: each has a bot of its own, so that both cores of a machine are used."""
    folder.mkdir()
    with whole_world(url, folder, Way(webhook=True, socket=False)) as world:
        learners = enrolled(world, channel, chosen(channel))
        world.bot.start(alter=unhurried)
        for learner in learners:
            learner.begin()
        play(learners, world)
        assert [learner.name for learner in learners if not learner.has_certificate] == []
        assert {learner.name: learner.unheard() for learner in learners if learner.unheard()} == {}
        assert passed(world) == sorted((learner.person_id, learner.course.key) for learner in learners)
        assert wrong_answers(world) >= len(learners)
        world.check_nothing_went_wrong()


def unhurried(_app: App) -> None:
    """Nothing here waits for the clock, so it ticks at its usual pace and leaves the time to the talks."""
    clock.REFRESH_S = schedule.TICK_S = 1


def enrolled(world: World, channel: str, pairs: list[tuple[Course, str]]) -> list[Learner]:
    """One learner for each course and language."""
    with world.store.write() as session:
        return [enrol(world, session, course, language, channel) for course, language in pairs]


def play(learners: list[Learner], world: World) -> None:
    """All of them at once: whoever has got an answer goes on."""
    log, seen = world.playground.log, 0
    by_place = {place: learner for learner in learners for place in (learner.place, learner.account)}
    while any(not learner.has_certificate for learner in learners):
        found = log.wait_for(partial(_said, log, seen, by_place), PATIENCE_S)
        assert found, [(one.name, one.heard[-300:]) for one in learners if not one.has_certificate][:3]
        new, unanswered = log.calls[seen:], [call for call in log.calls[seen:] if call.answer is None]
        seen += new.index(unanswered[0]) if unanswered else len(new)
        for place in {place_of(call) for call in new} & set(by_place):
            by_place[place].step()


def _said(log: CallLog, seen: int, by_place: Collection[str]) -> list[Call]:
    return [call for call in log.calls[seen:] if place_of(call) in by_place]


def passed(world: World) -> list[tuple[int, str]]:
    """Who has passed which course."""
    with world.store.read() as session:
        return sorted((row.person_id, row.course) for row in session.exec(select(CourseResult)))


def wrong_answers(world: World) -> int:
    """How many questions were answered wrong at first."""
    with world.store.read() as session:
        return sum(row.asked - row.right for row in session.exec(select(LessonResult)))
