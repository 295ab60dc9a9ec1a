"""What the programme teaches and asks: metrics and courses as immutable values.

Texts are English source strings; they are put into a reader's language elsewhere, by the context that `Library.texts`
gives for each.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Definition(BaseModel):
    """A value read from a file; a key that is not known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class References(Definition):
    """The data points of reporting standards that a metric answers."""

    vsme: str = ""
    gri: str = ""
    esrs: str = ""


class Metric(Definition):
    """A figure that is asked of sites.

    `units` are the symbols a person may use, the usual one first; all convert to `base_unit`. `minimum` and `maximum`
    are hard limits in the base unit. `example` is a believable value in the base unit. `version` grows whenever the
    meaning changes, so that a figure is never taken under a definition that the person did not see.
    """

    key: str
    code: str
    name: str
    question: str
    why: str
    how: str
    base_unit: str
    units: tuple[str, ...] = Field(min_length=1)
    period: Literal["month"]
    direction: Literal["lower", "higher", "neutral"]
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    whole: bool = False
    example: Decimal
    references: References = References()
    version: int = Field(ge=1)
    valid_from: date
    ready: tuple[str, ...]

    def texts(self) -> Iterator[tuple[str, str]]:
        """(context, text) of everything a person reads."""
        for part in ("name", "question", "why", "how"):
            yield f"metric/{self.key}/{part}", getattr(self, part)


class Option(Definition):
    """One answer to a question, with what is said when it is chosen."""

    text: str
    right: bool
    feedback: str = ""


class QuizQuestion(Definition):
    """A question with its answers, one or more of them right."""

    text: str
    options: tuple[Option, ...]


class Lesson(Definition):
    """A few short screens and the questions after them; `key` is made from the title and stays when texts change."""

    key: str
    title: str
    screens: tuple[str, ...]
    questions: tuple[QuizQuestion, ...]

    def texts(self) -> Iterator[str]:
        """Everything a person reads, in reading order."""
        yield self.title
        yield from self.screens
        for question in self.questions:
            yield question.text
            for option in question.options:
                yield option.text
                if option.feedback:
                    yield option.feedback


class Course(Definition):
    """A course. `pass_mark` is the share of questions, in per cent, that must be right at first."""

    key: str
    title: str
    topic: str
    level: Literal["basic", "advanced"]
    minutes: int
    metrics: tuple[str, ...] = ()
    pass_mark: int = Field(ge=0, le=100)
    version: int = Field(ge=1)
    ready: tuple[str, ...]
    sources: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...]

    def lesson(self, key: str) -> Lesson | None:
        """The lesson of this key, None if the course no longer has it."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)

    def texts(self) -> Iterator[tuple[str, str]]:
        """(context, text) of everything a person reads."""
        yield f"course/{self.key}", self.title
        for lesson in self.lessons:
            for text in lesson.texts():
                yield f"course/{self.key}/{lesson.key}", text
