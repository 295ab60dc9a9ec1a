"""The alert about a death at work, at any hour: to the site's mentor and every manager.

Zero tolerance knows no quiet hours. What is asked of the buyer's side is a human contact on the same day.
"""

from collections.abc import Iterator
from datetime import timedelta

from handlers.message import Address, Button, Edit, Message
from handlers.metrics.periods import said
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.router import action
from handlers.turn import Turn
from locales.text import Amount, Moment, Phrase, Value, _
from storage import due, outbox, people, programme, submissions, urgent
from storage.tables.people import Person, Role
from storage.tables.planning import DueNote
from storage.tables.queues import Lane
from storage.tables.urgent import UrgentReport

notices = Notices()
AGAIN = timedelta(hours=4)


def raise_alert(turn: Turn, row: UrgentReport) -> None:
    """Tell everybody who must know, now; whoever has not heard of a contact in four hours is told again."""
    for reader in _readers(turn, row):
        if _send(turn, reader, _key(row, reader), message_for(turn, row, reader), row):
            opens = turn.now + AGAIN
            note = DueNote(
                person_id=reader.id,
                kind="urgent.again",
                object_id=row.id,
                step="4 hours",
                day=opens.date(),
                opens_at=opens,
                closes_at=opens + timedelta(days=1),
                urgent=True,
            )
            due.plan(turn.session, note)


def show(turn: Turn, row: UrgentReport, what: str) -> None:
    """Show on every copy of the alert how things stand."""
    for reader in _readers(turn, row):
        key = _key(row, reader)
        sent = outbox.by_key(turn.session, key)
        if sent is not None:
            place = Address(sent.channel, sent.conversation, sent.thread)
            turn.put(f"{key}/{what}", Lane.ALERT, place, Edit(key, message_for(turn, row, reader)), reader)


def tell_corrected(turn: Turn, row: UrgentReport, version: int) -> None:
    """Say below every copy of the alert that the figure has been corrected, and to what."""
    show(turn, row, f"version {version}")
    text = _("{person} has corrected the figure: {count}.", person=turn.me.name, count=_count(turn, row))
    for reader in _readers(turn, row):
        _send(turn, reader, f"{_key(row, reader)}/corrected/{version}", Message((text,)), row, below=True)


def message_for(turn: Turn, row: UrgentReport, reader: Person) -> Message:
    """The alert as it stands, for one reader."""
    site = programme.site(turn.session, row.site_id)
    about: dict[str, Value] = {
        "site": site.name,
        "supplier": programme.supplier(turn.session, site.supplier_id).name,
        "person": people.by_id(turn.session, row.person_id).name if row.person_id else "",
    }
    parts: list[Phrase] = [_what(turn, row, about)]
    if row.spoken_by_id is not None and row.spoken_at is not None:
        who = people.by_id(turn.session, row.spoken_by_id).name
        when = Moment(row.spoken_at, reader.timezone)
        return Message((*parts, _("{person} has spoken to them: {moment}.", person=who, moment=when)))
    parts.append(_("Please speak to them today, in person or by telephone. Do not ask questions in the chat."))
    return Message(tuple(parts), ((Button(_("I have spoken to them"), action("urgent.spoken", row.id), "primary"),),))


def _what(turn: Turn, row: UrgentReport, about: dict[str, Value]) -> Phrase:
    if not row.period:
        return _(
            "<b>A death at work</b>: {site}, {supplier}\n{person} has just told me that somebody died because of work.",
            **about,
        )
    about |= {"month": said(row.period), "count": _count(turn, row)}
    return _(
        "<b>Deaths at work</b>: {site}, {supplier}\n{person} has sent the number for {month}: {count}.",
        **about,
    )


def _count(turn: Turn, row: UrgentReport) -> Value:
    held = submissions.latest(turn.session, row.site_id, row.metric, row.period)
    return Amount(held.base_value, held.base_unit) if held else ""


def _readers(turn: Turn, row: UrgentReport) -> Iterator[Person]:
    """The site's mentor and every manager."""
    mentor = turn.mentor_of(row.site_id)
    if mentor is not None:
        yield mentor
    yield from people.with_role(turn.session, Role.MANAGER)


def _key(row: UrgentReport, reader: Person) -> str:
    return f"urgent/{row.id}/{reader.id}"


def _send(turn: Turn, reader: Person, key: str, message: Message, row: UrgentReport, *, below: bool = False) -> bool:
    """Into the mentor's channel, or to the manager; False if there is no way to reach them."""
    about = people.by_id(turn.session, row.person_id) if row.person_id else None
    if reader.channel:
        return turn.post(reader, key, message, f"@{_key(row, reader)}" if below else "", about)
    return turn.tell(reader, key, message, Lane.ALERT, about)


def caller(turn: Turn, site_id: int) -> Person | None:
    """Who will call the site: its mentor, else the first manager who can be reached."""
    mentor = turn.mentor_of(site_id)
    if mentor is not None and mentor.channel:
        return mentor
    managers = people.with_role(turn.session, Role.MANAGER)
    return next((one for one in managers if people.contacts(turn.session, one.id)), None)


@notices.kind("urgent.again")
def again(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To whoever was told: nobody has spoken to the site yet."""
    row = urgent.by_id(turn.session, note.object_id)
    if row is None or row.spoken_at is not None:
        return None
    still = _("Nobody has noted yet that they have spoken to them.")
    message = message_for(turn, row, person)
    why = _("Somebody has died at work, and nobody has noted yet that they have spoken to the site. It stops then.")
    key, thread = f"{_key(row, person)}/again", f"@{_key(row, person)}" if person.channel else ""
    about = people.by_id(turn.session, row.person_id) if row.person_id else None
    return Notice(still, (still, *message.parts), why, message.buttons, about=about, thread=thread, key=key)
