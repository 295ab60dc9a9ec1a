"""The programme's settings: programme.toml, checked.

An import owns what comes from the folder: names, roles, duties, sites, tiers, mentors, home languages. Chat owns what
people say for themselves: the chosen language, the privacy notice, contacts, and a lighter tier that was accepted
(`Supplier.chosen_tier`). An import never overwrites the latter.
"""

from datetime import time
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator, model_validator
from sqlmodel import Session

from handlers.programme import known
from handlers.programme.aims import Baseline, Target, Threshold
from handlers.programme.capa_terms import (
    USUAL,
    USUAL_DECIDES,
    Decider,
    Decides,
    Matter,
    Severity,
    SeverityName,
    Terms,
    decider_of,
    terms_of,
)
from handlers.programme.committee import Committee
from handlers.programme.help import Safety, TicketRules
from handlers.programme.ladders import FIGURES, STEPS, Ladder, chosen
from handlers.programme.ladders import USUAL as USUAL_LADDER
from handlers.programme.learning import Learning, TrainingRule
from handlers.programme.part import Part, Words
from storage.programme import programme

WEEKEND = r"(mon|tue|wed|thu|fri|sat|sun)(\+(mon|tue|wed|thu|fri|sat|sun)){0,2}"
USUAL_HOUR = time(10, 0)


class Tier(Part):
    """What is asked of the suppliers of a tier, and for which of it they must send papers.

    `cadence` names the metrics that are asked for longer periods than their own. After so many clean months (`after`)
    a supplier is proposed for the tier `lighter`.
    """

    metrics: tuple[str, ...] = Field(min_length=1)
    evidence: tuple[str, ...] = ()
    cadence: dict[str, Literal["month", "quarter", "year"]] = Field(default={})
    lighter: str = ""
    after: int = Field(default=6, ge=2, le=36)


class CalendarRules(Part):
    """When the programme may write (local wall time), and the weekend where a site names none."""

    opens: time = time(8, 0)
    closes: time = time(18, 0)
    weekend: str = Field(default="sat+sun", pattern=f"^{WEEKEND}$")
    timezone: str = "UTC"

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, zone: str) -> str:
        if zone not in known.zones():
            raise ValueError(f"'{zone}' is not a time zone; for example Europe/Madrid")
        return zone

    @field_validator("closes")
    @classmethod
    def _after_opening(cls, closes: time, info: ValidationInfo) -> time:
        if closes <= info.data.get("opens", time.min):
            raise ValueError("must be later than opens")
        return closes


class BetterTerms(Part):
    """After how many periods running with every target met a supplier is listed as one that may get better terms."""

    periods: int = Field(default=6, ge=2, le=36)


class Reporting(Part):
    """When figures are owed: by this day of the next month; how a site is reminded, and the mentor after it."""

    due_day: int = Field(default=15, ge=1, le=28)
    ladders: tuple[Ladder, ...] = ()


class Reminders(Part):
    """How many messages with reminders somebody gets in a day at most."""

    daily_cap: int = Field(default=3, ge=1, le=50)


class Benchmarks(Part):
    """Whether a site is told where it stands among others, in which metrics, and how long after the due day.

    Without `metrics` it is told in all ratios that have a direction.
    """

    on: bool = True
    after_days: int = Field(default=10, ge=0, le=60)
    metrics: tuple[str, ...] = ()


class CapaRules(Part):
    """Terms by severity, and by tier where one has its own; who decides; the ladders of reminders."""

    severities: dict[SeverityName, Severity] = Field(default={})
    tiers: dict[str, dict[SeverityName, Severity]] = Field(default={})
    decides: Decides = Decides()
    ladders: tuple[Ladder, ...] = ()
    steps: Ladder = STEPS
    reminders_before: tuple[Annotated[int, Field(ge=0, le=365)], ...] | None = None
    overdue_after: int | None = Field(default=None, ge=1, le=250)

    @property
    def usual_ladder(self) -> Ladder:
        """The ladder where none of `ladders` fits: the usual one, changed by the two short keys."""
        levels = list(USUAL_LADDER.levels)
        if self.overdue_after is not None:
            levels[1] = levels[1].model_copy(update={"after": self.overdue_after})
        before = USUAL_LADDER.before if self.reminders_before is None else self.reminders_before
        early = tuple(days for days in before if days)
        return Ladder(before=early, levels=tuple(levels))

    def written(self, severity: str, tier: str) -> tuple[Severity, ...]:
        """What is said of a severity, the usual first, a tier's own last."""
        said = (self.severities, self.tiers.get(tier, {}))
        return (USUAL[severity], *(one[severity] for one in said if severity in one))


