"""A bar chart as plain values: every label is ready in the reader's language, the drawing adds no word."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import TypeAdapter


@dataclass(frozen=True)
class Point:
    """One bar: `label` below it, `said` the figure above it. No value leaves a gap that is marked as missing.

    `beyond` is set by whoever knows the direction of the limit.
    """

    label: str
    value: Decimal | None
    said: str = ""
    mark: Literal["measured", "estimated"] = "measured"
    beyond: bool = False


@dataclass(frozen=True)
class Tick:
    """A value of the axis and how it is written."""

    value: Decimal
    said: str


@dataclass(frozen=True)
class Limit:
    """A line across the chart."""

    value: Decimal
    label: str


@dataclass(frozen=True)
class Legend:
    """What the looks of the bars mean. Only those that occur are shown, and of these only those with a word."""

    measured: str = ""
    estimated: str = ""
    missing: str = ""
    beyond: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars from left to right over an axis that holds zero; `handlers/summaries/axis.py` proposes the ticks.

    `language` is the reader's, as a BCP 47 tag.
    """

    title: str
    unit: str
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    limit: Limit | None = None
    legend: Legend = Legend()
    language: str = "en"

    def __post_init__(self) -> None:
        """Raise ValueError unless the ticks rise and zero is one of them: a cut axis would lie about proportions."""
        values = [tick.value for tick in self.ticks]
        if len(values) < 2 or 0 not in values or values != sorted(set(values)):
            raise ValueError("the ticks of a chart rise, are two or more and hold zero")


_ADAPTER = TypeAdapter(Chart)


def chart_values(chart: Chart) -> dict[str, Any]:
    """The chart as JSON values, as `Attachment.values` carries them."""
    values: dict[str, Any] = _ADAPTER.dump_python(chart, mode="json")
    return values


def chart_from(values: dict[str, Any]) -> Chart:
    """The chart that these JSON values describe. Raises ValueError when they describe none."""
    return _ADAPTER.validate_python(values)
