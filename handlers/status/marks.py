"""What a figure is held against: the limit it must not break and the target it should reach."""

from dataclasses import dataclass
from decimal import Decimal

from courses.model import Metric
from handlers.metrics.cadence import in_proportion
from handlers.metrics.limits import limit_of, target_of
from handlers.metrics.rules import Limit, beyond
from handlers.programme.settings import ProgrammeSettings
from storage.tables.programme import Site, Supplier


@dataclass(frozen=True)
class Marks:
    """The limit and the target of a figure, each None where the programme sets none."""

    limit: Limit | None
    target: Limit | None

    def broken(self, value: Decimal) -> bool:
        """Whether a value in the base unit breaks the limit."""
        return beyond(value, self.limit)

    def reached(self, value: Decimal) -> bool:
        """Whether a value in the base unit is as good as its target, or better; False without a target."""
        return self.target is not None and not beyond(value, self.target)


def marks_of(settings: ProgrammeSettings, metric: Metric, site: Site, supplier: Supplier, period: str) -> Marks:
    """The marks of a figure for a period (`2026-10`); none for a part of a year that has a limit as a whole."""
    if in_proportion(metric, period) < 1:
        return Marks(None, None)
    return Marks(
        limit_of(settings, metric, site, supplier, period), target_of(settings, metric, site, supplier, period)
    )


def share(value: Decimal, mark: Limit) -> Decimal:
    """How near a value is to what it is held against: 1 is just there, more is worse, infinity the worst there is."""
    above, below = (mark.threshold, value) if mark.higher_is_better else (value, mark.threshold)
    if below:
        return above / below
    return Decimal("Infinity") if above > 0 else Decimal(0)
