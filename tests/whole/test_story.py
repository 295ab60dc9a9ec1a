"""The story of the main job through the real libraries, by every way of connecting, on both stores."""

from pathlib import Path

import pytest

from tests.whole.story import Story
from tests.whole.world import Way, whole_world

WAYS = [Way(webhook, socket) for webhook in (False, True) for socket in (False, True)]


@pytest.mark.whole
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_story_runs_from_invitation_to_summary(store_url: str, tmp_path: Path, way: Way) -> None:
    with whole_world(store_url, tmp_path, way) as world:
        world.bot.start()
        story = Story(world)
        story.play()
        story.check_store()
        assert not world.playground.log.faults(), world.transcript()
        world.bot.stop()
