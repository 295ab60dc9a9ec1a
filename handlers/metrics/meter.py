"""A figure read off a meter: the index before and now, a meter that rolled over or was replaced, days that differ."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from courses.model import Metric
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Speech
from handlers.metrics.periods import first_day, last_day, said
from handlers.metrics.reading import Reading, digits_of, share_of, used
from handlers.metrics.rules import DueFigure
from handlers.quantity import Measured, Quantity
from handlers.questions import Choice, Day
from locales.text import Amount, _
from locales.units import unit

METERED = frozenset({"kWh", "m³"})
EARLIEST_DAYS = 400
LARGEST_INDEX = Decimal(10) ** 9


@dataclass(frozen=True)
class KnownMeter:
    """A site's meter as it is known, with its last reading."""

    id: int
    digits: int
    multiplier: Decimal
    last: Reading


@dataclass(frozen=True)
class MeterUse:
    """What was read and what it amounts to. `meter_id` is None for a meter that is read for the first time.

    `readings` are new. A meter that was replaced showed `old_end` last; the readings are then of the new one.
    """

    meter_id: int | None
    digits: int
    multiplier: Decimal
    readings: tuple[Reading, ...]
    amount: Measured
    old_end: Reading | None = None


def can_be_metered(metric: Metric) -> bool:
    """Whether there are meters for such a figure."""
    return metric.base_unit in METERED


def by_meter(talk: Talk, figure: DueFigure, key: str) -> Dialog[MeterUse]:
    """The amount of the period, from two readings."""
    asking = _Asking(talk, figure, key, talk.read.metric(figure.metric))
    known = yield from Fact(f"{key}/meter", KnownMeter | None, lambda: _known(talk, figure))
    multiplier = known.multiplier if known else (yield from asking.multiplier())
    before = known.last if known else (yield from asking.reading("before", None))
    now = yield from asking.reading("now", before)
    why = "" if now.index >= before.index else (yield from asking.smaller(before))
    if why == "again":
        now = yield from asking.reading("again", before, at_least=before.index)
    if why == "replaced":
        end, begin = yield from asking.replaced(before, now)
        passed = (end - before.index + now.index - begin) * multiplier
        amount = asking.amount(passed, before, now, multiplier)
        return MeterUse(None, digits_of(begin, now.index), multiplier, (now,), amount, Reading(now.day, end))
    digits = known.digits if known else digits_of(before.index, now.index)
    passed = used(before.index, now.index, digits, multiplier, rolled_over=why == "rolled")
    amount = asking.amount(passed, before, now, multiplier)
    return MeterUse(known.id if known else None, digits, multiplier, (now,) if known else (before, now), amount)


def _known(talk: Talk, figure: DueFigure) -> KnownMeter | None:
    found = talk.read.meter(figure.site_id, figure.metric, first_day(figure.period))
    if found is None:
        return None
    meter, last = found
    return KnownMeter(meter.id, meter.digits, meter.multiplier, Reading(last.day, last.index_value))


@dataclass(frozen=True)
class _Asking:
    """The questions about one figure's meter."""

    talk: Talk
    figure: DueFigure
    key: str
    metric: Metric

    def multiplier(self) -> Dialog[Decimal]:
        prompt = _("Does the meter show the amount itself, or must its number be multiplied? The bill says so.")
        answers = [("yes", _("It shows the amount itself")), ("no", _("It must be multiplied"))]
        if (yield from Choice(f"{self.key}/direct", prompt, answers)) == "yes":
            return Decimal(1)
        factor = yield from Quantity(
            f"{self.key}/multiplier",
            _("By how much must it be multiplied? For example: 40"),
            units=[known for known in [unit("count")] if known],
            version=1,
            minimum=Decimal("0.001"),
            maximum=Decimal(100_000),
        )
        return factor.base_value

    def reading(self, step: str, before: Reading | None, at_least: Decimal | None = None) -> Dialog[Reading]:
        """An index and the day on which it was read."""
        month = said(self.figure.period)
        if before is None:
            prompt = _("What did the meter show at the beginning of {month}, or when you last read it?", month=month)
        else:
            prompt = _(
                "On {day} the meter showed {last}. What did it show at the end of {month}, or when you read it next?",
                day=before.day,
                last=self._shown(before.index),
                month=month,
            )
        index = yield from self._index(step, prompt, at_least=at_least)
        return Reading((yield from self._day(step, before)), index)

    def _day(self, step: str, before: Reading | None) -> Dialog[date]:
        today = self.talk.began.astimezone(self.talk.read.zone(self.talk.read.site(self.figure.site_id))).date()
        earliest = before.day + timedelta(days=1) if before else today - timedelta(days=EARLIEST_DAYS)
        usual = last_day(self.figure.period) + timedelta(days=1) if before else first_day(self.figure.period)
        answers = [("today", _("Today")), ("other", _("On another day"))]
        if earliest <= usual <= today:
            answers.insert(0, ("usual", _("On {day}", day=usual)))
        when = yield from Choice(f"{self.key}/{step}/when", _("On which day did you read it?"), answers)
        if when == "other":
            return (yield from Day(f"{self.key}/{step}/day", _("On which day?"), earliest=earliest, latest=today))
        return usual if when == "usual" else today

    def smaller(self, before: Reading) -> Choice:
        """Why the index is less than last time."""
        prompt = _("That is less than last time ({before}). What happened?", before=self._shown(before.index))
        answers = [
            ("rolled", _("The meter began again at zero")),
            ("replaced", _("There is a new meter")),
            ("again", _("I typed it wrong")),
        ]
        return Choice(f"{self.key}/smaller", prompt, answers)

    def replaced(self, before: Reading, now: Reading) -> Dialog[tuple[Decimal, Decimal]]:
        """The last index of the old meter and the first of the new one."""
        taken_out = _("What did the old meter show when it was taken out?")
        end = yield from self._index("old", taken_out, at_least=before.index)
        put_in = _("What did the new meter show when it was put in?")
        begin = yield from self._index("new", put_in, at_most=now.index)
        return end, begin

    def amount(self, passed: Decimal, before: Reading, now: Reading, multiplier: Decimal) -> Measured:
        """The period's share of what was counted between two readings."""
        first, last = first_day(self.figure.period), last_day(self.figure.period)
        share, base = share_of(passed, before.day, now.day, first, last), self.metric.base_unit
        typed = f"{before.index} ({before.day}) - {now.index} ({now.day}) x {multiplier}"
        return Measured(share, base, share, base, typed)

    def _index(
        self, step: str, prompt: Speech, *, at_least: Decimal | None = None, at_most: Decimal = LARGEST_INDEX
    ) -> Dialog[Decimal]:
        shown = yield from Quantity(
            f"{self.key}/{step}/index",
            prompt,
            units=[known for known in [unit(self.metric.base_unit)] if known],
            version=self.metric.version,
            minimum=at_least or Decimal(0),
            maximum=at_most,
        )
        return shown.base_value

    def _shown(self, index: Decimal) -> Amount:
        return Amount(index, self.metric.base_unit)
