"""What a person is asked about a doubtful figure: what it looks like, what is usual, what may have been meant."""

from decimal import Decimal

from courses.model import Metric
from handlers.metrics.periods import length_of
from handlers.metrics.periods import said as period_said
from handlers.metrics.slips.suspicion import Believable, Kind, Slip, Suspicion, Usual
from locales.text import Amount, Phrase, Value, _, n_, p_

ENOUGH_MONTHS = 6
"""With fewer months than this the person is told on how few the question rests."""
PEOPLE = "headcount"


def question(suspicion: Suspicion, metric: Metric) -> Phrase:
    """The question, with the likeliest explanation first and its rival after it."""
    said = _said(suspicion, metric.base_unit)
    lines = [_first(suspicion, metric.base_unit, said)]
    lines += [_or(slip, {**said, **_repaired(slip, metric.base_unit)}) for slip in suspicion.slips[1:]]
    if suspicion.usual and suspicion.usual.months < ENOUGH_MONTHS and not suspicion.month and _is_month(suspicion):
        known = suspicion.usual.months
        lines.append(
            n_(
                "So far I know only {count} month of this site.",
                "So far I know only {count} months of this site.",
                known,
            )
        )
    together, *others = lines
    for line in others:
        together = p_("two lines", "{first}\n{second}", first=together, second=line)
    return together


def _is_month(suspicion: Suspicion) -> bool:
    return length_of(suspicion.period) == "month"


def _said(suspicion: Suspicion, unit: str) -> dict[str, Value]:
    said: dict[str, Value] = {"value": Amount(suspicion.value, unit), "month": period_said(suspicion.period)}
    if suspicion.usual:
        said["usual"] = Amount(suspicion.usual.about, unit)
    return said


def _repaired(slip: Slip, unit: str) -> dict[str, Value]:
    return {} if slip.repaired is None else {"repaired": Amount(slip.repaired, unit)}


def _first(suspicion: Suspicion, unit: str, said: dict[str, Value]) -> Phrase:
    slip = suspicion.slips[0]
    said = {**said, **_repaired(slip, unit)}
    match slip.kind:
        case Kind.DECIMAL | Kind.THOUSAND:
            return _factor(slip, suspicion.value, said)
        case Kind.YEAR_TO_DATE:
            return _sum(slip, said)
        case Kind.METER_INDEX:
            return _reading(slip, said)
        case Kind.SAME_AS_LAST_MONTH | Kind.WRONG_MONTH:
            return _again(slip, said, period_said(suspicion.month))
        case Kind.UNUSUAL:
            pass
    if suspicion.believable:
        return _beyond(suspicion.value, suspicion.believable, unit, said)
    return _unusual(suspicion.value, suspicion.usual, unit, said)


def _factor(slip: Slip, value: Decimal, said: dict[str, Value]) -> Phrase:
    above = slip.repaired is not None and value > slip.repaired
    if slip.kind is Kind.DECIMAL and above:
        return _(
            "<b>{value}</b> is about ten times as much as usual (about {usual}). Did you mean <b>{repaired}</b>?",
            **said,
        )
    if slip.kind is Kind.DECIMAL:
        return _(
            "<b>{value}</b> is about a tenth of what is usual (about {usual}). Did you mean <b>{repaired}</b>?", **said
        )
    if above:
        return _(
            "<b>{value}</b> is about a thousand times as much as usual (about {usual}). Perhaps it is in another unit. "
            "Did you mean <b>{repaired}</b>?",
            **said,
        )
    return _(
        "<b>{value}</b> is about a thousandth of what is usual (about {usual}). Perhaps it is in another unit. "
        "Did you mean <b>{repaired}</b>?",
        **said,
    )


def _sum(slip: Slip, said: dict[str, Value]) -> Phrase:
    if slip.repaired is None:
        return _(
            "<b>{value}</b> looks like the sum of all months since January; one month is usually about {usual}. "
            "Only {month} is asked for. Is the number right?",
            **said,
        )
    return _(
        "<b>{value}</b> looks like the sum of all months since January. {month} alone would be <b>{repaired}</b>. "
        "Did you mean that?",
        **said,
    )


