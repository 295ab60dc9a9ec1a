"""The ladder of a CAPA as both sides see it: the steps ahead, and who will be told on each."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.capa.terms import tier_of
from handlers.reminders.plan import capa_ladders
from handlers.turn import Turn
from locales.text import Phrase, _, n_, p_
from storage import people, plans
from storage.ladders import Span
from storage.tables.capas import Capa, Owed

AHEAD = timedelta(days=400)
SHOWN = 8


@dataclass(frozen=True)
class LadderStep:
    """On a local date these people are told, by the rung of the ladder."""

    day: date
    rung: str
    names: tuple[str, ...]


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
    steps: dict[tuple[date, str], list[str]] = {}
    for row in plans.ladder_of(turn.session, chosen, turn.settings.committee_keys, capa, span):
        name = people.by_id(turn.session, row.person_id).name
        names = steps.setdefault((row.day, row.step.split("/", 2)[2]), [])
        if name not in names:
            names.append(name)
    return [LadderStep(day, rung, tuple(names)) for (day, rung), names in steps.items()]


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
