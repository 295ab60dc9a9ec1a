"""Plans what is to be said soon: the ladders of CAPAs, of the steps of plans and of figures, and the meetings."""

from datetime import date, timedelta

from handlers.metrics.periods import closed_before, last_day
from handlers.programme.capa_terms import SEVERITIES
from handlers.programme.committee import Committee
from handlers.programme.ladders import Ladder
from handlers.programme.settings import ProgrammeSettings
from handlers.turn import Turn
from storage import plans
from storage.ladders import Rung, Span

MONTHS_BACK = 3
MEETING_AHEAD = timedelta(days=100)


def plan_all(turn: Turn) -> None:
    """Plan everything that opens within a day and a half; what is planned or said already stays as it is."""
    turn.session.flush()
    span, settings = Span.ahead(turn.now), turn.settings
    for ladder in capa_ladders(settings):
        plans.plan_capas(turn.session, ladder, settings.committee_keys, span)
    plans.plan_steps(turn.session, settings.capa.steps.rungs(), span)
    today = turn.now.date()
    for ladder in figure_ladders(settings):
        plans.plan_figures(turn.session, ladder, owed_periods(settings, today), span)
    if settings.committee:
        _plan_meetings(turn, settings.committee, span)


def capa_ladders(settings: ProgrammeSettings) -> list[plans.Ladder]:
    """Each ladder with the tiers and severities whose CAPAs it is for."""
    pairs = [(tier, severity) for tier in settings.tiers for severity in SEVERITIES]
    return _by_ladder([(settings.capa_ladder(severity, tier), (tier, severity)) for tier, severity in pairs])


def figure_ladders(settings: ProgrammeSettings) -> list[plans.Ladder]:
    """Each ladder with the tiers whose figures it is for."""
    return _by_ladder([(settings.figure_ladder(tier), (tier, "")) for tier in settings.tiers])


def _by_ladder(chosen: list[tuple[Ladder, tuple[str, str]]]) -> list[plans.Ladder]:
    which: dict[Ladder, list[tuple[str, str]]] = {}
    for ladder, pair in chosen:
        which.setdefault(ladder, []).append(pair)
    return [plans.Ladder(ladder.rungs(), tuple(pairs)) for ladder, pairs in which.items()]


def owed_periods(settings: ProgrammeSettings, today: date) -> tuple[tuple[str, date], ...]:
    """The months about which something may be said around a day, each with the day by which its figures are owed."""
    months = [closed_before("month", today, back) for back in range(MONTHS_BACK)]
    return tuple((month, due_on(settings, month)) for month in months)


def due_on(settings: ProgrammeSettings, period: str) -> date:
    """The day by which the figures of a period are owed."""
    return (last_day(period) + timedelta(days=1)).replace(day=settings.reporting.due_day)


def _plan_meetings(turn: Turn, committee: Committee, span: Span) -> None:
    today = turn.now.date()
    rungs = tuple(Rung("committee", f"before/{days}", 0, -days) for days in sorted(committee.before, reverse=True))
    held_on = tuple(committee.meetings(today, today + MEETING_AHEAD))
    plans.plan_meetings(turn.session, (*rungs, Rung("committee", "day", 0, 0)), committee.members, held_on, span)
