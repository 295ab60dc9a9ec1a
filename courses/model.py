"""What the programme teaches and asks: metrics and courses as immutable values.

Texts are English source strings; they are put into a reader's language elsewhere, by the context that `Library.texts`
gives for each.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from courses.units import CONVERTIBLE

LABEL_LIMIT = 60
"""Characters on a button: what both platforms show without cutting."""
LARGEST = Decimal(1_000_000_000_000)
"""No figure is larger than this in its base unit; the store keeps millionths in 64 bits."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
"""A name that never changes: it goes into tables and buttons, so it is short and plain."""
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Label = Annotated[Words, StringConstraints(max_length=LABEL_LIMIT)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?$")]


class Definition(BaseModel):
    """A value read from a file; a key that is not known is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class References(Definition):
    """The data points of reporting standards that a metric answers."""

    vsme: str = ""
    gri: str = ""
    esrs: str = ""


class SoftLimit(Definition):
    """What is believable for one unit of another metric of the period; with `per` empty, for the figure itself.

    In base units. Beyond it the person is asked and may say that it is right.
    """

    per: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


class Metric(Definition):
    """A figure that is asked of sites.

    `units` are the symbols a person may use, the usual one first; all convert to `base_unit`. `minimum` and `maximum`
    are hard limits in the base unit. `example` is a believable value in the base unit. `version` grows whenever the
    meaning changes, so that a figure is never taken under a definition that the person did not see.
    """

    key: Key
    code: Words
    name: Label
    question: Words
    why: Words
    how: Words
    base_unit: str
    units: tuple[str, ...] = Field(min_length=1)
    period: Literal["month"]
    direction: Literal["lower", "higher", "neutral"]
    minimum: Decimal = Field(default=Decimal(0), ge=-LARGEST)
    maximum: Decimal = Field(le=LARGEST)
    whole: bool = False
    soft: tuple[SoftLimit, ...] = ()
    example: Decimal
    also: str = ""
    evidence: str = ""
    references: References = References()
    version: int = Field(ge=1)
    valid_from: date
    ready: tuple[Language, ...] = Field(min_length=1)

    @field_validator("base_unit")
    @classmethod
    def _can_be_kept(cls, unit: str) -> str:
        if unit not in CONVERTIBLE:
            raise ValueError(f"figures cannot be kept in '{unit}'; known: {', '.join(CONVERTIBLE)}")
        return unit

    @field_validator("units")
    @classmethod
    def _convert(cls, units: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        base = info.data.get("base_unit", "")
        known = CONVERTIBLE.get(base)
        strange = [unit for unit in units if known is not None and unit not in known]
        if strange:
            raise ValueError(f"'{strange[0]}' does not convert to {base}; known: {', '.join(sorted(known or ()))}")
        return units

    @field_validator("maximum")
    @classmethod
    def _above_minimum(cls, maximum: Decimal, info: ValidationInfo) -> Decimal:
        if maximum < info.data.get("minimum", maximum):
            raise ValueError("is below the minimum")
        return maximum

    @field_validator("example")
    @classmethod
    def _believable(cls, example: Decimal, info: ValidationInfo) -> Decimal:
        data = info.data
        if not data.get("minimum", example) <= example <= data.get("maximum", example):
            raise ValueError("lies outside of minimum and maximum")
        if data.get("whole") and example != example.to_integral():
            raise ValueError("is not a whole number")
        return example

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
    """A few short screens and the questions after them; `key` stays when the title changes."""

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

    key: Key
    title: Label
    topic: Words
    level: Literal["basic", "advanced"]
    minutes: int = Field(ge=1)
    metrics: tuple[str, ...] = ()
    pass_mark: int = Field(ge=0, le=100)
    version: int = Field(ge=1)
    ready: tuple[Language, ...] = Field(min_length=1)
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
