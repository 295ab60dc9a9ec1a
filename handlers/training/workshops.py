"""Workshops and coaching on site: a mentor offers them, calls them off, and ticks off who was there."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers import conversation
from handlers.dialog import Dialog, Talk
from handlers.form import Form
from handlers.message import Button
from handlers.questions import Choice, Day, Text
from handlers.reminders.planning import plan_from, plan_soon
from handlers.router import MENTOR, Router, action, number
from handlers.training.pace import local_day
from handlers.turn import Refused, Turn
from locales.text import Phrase, _, p_
from storage import calendar, people, programme, workshops
from storage.tables.people import Person
from storage.tables.workshops import Seat, Workshop, WorkshopKind, WorkshopState

routes = Router()
ALL_SITES = "all"
KEPT_DAYS = 30
"""So long after its day a workshop stands in the list, so that everybody can be ticked off."""
PLACES = ("5", "10", "15", "20", "30", "50")
KINDS = {WorkshopKind.WORKSHOP: _("Workshop"), WorkshopKind.COACHING: _("Coaching on site")}


@routes.command("workshop", MENTOR, menu=_("Offer a workshop"))
def offer(turn: Turn, _argument: str) -> None:
    """Ask what is offered, when, where and for whom."""
    conversation.start(turn, "workshop", {}, modal=turn.capabilities.modals and bool(turn.heard.trigger))


@routes.dialog("workshop", _("Offering a workshop"))
def offer_workshop(talk: Talk) -> Dialog[None]:
    """All of it in one form."""
    sites = talk.read.sites(talk.person)
    topics = [(topic, talk.read.topic(topic)) for topic in talk.read.library.topics()]
    today = talk.began.date()
    wheres = [(str(site.id), p_("a site in a list", "{site}", site=site.name)) for site in sites]
    terms = yield from Form(
        "terms",
        _("Offer a workshop"),
        [
            Choice("kind", _("What"), [(kind.value, label) for kind, label in KINDS.items()]),
            Choice("topic", _("Topic"), topics),
            Text("title", _("Title"), limit=100),
            Day("day", _("Day"), earliest=today, initial=today + timedelta(days=14)),
            Text("place", _("Hour and place, as people should read it"), limit=200),
            Choice(
                "places", _("Places"), [(one, p_("a number in a list", "{number}", number=int(one))) for one in PLACES]
            ),
            Choice("site", _("For whom"), [(ALL_SITES, _("All my sites")), *wheres[:90]]),
        ],
        _("Offer it"),
    )
    site_id = None if terms["site"] == ALL_SITES else int(terms["site"])
    talk.do(
        OfferWorkshop(
            terms["kind"], terms["topic"], terms["title"], terms["place"], terms["day"], int(terms["places"]), site_id
        )
    )


@dataclass(frozen=True)
class OfferWorkshop:
    """A workshop as the mentor wants it; without a site it is for all of theirs."""

    kind: str
    topic: str
    title: str
    place: str
    day: date
    places: int
    site_id: int | None

    def perform(self, turn: Turn) -> None:
        """Store it, and have everybody told at their next allowed hour and those who joined on the day before."""
        sites = {site.id: site for site in programme.sites_of(turn.session, turn.me)}
        if self.site_id is not None and self.site_id not in sites:
            turn.say(conversation.GONE)
            return
        row = Workshop(
            kind=WorkshopKind(self.kind),
            topic=self.topic,
            title=self.title,
            place=self.place,
            day=self.day,
            places=self.places,
            site_id=self.site_id,
            mentor_id=turn.me.id,
            offered_at=turn.now,
        )
        turn.session.add(row)
        turn.session.flush()
        turn.note("workshop offered", "workshop", row.id, topic=self.topic)
        told = [person for person in invited(turn, row) if person.calendar]
        for person in told:
            plan_soon(turn, person, person.calendar, "workshop.offered", row.id, "offered")
        turn.say(
            _(
                "{title} is offered to {count} people. Who joins stands under Workshops.",
                title=row.title,
                count=len(told),
            )
        )


def invited(turn: Turn, workshop: Workshop) -> list[Person]:
    """Those who have joined the programme at the sites that a workshop is for."""
    mentor = people.by_id(turn.session, workshop.mentor_id)
    ids = [site.id for site in programme.sites_of(turn.session, mentor)]
    found = {
        person.id: person
        for site_id in ([workshop.site_id] if workshop.site_id else ids)
        for person in programme.staff(turn.session, site_id)
        if person.privacy_at is not None
    }
    return list(found.values())


@routes.command("workshops", MENTOR)
def list_workshops(turn: Turn, _argument: str) -> None:
    """What is offered, who joined, and on the day or later a button for each to be ticked off."""
    today = local_day(turn, turn.me)
    rows = workshops.of_mentor(turn.session, turn.me.id, today - timedelta(days=KEPT_DAYS))
    taken: dict[int, list[tuple[Seat, Person]]] = {}
    for seat, person in workshops.seats(turn.session, [row.id for row in rows]):
        taken.setdefault(seat.workshop_id, []).append((seat, person))
    if not rows:
        turn.say(_("No workshop is offered."), buttons=[[Button(_("Offer a workshop"), action("go", "workshop"))]])
    for row in rows[:10]:
        _show(turn, row, taken.get(row.id, []), row.day <= today)


def _show(turn: Turn, row: Workshop, taken: list[tuple[Seat, Person]], has_come: bool) -> None:
    names = tuple(person.name for _seat, person in taken)
    head = _(
        "{workshop} {joined} of {places} places are taken.", workshop=about(row), joined=len(taken), places=row.places
    )
    turn.say(head, *([_("Joined: {names}.", names=names)] if names else []))
    if has_come:
        turn.say(
            buttons=[
                [Button(_("{name} was there", name=person.name), action("seat.attended", seat.id))]
                for seat, person in taken
                if seat.attended_at is None
            ]
        )
    else:
        turn.say(buttons=[[Button(_("Call off: {title}", title=row.title[:30]), action("workshop.off", row.id))]])


def about(row: Workshop) -> Phrase:
    """A workshop in a line or two."""
    return _(
        "<b>{title}</b> ({kind}), {day}. {place}.", title=row.title, kind=KINDS[row.kind], day=row.day, place=row.place
    )


@routes.button("workshop.off", MENTOR)
def call_off(turn: Turn, workshop_id: str) -> None:
    """Call a workshop off; who joined is told."""
    row = workshops.workshop(turn.session, number(workshop_id) or 0, lock=True)
    if row is None or row.mentor_id != turn.me.id or row.state is WorkshopState.CALLED_OFF:
        raise Refused(_("This no longer exists."))
    row.state = WorkshopState.CALLED_OFF
    turn.session.add(row)
    turn.note("workshop called off", "workshop", row.id)
    for _seat, person in workshops.seats(turn.session, [row.id]):
        if person.calendar:
            plan_soon(turn, person, person.calendar, "workshop.off", row.id, "called off")
    turn.say(_("{title} is called off. Those who joined are told.", title=row.title))


@routes.button("seat.attended", MENTOR)
def tick_off(turn: Turn, seat_id: str) -> None:
    """Note that somebody was there; it counts in their record."""
    found = workshops.seat_of_mentor(turn.session, number(seat_id) or 0, turn.me.id)
    if found is None:
        raise Refused(_("This no longer exists."))
    seat, row = found
    seat.attended_at = seat.attended_at or turn.now
    turn.session.add(seat)
    turn.note("workshop attended", "workshop", row.id, person=seat.person_id)
    person = people.by_id(turn.session, seat.person_id)
    turn.say(_("{name} was there: {title}. It stands in the record.", name=person.name, title=row.title))


def plan_reminder(turn: Turn, person: Person, workshop: Workshop) -> None:
    """Plan to remind somebody on the working day before, if that is still to come."""
    before = calendar.working_day_before(turn.session, person.calendar, workshop.day)
    if before is not None and before.closes_at > turn.now and person.calendar:
        plan_from(turn, person, person.calendar, "workshop.soon", workshop.id, "day before", before.opens_at)
