"""The ladder of a CAPA as both sides see it: the steps ahead, and who will be told on each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.capa.terms import tier_of
from handlers.reminders.plan import capa_ladders
from handlers.turn import Turn
from locales.text import Phrase, _, n_, p_
from storage import escalations, people
from storage.escalations import Told
from storage.ladders import Span
from storage.tables.capas import Capa, Owed

AHEAD = timedelta(days=400)
SOON = timedelta(days=35)
"""Weekly rungs and the one of thirty days before are within it, whatever day of the week it is."""
SHOWN = 8


@dataclass(frozen=True)
class LadderStep:
    """On a local date these people are told, by the rung of the ladder."""

    day: date
    rung: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Ahead:
    """The next step of a ladder, and the next that reaches anybody but the owner, with those people alone.

    There is no `escalation` where the next step is that already.
    """

    next: LadderStep
    escalation: LadderStep | None


def ladder(turn: Turn, capa: Capa) -> list[LadderStep]:
    """Every step of the ladder that is still ahead, in the order of time; none once nothing is owed."""
    if capa.owed is Owed.NOTHING:
        return []
    turn.session.flush()
    pair = (tier_of(turn.session, capa), capa.severity)
    chosen = next((one for one in capa_ladders(turn.settings) if pair in one.which), None)
    if chosen is None:
        return []
    span = Span(turn.now, turn.now + AHEAD, turn.now)
    told = escalations.ahead(turn.session, chosen, turn.settings.committee_keys, [capa.id], span)
    return _steps(told, _named(turn, told)).get(capa.id, [])


def next_steps(turn: Turn, capa_ids: Collection[int]) -> dict[int, Ahead]:
    """What comes next for each of these CAPAs, by its id, where it comes `SOON`; a few statements for all of them."""
    turn.session.flush()
    span, committee = Span(turn.now, turn.now + SOON, turn.now), turn.settings.committee_keys
    told: list[Told] = []
    for one in capa_ladders(turn.settings) if capa_ids else ():
        told += escalations.ahead(turn.session, one, committee, capa_ids, span)
    named = _named(turn, told)
    owners = {(one.capa_id, one.person_id) for one in told if one.who == "owner"}
    above = _steps([one for one in told if (one.capa_id, one.person_id) not in owners], named)
    found = {}
    for capa_id, (first, *_rest) in _steps(told, named).items():
        higher = above[capa_id][0] if capa_id in above else None
        is_same = higher is None or (higher.day, higher.rung) == (first.day, first.rung)
        found[capa_id] = Ahead(first, None if is_same else higher)
    return found


def _named(turn: Turn, told: Sequence[Told]) -> dict[int, str]:
    """The names of everybody who is told, by id."""
    found = people.by_ids(turn.session, {one.person_id for one in told}) if told else {}
    return {person_id: person.name for person_id, person in found.items()}


def _steps(told: Sequence[Told], named: Mapping[int, str]) -> dict[int, list[LadderStep]]:
    """The steps of each CAPA, by its id, with everybody who is told on that day."""
    found: dict[int, dict[tuple[date, str], dict[str, None]]] = {}
    for one in told:
        steps = found.setdefault(one.capa_id, {})
        steps.setdefault((one.day, one.rung), {})[named[one.person_id]] = None
    return {
        capa_id: [LadderStep(day, rung, tuple(names)) for (day, rung), names in steps.items()]
        for capa_id, steps in found.items()
    }


def ladder_lines(turn: Turn, capa: Capa) -> list[Phrase]:
    """A line for each step ahead: local date, what is said then, to whom. None once nothing is owed."""
    steps = ladder(turn, capa)
    if not steps:
        return []
    lines = [_("<b>What happens next, if nothing is handed in:</b>")]
    lines += [_line(step) for step in steps[:SHOWN]]
    left = len(steps) - SHOWN
    lines += (
        [n_("and {count} more reminder, each week", "and {count} more reminders, each week", left)] if left > 0 else []
    )
    return [*lines, _("All of it stops as soon as it is handed in.")]


def _line(step: LadderStep) -> Phrase:
    kind, _slash, number = step.rung.partition("/")
    names = step.names
    if kind == "before":
        return n_(
            "{day}: {names} is reminded, {count} day before", "{day}: {names} is reminded, {count} days before",
            int(number), day=step.day, names=names,
        )  # fmt: skip
    if kind == "day":
        return _("{day}: {names} is reminded, on the day", day=step.day, names=names)
    days, _slash, weeks = number.partition("/")
    if weeks:
        return p_("a step of a ladder", "{day}: told that it is late: {names}", day=step.day, names=names)
    return n_(
        "{day}: {count} working day late, told: {names}",
        "{day}: {count} working days late, told: {names}",
        int(days),
        day=step.day,
        names=names,
    )
