"""The engine alone: what is recorded is fed, what is past is passed over, what has changed is dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from handlers.dialog import Answer, Command, Dialog, Fact, Standing, Talk, replay
from handlers.message import Capabilities
from handlers.questions import Choice, Confirm, Text
from handlers.reader import Reader
from storage.tables.people import Person, Role
from tests.talks import MONDAY


@dataclass(frozen=True)
class Deed:
    """Something done, by its name."""

    what: str

    def perform(self, turn: Any) -> None:
        """Nothing: the kitchen keeps the list."""


@dataclass
class Kitchen:
    """A dialog in a world that can change between turns; `said` and `done` are of the last turn."""

    meals: tuple[str, ...] = ("soup", "rice")
    left: int = 3
    times_read: int = 0
    answers: list[Answer] = field(default_factory=list)
    said: list[object] = field(default_factory=list)
    done: list[Command] = field(default_factory=list)

    def order(self, talk: Talk) -> Dialog[None]:
        talk.say("Welcome.")
        talk.do(Deed("welcomed"))
        left = yield from Fact("left", int, self.read)
        meal = yield from Choice("meal", f"{left} left. Which?", [(one, one) for one in self.meals])
        talk.say("Good choice.")
        talk.do(Deed("chosen"))
        wish = yield from Text("wish", "Any wish?")
        if (yield from Confirm("send", f"{meal}, {wish}: right?", yes="Yes", no="No")):
            talk.do(Deed("sent"))
            talk.say("Sent.")

    def read(self) -> int:
        self.times_read += 1
        return self.left

    def turn(self, value: Any = None, *, starting: bool = False) -> Standing:
        """One turn: the dialog replayed over what is recorded, with an answer to its open question."""
        question = None if starting else self.look().question
        new = Answer(question.key, question.revision(), value) if question else None
        return self.look(new, starting=starting)

    def look(self, new: Answer | None = None, *, starting: bool = False) -> Standing:
        """Where the dialog stands over what is recorded and a new answer."""
        self.done = []
        talk = Talk(
            Person(key="amina", name="Amina", role=Role.SUPPLIER),
            MONDAY,
            {},
            Capabilities(),
            "en",
            cast(Reader, None),
            self.done.append,
        )
        standing = replay(self.order, talk, self.answers, new, starting=starting)
        self.answers, self.said = standing.answers, list(talk.said)
        return standing


@pytest.fixture
def kitchen() -> Iterator[Kitchen]:
    made = Kitchen()
    made.turn(starting=True)
    yield made


def test_dialog_that_starts_says_and_does_what_comes_before_its_first_question(kitchen: Kitchen) -> None:
    assert (kitchen.said, kitchen.done) == (["Welcome."], [Deed("welcomed")])


def test_each_thing_is_said_and_done_in_one_turn_only(kitchen: Kitchen) -> None:
    kitchen.turn("rice")
    assert (kitchen.said, kitchen.done) == (["Good choice."], [Deed("chosen")])
    kitchen.turn("no salt")
    assert (kitchen.said, kitchen.done) == ([], [])
    kitchen.turn(True)
    assert (kitchen.said, kitchen.done) == (["Sent."], [Deed("sent")])


def test_recorded_answers_lead_to_the_open_question(kitchen: Kitchen) -> None:
    kitchen.turn("rice")
    standing = kitchen.turn("no salt")
    assert isinstance(standing.question, Confirm) and standing.question.prompt == "rice, no salt: right?"
    assert [one.key for one in standing.answers] == ["left", "meal", "wish"]


def test_dialog_without_a_question_left_has_ended(kitchen: Kitchen) -> None:
    kitchen.turn("rice")
    kitchen.turn("no salt")
    assert kitchen.turn(True).question is None


def test_fact_is_read_once_and_holds_though_the_world_changes(kitchen: Kitchen) -> None:
    kitchen.left = 0
    assert kitchen.turn("rice").answers[0] == Answer("left", "", 3)
    assert kitchen.times_read == 1


def test_changed_options_drop_the_answer_and_all_that_follow(kitchen: Kitchen) -> None:
    kitchen.turn("rice")
    kitchen.turn("no salt")
    kitchen.meals = ("soup", "rice", "beans")
    standing = kitchen.look(Answer("send", "as it was read back", True))
    assert standing.changed and standing.question is not None and standing.question.key == "meal"
    assert [one.key for one in standing.answers] == ["left"]
    assert kitchen.done == []


def test_yes_counts_for_the_words_that_were_read_back() -> None:
    read_back = Confirm("send", "12 500 kWh: right?", yes="Yes", no="No")
    assert read_back.revision() != Confirm("send", "12 501 kWh: right?", yes="Yes", no="No").revision()
    assert read_back.revision() == Confirm("send", "12 500 kWh: right?", yes="Yes!", no="No!").revision()
