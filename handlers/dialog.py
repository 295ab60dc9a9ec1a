"""Dialogs as generators, replayed: between turns nothing runs, and only recorded values steer.

A dialog is a generator function of a `Talk`. It yields steps: questions, which a person answers, and facts, which are
read from the world once. Both are recorded as `Answer`s; the next turn runs the function again from its beginning,
feeds it what is recorded, and stands at the open question. What is said and done happens only past the recorded part.
"""

import hashlib
import json
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pydantic import TypeAdapter

from handlers.message import Attachment, Button, Capabilities, Speech
from handlers.reader import Reader
from storage.tables.people import Person

T = TypeVar("T")


class Step(Generic[T]):
    """Something a dialog waits for; `yield from step` gives the value with its type."""

    key: str

    def __iter__(self) -> Generator["Step[Any]", T, T]:
        answer = yield self
        return answer

    def revision(self) -> str:
        """A short digest of everything the value depends on; a recorded value of another revision is dropped."""
        return ""

    def known(self, talk: "Talk") -> bool:
        """Whether the value is there without asking anybody."""
        return False

    def find(self) -> T:
        """The value that is there without asking."""
        raise TypeError(f"{type(self).__name__} must be asked")

    def dump(self, value: T) -> Any:
        """The value as plain JSON."""
        raise TypeError(f"{type(self).__name__} keeps no value")

    def load(self, stored: Any) -> T:
        """The value back from plain JSON."""
        raise TypeError(f"{type(self).__name__} keeps no value")


Dialog = Generator[Step[Any], Any, T]


class Fact(Step[T]):
    """A value read from the world once and recorded, so that a replay sees what the person saw.

    `kind` is the value's type (anything pydantic can put into JSON and back).
    """

    def __init__(self, key: str, kind: Any, read: Callable[[], T]) -> None:
        self.key, self.find = key, read  # type: ignore[method-assign]
        self.adapter: TypeAdapter[T] = TypeAdapter(kind)

    def known(self, talk: "Talk") -> bool:
        return True

    def dump(self, value: T) -> Any:
        return self.adapter.dump_python(value, mode="json")

    def load(self, stored: Any) -> T:
        return self.adapter.validate_python(stored)


class Command(Protocol):
    """A deed of a dialog as a value: the engine performs it when it is fresh and passes over it in replay."""

    def perform(self, turn: Any) -> None:
        """Do it, in the turn's transaction."""


@dataclass
class Talk:
    """What a dialog function gets: who it talks with, what it was started with, and how to read, say and do.

    `began` is when the dialog started and never changes; `read` only reads. `fresh` is whether the replay has come
    to what is new.
    """

    person: Person
    began: datetime
    argument: dict[str, Any]
    capabilities: Capabilities
    language: str
    read: Reader
    perform: Callable[[Command], None]
    fresh: bool = False
    said: list[Speech] = field(default_factory=list)
    attached: list[Attachment] = field(default_factory=list)
    offered: list[Button] = field(default_factory=list)

    def say(self, *parts: Speech, attachments: Sequence[Attachment] = ()) -> None:
        """Say something in this talk, each part its own paragraph."""
        if self.fresh:
            self.said.extend(parts)
            self.attached.extend(attachments)

    def offer(self, *buttons: Button) -> None:
        """Show what can be done next, once the dialog has ended."""
        if self.fresh:
            self.offered.extend(buttons)

    def do(self, command: Command) -> None:
        """Have something done."""
        if self.fresh:
            self.perform(command)


DialogFunction = Callable[[Talk], Dialog[None]]


class Answer(NamedTuple):
    """A recorded value of a step: key, revision and plain JSON."""

    key: str
    revision: str
    value: Any


@dataclass
class Standing:
    """Where a dialog stands after a replay: the open question (None: it has ended) and what is recorded by now.

    `changed` is true if recorded answers no longer fit the dialog and were dropped.
    """

    question: Step[Any] | None
    answers: list[Answer]
    changed: bool = False


def digest(*parts: object) -> str:
    """Ten hexadecimal characters that tell these parts from others."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:10]


def replay(
    function: DialogFunction,
    talk: Talk,
    recorded: Sequence[Answer],
    new: Answer | None = None,
    *,
    starting: bool = False,
) -> Standing:
    """Run a dialog over its recorded answers and a new one, and tell where it stands.

    Everything said and done up to the new answer is passed over; what follows it is fresh. A dialog that is `starting`
    is fresh from its beginning. An answer whose step has changed is dropped with all that follow.
    """
    waiting = [*recorded, *([new] if new else [])]
    kept: list[Answer] = []
    talk.fresh, changed = starting, False
    steps = function(talk)
    step = next(steps, None)
    while step is not None:
        if waiting and (step.key, step.revision()) != (waiting[0].key, waiting[0].revision):
            waiting.clear()
            changed = talk.fresh = True
        if waiting:
            answer = waiting.pop(0)
            talk.fresh = talk.fresh or (new is not None and not waiting)
        elif step.known(talk):
            answer = Answer(step.key, step.revision(), step.dump(step.find()))
        else:
            return Standing(step, kept, changed)
        kept.append(answer)
        step = _feed(steps, step.load(answer.value))
    return Standing(None, kept, changed)


def _feed(steps: Dialog[None], value: Any) -> Step[Any] | None:
    try:
        return steps.send(value)
    except StopIteration:
        return None
