"""What the programme asks: metrics as immutable values, and what all definitions share.

Texts are English source strings; they are put into a reader's language elsewhere, by the context that `Library.texts`
gives for each.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator, model_validator

from courses.formula import Formula, FormulaError, parse
from courses.units import COMPUTED, CONVERTIBLE, MONEY

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


class Bound(Definition):
    """What is believable, or possible, for one unit of another metric of the period; with `per` empty, in all.

    In base units. Either side may be open.
    """

    per: str = ""
    low: Decimal | None = None
    high: Decimal | None = None

    def broken_by(self, value: Decimal, other: Decimal) -> bool:
        """Whether a value is beyond it, `other` being the figure that `per` names."""
        under = self.low is not None and value < self.low * other
        return under or (self.high is not None and value > self.high * other)


TEXTS = ("name", "question", "why", "how", "also", "evidence", "basis", "tip")
"""What a person reads of a metric; all but the name may be empty."""
ASKED_NEEDS = ("question", "why", "how", "units", "example", "maximum")
DERIVED_HAS_NOT = ("question", "units", "example", "minimum", "maximum", "whole", "also", "evidence", "soft", "within")


class Metric(Definition):
    """A figure: asked of sites, or computed by its `formula` from figures that are.

    `units` are the symbols a person may use, the usual one first; all convert to `base_unit`. `minimum` and `maximum`
    are hard limits in the base unit, `within` are hard ones for each unit of another figure, `soft` are those beyond
    which a person is asked and may say that it is right. `example` is a believable value in the base unit. `also` are
    other words by which people name it, between commas; `evidence` says which papers are accepted.

    `over_time` says what figures of several periods make: a sum, their mean (a number of people), or a ratio, which is
    computed from what its parts make and never from other ratios. A ratio over a fixed time has it as `window`, in
    months up to the end of the period. `basis` says what a rate is based on, `places` how many digits it is shown with.

    `tip` is what often helps, in one sentence, read where a site stands among others.

    `rare` are counts that are mostly nought, of which no month says what the next will be.

    `part_of` is the metric in whose file a part is written. `version` grows whenever the meaning changes, so that a
    figure is never taken under a definition that the person did not see; `changed` says for people what each version
    brought, in words that data owners and mentors are told.

    `grave` is a count of which every single case is a matter for people: told at once, never followed by a quiz.
    """

    key: Key
    code: Words
    name: Label
    question: str = ""
    why: str = ""
    how: str = ""
    base_unit: str
    units: tuple[str, ...] = ()
    period: Literal["month", "quarter", "year"]
    direction: Literal["lower", "higher", "neutral"]
    minimum: Decimal = Field(default=Decimal(0), ge=-LARGEST)
    maximum: Decimal = Field(default=LARGEST, le=LARGEST)
    whole: bool = False
    soft: tuple[Bound, ...] = ()
    within: tuple[Bound, ...] = ()
    example: Decimal = Decimal(0)
    also: str = ""
    evidence: str = ""
    formula: str = ""
    rare: bool = False
    grave: bool = False
    over_time: Literal["sum", "mean", "ratio"] = "sum"
    window: int = Field(default=0, ge=0, le=36)
    basis: str = ""
    tip: str = ""
    places: int = Field(default=2, ge=0, le=6)
    part_of: str = ""
    references: References = References()
    version: int = Field(ge=1)
    valid_from: date
    changed: Mapping[int, Words] = Field(default_factory=dict)
    ready: tuple[Language, ...] = Field(min_length=1)

    @field_validator("base_unit")
    @classmethod
    def _can_be_kept(cls, unit: str) -> str:
        if unit not in CONVERTIBLE and unit not in COMPUTED:
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

    @field_validator("formula")
    @classmethod
    def _can_be_read(cls, formula: str) -> str:
        try:
            parse(formula) if formula else None
        except FormulaError as error:
            raise ValueError(str(error)) from error
        return formula

    @model_validator(mode="after")
    def _whole_of_its_kind(self) -> Self:
        """An asked figure has all that is needed to ask it, a computed one nothing of it."""
        given = {name for name in self.model_fields_set if getattr(self, name) not in ("", ())}
        wanted = [] if self.formula else [name for name in ASKED_NEEDS if name not in given]
        if wanted:
            raise ValueError(f"{wanted[0]} is missing: a figure without a formula is asked, and needs it")
        strange = [name for name in DERIVED_HAS_NOT if self.formula and name in self.model_fields_set]
        if strange:
            raise ValueError(f"{strange[0]} does not belong here: a figure with a formula is never asked")
        if not self.formula and (self.base_unit in COMPUTED or self.over_time == "ratio" or self.window):
            raise ValueError("base_unit, over_time or window are those of a figure with a formula")
        return self

    @model_validator(mode="after")
    def _money_is_left_alone(self) -> Self:
        """Amounts in different currencies have no common limit."""
        if self.base_unit == MONEY and (self.soft or self.within or self.maximum != LARGEST or self.over_time != "sum"):
            raise ValueError(f"money has many currencies: no soft and no within, and a maximum of {LARGEST}")
        return self

    @model_validator(mode="after")
    def _says_what_changed(self) -> Self:
        """Whoever knew the version before is told what is new in this one."""
        strange = [version for version in self.changed if not 1 < version <= self.version]
        if strange:
            raise ValueError(f"changed: there is no version {strange[0]} that could have changed anything")
        if self.version > 1 and self.version not in self.changed:
            raise ValueError(
                f'changed is missing: say what version {self.version} brought, as {{ {self.version} = "…" }}'
            )
        return self

    @property
    def derived(self) -> bool:
        """Whether it is computed and never asked."""
        return bool(self.formula)

    @property
    def nature(self) -> Literal["flow", "stock", "rare"]:
        """How its figures behave: amounts of a period, a number counted at its end, or rare events."""
        return "stock" if self.over_time == "mean" else "rare" if self.rare else "flow"

    def parsed(self) -> Formula:
        """The formula of a derived metric."""
        return parse(self.formula)

    def texts(self) -> Iterator[tuple[str, str]]:
        """(context, text) of everything a person reads."""
        for part in TEXTS:
            if text := getattr(self, part):
                yield f"metric/{self.key}/{part}", text
        if not self.derived:
            yield from ((f"metric/{self.key}/changed/{version}", text) for version, text in self.changed.items())
