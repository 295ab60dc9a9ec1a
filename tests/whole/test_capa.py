"""A CAPA's whole life through the real libraries: the mentor in Slack, the supplier on Telegram or in Slack."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from sqlmodel import select

from bot.playground.slack.people import Person as Member
from handlers.metrics.rules import month_before
from locales.text import Catalogue, Month, _
from storage import people
from storage.tables.capas import Capa, CapaState, CapaStep
from storage.tables.files import FileLink
from tests.stores import fresh_store
from tests.whole.story import Story, in_lucias_words, picture
from tests.whole.world import Way, World, whole_world

WAY = Way(webhook=True, socket=False)
REASON = "What happens at weekends?"


class Hand(Protocol):
    """How a supplier acts and looks, on whichever channel."""

    def say(self, text: str) -> object: ...
    def tap(self, label: str) -> object: ...
    def photo(self) -> object: ...
    def texts(self) -> list[str]: ...


@dataclass
class OnPhone:
    """On Telegram."""

    world: World

    def say(self, text: str) -> object:
        return self.world.amina.say(text)

    def tap(self, label: str) -> object:
        return self.world.amina.tap(label)

    def photo(self) -> object:
        return self.world.amina.send_photo(picture())

    def texts(self) -> list[str]:
        return [one.text for one in self.world.amina.messages() if one.from_bot]


@dataclass
class InSlack:
    """In a direct message with the app."""

    member: Member

    def say(self, text: str) -> object:
        return self.member.dm(text)

    def tap(self, label: str) -> object:
        return self.member.press(label)

    def photo(self) -> object:
        return self.member.dm("", files=[("light.jpg", picture(), "image/jpeg")])

    def texts(self) -> list[str]:
        return [one.text for one in self.member.messages() if one.from_bot]


@dataclass
class Life:
    """The life of one CAPA; each step waits for what it brings."""

    world: World
    story: Story
    hand: Hand

    def deed(self, deed: Callable[[], object], shows: str) -> None:
        """Do something and wait until the assistant has said this once more."""
        before = self.count(shows)
        deed()
        self.world.wait(lambda: self.count(shows) > before, shows)

    def count(self, text: str) -> int:
        return sum(text in one for one in self.hand.texts())

    def say(self, text: str, shows: str) -> None:
        self.deed(lambda: self.hand.say(text), shows)

    def tap(self, label: str, shows: str) -> None:
        self.deed(lambda: self.hand.tap(label), shows)

    def capa(self) -> Capa:
        with self.world.store.read() as session:
            return session.exec(select(Capa)).one()

    def decides(self, label: str, until: Callable[[], object]) -> None:
        """Lucia presses a button until it has done what it does."""
        self.story.slack(lambda: self.press(label), until, label)

    def press(self, label: str) -> None:
        """Press a button once it is there: the answer on the phone may be sent before the thread has it."""
        with suppress(LookupError):
            self.world.lucia.press(label)

    def plan(self) -> None:
        """From the open question for the cause to the plan that is handed in."""
        self.say("It ran at night", "And why is that so?")
        self.tap("This is the root cause", "What will you change")
        self.say("A light shows that it runs", "happen elsewhere")
        self.tap("Nowhere else", "Step 1")
        self.say("Hang up a light", "Who does it?")
        self.tap("Amina Tran", "By when?")
        self.hand.say(self.story.due.isoformat())
        self.world.wait(lambda: self.count("Is there another step?"), "the next question")
        self.tap("That is all", "Shall I send it to your mentor?")
        self.tap("Yes, send it", "is handed in")

    def play(self) -> None:
        """Plan, returned, planned again, approved, done with a photo, handed in, checked."""
        self.say(f"capa {self.capa().id}", "Plan asked for")
        self.tap("Make the plan", "Why did this happen?")
        self.plan()
        self.decides(in_lucias_words(_("Return it")), self.world.lucia.view)
        self.deed(lambda: self.world.lucia.submit({"why": REASON}), REASON)
        self.say(f"capa {self.capa().id}", "Plan asked for")
        self.tap("Make the plan", "What should be different")
        self.tap("Keep it", "You had planned")
        self.tap("Keep it", "happen elsewhere")
        self.tap("Nowhere else", "1. Hang up a light")
        self.tap("Keep it", "Shall I send it to your mentor?")
        self.tap("Yes, send it", "is handed in")
        self.decides(in_lucias_words(_("Approve the plan")), lambda: self.capa().state is CapaState.IN_PROGRESS)
        self.say(f"capa {self.capa().id}", "In progress")
        self.tap("Step 1 is done", "Please send a photo")
        self.deed(self.hand.photo, "Is there more?")
        self.tap("That is all", "All steps are done")
        self.tap("Hand in the work", "photos or PDFs")
        self.tap("I have none", "add a few words")
        self.tap("No, hand it in", "is handed in")
        self.decides(in_lucias_words(_("It is done")), lambda: self.capa().state is CapaState.WATCHING)
        self.say(f"capa {self.capa().id}", "Watching whether it has helped")
        self.tap("History", "what has happened")

    def check(self) -> None:
        """The photo hangs at its step, and somebody else than the owner has checked the work."""
        self.world.settle()
        with self.world.store.read() as session:
            step = session.exec(select(CapaStep).where(~CapaStep.dropped)).one()  # type: ignore[operator]
            assert step.done_at is not None
            assert [link.capa_step_id for link in session.exec(select(FileLink))] == [step.id]
        assert self.capa().verified_by_id not in (None, self.capa().owner_id)
        self.world.check_nothing_went_wrong()


def _figure(month: str) -> str:
    """The button of last month's electricity."""
    return Catalogue().plain(_("{metric}, {month}", metric="Electricity", month=Month.parse(month)), "en")


def seated(world: World) -> InSlack:
    """Amina in the workspace: known there by her account, her language chosen, the notice accepted."""
    member = world.playground.slack.person("Amina Tran", tz="Asia/Ho_Chi_Minh", user_id="U0AMINA")
    with world.store.write() as session:
        amina = people.by_key(session, "amina")
        assert amina is not None
        amina.language, amina.privacy_version, amina.privacy_at = "en", "2026-01", world.clock.now()
        people.connect(session, amina, "slack", "U0AMINA", "U0AMINA", world.clock.now())
    return InSlack(member)


@pytest.mark.whole
@pytest.mark.parametrize("channel", ["telegram", "slack"])
def test_whole_life_of_a_capa(tmp_path: Path, channel: str) -> None:
    with fresh_store("sqlite") as store:
        url = store.url.render_as_string(hide_password=False)
        with whole_world(url, tmp_path, WAY) as world:
            world.bot.start()
            story = Story(world)
            hand: Hand = OnPhone(world)
            if channel == "telegram":
                story.joins()
            else:
                hand = seated(world)
            life = Life(world, story, hand)
            life.say("figures", "Which figure do you want to send?")
            life.tap(_figure(month_before(story.began)), "How much electricity")
            life.say("16,5 MWh", "Is that right?")
            life.tap("Yes, send it", "Stored:")
            story.channel("10 %")
            story.mentor_opens_a_capa()
            life.play()
            life.check()
            world.bot.stop()
