"""What a change would do at a site: each figure as it is and as it would be, its target, and when that is reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.model import Metric
from handlers.metrics.baseline import against, known_months
from handlers.metrics.ledger import Ledger
from handlers.metrics.limits import baseline_of, target_of
from handlers.metrics.periods import closed_before, first_day, last_day
from handlers.metrics.spans import months_between, months_until
from handlers.programme.aims import Baseline
from handlers.programme.settings import ProgrammeSettings
from handlers.reader import Reader
from handlers.whatif.rules import Effect, Lever, changed, effect, months_until_target
from storage.tables.programme import Site, Supplier

YEAR = 12
SHOWN = 4


@dataclass(frozen=True)
class Outcome:
    """One figure over the known ones of the last twelve months. `target` is for these months.

    `due_now` and `due_then` are the months in which the target is reached at the pace since the baseline, "" if it is
    reached already, None if it never is; `has_pace` is whether the baseline is known.
    """

    metric: Metric
    months: tuple[str, ...]
    effect: Effect
    estimated: bool
    target: Decimal | None = None
    has_pace: bool = False
    due_now: str | None = None
    due_then: str | None = None


@dataclass(frozen=True)
class Scenario:
    """A site, what is changed there, and by how many per cent; `month` is its last one that is over."""

    read: Reader
    site: Site
    lever: Lever
    percent: Decimal
    month: str

    @property
    def supplier(self) -> Supplier:
        """The company of the site."""
        return self.read.supplier_of(self.site)

    @property
    def settings(self) -> ProgrammeSettings:
        """The programme's settings."""
        return self.read.settings

    def outcomes(self) -> list[Outcome]:
        """The figures that change, what is made for each unit of output first; the first few."""
        ledger = self.read.ledger(self.site, self._months())
        found = [one for metric in self._metrics(ledger) if (one := self._outcome(ledger, metric))]
        moved = [one for one in found if one.effect.now.value != one.effect.then.value]
        return sorted(moved, key=_rank)[:SHOWN]

    def _months(self) -> set[str]:
        """Every month that a figure, a rate or a baseline may need."""
        months = set(months_until(self.month, YEAR * 2))
        for one in self.settings.baselines:
            months |= set(months_between(one.first, one.last))
        return months

    def _metrics(self, ledger: Ledger) -> Iterator[Metric]:
        """The figures that rest on what is changed, and have a better and a worse."""
        sent = (self.read.metric(key) for key in self.lever.figures if key in ledger.lengths)
        for metric in (*sent, *ledger.computed()):
            rests = any(key == metric.key or ledger.rests_on(metric, key) for key in self.lever.figures)
            if rests and metric.direction != "neutral":
                yield metric

    def _outcome(self, ledger: Ledger, metric: Metric) -> Outcome | None:
        months = tuple(known_months(ledger, metric, months_until(self.month, YEAR)))
        other = changed(ledger.site, self.lever, self.percent)
        found = effect(self.read.library, metric.key, ledger.site, other, months) if months else None
        if found is None:
            return None
        known = ledger.over(metric, months)
        made = Outcome(metric, months, found, bool(known and known.estimated))
        return self._against(ledger, made)

    def _against(self, ledger: Ledger, made: Outcome) -> Outcome:
        """The outcome with its target, and when that is reached."""
        place = (self.settings, made.metric, self.site, self.supplier, made.months[-1])
        target, baseline = target_of(*place), baseline_of(*place)
        if target is None:
            return made
        goal = target.threshold * _times(made)
        pace = self._pace(ledger, made, baseline) if baseline else None
        due_now, due_then = (
            self._due(value, goal, pace, made.metric) for value in (made.effect.now.value, made.effect.then.value)
        )
        about = (made.metric, made.months, made.effect, made.estimated)
        return Outcome(*about, goal, pace is not None, due_now, due_then)

    def _pace(self, ledger: Ledger, made: Outcome, baseline: Baseline) -> Decimal | None:
        """By how much the figure has changed each month since the end of the baseline."""
        held = against(ledger, made.metric, baseline, made.months[-1]).value
        elapsed = len(months_between(baseline.last, made.months[-1])) - 1 if baseline.last < made.months[-1] else 0
        if held is None or not elapsed or made.effect.now.value is None:
            return None
        return (made.effect.now.value - held * _times(made)) / elapsed

    def _due(self, value: Decimal | None, goal: Decimal, pace: Decimal | None, metric: Metric) -> str | None:
        assert value is not None  # noqa: S101  (an effect has both values)
        wait = months_until_target(value, goal, pace or Decimal(0), higher_is_better=metric.direction == "higher")
        if wait is None:
            return None
        return closed_before("month", first_day(self.month), -wait) if wait else ""


def _times(made: Outcome) -> int:
    """How many times what is said of a month holds for the outcome's months: amounts add up, ratios do not."""
    return len(made.months) if made.metric.over_time == "sum" else 1


def _rank(one: Outcome) -> tuple[bool, bool]:
    return one.metric.over_time != "ratio", one.metric.base_unit != "t CO₂e"


def levers_of(read: Reader, site: Site, month: str) -> list[str]:
    """The levers for which the site has sent a figure in the last twelve months."""
    ledger = read.ledger(site, months_until(month, YEAR))
    return [one.value for one in Lever if _has_one(ledger, one.figures, months_until(month, YEAR))]


def _has_one(ledger: Ledger, keys: Sequence[str], months: Sequence[str]) -> bool:
    last = {last_day(month) for month in months}
    return any(
        last_day(period) in last for key in keys if key in ledger.lengths for period in ledger.site.held.get(key, {})
    )
