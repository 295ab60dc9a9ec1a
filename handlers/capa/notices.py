"""What is said about a CAPA by itself: to the owner when it opens and before something is due, to the mentor after."""

from handlers.capa.card import look_button, owed_line, stacked
from handlers.capa.terms import is_zero_tolerance
from handlers.capa.told import capa_rungs, people_told
from handlers.message import Button
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.router import action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, Value, _, n_, p_
from storage import capas, due, people, programme
from storage.tables.capas import Capa, CapaState, Owed
from storage.tables.people import Person
from storage.tables.planning import DueNote

notices = Notices()


def _owed_capa(turn: Turn, note: DueNote) -> Capa | None:
    """The CAPA a note is about, None if that is no longer owed, or by another day: the note has nothing left to say."""
    capa = capas.capa(turn.session, note.object_id)
    if capa is None or capa.owed is Owed.NOTHING or capa.owed_on is None:
        return None
    return capa if note.rung.startswith(f"{capa.owed.value}/{capa.owed_on}/") else None


@notices.kind("capa.opened")
def opened(turn: Turn, note: DueNote, _person: Person) -> Notice | None:
    """To the owner: there is a CAPA, what it is about, what comes first and by when, and whom to ask."""
    capa = capas.capa(turn.session, note.object_id)
    if capa is None or capa.state not in (CapaState.PLAN_REQUESTED, CapaState.IN_PROGRESS):
        return None
    why = _("You are the owner of this corrective action, which was opened on {day}.", day=capa.opened_at.date())
    if is_zero_tolerance(capa):
        return Notice(_title(capa), (_careful(turn, capa),), why)
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
    return Notice(_title(capa), (text,), why, rows)


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
def due_soon(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To the owner: the day is near."""
    capa = _owed_capa(turn, note)
    if capa is None or capa.owner_id != person.id:
        return None
    if is_zero_tolerance(capa):
        text = _careful(turn, capa)
    else:
        text = _("A reminder: CAPA {number}, {finding}.", number=ticket(capa.id), finding=capa.finding)
    rows = (*_first(capa), (look_button(capa),), _blocked_button(capa))
    why = _(
        "You are the owner of CAPA {number}, opened on {opened}. The programme reminds an owner before the day on "
        "which something is due, here {day}. Nobody else is told. It stops when you hand it in, when the day is moved, "
        "or when you say that you are blocked.",
        number=ticket(capa.id),
        opened=capa.opened_at.date(),
        day=capa.owed_on or capa.due_on,
    )
    return Notice(_title(capa), (stacked([text, owed_line(capa)]),), why, rows)


@notices.kind("capa.overdue")
def overdue(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To the owner, and by the levels of the ladder to others: the day has passed, and who else has been told."""
    capa = _owed_capa(turn, note)
    if capa is None or capa.owner_id is None or not _is_still_told(turn, capa, note, person):
        return None
    owner, site = people.by_id(turn.session, capa.owner_id), programme.site(turn.session, capa.site_id)
    about: dict[str, Value] = {"number": ticket(capa.id), "site": site.name, "finding": capa.finding}
    about |= {"day": capa.owed_on or capa.due_on, "owner": owner.name}
    rows: tuple[tuple[Button, ...], ...] = ((look_button(capa),),)
    if person.id == owner.id and is_zero_tolerance(capa):
        text = _careful(turn, capa)
    elif person.id == owner.id:
        text = _("<b>CAPA {number} is late</b>: {finding}. It was due on {day}.", **about)
        rows = (*_first(capa), (look_button(capa),), _blocked_button(capa))
    else:
        text = _("<b>CAPA {number} is overdue</b>: {site}, {finding}. It was due on {day}. Owner: {owner}.", **about)
    told = _also_told(turn, note, person)
    lines = [text, _("Also told: {names}.", names=told)] if told else [text]
    return Notice(_title(capa), (stacked(lines),), _why_overdue(note, about, told), rows, about=owner)


def _is_still_told(turn: Turn, capa: Capa, note: DueNote, person: Person) -> bool:
    """Whether this person is still one of those whom this step of the ladder names."""
    rung = note.rung.split("/", 2)[2]
    names = {step.who for step in capa_rungs(turn, capa) if step.step == rung}
    return person.id in people_told(turn, capa, names)


def _also_told(turn: Turn, note: DueNote, person: Person) -> tuple[str, ...]:
    """Whom else this step of the ladder or an earlier one has told, or tells now, by name."""
    head = note.rung.rsplit("after/", 1)[0]
    ids = due.told(turn.session, ("capa.overdue",), note.object_id, head)
    ids += due.planned_with(turn.session, note)
    return tuple(people.by_id(turn.session, one).name for one in dict.fromkeys(ids) if one != person.id)


def _why_overdue(note: DueNote, about: dict[str, Value], told: tuple[str, ...]) -> Phrase:
    """Which rule, which object, since when, who else, and how it stops."""
    days = int(note.rung.split("after/")[1].partition("/")[0])
    names: Value = told or p_("nobody else was told", "nobody else")
    return n_(
        "CAPA {number} at {site} was due on {day}, and the ladder of the programme tells you {count} working day "
        "after it. Also told so far: {names}. It stops for everybody as soon as it is handed in.",
        "CAPA {number} at {site} was due on {day}, and the ladder of the programme tells you {count} working days "
        "after it. Also told so far: {names}. It stops for everybody as soon as it is handed in.",
        days,
        **about,
        names=names,
    )


def _title(capa: Capa) -> Phrase:
    return _("CAPA {number}", number=ticket(capa.id))


def _blocked_button(capa: Capa) -> tuple[Button, ...]:
    return (Button(_("I am blocked"), action("capa.blocked", capa.id)),)
