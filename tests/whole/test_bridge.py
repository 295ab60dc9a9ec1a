"""A long talk over the bridge, through the real libraries: both sides read the same, whatever comes between."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlmodel import select

from locales.text import Raw, _
from storage import outbox
from storage.tables.tickets import TicketMessage
from tests.stores import fresh_url
from tests.whole.story import Story, in_lucias_words, picture
from tests.whole.world import Way, World, whole_world

CHANNEL = "C0ASIA"
TOKEN = re.compile(r"\b[ab]\d\d(?: again)?\b")


@dataclass
class Bridge:
    """Amina on her phone and Lucia in the thread; each message has a word of its own, `a07` or `b12`."""

    world: World
    story: Story
    said: dict[str, object] = field(default_factory=dict)

    def begin(self) -> None:
        """Amina has joined and reported something."""
        self.story.joins()
        self.story.reports("The compressor leaks")

    def phone(self, word: str, **more: object) -> None:
        self.said[word] = self.world.amina.say(word, **more)  # type: ignore[arg-type]

    def slack(self, word: str, text: str = "", files: object = ()) -> None:
        self.said[word] = self.world.lucia.say(CHANNEL, text or word, self.story.root(), files)  # type: ignore[arg-type]

    def arrives(self, word: str) -> None:
        """Wait until the other side has it."""
        there = self._on_phone if word[0] == "b" else self._in_thread
        self.world.wait(lambda: word in there(), f"{word} on the other side")

    def _on_phone(self) -> list[str]:
        return [word for one in self.world.amina.messages() if one.from_bot for word in told(one.text)]

    def _in_thread(self) -> list[str]:
        return [word for one in self.story.thread() if one.from_bot for word in told(one.text)]


def told(text: str) -> list[str]:
    """The words of the talk in a text, without those that are only quoted."""
    return TOKEN.findall("\n".join(line for line in text.splitlines() if "“" not in line))


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[Bridge]:
    """A bridge on SQLite, Telegram polled, Slack over HTTP."""
    with fresh_url("sqlite", tmp_path) as url, whole_world(url, tmp_path, Way(webhook=False, socket=False)) as world:
        world.bot.start()
        made = Bridge(world, Story(world))
        made.begin()
        yield made


@pytest.mark.whole
def test_both_sides_end_with_the_same_history_after_forty_messages(bridge: Bridge) -> None:
    world = bridge.world
    for number in range(1, 41):
        if number in PLAN:
            PLAN[number](bridge)
        else:
            usual(bridge, number)
    world.settle()
    canonical = in_store(world)
    phone = bridge._on_phone()
    assert [word for word in canonical if word[0] == "b"] == list(dict.fromkeys(phone))
    # What was on its way when the process was killed may arrive twice, and is counted.
    assert len(phone) - len(set(phone)) <= repeats(world)
    assert [word for word in canonical if word[0] == "a"] == bridge._in_thread()
    assert len(canonical) == 40 - 2
    assert shown_to_amina(bridge) == shown_to_lucia(bridge) == canonical
    # A sign may come after its message was deleted, or a second time after a crash; nothing else was refused.
    assert {call.method for call in world.playground.log.faults()} <= {"reactions.add"}, world.transcript()
    log = world.bot.log.read_text()
    assert "Traceback" not in log and '"level": "error"' not in log


def usual(bridge: Bridge, number: int) -> None:
    """One message, the next side's turn; every sixth without waiting, so that both sides write at once."""
    word = f"{'ab'[number % 2]}{number:02d}"
    bridge.phone(word) if word[0] == "a" else bridge.slack(word)
    if number % 6:
        bridge.arrives(word)


def edited_in_slack(bridge: Bridge) -> None:
    bridge.slack("b05")
    bridge.arrives("b05")
    bridge.world.lucia.edit(bridge.said["b05"], "b05 again")  # type: ignore[arg-type]
    bridge.arrives("b05 again")


def edited_on_phone(bridge: Bridge) -> None:
    bridge.phone("a08")
    bridge.arrives("a08")
    bridge.world.amina.edit(bridge.said["a08"], "a08 again")  # type: ignore[arg-type]
    bridge.arrives("a08 again")


