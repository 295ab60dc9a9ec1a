"""Messages of odd kinds, lengths and contents: answered or passed over by rule, and the open question stays open."""

from typing import Any

import httpx
import pytest

from tests.whole.acts import say_in_one_piece
from tests.whole.saying import answers, describe_obstacle, everything, name_the_obstacle, open_dialogs, posts, report
from tests.whole.story import Story, picture
from tests.whole.world import World

pytestmark = pytest.mark.whole

MB = 1024 * 1024
LONG = "The compressor leaks. " * 455


# --- messages of odd kinds ---


def test_sticker_in_a_dialog_is_answered_and_the_question_comes_again(story: Story, world: World) -> None:
    describe_obstacle(story)
    told = answers(world, world.amina, world.amina.send_sticker)
    assert "I can read" in told and "send a photo" in told
    assert open_dialogs(world) == ["obstacle"]


def test_edit_in_a_dialog_is_explained_and_elsewhere_ignored(story: Story, world: World) -> None:
    amina = world.amina
    quiet = amina.say("hello")
    world.settle()
    assert not answers(world, amina, lambda: amina.edit(quiet, "good morning"))
    describe_obstacle(story)
    said = [one for one in amina.messages() if not one.from_bot][-1]
    told = answers(world, amina, lambda: amina.edit(said.id, "The boiler leaks."))
    assert "do not read edited messages" in told and "send a photo" in told


def test_unknown_and_malformed_updates_are_passed_over_and_counted(world: World) -> None:
    updates: tuple[dict[str, Any], ...] = (
        {"story_deleted": {"id": 1}},
        {"message": {"oops": 1}},
        {"message": "words"},
        {"callback_query": []},
        {},
    )
    before = unknown(world)
    told = answers(world, world.amina, lambda: [world.playground.telegram.raw(dict(one)) for one in updates])
    assert not told
    assert unknown(world) - before == len(updates)
    assert "What would you like to do?" in answers(world, world.amina, lambda: world.amina.say("/help"))


def test_unknown_events_in_slack_are_acknowledged_and_counted(world: World) -> None:
    events: tuple[dict[str, Any], ...] = ({"type": "new_kind_of_event"}, {"type": "message", "channel": "C0ASIA"}, {})
    before = unknown(world)
    for event in events:
        assert world.lucia.raw(dict(event)).wait().outcome == "acknowledged"
    assert unknown(world) - before == len(events)


def unknown(world: World) -> int:
    """How many deliveries of an unknown kind the bot has counted in this life."""
    lines = httpx.get(f"http://127.0.0.1:{world.bot.port}/metrics", timeout=5).text.splitlines()
    return int(
        sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith("causeway_unknown_deliveries_total"))
    )


# --- long messages and files ---


def test_ten_thousand_characters_in_a_dialog_are_refused_with_the_limit(story: Story, world: World) -> None:
    name_the_obstacle(story)
    assert len(LONG) > 10_000
    told = answers(world, world.amina, lambda: say_in_one_piece(world, world.amina, LONG))
    assert "Please keep it under" in told and "in your own words" in told
    assert open_dialogs(world) == ["obstacle"]
    # A phone cuts the text into three messages, and the last is short enough: it is read back before anything is sent.
    told = answers(world, world.amina, lambda: world.amina.say(LONG))
    assert told.count("Please keep it under") == 2 and "Is it about one of these?" in told
    assert open_dialogs(world) == ["obstacle"]


def test_ten_thousand_characters_outside_a_dialog_are_answered_once_each(story: Story, world: World) -> None:
    told = answers(world, world.amina, lambda: say_in_one_piece(world, world.amina, LONG))
    assert told.count("What is it? I send it on with one tap.") == 1
    assert posts(world, world.lucia, lambda: world.lucia.dm(LONG)).count("No he entendido") <= 1


def test_ten_thousand_characters_in_a_thread_reach_the_phone_whole(story: Story, world: World) -> None:
    report(story, lambda: story.tap("No photo", "Shall I send it?"))
    world.settle()
    root = [one for one in world.lucia.messages("C0ASIA") if "compressor" in one.text][-1]
    told = answers(world, world.amina, lambda: world.lucia.say("C0ASIA", LONG, thread_ts=root.ts))
    assert told.count("compressor") == LONG.count("compressor") and told.count("leaks.") == LONG.count("leaks.")


@pytest.mark.parametrize(
    ("name", "kind", "content", "reason"),
    [
        ("big.pdf", "application/pdf", b"%PDF-1.7" + bytes(11 * MB), "too large"),
        ("huge.pdf", "application/pdf", b"%PDF-1.7" + bytes(21 * MB), "too large"),
        ("photo.jpg", "image/jpeg", b"no picture at all", "photos, PDF documents and voice notes only"),
        ("photo.jpg", "image/jpeg", picture()[:300], "could not be read"),
    ],
    ids=["over 10 MB", "over what bots may fetch", "text named as a photo", "cut off"],
)
def test_file_that_is_refused_is_told_and_the_words_go_on(
    story: Story, world: World, name: str, kind: str, content: bytes, reason: str
) -> None:
    world.settle()
    files = sum(len(one.files) for one in everything(world.lucia, "C0ASIA"))
    told = answers(world, world.amina, lambda: report(story, lambda: world.amina.send_document(name, kind, content)))
    assert "could not be sent on" in told and reason in told
    assert any("compressor" in one.text for one in world.lucia.messages("C0ASIA"))
    assert sum(len(one.files) for one in everything(world.lucia, "C0ASIA")) == files
