"""Ladders as programme.toml has them: who is told of what is due, how long before, and how long after."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from handlers.programme.capa_terms import SEVERITIES
from storage.ladders import Rung

Who = Literal["owner", "site_manager", "mentor", "manager", "committee"]
Days = Annotated[int, Field(ge=1, le=365)]


class Level(BaseModel):
    """Whom to tell once something is overdue: from so many working days on, for how long.

    They are told on the working day `after`, on as many working days in a row as `days` says, and then each week for
    `weeks` weeks. All of it stops as soon as nothing is owed any more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tell: tuple[Who, ...] = Field(min_length=1)
    after: int = Field(ge=1, le=250)
    days: int = Field(default=1, ge=1, le=20)
    weeks: int = Field(default=0, ge=0, le=104)

    def rungs(self) -> Iterator[Rung]:
        """Each day on which somebody of this level is told."""
        last = self.after + self.days - 1
        for who in self.tell:
            for number in range(self.after, last + 1):
                yield Rung(who, f"after/{number}", number, 0, late=who != "owner" and number == self.after)
            for week in range(1, self.weeks + 1):
                yield Rung(who, f"after/{last}/{week}", last, 7 * week)


class Ladder(BaseModel):
    """The owner is told so many days before and on the day; then come the levels.

    With `tiers` or `severities` it is for those only. Where several fit, the one that names both goes before the one
    that names a severity, that before the one that names a tier, and that before the one for all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tiers: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    before: tuple[Days, ...] = (30, 7, 1)
    on_the_day: bool = True
    levels: tuple[Level, ...] = (
        Level(tell=("owner",), after=1, days=3, weeks=26),
        Level(tell=("site_manager", "mentor"), after=2),
        Level(tell=("manager",), after=5),
        Level(tell=("committee",), after=15),
    )

    @field_validator("severities")
    @classmethod
    def _known(cls, severities: tuple[str, ...]) -> tuple[str, ...]:
        for name in severities:
            if name not in SEVERITIES:
                raise ValueError(f"'{name}' is not a severity; known: {', '.join(SEVERITIES)}")
        return severities

    def rungs(self) -> tuple[Rung, ...]:
        """Every step of it, in the order of time."""
        early = [Rung("owner", f"before/{days}", 0, -days) for days in sorted(self.before, reverse=True)]
        day = [Rung("owner", "day", 0, 0)] if self.on_the_day else []
        return (*early, *day, *(rung for level in self.levels for rung in level.rungs()))

    def fits(self, tier: str, severity: str) -> int:
        """How narrowly it is for them, 0 if it is not."""
        if (self.tiers and tier not in self.tiers) or (self.severities and severity not in self.severities):
            return 0
        return 1 + bool(self.tiers) + 2 * bool(self.severities)


USUAL = Ladder()
FIGURES = Ladder(
    before=(7, 1),
    levels=(Level(tell=("owner",), after=1, days=3, weeks=2), Level(tell=("site_manager",), after=3)),
)
STEPS = Ladder(before=(7, 1), levels=(Level(tell=("owner",), after=1, weeks=8),))


def chosen(ladders: Sequence[Ladder], usual: Ladder, tier: str, severity: str = "") -> Ladder:
    """The ladder that holds; of equally narrow ones the first."""
    fitting = [one for one in ladders if one.fits(tier, severity)]
    return max(fitting, key=lambda one: one.fits(tier, severity), default=usual)