def deleted_in_slack(bridge: Bridge) -> None:
    bridge.slack("b11")
    bridge.arrives("b11")
    bridge.world.lucia.delete(bridge.said["b11"])  # type: ignore[arg-type]
    bridge.world.wait(lambda: "b11" not in bridge._on_phone(), "b11 gone from the phone")


def taken_back_on_phone(bridge: Bridge) -> None:
    bridge.phone("a14")
    bridge.arrives("a14")
    bridge.world.settle()
    bridge.world.amina.tap("Take it back")
    bridge.world.wait(lambda: "a14" not in bridge._in_thread(), "a14 gone from the thread")


def quoted_on_phone(bridge: Bridge) -> None:
    shown = next(one for one in bridge.world.amina.messages() if one.from_bot and "b05 again" in one.text)
    bridge.phone("a16", reply_to=shown.id)
    bridge.world.wait(
        lambda: any("“b05 again”" in one.text and "a16" in one.text for one in bridge.story.thread()), "the quote"
    )


def quoted_in_slack(bridge: Bridge) -> None:
    bridge.slack("b17", "> a16\nb17")
    bridge.arrives("b17")


def file_from_slack(bridge: Bridge) -> None:
    bridge.slack("b23", files=[("plan.png", picture(), "image/png")])
    bridge.arrives("b23")


def photo_from_phone(bridge: Bridge) -> None:
    bridge.said["a24"] = bridge.world.amina.send_photo(picture(), "a24")
    bridge.arrives("a24")
    bridge.world.wait(lambda: any(one.files for one in bridge.story.thread()), "the photo in the thread")


def while_down(bridge: Bridge) -> None:
    bridge.world.bot.kill()
    bridge.slack("b19")
    bridge.world.bot.start()
    bridge.arrives("b19")


def both_while_down(bridge: Bridge) -> None:
    bridge.phone("a20")
    bridge.world.bot.kill()
    bridge.world.bot.start()
    bridge.arrives("a20")


# What is not usual: files, quotes, edits, take-backs, and restarts in the middle.
PLAN: dict[int, Callable[[Bridge], None]] = {
    5: edited_in_slack,
    8: edited_on_phone,
    11: deleted_in_slack,
    14: taken_back_on_phone,
    16: quoted_on_phone,
    17: quoted_in_slack,
    19: while_down,
    20: both_while_down,
    23: file_from_slack,
    24: photo_from_phone,
}


def repeats(world: World) -> int:
    """How many messages may have arrived twice."""
    with world.store.read() as session:
        return outbox.counts(session)["repeats"]


def in_store(world: World) -> list[str]:
    with world.store.read() as session:
        talk = session.exec(select(TicketMessage).order_by(TicketMessage.id)).all()  # type: ignore[arg-type]
    return [word for row in talk for word in told("\n".join(row.words.splitlines()[-1:]))]


def shown_to_amina(bridge: Bridge) -> list[str]:
    before = {one.id for one in bridge.world.amina.messages()}
    bridge.world.amina.say("/tickets")
    bridge.world.settle()
    bridge.world.amina.tap("Show Problem 1")
    bridge.world.settle()
    return [word for one in bridge.world.amina.messages() if one.id not in before for word in lines(one.text)]


def shown_to_lucia(bridge: Bridge) -> list[str]:
    bridge.world.lucia.command("/causeway", "tickets")
    bridge.world.settle()
    before = {one.ts for one in bridge.world.lucia.messages()}
    bridge.world.lucia.press(in_lucias_words(_("Show {title}", title=_("Problem {number}", number=Raw("1")))))
    bridge.world.settle()
    return [word for one in bridge.world.lucia.messages() if one.ts not in before for word in lines(one.text)]


def lines(text: str) -> list[str]:
    """The words of the talk in its history, without quoted lines."""
    return TOKEN.findall("\n".join(line for line in text.splitlines() if "> a" not in line and "&gt; a" not in line))