class ProgrammeSettings(Part):
    """The whole of programme.toml. `languages` are offered in chat, the programme's own first.

    `urgent_contact` is where somebody of the programme can be reached at any hour, told after a death at work.
    """

    name: Words
    languages: tuple[str, ...] = Field(min_length=1)
    contact: Words
    privacy_version: Words
    urgent_contact: str = ""
    tiers: dict[str, Tier] = Field(min_length=1)
    calendar: CalendarRules = CalendarRules()
    thresholds: tuple[Threshold, ...] = ()
    targets: tuple[Target, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    reporting: Reporting = Reporting()
    benchmarks: Benchmarks = Benchmarks()
    better_terms: BetterTerms = BetterTerms()
    capa: CapaRules = CapaRules()
    reminders: Reminders = Reminders()
    committee: Committee | None = None
    tickets: TicketRules = TicketRules()
    safety: Safety = Safety()
    learning: Learning = Learning()
    training: tuple[TrainingRule, ...] = ()

    @model_validator(mode="after")
    def _lessons_in_allowed_hours(self) -> Self:
        hour = self.learning.hour
        if hour is not None and not self.calendar.opens <= hour < self.calendar.closes:
            raise ValueError("learning.hour: must lie between opens and closes of the calendar")
        return self

    @property
    def lesson_hour(self) -> time:
        """The local time from which lessons are brought."""
        if self.learning.hour is not None:
            return self.learning.hour
        return USUAL_HOUR if self.opens <= USUAL_HOUR < self.closes else self.opens

    @property
    def opens(self) -> time:
        """The local time from which the programme may write."""
        return self.calendar.opens

    @property
    def closes(self) -> time:
        """The local time from which the programme is silent."""
        return self.calendar.closes

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the programme's weeks are counted."""
        return ZoneInfo(self.calendar.timezone)

    @property
    def committee_keys(self) -> tuple[str, ...]:
        """The keys of the committee's members; none where there is no committee."""
        return self.committee.members if self.committee else ()

    def capa_ladder(self, severity: str, tier: str) -> Ladder:
        """The ladder of a CAPA of this severity in a tier."""
        return chosen(self.capa.ladders, self.capa.usual_ladder, tier, severity)

    def figure_ladder(self, tier: str) -> Ladder:
        """The ladder of the figures that a tier owes."""
        return chosen(self.reporting.ladders, FIGURES, tier)

    def capa_terms(self, severity: str, tier: str) -> Terms:
        """The terms of a CAPA of this severity in a tier."""
        return terms_of(*self.capa.written(severity, tier))

    def capa_decider(self, matter: Matter, severity: str, tier: str) -> Decider:
        """Who decides on a matter of such a CAPA: what a severity says of itself goes before what holds for all."""
        own = (one.decides for one in self.capa.written(severity, tier))
        return decider_of(matter, USUAL_DECIDES, self.capa.decides, *own)


NO_PROGRAMME = ProgrammeSettings(
    name="Causeway",
    languages=("en",),
    contact="the operator",
    privacy_version="none",
    tiers={"none": Tier(metrics=("electricity",))},
)


def stored_settings(session: Session) -> ProgrammeSettings:
    """The settings of the imported programme; before the first import, ones by which nobody is known."""
    row = programme(session)
    return settings_from(row.settings) if row else NO_PROGRAMME


def settings_from(stored: dict[str, Any]) -> ProgrammeSettings:
    """The settings from plain JSON."""
    return ProgrammeSettings.model_validate(stored)
