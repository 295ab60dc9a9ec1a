"""Periods of figures: months (`2026-10`), quarters (`2026-Q3`) and years (`2025`)."""

from datetime import date, timedelta
from typing import Literal

from locales.text import Month, Phrase, Raw, Short, Value, p_

Length = Literal["month", "quarter", "year"]
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_of(length: Length, day: date) -> str:
    """The period of this length that a day lies in."""
    match length:
        case "month":
            return f"{day.year}-{day.month:02d}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "year":
            return str(day.year)


def closed_before(length: Length, day: date, back: int = 1) -> str:
    """The period that lies `back` periods before the one of `day`; 1 is the last that is over."""
    months = day.year * 12 + day.month - 1
    begun = months - months % MONTHS[length] - back * MONTHS[length]
    return period_of(length, date(begun // 12, begun % 12 + 1, 1))


def first_day(period: str) -> date:
    """The first day of a period."""
    year, _hyphen, part = period.partition("-")
    month = (int(part[1:]) - 1) * 3 + 1 if part.startswith("Q") else int(part or 1)
    return date(int(year), month, 1)


def length_of(period: str) -> Length:
    """How long a period is."""
    return "year" if "-" not in period else "quarter" if "Q" in period else "month"


def last_day(period: str) -> date:
    """The last day of a period."""
    months = first_day(period).year * 12 + first_day(period).month - 1 + MONTHS[length_of(period)]
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def said(period: str) -> Value:
    """A period as it stands in a sentence."""
    match length_of(period):
        case "month":
            return Month.parse(period)
        case "quarter":
            return p_("a quarter", "quarter {number} of {year}", number=int(period[-1]), year=Raw(period[:4]))
        case "year":
            return p_("a year", "the year {year}", year=Raw(period))


def short(period: str) -> Value:
    """A period as it stands in a table or below a chart."""
    return Short(Month.parse(period)) if length_of(period) == "month" else said(period)


def named(metric: Phrase, period: str) -> Phrase:
    """The name of a metric, with the period where that is not a month."""
    if length_of(period) == "month":
        return metric
    return p_("a figure that is due", "{metric} ({period})", metric=metric, period=said(period))
