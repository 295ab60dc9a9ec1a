"""What is said about a CAPA by itself: to the owner when it opens and before something is due, to the mentor after."""

from handlers.capa.card import look_button, owed_line, stacked
from handlers.capa.terms import is_zero_tolerance
from handlers.message import Button, Message
from handlers.reminders.router import Notices
from handlers.router import action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import capas, due, people, programme
from storage.tables.capas import Capa, CapaState, Owed
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.queues import Lane

notices = Notices()


def plan_notices(turn: Turn) -> None:
    """Plan the reminders of all CAPAs with something due; what is planned already stays as it is."""
    turn.session.flush()
    for days in turn.settings.reminders_before:
        due.plan_before_due(turn.session, days)
    due.plan_overdue(turn.session, turn.settings.overdue_after)


def _owed_capa(turn: Turn, note: DueNote) -> Capa | None:
    """The CAPA a note is about, None if nothing is owed any more and the note has nothing left to say."""
    capa = capas.capa(turn.session, note.object_id)
    return capa if capa is not None and capa.owed is not Owed.NOTHING else None


@notices.kind("capa.opened")
def opened(turn: Turn, note: DueNote, person: Person) -> bool:
    """To the owner: there is a CAPA, what it is about, what comes first and by when, and whom to ask."""
    capa = capas.capa(turn.session, note.object_id)
    if capa is None or capa.state not in (CapaState.PLAN_REQUESTED, CapaState.IN_PROGRESS):
        return False
    if is_zero_tolerance(capa):
        return turn.tell(person, note_key(note), Message((_careful(turn, capa),)), Lane.PUSH)
    site = programme.site(turn.session, capa.site_id)
    text = _(
        "<b>A corrective action for {site}</b> (CAPA {number})\n{finding}\n{due}\nIf something stands in the way, "
        "press the button: your mentor answers.",
        site=site.name,
        number=ticket(capa.id),
        finding=capa.finding,
        due=owed_line(capa),
    )
    rows = (*_first(capa), (look_button(capa),), _blocked_button(capa))
    return turn.tell(person, note_key(note), Message((text,), rows), Lane.PUSH)


def _careful(turn: Turn, capa: Capa) -> Phrase:
    """The phone may be seen by others, and this is for people to talk about: no finding, no question."""
    mentor, site = turn.mentor_of(capa.site_id), programme.site(turn.session, capa.site_id)
    return _(
        "{mentor} would like to speak with you in person about {site} (CAPA {number}). You need not answer anything "
        "here. You are not alone with this: the programme helps.",
        mentor=mentor.name if mentor else turn.settings.contact,
        site=site.name,
        number=ticket(capa.id),
    )


def _first(capa: Capa) -> tuple[tuple[Button, ...], ...]:
    """The button for what comes first."""
    match capa.owed:
        case Owed.CONTAIN:
            return ((Button(_("Say what was done at once"), action("capa.contain", capa.id), "primary"),),)
        case Owed.PLAN:
            return ((Button(_("Make the plan"), action("capa.plan", capa.id), "primary"),),)
    return ()


@notices.kind("capa.due", late=False)
def due_soon(turn: Turn, note: DueNote, person: Person) -> bool:
    """To the owner: the day is near."""
    capa = _owed_capa(turn, note)
    if capa is None:
        return False
    text = _("A reminder: CAPA {number}, {finding}.", number=ticket(capa.id), finding=capa.finding)
    rows = (*_first(capa), (look_button(capa),), _blocked_button(capa))
    return turn.tell(person, note_key(note), Message((stacked([text, owed_line(capa)]),), rows), Lane.PUSH)


@notices.kind("capa.overdue")
def overdue(turn: Turn, note: DueNote, person: Person) -> bool:
    """To the mentor: the day has passed."""
    capa = _owed_capa(turn, note)
    if capa is None or capa.owner_id is None:
        return False
    owner, site = people.by_id(turn.session, capa.owner_id), programme.site(turn.session, capa.site_id)
    text = _(
        "<b>CAPA {number} is overdue</b>: {site}, {finding}. It was due on {day}. Owner: {owner}.",
        number=ticket(capa.id),
        site=site.name,
        finding=capa.finding,
        day=capa.owed_on or capa.due_on,
        owner=owner.name,
    )
    return turn.post(person, note_key(note), Message((text,), ((look_button(capa),),)), about=owner)


def _blocked_button(capa: Capa) -> tuple[Button, ...]:
    return (Button(_("I am blocked"), action("capa.blocked", capa.id)),)


def note_key(note: DueNote) -> str:
    """The natural key of the message that a note becomes."""
    return f"{note.kind}/{note.object_id}/{note.step}/{note.person_id}"
