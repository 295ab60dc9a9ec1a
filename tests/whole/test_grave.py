"""What is grave, through the real libraries: from a phone to one person's direct message, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stores import fresh_url
from tests.whole.people import in_english, on_slack
from tests.whole.seats import SlackSeat
from tests.whole.story import Story
from tests.whole.world import Way, World, whole_world

pytestmark = pytest.mark.whole
WORDS = "The shift leader hits the girls in hall 2"
TAKE = "I have it; I will call today"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with fresh_url("sqlite", tmp_path) as url, whole_world(url, tmp_path, Way(webhook=False, socket=False)) as made:
        in_english(made, "lucia", "helena", "martin")
        made.bot.start()
        yield made


def test_grave_report_reaches_one_person_is_taken_and_answered_and_nobody_else_sees_it(world: World) -> None:
    story, lucia = Story(world), world.lucia
    story.joins()
    world.amina.say("/safe")
    story.phone("What is it about?")
    story.tap("Violence or harassment", "goes to Lucia Moreno alone")
    world.amina.say(WORDS)
    story.phone("Lucia Moreno has it, nobody else, and will contact you")
    world.wait(lambda: any(WORDS in one.text for one in lucia.messages()), "the report in her direct message")
    lucia.press(TAKE)
    story.phone("has read what you wrote, and will call you today")
    root = next(one.ts for one in lucia.messages() if WORDS in one.text)
    lucia.dm("Are you safe tonight?", root)
    story.phone("Are you safe tonight?")
    world.settle()
    assert not any(WORDS in one.text for one in lucia.messages("C0ASIA"))
    assert not any(WORDS in one.text for one in world.helena.messages())
    world.check_nothing_went_wrong()


def test_supplier_in_slack_goes_the_same_way_from_direct_message_to_direct_message(world: World) -> None:
    rosa, helena = on_slack(world, "rosa"), world.helena
    martin, seat = world.playground.slack.person("Martin Weber", user_id="U0MARTIN"), SlackSeat(rosa)

    def reads(text: str) -> None:
        world.wait(lambda: any(text in one for one in seat.texts()), f"{text!r} in Rosa's direct message")

    seat.command("safe")
    reads("What is it about?")
    seat.tap("People are made to work")
    reads("goes to Helena Costa alone")
    seat.say("They keep our passports")
    reads("Helena Costa has it, nobody else, and will contact you")
    world.wait(lambda: any("passports" in one.text for one in helena.messages()), "the report in her direct message")
    helena.press(TAKE)
    reads("has read what you wrote, and will call you today")
    root = next(one.ts for one in helena.messages() if "passports" in one.text)
    helena.dm("I call you at noon", root)
    reads("I call you at noon")
    seat.say("Not at noon, please, at six")
    world.wait(lambda: any("at six" in one.text for one in helena.messages(None, root)), "her answer in the thread")
    world.settle()
    for channel in ("C0WEST", "C0ASIA", None):
        seen = [*martin.messages(channel), *world.lucia.messages(channel)]
        assert not any("passports" in one.text or "at six" in one.text for one in seen)
    world.check_nothing_went_wrong()
