"""The planning of notes: one statement for each kind of obligation, made once for each ladder and run for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import CTE, Insert, Select
from sqlmodel import Session

from storage import debts, ladders
from storage.due import planning
from storage.ladders import Rung, Span

Pairs: TypeAlias = tuple[tuple[str, str], ...]
Periods: TypeAlias = tuple[tuple[str, date], ...]
KEPT = 64
"""So many statements are kept ready: making one takes longer than running it for a small programme."""


@dataclass(frozen=True)
class Ladder:
    """The rungs of a ladder, and the pairs of tier and severity that it is for; a figure has no severity."""

    rungs: tuple[Rung, ...]
    which: Pairs

    def part(self, *, after: bool) -> tuple[Rung, ...]:
        """The rungs up to the day, or those after it."""
        return tuple(rung for rung in self.rungs if rung.after is after)


def plan_capas(session: Session, ladder: Ladder, committee: tuple[str, ...], span: Span) -> None:
    """Plan what is to be said about all CAPAs of a ladder."""
    for kind, after in (("capa.due", False), ("capa.overdue", True)):
        if ladder.which and ladder.part(after=after):
            session.execute(_capas(_dialect(session), kind, ladder, committee), span.values())


def plan_steps(session: Session, rungs: tuple[Rung, ...], span: Span) -> None:
    """Plan what is to be said about the steps of all plans."""
    for kind, after in (("capa.step", False), ("capa.step.overdue", True)):
        some = tuple(rung for rung in rungs if rung.after is after)
        if some:
            session.execute(_steps(_dialect(session), kind, some), span.values())


def plan_figures(session: Session, ladder: Ladder, periods: Periods, span: Span) -> None:
    """Plan what is to be said about the figures of some periods, each with the day on which they are due."""
    for kind, after in (("figures.due", False), ("figures.overdue", True)):
        if ladder.which and ladder.part(after=after):
            session.execute(_figures(_dialect(session), kind, ladder, periods), span.values())


def plan_meetings(
    session: Session, rungs: tuple[Rung, ...], members: tuple[str, ...], held_on: tuple[date, ...], span: Span
) -> None:
    """Plan what is to be said to the committee about its meetings on some days."""
    if held_on:
        session.execute(_meetings(_dialect(session), rungs, members, held_on), span.values())


@lru_cache(KEPT)
def _capas(dialect: str, kind: str, ladder: Ladder, committee: tuple[str, ...]) -> Insert:
    return planning(dialect, kind, met_capas(ladder.part(after=kind == "capa.overdue"), ladder.which, committee))


def met_capas(rungs: tuple[Rung, ...], which: Pairs, committee: tuple[str, ...], only: Any = None) -> Select[Any]:
    """The notes that rungs, which are all before or all after, hold for all CAPAs, or for `only` some."""
    who, owing = _who(rungs), debts.owing_capas(only)
    firing = _firing(rungs, debts.pairs(who, committee, owing, only), debts.days_of(owing))
    return ladders.met(debts.of_capas(who, which, committee, firing, only), firing)


@lru_cache(KEPT)
def _steps(dialect: str, kind: str, rungs: tuple[Rung, ...]) -> Insert:
    owing = debts.owing_steps()
    firing = _firing(rungs, debts.pairs(("owner",), (), owing), debts.days_of(owing))
    return planning(dialect, kind, ladders.met(debts.of_steps(firing), firing))


@lru_cache(KEPT)
def _figures(dialect: str, kind: str, ladder: Ladder, periods: Periods) -> Insert:
    rungs = ladder.part(after=kind == "figures.overdue")
    who, tiers = _who(rungs), [tier for tier, _severity in ladder.which]
    owed = debts.owed_periods(periods)
    firing = _firing(rungs, debts.pairs(who), debts.figure_days(owed))
    return planning(dialect, kind, ladders.met(debts.of_figures(who, tiers, owed, firing), firing))


@lru_cache(KEPT)
def _meetings(dialect: str, rungs: tuple[Rung, ...], members: tuple[str, ...], held_on: tuple[date, ...]) -> Insert:
    meetings = debts.meetings(held_on)
    firing = ladders.before(rungs, debts.own_pairs("committee"), debts.meeting_days(members, meetings))
    return planning(dialect, "meeting", ladders.met(debts.of_meetings(members, meetings), firing))


def _firing(rungs: Sequence[Rung], pairs: CTE, owed: CTE) -> CTE:
    """The days of rungs that are all before, or all after."""
    return ladders.after(rungs, pairs, owed) if rungs[0].after else ladders.before(rungs, pairs, owed)


def _who(rungs: Sequence[Rung]) -> set[str]:
    return {rung.who for rung in rungs}


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
