"""SIGKILL at every kind of moment: after the restart the story goes on, nothing lost, nothing stored twice."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import pytest
from sqlmodel import col, select

from bot.playground.calls import Call
from storage.outbox import UNSENT
from storage.tables.queues import OutboxRow, SendState
from tests.stores import fresh_url
from tests.whole.bot import Mortality
from tests.whole.story import Story
from tests.whole.world import Way, World, whole_world

pytestmark = [pytest.mark.whole, pytest.mark.endurance]

SAYING = ("sendMessage", "sendPhoto", "sendDocument", "chat.postMessage")
ASKING = ("getUpdates", "getMe", "deleteWebhook", "setWebhook", "auth.test", "apps.connections.open")
FLEETING = (
    "views.open",
    "answerCallbackQuery",
    "getFile",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "upload",
)
WAYS = [Way(webhook=False, socket=True), Way(webhook=True, socket=False)]
RANDOM_KILLS = 100  # on each of the two stores


@contextmanager
def kept_alive(world: World, mortality: Callable[[], Mortality | None] = lambda: None) -> Iterator[None]:
    """Starts the bot again whenever it has died; `mortality` decides how the next life ends."""
    over = Event()

    def keep() -> None:
        while not over.wait(0.02):
            if not world.bot.is_alive:
                world.bot.start(mortality())

    world.bot.start(mortality())
    keeper = Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def check(world: World, story: Story) -> int:
    """Everything is there once; messages that were repeated are counted by the store. How many repeats there were.

    It starts a life of its own, so nobody else may: of two that run, one would stay behind.
    """
    story.check_store()
    world.bot.kill()
    world.bot.start()
    world.wait(lambda: not _rows(world, col(OutboxRow.state).in_(UNSENT)), "an empty outbox", 40)
    rows = _rows(world, OutboxRow.kind == "message")
    assert not [row.key for row in rows if row.state is not SendState.SENT]
    messages, repeats = Counter(), Counter()
    for row in rows:
        messages[row.channel] += 1
        repeats[row.channel] += row.repeats
    for channel in messages:
        said = sum(_took_effect(call) for call in world.playground.log.calls if call.platform == channel)
        assert messages[channel] <= said <= messages[channel] + repeats[channel], (channel, said, messages, repeats)
    return sum(repeats.values())


def _rows(world: World, which: Any) -> list[OutboxRow]:
    with world.store.read() as session:
        return list(session.exec(select(OutboxRow).where(which)))


def _took_effect(call: Call) -> bool:
    return call.method in SAYING and not call.refused and (call.answer or {}).get("ok", False)


def _mark(call: Call) -> str:
    """What tells one outgoing call from another; the same message sent again has the same mark."""
    if call.method in FLEETING:
        return call.method
    return f"{call.method} {json.dumps(call.params, sort_keys=True, default=str)}"


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_killed_at_the_arrival_of_each_outgoing_call(store_url: str, tmp_path: Path, way: Way) -> None:
    with whole_world(store_url, tmp_path, way) as world:
        seen: set[str] = set()
        guard = Lock()

        def kill(call: Call) -> None:
            with guard:
                new = call.method not in ASKING and _mark(call) not in seen
                seen.add(_mark(call))
            if new:
                world.bot.kill()

        world.playground.log.arrived = kill
        story = Story(world)
        with kept_alive(world):
            story.play()
            world.playground.log.arrived = None
        repeats = check(world, story)
        print(f"\n{way}: killed at {len(seen)} calls, {world.bot.starts} lives, {repeats} repeats")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_killed_just_before_and_just_after_each_commit(store_url: str, tmp_path: Path, way: Way) -> None:
    with whole_world(store_url, tmp_path, way) as world:
        story = Story(world)

        def next_life() -> Mortality:
            return Mortality(1, before=False) if world.bot.starts % 2 else Mortality(2, before=True)

        with kept_alive(world, next_life):
            story.play()
        repeats = check(world, story)
        print(f"\n{way}: {world.bot.starts} lives of one commit each, {repeats} repeats")


def test_killed_at_random_moments(store_kind: str, tmp_path: Path) -> None:
    chance = random.Random(20261123)
    kills = repeats = stories = 0
    while kills < RANDOM_KILLS:
        folder = tmp_path / str(stories)
        folder.mkdir()
        with fresh_url(store_kind, folder) as url, whole_world(url, folder, WAYS[stories % 2]) as world:
            story = Story(world)
            over = Event()

            def reap(world: World = world, over: Event = over) -> None:
                nonlocal kills
                while not over.is_set():
                    time.sleep(chance.uniform(0.1, 3.5))
                    if world.bot.is_alive and not over.is_set():
                        world.bot.kill()
                        kills += 1

            with kept_alive(world):
                reaper = Thread(target=reap, daemon=True)
                reaper.start()
                story.play()
                over.set()
                reaper.join()
            repeats += check(world, story)
        stories += 1
    print(f"\n{store_kind}: {kills} kills in {stories} stories, {repeats} repeats")