def _reading(slip: Slip, said: dict[str, Value]) -> Phrase:
    if slip.repaired is not None:
        return _(
            "<b>{value}</b> looks like the reading of the meter. Since the reading before it, the meter counted "
            "<b>{repaired}</b>. Did you mean that?",
            **said,
        )
    if "usual" in said:
        return _(
            "<b>{value}</b> is far more than usual (about {usual}). Perhaps it is the reading of the meter: then take "
            "off the reading of the month before, and send the rest. Is the number right?",
            **said,
        )
    return _(
        "<b>{value}</b> looks like the reading of the meter, since the figures only ever grow. What was used in "
        "{month} is this reading less the one of the month before. Is the number right?",
        **said,
    )


def _again(slip: Slip, said: dict[str, Value], other: Value) -> Phrase:
    if slip.kind is Kind.SAME_AS_LAST_MONTH:
        return _(
            "<b>{value}</b> is exactly what was sent for {other}. Is it right for {month} too?", other=other, **said
        )
    return _("<b>{value}</b> is exactly the figure of {other}. Is it really the one for {month}?", other=other, **said)


def _unusual(value: Decimal, usual: Usual | None, unit: str, said: dict[str, Value]) -> Phrase:
    if usual is None:
        return _("<b>{value}</b> for {month}: is the number right?", **said)
    band: dict[str, Value] = {"low": Amount(usual.low, unit), "high": Amount(usual.high, unit)}
    if value > usual.about:
        return _(
            "<b>{value}</b> is more than usual: for {month} I expected {low} to {high}. Is the number right?",
            **band,
            **said,
        )
    return _(
        "<b>{value}</b> is less than usual: for {month} I expected {low} to {high}. Is the number right?",
        **band,
        **said,
    )


def _beyond(value: Decimal, limit: Believable, unit: str, said: dict[str, Value]) -> Phrase:
    if limit.high is not None and value > limit.high:
        return _above(limit, Amount(limit.high, unit), said)
    return _below(limit, Amount(limit.low or Decimal(0), unit), said)


def _above(limit: Believable, high: Amount, said: dict[str, Value]) -> Phrase:
    if limit.per == PEOPLE:
        people = Amount(limit.size, "persons")
        return _(
            "<b>{value}</b> is more than I expected for {people}: at most {high}. Is the number right?",
            people=people,
            high=high,
            **said,
        )
    if limit.per:
        return _(
            "<b>{value}</b> is more than I expected from the other figures of the month: at most {high}. "
            "Is the number right?",
            high=high,
            **said,
        )
    return _("<b>{value}</b> is more than I expected: at most {high}. Is the number right?", high=high, **said)


def _below(limit: Believable, low: Amount, said: dict[str, Value]) -> Phrase:
    if limit.per == PEOPLE:
        people = Amount(limit.size, "persons")
        return _(
            "<b>{value}</b> is less than I expected for {people}: at least {low}. Is the number right?",
            people=people,
            low=low,
            **said,
        )
    if limit.per:
        return _(
            "<b>{value}</b> is less than I expected from the other figures of the month: at least {low}. "
            "Is the number right?",
            low=low,
            **said,
        )
    return _("<b>{value}</b> is less than I expected: at least {low}. Is the number right?", low=low, **said)


def _or(slip: Slip, said: dict[str, Value]) -> Phrase:
    """The second explanation, which is one with a repair or the sum of a year whose months are not all known."""
    if slip.repaired is None:
        return _("Or is it the sum of all months since January? Then please send {month} alone.", **said)
    match slip.kind:
        case Kind.YEAR_TO_DATE:
            return _("Or is it the sum of all months since January? Then {month} alone is <b>{repaired}</b>.", **said)
        case Kind.METER_INDEX:
            return _("Or is it the reading of the meter? Then {month} alone is <b>{repaired}</b>.", **said)
    return _("Or did you mean <b>{repaired}</b>?", **said)
