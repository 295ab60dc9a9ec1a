"""The chapter on CAPAs: how old the open ones are, which are late, and what happens next with each."""

from collections.abc import Sequence
from datetime import date

from handlers.capa.ladder import Ahead, next_steps
from handlers.capa.terms import SEVERITIES
from handlers.summaries.pen import Pen
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.turn import Turn
from locales.text import Phrase, Short, _, n_, p_
from storage.tables.capas import Capa, CapaState, Owed

AGES = ((30, _("up to 30 days")), (60, _("31 to 60 days")), (90, _("61 to 90 days")), (10**6, _("over 90 days")))
"""The last day of each age, and how it is called."""

OWES: dict[Owed, Phrase] = {
    Owed.CONTAIN: p_("what a CAPA waits for", "to stop the harm"),
    Owed.PLAN: p_("what a CAPA waits for", "the plan"),
    Owed.CLOSE: p_("what a CAPA waits for", "the work"),
    Owed.NOTHING: p_("what a CAPA waits for", "somebody else"),
}
LOOKED_AT = (CapaState.PLAN_SUBMITTED, CapaState.EVIDENCE_SUBMITTED)


def waits_for(row: Capa) -> Coded:
    """What the next move is: the owner's, or what else a CAPA waits for."""
    if row.blocked_since is not None:
        return Coded("blocked", p_("what a CAPA waits for", "a problem to be solved"))
    if row.state in LOOKED_AT:
        return Coded("decision", p_("what a CAPA waits for", "a decision"))
    if row.state is CapaState.WATCHING:
        return Coded("effect", p_("what a CAPA waits for", "to see if it helped"))
    return Coded(row.owed.value or "nothing", OWES[row.owed])


def draft(turn: Turn, scope: Scope, pen: Pen, closed: Sequence[Capa]) -> Draft:
    """The chapter."""
    rows = sorted(
        (capa for site in scope.sites for capa in site.capas),
        key=lambda row: (not is_overdue(scope, row), due_on(row), row.id),
    )
    late = [row for row in rows if is_overdue(scope, row)]
    blocked = [row for row in rows if row.blocked_since is not None]
    lines = [
        _(
            "Open: {open}. Overdue: {overdue}. Blocked by a problem: {blocked}. Closed this week: {closed}.",
            open=len(rows),
            overdue=len(late),
            blocked=len(blocked),
            closed=len(closed),
        )
    ]
    if rows:
        lines.append(
            n_(
                "The oldest has been open for {count} day.",
                "The oldest has been open for {count} days.",
                max(_age(turn, scope, row) for row in rows),
            )
        )
    chart = pen.bars(
        _("Open corrective actions by age"),
        _("How many"),
        [(pen.plain(said), len(some)) for said, some in _by_age(turn, scope, rows)],
    )
    charts = [chart] if rows else []
    return Draft(
        "capas", _("Corrective actions"), lines, [_ageing(turn, scope, rows), _sheet(turn, scope, rows)], charts
    )


def is_overdue(scope: Scope, row: Capa) -> bool:
    """Whether something is owed too late, by the day it is at the site."""
    return row in scope.by_id[row.site_id].overdue


def _by_age(turn: Turn, scope: Scope, rows: Sequence[Capa]) -> list[tuple[Phrase, list[Capa]]]:
    found, least = [], -1
    for most, said in AGES:
        found.append((said, [row for row in rows if least < _age(turn, scope, row) <= most]))
        least = most
    return found


def _age(turn: Turn, scope: Scope, row: Capa) -> int:
    return max((scope.today - row.opened_at.astimezone(turn.settings.zone).date()).days, 0)


def _ageing(turn: Turn, scope: Scope, rows: Sequence[Capa]) -> Sheet:
    """How many there are of each severity and age."""
    ages = [[row.id for row in some] for _said, some in _by_age(turn, scope, rows)]
    body: list[tuple[Cell, ...]] = []
    for severity, said in SEVERITIES.items():
        some = [row for row in rows if row.severity == severity]
        if some:
            counts = [sum(row.id in age for row in some) for age in ages]
            late = sum(is_overdue(scope, row) for row in some)
            body.append((Coded(severity, said), *counts, len(some), late))
    columns = [Column(f"age_{place}", said, end=True) for place, (_most, said) in enumerate(AGES, start=1)]
    ends = (Column("open", _("All open"), end=True), Column("overdue", _("Overdue"), end=True))
    return Sheet("capa-ages", _("By severity and age"), (Column("severity", _("Severity"), 1.4), *columns, *ends), body)


def _sheet(turn: Turn, scope: Scope, rows: Sequence[Capa]) -> Sheet:
    steps = next_steps(turn, [row.id for row in rows])
    return Sheet(
        "capas",
        _("Open corrective actions, those overdue first"),
        (
            Column("number", _("No."), 0.5, end=True),
            Column("site", _("Site"), 1.6),
            Column("country"),
            Column("finding", _("Finding"), 2.4),
            Column("severity", _("Severity"), 0.9),
            Column("state"),
            Column("owner", _("Owner"), 1.2),
            Column("owes", _("Waits for"), 1.1),
            Column("due", _("Due"), 1.4),
            Column("days_late", _("Days late"), 0.6, end=True),
            Column("days_open", _("Days open"), 0.6, end=True),
            Column("next", _("Next step"), 2.1),
        ),
        [_row(turn, scope, row, steps.get(row.id)) for row in rows],
    )


def _row(turn: Turn, scope: Scope, row: Capa, ahead: Ahead | None) -> tuple[Cell, ...]:
    late = (scope.today - due_on(row)).days if is_overdue(scope, row) else None
    return (
        row.id,
        scope.site(row.site_id).name,
        scope.site(row.site_id).country,
        row.finding,
        Coded(row.severity, SEVERITIES[row.severity]),
        row.state.value,
        scope.name(row.owner_id),
        waits_for(row),
        due_on(row),
        late,
        _age(turn, scope, row),
        Coded("", _next(ahead)) if ahead else None,
    )


def due_on(row: Capa) -> date:
    """The day by which somebody has to do something; for work that is done the day on which to see if it helped."""
    watched = row.check_on if row.state is CapaState.WATCHING else None
    return watched or row.owed_on or row.due_on


def _next(ahead: Ahead) -> Phrase:
    """Who is told next, and when it goes above the owner."""
    step, later = ahead.next, ahead.escalation
    if later is None:
        return _("{day}: {names} told", day=Short(step.day), names=step.names)
    return _(
        "{day}: {names} told. {later}: {others} told",
        day=Short(step.day),
        names=step.names,
        later=Short(later.day),
        others=later.names,
    )
