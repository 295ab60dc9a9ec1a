"""What the programme teaches: courses as immutable values.

What identifies what, across versions: a lesson is its key, and its digest says which wording; a question is the digest
of all it is made of, so that a question that was changed is another question.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from courses.model import Definition, Key, Label, Language, Words


class Picture(Definition):
    """A picture of a screen: the file's name in the folder `pictures/`, and what it shows, in words."""

    name: str
    shows: Words


class Screen(Definition):
    """What is shown at a time: a text, and perhaps a picture above it."""

    text: str
    picture: Picture | None = None

    def texts(self) -> Iterator[str]:
        """Everything a person reads."""
        yield self.text
        if self.picture:
            yield self.picture.shows


class Option(Definition):
    """One answer to a question, with what is said when it is chosen."""

    text: str
    right: bool
    feedback: str = ""


class QuizQuestion(Definition):
    """A question with its answers, one or more of them right."""

    text: str
    options: tuple[Option, ...]

    @property
    def key(self) -> str:
        """Tells this question from any other, and from itself in another wording."""
        return _digest(self.model_dump(mode="json"))

    def texts(self) -> Iterator[str]:
        """Everything a person reads, in reading order."""
        yield self.text
        for option in self.options:
            yield option.text
            if option.feedback:
                yield option.feedback


class Lesson(Definition):
    """A few short screens and the questions after them; `key` stays when the title changes."""

    key: str
    title: str
    screens: tuple[Screen, ...]
    questions: tuple[QuizQuestion, ...]

    def digest(self) -> str:
        """Tells whether what is taught here has changed. The title is not part of it."""
        return _digest(self.model_dump(mode="json", exclude={"title"}))

    def question(self, key: str) -> QuizQuestion | None:
        """The question of this key, None if the lesson no longer has it."""
        return next((question for question in self.questions if question.key == key), None)

    def texts(self) -> Iterator[str]:
        """Everything a person reads, in reading order."""
        yield self.title
        for screen in self.screens:
            yield from screen.texts()
        for question in self.questions:
            yield from question.texts()


class Course(Definition):
    """A course. `pass_mark` is the share of questions, in per cent, that must be right at first.

    `valid_for` is how many months it counts from the day it was passed; 0 says that it does not run out.
    """

    key: Key
    title: Label
    topic: Words
    level: Literal["basic", "advanced"]
    minutes: int = Field(ge=1)
    metrics: tuple[str, ...] = ()
    pass_mark: int = Field(ge=0, le=100)
    valid_for: int = Field(default=0, ge=0, le=120)
    version: int = Field(ge=1)
    ready: tuple[Language, ...] = Field(min_length=1)
    sources: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...]

    @property
    def asked(self) -> int:
        """How many questions it has."""
        return sum(len(lesson.questions) for lesson in self.lessons)

    def lesson(self, key: str) -> Lesson | None:
        """The lesson of this key, None if the course no longer has it."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)

    def texts(self) -> Iterator[tuple[str, str]]:
        """(context, text) of everything a person reads."""
        yield f"course/{self.key}", self.title
        yield "topic", self.topic
        for lesson in self.lessons:
            for text in lesson.texts():
                yield f"course/{self.key}/{lesson.key}", text


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
