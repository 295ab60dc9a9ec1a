"""The store out of reach: nothing is acknowledged, the platforms send again, and each turn happens once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import select

from storage.tables.tickets import TicketMessage
from tests.stores import fresh_url, postgres
from tests.whole.story import ANSWER, Story
from tests.whole.world import Way, whole_world

pytestmark = pytest.mark.whole

WAYS = [Way(webhook=True, socket=False), Way(webhook=False, socket=False)]


@contextmanager
def out_of_reach(database: str) -> Iterator[None]:
    """A database that throws everybody out and lets nobody in."""
    server = postgres()
    server.run(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
    try:
        yield
    finally:
        server.run(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_turns_wait_while_the_store_is_out_of_reach_and_happen_once(tmp_path: Path, way: Way) -> None:
    with fresh_url("postgres", tmp_path) as url, whole_world(url, tmp_path, way) as world:
        world.bot.start()
        story = Story(world)
        story.joins()
        story.reports_an_obstacle()
        world.settle()
        root = story.root()
        with out_of_reach(str(world.store.url.database)):
            world.amina.say("/figures")
            said = world.lucia.say("C0ASIA", ANSWER, thread_ts=root)
            assert said.delivery is not None
            world.watch(lambda: said.delivery and said.delivery.failures, "Slack's first try to fail")
            world.watch(lambda: "store unreachable" in world.bot.log.read_text(), "a word in the log")
            assert said.delivery.outcome == "waiting" and world.playground.telegram.state.updates.pending
        story.phone("Which figure do you want to send?")
        story.phone(ANSWER)
        world.settle()
        assert story.times("Which figure do you want to send?") == story.times(ANSWER) == 1
        with world.store.read() as session:
            assert [row.words for row in session.exec(select(TicketMessage))].count(ANSWER) == 1
        assert world.bot.is_alive and not world.playground.log.faults(), world.transcript()
        assert "Traceback" not in world.bot.log.read_text(), world.transcript()
