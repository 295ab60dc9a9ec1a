"""The planning of notes: one statement for each kind of obligation, made once for each ladder and run for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, Insert, Row
from sqlmodel import Session

from storage import debts, ladders
from storage.due import planning
from storage.ladders import BEHIND, Rung, Span
from storage.tables.capas import Capa

AHEAD_DAYS, HOLIDAYS = 3, 30
"""A window may open so many days after the day it is somewhere; days off in a row push a note by so many at most."""
KEPT = 64
"""So many statements are kept ready: making one takes longer than running it for a small programme."""


@dataclass(frozen=True)
class Ladder:
    """The rungs of a ladder, and the pairs of tier and severity that it is for; a figure has no severity."""

    rungs: tuple[Rung, ...]
    which: tuple[tuple[str, str], ...]

    def part(self, *, after: bool) -> tuple[Rung, ...]:
        """The rungs up to the day, or those after it."""
        return tuple(rung for rung in self.rungs if rung.after is after)


def is_reached(rungs: Sequence[Rung], due: debts.Days | None, span: Span) -> bool:
    """Whether a rung could fall into the span for anything that is due on one of these days.

    Finding that out here spares small programmes most statements.
    """
    if not rungs or due is None:
        return False
    today, ahead = span.now.date(), (span.until - span.now).days + 1
    last = max(_latest(rung) for rung in rungs)
    first = min(rung.working_days + rung.days for rung in rungs) - ahead
    first -= 0 if rungs[0].after else HOLIDAYS
    return (today - due.first).days >= first and (today - due.last).days <= last


def _latest(rung: Rung) -> int:
    """So many days after what is due a rung may still be said."""
    if not rung.after:
        return rung.days + AHEAD_DAYS
    return 2 * rung.working_days + rung.days + HOLIDAYS + (BEHIND.days if rung.late else 0)


def plan_capas(session: Session, ladder: Ladder, committee: tuple[str, ...], span: Span) -> None:
    """Plan what is to be said about all CAPAs of a ladder."""
    due = debts.days_of_capas(session)
    for kind, after in (("capa.due", False), ("capa.overdue", True)):
        if ladder.which and is_reached(ladder.part(after=after), due, span):
            session.execute(_capas(_dialect(session), kind, ladder, committee), span.values())


def ladder_of(session: Session, ladder: Ladder, committee: tuple[str, ...], capa: Capa, span: Span) -> list[Row[Any]]:
    """Every note that the ladder holds for one CAPA as it stands: person, object, step, window, and as what told."""
    pairs = debts.pairs_at(capa.site_id, capa.owner_id, committee)
    found: list[Row[Any]] = []
    for after in (False, True):
        rungs = ladder.part(after=after)
        if rungs and ladder.which:
            firing = _firing(rungs, pairs)
            made = debts.of_capas(_who(rungs), ladder.which, committee, firing)
            query = ladders.met(made, firing).where(made.c.object_id == capa.id)
            found += session.execute(query, span.values()).all()
    return sorted(found, key=lambda row: (row.opens_at, debts.WHO.index(row.who)))


def plan_steps(session: Session, rungs: tuple[Rung, ...], span: Span) -> None:
    """Plan what is to be said about the steps of all plans."""
    due = debts.days_of_steps(session)
    for kind, after in (("capa.step", False), ("capa.step.overdue", True)):
        some = tuple(rung for rung in rungs if rung.after is after)
        if is_reached(some, due, span):
            session.execute(_steps(_dialect(session), kind, some), span.values())


def plan_figures(session: Session, ladder: Ladder, period: str, due_on: date, span: Span) -> None:
    """Plan what is to be said about the figures of a period that are due on a day."""
    due = debts.Days(due_on, due_on)
    for kind, after in (("figures.due", False), ("figures.overdue", True)):
        if ladder.which and is_reached(ladder.part(after=after), due, span):
            session.execute(_figures(_dialect(session), kind, ladder, period, due_on), span.values())


def plan_meeting(
    session: Session, rungs: tuple[Rung, ...], members: tuple[str, ...], held_on: date, span: Span
) -> None:
    """Plan what is to be said to the committee about its meeting on a day."""
    if is_reached(rungs, debts.Days(held_on, held_on), span):
        session.execute(_meeting(_dialect(session), rungs, members, held_on), span.values())


@lru_cache(KEPT)
def _capas(dialect: str, kind: str, ladder: Ladder, committee: tuple[str, ...]) -> Insert:
    rungs = ladder.part(after=kind == "capa.overdue")
    firing = _firing(rungs, debts.all_pairs(committee))
    made = debts.of_capas(_who(rungs), ladder.which, committee, firing)
    return planning(dialect, kind, ladders.met(made, firing))


@lru_cache(KEPT)
def _steps(dialect: str, kind: str, rungs: tuple[Rung, ...]) -> Insert:
    firing = _firing(rungs, debts.all_pairs())
    return planning(dialect, kind, ladders.met(debts.of_steps(firing), firing))


@lru_cache(KEPT)
def _figures(dialect: str, kind: str, ladder: Ladder, period: str, due_on: date) -> Insert:
    rungs = ladder.part(after=kind == "figures.overdue")
    tiers = [tier for tier, _severity in ladder.which]
    firing = _firing(rungs, debts.all_pairs())
    return planning(dialect, kind, ladders.met(debts.of_figures(_who(rungs), tiers, period, due_on), firing))


@lru_cache(KEPT)
def _meeting(dialect: str, rungs: tuple[Rung, ...], members: tuple[str, ...], held_on: date) -> Insert:
    firing = ladders.before(rungs, debts.own_pairs("committee"))
    return planning(dialect, "meeting", ladders.met(debts.of_meeting(members, held_on), firing))


def _firing(rungs: Sequence[Rung], pairs: CTE) -> CTE:
    """The days of rungs that are all before, or all after."""
    return ladders.after(rungs, pairs) if rungs[0].after else ladders.before(rungs, pairs)


def _who(rungs: Sequence[Rung]) -> set[str]:
    return {rung.who for rung in rungs}


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
