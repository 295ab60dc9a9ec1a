"""Answers in place of a figure: stored, and where something does not apply, put before the site's mentor."""

from handlers.message import Button, Edit, Message
from handlers.metrics.entry import Entry
from handlers.reminders.planning import plan_soon
from handlers.router import MENTOR, Router, action, number
from handlers.turn import Refused, Turn
from locales.text import Value, Words, _
from storage import absences, people, programme
from storage.tables.figures import Absence, AbsenceKind, AbsenceState

routes = Router()


def record_absence(turn: Turn, entry: Entry) -> None:
    """Store the answer; what does not apply needs the mentor's word."""
    figure = entry.figure
    row = Absence(
        site_id=figure.site_id,
        metric=figure.metric,
        period=figure.period,
        kind=entry.absence or AbsenceKind.NOT_AVAILABLE,
        until=entry.until,
        reason=entry.reason,
        person_id=turn.me.id,
        at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    turn.note("absence told", "absence", row.id, metric=row.metric, period=row.period, kind=row.kind.value)
    mentor = turn.mentor_of(row.site_id)
    if row.kind is AbsenceKind.NOT_APPLICABLE and mentor is not None:
        turn.post(mentor, _key(row), _message(turn, row, open_buttons=True), about=turn.me)


def _key(row: Absence) -> str:
    return f"absence/{row.id}"


def _message(turn: Turn, row: Absence, *, open_buttons: bool) -> Message:
    """What the mentor decides on: who says that what does not apply where, and why."""
    site = programme.site(turn.session, row.site_id)
    said: dict[str, Value] = {
        "metric": turn.read.metric_text(row.metric, "name"),
        "site": site.name,
        "supplier": programme.supplier(turn.session, site.supplier_id).name,
        "person": people.by_id(turn.session, row.person_id).name if row.person_id else "",
        "why": Words(row.reason),
    }
    text = _("<b>{metric} does not apply</b> to {site}, {supplier}, says {person}:\n<i>{why}</i>", **said)
    buttons = (
        Button(_("That is right"), action("absence.approve", row.id), "primary"),
        Button(_("It does apply"), action("absence.refuse", row.id)),
    )
    return Message((text,), (buttons,) if open_buttons else ())


def _site_of_absence(turn: Turn, argument: str) -> int | None:
    absence_id = number(argument)
    row = absences.by_id(turn.session, absence_id) if absence_id is not None else None
    return row.site_id if row else None


@routes.button("absence.approve", MENTOR, site=_site_of_absence)
def approve(turn: Turn, absence_id: str) -> None:
    """Agree that a figure does not apply: it is no longer asked for."""
    row = _decided(turn, absence_id, AbsenceState.APPROVED)
    turn.note("absence approved", "absence", row.id)
    turn.say(_("Agreed. {metric} is no longer asked for there.", metric=turn.read.metric_text(row.metric, "name")))


@routes.button("absence.refuse", MENTOR, site=_site_of_absence)
def refuse(turn: Turn, absence_id: str) -> None:
    """Say that a figure does apply: it is owed again, and whoever said otherwise is told."""
    row = _decided(turn, absence_id, AbsenceState.REFUSED)
    turn.note("absence refused", "absence", row.id)
    if row.person_id is not None:
        person, site = people.by_id(turn.session, row.person_id), programme.site(turn.session, row.site_id)
        plan_soon(turn, person, site.calendar, "absence.refused", row.id, "refused")
    turn.say(_("{metric} is asked for again.", metric=turn.read.metric_text(row.metric, "name")))


def _decided(turn: Turn, absence_id: str, state: AbsenceState) -> Absence:
    row = absences.by_id(turn.session, int(absence_id))
    if row is None or row.state is not AbsenceState.TOLD:
        raise Refused(_("This has been decided already."))
    row.state, row.decided_by_id, row.decided_at = state, turn.me.id, turn.now
    turn.session.add(row)
    turn.post(turn.me, f"{_key(row)}/decided", Edit(_key(row), _message(turn, row, open_buttons=False)))
    return row
