"""The chapter on burden: how many minutes the programme has asked of a supplier in the last thirty days.

The measure: each talk of somebody at a site with the assistant (a figure sent, a lesson, a plan, a report) counts from
its beginning to the last answer, but at most `ANSWER` for each answer in it, because people put the phone away in
between. A talk without an answer counts nothing. The minutes of all people of a supplier are added up. It is an
estimate, and no word of anybody goes into it: only when a talk began, when it was last touched, and how many answers
it holds. Talks are kept for thirty days after they ended, so older months cannot be counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Column, Draft, Sheet
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import burden, programme
from storage.burden import Asked

ANSWER = timedelta(minutes=2)
"""As long as an answer may take: what stands longer was put aside."""

UNTOLD = frozenset({"safe", "grave_more", "grave_words"})
"""Talks about what is grave count nothing: not even their minutes may tell that there was one."""

DAYS = timedelta(days=30)
SHOWN = 15
"""So many suppliers are on the page, those of whom most was asked; the CSV has all."""


@dataclass(frozen=True)
class Load:
    """What was asked of a supplier: how many talks, and the minutes they took."""

    talks: int = 0
    spent: timedelta = timedelta()

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up: nobody's time is nothing."""
        return -int(-self.spent.total_seconds() // 60)


def spent(talk: Asked) -> timedelta:
    """How long a talk took, by the measure of this chapter."""
    return min(max(talk.touched_at - talk.began_at, timedelta()), ANSWER * talk.answers)


def gather(turn: Turn, scope: Scope) -> dict[int, Load]:
    """What was asked of each supplier that somebody has joined for, by its id."""
    owners: dict[int, int] = {}
    for site_id, person in programme.staff_of(turn.session, scope.ids):
        if person.privacy_at is not None:
            owners.setdefault(person.id, scope.by_id[site_id].supplier.id)
    until = min(scope.until, turn.now)
    loads = dict.fromkeys(owners.values(), Load())
    for talk in burden.asked(turn.session, list(owners), until - DAYS, until):
        if talk.name in UNTOLD:
            continue
        one = loads[owners[talk.person_id]]
        loads[owners[talk.person_id]] = Load(one.talks + 1, one.spent + spent(talk))
    return loads


def draft(scope: Scope, loads: Mapping[int, Load]) -> Draft:
    """The chapter."""
    lines: list[Phrase] = [_("No supplier has joined yet.")]
    if loads:
        minutes = [one.minutes for one in loads.values()]
        lines = [
            n_(
                "Half of the suppliers gave the programme {count} minute or less in the last 30 days.",
                "Half of the suppliers gave the programme {count} minutes or less in the last 30 days.",
                int(median(minutes)),
            ),
            n_("The most was {count} minute.", "The most was {count} minutes.", max(minutes)),
            _("An estimate: the time of each talk, at most two minutes for an answer."),
        ]
    return Draft("burden", _("Minutes asked of a supplier"), lines, _sheets(scope, loads))


def _sheets(scope: Scope, loads: Mapping[int, Load]) -> Sequence[Sheet]:
    named = {one.supplier.id: one.supplier for one in scope.sites}
    ranked = sorted(loads.items(), key=lambda item: (-item[1].minutes, named[item[0]].name))
    rows: list[tuple[Cell, ...]] = [
        (named[key].name, named[key].tier, load.talks, load.minutes) for key, load in ranked
    ]
    columns = (
        Column("supplier", _("Supplier"), 3),
        Column("tier", _("Tier"), 1),
        Column("talks", _("Talks"), end=True),
        Column("minutes", _("Minutes in 30 days (estimated)"), 1.5, end=True),
    )
    return (
        Sheet("", _("Suppliers who were asked for most"), columns, rows[:SHOWN]),
        Sheet("burden", _("Minutes asked of a supplier"), columns, rows, hidden=True),
    )
