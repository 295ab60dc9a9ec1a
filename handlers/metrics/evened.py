"""Figures of quarters and years looked at as months: one is held against others of any length that way.

An amount of a quarter stands for three even months, the last of which has its name. A mean is what it is.
"""

from dataclasses import replace
from decimal import Decimal

from courses.model import Bound, Metric
from handlers.metrics.periods import MONTHS, closed_before, first_day, last_day, length_of, period_of
from handlers.metrics.slips.figure import SoftLimit, plain
from handlers.metrics.slips.suspicion import Believable, Kind, Slip, Suspicion, Usual

OF_ANY_LENGTH = (Kind.DECIMAL, Kind.THOUSAND, Kind.SAME_AS_LAST_MONTH, Kind.WRONG_MONTH)
"""Slips that can be told of a period of any length. A year's running sum and a meter are read by the month."""
FINEST = Decimal("0.000001")


def months_in(metric: Metric, period: str) -> int:
    """How many months' worth of the metric a period holds; 1 for what does not add up."""
    return MONTHS[length_of(period)] if metric.over_time == "sum" else 1


def of_a_month(value: Decimal, metric: Metric, period: str) -> Decimal:
    """The value as it would be for one month of the period."""
    return value / months_in(metric, period)


def month_for(period: str) -> str:
    """The month by which a period is known: its last."""
    return period_of("month", last_day(period))


def soft_limit(bound: Bound, metric: Metric, other: Metric | None) -> SoftLimit:
    """A bound between figures of the metrics' own period, as one between their months."""
    months = Decimal(months_in(metric, _own(metric))) / (months_in(other, _own(other)) if other else 1)
    low, high = (side / months if side is not None else None for side in (bound.low, bound.high))
    return SoftLimit(bound.per, low, high)


def _own(metric: Metric) -> str:
    """Any period of the metric's own length."""
    return period_of(metric.period, metric.valid_from)


def told_of(found: Suspicion, value: Decimal, metric: Metric, period: str) -> Suspicion:
    """What was found of a month, said of the whole period that it stands for."""
    if length_of(period) == "month":
        return found
    months = months_in(metric, period)
    slips = tuple(Slip(one.kind, _times(one.repaired, months)) for one in found.slips if one.kind in OF_ANY_LENGTH)
    if metric.whole:
        slips = tuple(one for one in slips if one.repaired is None or one.repaired == one.repaired.to_integral_value())
    month = period_of(length_of(period), first_day(found.month)) if found.month else ""
    if month == closed_before(length_of(period), first_day(period)):
        slips = tuple(replace(one, kind=Kind.SAME_AS_LAST_MONTH) for one in slips)
    return Suspicion(
        value,
        period,
        slips or (Slip(Kind.UNUSUAL),),
        _usual(found.usual, months),
        _believable(found.believable, months),
        month,
    )


def _usual(usual: Usual | None, months: int) -> Usual | None:
    return (
        replace(usual, about=usual.about * months, low=usual.low * months, high=usual.high * months) if usual else None
    )


def _believable(found: Believable | None, months: int) -> Believable | None:
    """A soft limit as it counts for the period; `size` stays what it was, a number of people or of pieces a month."""
    return found and replace(found, low=_times(found.low, months), high=_times(found.high, months))


def _times(value: Decimal | None, months: int) -> Decimal | None:
    return plain((value * months).quantize(FINEST)) if value is not None else None
