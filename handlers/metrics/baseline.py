"""What a site's figures were in its baseline: the months against which a change is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.model import Metric
from handlers.metrics.ledger import LENGTHS, Ledger
from handlers.metrics.periods import MONTHS, first_day, length_of, period_of
from handlers.metrics.slips.figure import plain
from handlers.metrics.spans import months_between, months_of
from handlers.programme.aims import Baseline

COMPLETE = Decimal("0.75")
"""The share of a baseline's months that must be known: nine of twelve."""


@dataclass(frozen=True)
class Against:
    """The baseline for a figure: the mean of its known months, for a period as long as that of the figure.

    `value` is None where too few of its `months` are `known`. A ratio is that of all known months together.
    """

    first: str
    last: str
    known: int
    months: int
    value: Decimal | None


def against(ledger: Ledger, metric: Metric, baseline: Baseline, period: str) -> Against:
    """The baseline of a metric, as it is for a period of this length: a quarter is held against three mean months."""
    months = months_between(baseline.first, baseline.last)
    known = known_months(ledger, metric, months)
    value = None
    if known and len(known) >= COMPLETE * len(months):
        together = ledger.over(metric, known)
        value = _for_one(together.value, metric, len(known), period) if together else None
    return Against(baseline.first, baseline.last, len(known), len(months), value)


def _for_one(together: Decimal, metric: Metric, months: int, period: str) -> Decimal:
    """What the known months together make for one period; means and ratios are what they are."""
    if metric.over_time == "sum":
        together = together / months * MONTHS[length_of(period)]
    return plain(together.quantize(Decimal(1).scaleb(-metric.places)))


def known_months(ledger: Ledger, metric: Metric, months: Sequence[str]) -> list[str]:
    """The months of which the figure is known, by the periods that it is known for."""
    return [month for piece in _known(ledger, metric, months) for month in piece]


def _known(ledger: Ledger, metric: Metric, months: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The months of which the figure is known, by the periods that it is known for."""
    place = 0
    while place < len(months):
        begun = (months_of(period_of(length, first_day(months[place]))) for length in LENGTHS)
        whole = (one for one in begun if tuple(months[place : place + len(one)]) == one)
        piece = next((one for one in whole if ledger.over(metric, one) is not None), None)
        if piece is not None:
            yield piece
        place += len(piece) if piece else 1
