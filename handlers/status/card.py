"""The card of a site as plain values: every text is ready in the reader's language, the drawing adds no word."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import TypeAdapter

from handlers.summaries.chart import Legend, Point


@dataclass(frozen=True)
class Remark:
    """A short sentence below a figure; one that matters is `loud`."""

    text: str
    loud: bool = False


@dataclass(frozen=True)
class Trend:
    """One metric: its last value as `said`, "" if there is none, and its periods as `points`, oldest first.

    A point without a value is a period whose figure is missing; None is one for which none was asked. `direction` is
    where the last value lies against those before it, "" where there is nothing to compare with. `limit` and
    `target` are in the unit of the points.
    """

    name: str
    said: str
    remarks: tuple[Remark, ...]
    points: tuple[Point | None, ...]
    direction: Literal["", "up", "down", "level"] = ""
    limit: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True)
class Card:
    """What is drawn: a heading, a row for each metric, and what the signs in the rows mean.

    `legend` holds words for the bars, `limit` and `target` those for the lines; only what occurs is shown. `more` says
    what did not fit. `language` is the reader's, as a BCP 47 tag.
    """

    title: str
    subtitle: str
    trends: tuple[Trend, ...]
    legend: Legend
    limit: str
    target: str
    more: str = ""
    language: str = "en"


_ADAPTER = TypeAdapter(Card)


def card_values(card: Card) -> dict[str, Any]:
    """The card as JSON values, as `Attachment.values` carries them."""
    values: dict[str, Any] = _ADAPTER.dump_python(card, mode="json")
    return values


def card_from(values: dict[str, Any]) -> Card:
    """The card that these JSON values describe. Raises ValueError when they describe none."""
    return _ADAPTER.validate_python(values)
