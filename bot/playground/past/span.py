"""Which weeks a past has. They are fixed, so that the same seed gives the same past on every machine."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

MORNING = time(7, tzinfo=UTC)


@dataclass(frozen=True)
class Span:
    """`weeks` whole weeks from the Monday `first` on."""

    first: date
    weeks: int

    @property
    def last(self) -> date:
        """The Sunday of the last week."""
        return self.first + timedelta(weeks=self.weeks, days=-1)

    @property
    def begin(self) -> datetime:
        """The first moment of the first week, in UTC."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def end(self) -> datetime:
        """The morning after the last week, at 07:00 UTC: where a demo goes on from."""
        return datetime.combine(self.last + timedelta(days=1), MORNING)


WHOLE = Span(date(2026, 5, 25), 26)
"""The past that is shipped: its last day is Sunday, 22 November 2026."""
