"""What is said about one step of a plan to whoever has it to do."""

from handlers.capa.card import look_button
from handlers.message import Button
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, Value, _
from storage import capas
from storage.tables.capas import Capa, CapaStep, Owed
from storage.tables.people import Person
from storage.tables.planning import DueNote

notices = Notices()


@notices.kind("capa.step", late=False)
def step_due(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """The day of a step is near."""
    found = _owed(turn, note, person)
    if found is None:
        return None
    capa, step = found
    text = _("A reminder: “{step}” of CAPA {number} is to be done by {day}.", **_about(capa, step))
    return _notice(capa, step, text)


@notices.kind("capa.step.overdue", late=False)
def step_overdue(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """The day of a step has passed."""
    found = _owed(turn, note, person)
    if found is None:
        return None
    capa, step = found
    text = _("“{step}” of CAPA {number} was to be done by {day}. Is it done?", **_about(capa, step))
    return _notice(capa, step, text)


def _owed(turn: Turn, note: DueNote, person: Person) -> tuple[Capa, CapaStep] | None:
    """The CAPA and its step, if this person still has it to do by the day the note was planned for."""
    step = capas.step(turn.session, note.object_id)
    if step is None or step.done_at is not None or step.dropped:
        return None
    capa = capas.capa(turn.session, step.capa_id)
    if capa is None or capa.owed is not Owed.CLOSE or not note.rung.startswith(f"step/{step.due_on}/"):
        return None
    return (capa, step) if person.id == (step.owner_id or capa.owner_id) else None


def _about(capa: Capa, step: CapaStep) -> dict[str, Value]:
    return {"step": step.text, "number": ticket(capa.id), "day": step.due_on}


def _notice(capa: Capa, step: CapaStep, text: Phrase) -> Notice:
    why = _(
        "This step of CAPA {number} is yours, and its day is {day}. Nobody else is told. It stops when you mark it as "
        "done, or when the plan is changed.",
        **_about(capa, step),
    )
    rows: tuple[tuple[Button, ...], ...] = ((look_button(capa),),)
    return Notice(_("CAPA {number}: {step}", **_about(capa, step)), (text,), why, rows)
