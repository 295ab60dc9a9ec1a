"""Deliveries that come five times at once have one effect; one that meets a fault of ours is kept and played again."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.playground.telegram.delivery import Delivery
from locales.text import _
from storage.tables.queues import OutboxRow
from storage.tables.talks import Delivery as Taken
from storage.tables.talks import DeliveryState
from tests.whole.acts import slack_delivers
from tests.whole.broken import break_capas
from tests.whole.command_line import CommandLine
from tests.whole.story import Story, in_lucias_words
from tests.whole.world import Way, World, whole_world

pytestmark = pytest.mark.whole

TIMES = 5
SAYING = ("sendMessage", "sendPhoto", "sendDocument", "chat.postMessage")
SORRY = _("Something went wrong on our side. What you sent is kept, and we are looking into it.")
POSTED = Way(webhook=True, socket=False)


def test_story_with_every_delivery_posted_five_times_at_once_is_the_same(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses: list[int] = []
    post = Delivery._post

    async def post_all(self: Delivery, *arguments: Any) -> int:
        statuses.extend(await asyncio.gather(*(post(self, *arguments) for _again in range(TIMES))))
        return max(statuses[-TIMES:])

    monkeypatch.setattr(Delivery, "_post", post_all)
    with whole_world(store_url, tmp_path, POSTED) as world, slack_delivers(world, TIMES) as copies:
        world.bot.start()
        story = Story(world)
        story.play()
        world.settle()
        story.check_store()
        assert len(statuses) > TIMES and set(statuses) == {200}
        assert copies and {one.outcome for one in copies} == {"acknowledged"}
        assert said(world) == planned(world)
        assert opened(world) == 1
        world.check_nothing_went_wrong()


def said(world: World) -> int:
    """How many messages the bot has sent."""
    return sum(call.method in SAYING for call in world.playground.log.calls)


def planned(world: World) -> int:
    """How many messages the store says were sent."""
    with world.store.read() as session:
        return len(session.exec(select(OutboxRow).where(OutboxRow.kind == "message", OutboxRow.ref != "")).all())


def opened(world: World) -> int:
    """How many modals the bot has opened."""
    return sum(call.method == "views.open" for call in world.playground.log.calls)


def test_turn_that_meets_a_fault_is_kept_and_plays_after_requeue(store_url: str, tmp_path: Path) -> None:
    with whole_world(store_url, tmp_path, POSTED) as world:
        world.bot.start(alter=break_capas)
        story = Story(world)
        story.joins()
        world.amina.say("/figures")
        story.phone("Which figure do you want to send?")
        world.amina.say("/capas")
        story.phone(SORRY.id)
        world.lucia.command("/causeway", "capas")
        world.wait(lambda: any(in_lucias_words(SORRY) in one.text for one in world.lucia.messages()), "sorry")
        world.settle()
        assert kept(world) == 2
        line = CommandLine(tmp_path / "shell", world.bot.settings)
        world.bot.stop()
        world.bot.start()
        done = line.run_afresh("requeue")
        assert done.code == 0 and done.out.startswith("Played again: 2 went through, 0 failed again."), done
        story.phone("No corrective action is open.")
        world.settle()
        assert kept(world) == 0
        assert story.times("No corrective action is open.") == story.times(SORRY.id) == 1
        again = line.run("requeue")
        assert again.code == 0 and again.out.startswith("Played again: 0 went through, 0 failed again."), again
        story.tap(next(one for one in labels(world) if one.startswith("Electricity,")), "How much electricity")
        assert "Amina" not in world.bot.log.read_text()


def kept(world: World) -> int:
    """How many failed deliveries are kept with what they said."""
    with world.store.read() as session:
        rows = session.exec(select(Taken).where(Taken.state == DeliveryState.FAILED)).all()
    assert all(row.content for row in rows)
    return len(rows)


def labels(world: World) -> list[str]:
    """The buttons on Amina's phone."""
    return [label for one in world.amina.messages() for label in one.labels()]
