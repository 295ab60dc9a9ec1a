"""Which figures a site owes, and for which periods: the one place that knows what a tier asks, and how often.

A tier asks a metric for the metric's own period, or for a longer one that its `cadence` names.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from courses.model import Metric
from handlers.metrics.periods import MONTHS, Length, closed_before, last_day, length_of, period_of
from handlers.programme.settings import ProgrammeSettings


def lengths_asked(settings: ProgrammeSettings, metrics: Mapping[str, Metric], tier: str) -> dict[str, Length]:
    """The metrics that a tier asks for, in its order, each with the length of the periods that it is asked for."""
    held = settings.tiers.get(tier)
    return {key: held.cadence.get(key, metrics[key].period) for key in held.metrics} if held else {}


def owed_last(asked: Mapping[str, Length], today: date) -> list[tuple[str, str]]:
    """What is owed on a local date: each metric with its last period that is over."""
    return [(key, closed_before(length, today)) for key, length in asked.items()]


def owed_with(asked: Mapping[str, Length], month: str) -> list[tuple[str, str]]:
    """What is owed once a month is over: each metric whose period ends with that month."""
    end = last_day(month)
    periods = [(key, period_of(length, end)) for key, length in asked.items()]
    return [(key, period) for key, period in periods if last_day(period) == end]


def in_proportion(metric: Metric, period: str) -> Decimal:
    """How many times the metric's own period a figure of this one stands for: what is said of one holds so many times.

    Amounts add up, so that the limit of a month counts three times for a quarter. A mean or a ratio is the same for any
    length.
    """
    if metric.over_time != "sum":
        return Decimal(1)
    return Decimal(MONTHS[length_of(period)]) / MONTHS[metric.period]
