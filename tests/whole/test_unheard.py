"""What cannot be delivered is seen by the right person, through the real libraries, within a minute of the clock."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.playground.slack.people import Person as Member
from tests.stores import fresh_url
from tests.whole.people import in_english, on_slack
from tests.whole.seats import SlackSeat
from tests.whole.story import Story
from tests.whole.world import Way, World, whole_world

pytestmark = pytest.mark.whole
ASIA, WEST = "C0ASIA", "C0WEST"
SOON = timedelta(minutes=1)
WORDS = "They keep our passports"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Nobody has joined but those on the buyer's side, who read English."""
    with fresh_url("sqlite", tmp_path) as url, whole_world(url, tmp_path, Way(webhook=False, socket=False)) as made:
        in_english(made, "lucia", "helena", "martin")
        made.bot.start()
        yield made


@pytest.fixture
def story(world: World) -> Story:
    """Amina has joined and reported something, which is in Lucia's channel."""
    made = Story(world)
    made.joins()
    made.reports("The compressor leaks")
    world.settle()
    return made


def said(member: Member, channel: str | None = None, root: str | None = None) -> Callable[[], str]:
    """All that the bot has said there."""
    return lambda: "\n".join(one.text for one in member.messages(channel, root) if one.from_bot)


def sees(world: World, shown: Callable[[], str], *told: str) -> None:
    """All of this is shown within a minute of the programme's clock."""
    began = world.clock.now()
    world.wait(lambda: all(one in shown() for one in told), f"{told}")
    assert world.clock.now() - began < SOON


def test_mentor_sees_that_an_answer_did_not_arrive_and_that_its_reader_is_gone(story: Story) -> None:
    world, root = story.world, story.root()
    # An account that is deleted says nothing of it: it is learned by writing to it.
    world.amina.deactivate()
    answer = world.lucia.say(ASIA, "Since when?", root)
    sees(world, said(world.lucia, ASIA, root), "Amina Tran has not received this: the chat is blocked or gone.")
    sees(world, said(world.lucia, ASIA), "Amina Tran of Song Cau Bac Ninh can no longer be reached")
    (mine,) = [one for one in world.lucia.messages(ASIA, root) if one.ts == answer.ts]
    assert list(mine.reactions) == ["x"]


def test_mentor_sees_at_once_that_somebody_has_blocked_the_bot(story: Story) -> None:
    world = story.world
    world.amina.block()
    sees(world, said(world.lucia, ASIA), "can no longer be reached: the chat is blocked or gone")
    world.lucia.say(ASIA, "Since when?", story.root())
    sees(world, said(world.lucia, ASIA, story.root()), "Amina Tran cannot be reached at the moment.")


def test_reporter_and_manager_see_that_the_mentors_channel_is_archived(story: Story) -> None:
    world = story.world
    world.lucia.say(ASIA, "Since when?", story.root())
    story.phone("Since when?")
    world.settle()
    world.playground.slack.state.channel(ASIA).archived = True
    world.amina.say("Since Monday")
    sees(
        world, lambda: "\n".join(one.text for one in world.amina.messages()), "I could not hand this on to your mentor"
    )
    sees(
        world,
        said(world.helena),
        "I cannot write to the channel of Lucia Moreno",
        "Problem 1 cannot be shown in C0ASIA",
    )


def test_mentor_sees_that_somebody_of_a_site_was_removed_from_the_workspace(world: World) -> None:
    rosa = on_slack(world, "rosa")
    martin = world.playground.slack.person("Martin Weber", user_id="U0MARTIN")
    seat = SlackSeat(rosa)
    seat.command("obstacle")
    world.wait(lambda: "What kind of problem is it?" in said(rosa)(), "the question")
    seat.tap("Machines or equipment")
    world.wait(lambda: "in your own words" in said(rosa)(), "the next one")
    seat.say("The compressor leaks")
    world.wait(lambda: "send a photo" in said(rosa)(), "the next one")
    seat.tap("No photo")
    world.wait(lambda: "Shall I send it?" in said(rosa)(), "the read-back")
    seat.tap("Yes, send it")
    world.wait(lambda: "The compressor leaks" in said(martin, WEST)(), "the thread")
    world.settle()
    (root,) = [one.ts for one in martin.messages(WEST) if "The compressor leaks" in one.text]
    world.playground.slack.state.members[rosa.id].deleted = True
    martin.say(WEST, "Since when?", root)
    sees(world, said(martin, WEST, root), "Rosa Quispe has not received this: the chat is blocked or gone.")
    sees(world, said(martin, WEST), "Rosa Quispe of Andes Lima can no longer be reached")


def test_what_is_grave_reaches_the_deputy_when_who_is_named_was_removed(world: World) -> None:
    rosa = on_slack(world, "rosa")
    martin = world.playground.slack.person("Martin Weber", user_id="U0MARTIN")
    world.playground.slack.state.members[world.helena.id].deleted = True
    seat = SlackSeat(rosa)
    seat.command("safe")
    world.wait(lambda: "What is it about?" in said(rosa)(), "the question")
    seat.tap("People are made to work")
    world.wait(lambda: "goes to Helena Costa alone" in said(rosa)(), "the next one")
    seat.say(WORDS)
    sees(world, said(martin), "For you alone", WORDS)
    world.settle()
    assert WORDS not in said(martin, WEST)() and WORDS not in said(world.lucia)()
