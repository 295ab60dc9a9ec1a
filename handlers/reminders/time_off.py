"""What people say about their own time: leave with a deputy, days on which a site is closed, the hour for reminders."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button, Message
from handlers.questions import Choice, Confirm, Day
from handlers.reminders.away import local_day
from handlers.reminders.changing import deputies_for, hour_changed, site_changed
from handlers.router import ANYONE, SUPPLIER, Router, action, number
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import people, programme, time_off
from storage.tables.people import Person
from storage.tables.queues import Lane
from storage.tables.time_off import Closure, Leave

routes = Router()
LONGEST = timedelta(days=366)
NOBODY = "0"


# --- leave ---


@routes.command("leave", ANYONE, menu=_("I am going to be away"))
def leave(turn: Turn, _argument: str) -> None:
    """What leave is planned, and a dialog for more."""
    for row in time_off.leaves(turn.session, turn.me.id, local_day(turn, turn.me)):
        turn.say(
            _("You are away from {first} to {last}.", first=row.first, last=row.last),
            buttons=[[Button(_("I am not away from {first}", first=row.first), action("leave.end", row.id))]],
        )
    conversation.start(turn, "leave", {"deputies": [one.id for one in deputies_for(turn, turn.me)]})


@routes.dialog("leave", _("Telling when you are away"))
def tell_leave(talk: Talk) -> Dialog[None]:
    """From when to when, and who gets the reminders meanwhile."""
    today = talk.began.date()
    first = yield from Day("first", _("What is your first day away?"), earliest=today, latest=today + LONGEST)
    last = yield from Day("last", _("What is your last day away?"), earliest=first, latest=first + LONGEST)
    ids: list[int] = talk.argument["deputies"]
    names = yield from Fact("names", list[tuple[str, str]], lambda: [(str(i), talk.read.person(i).name) for i in ids])
    options = [(one, p_("a person in a list", "{name}", name=name)) for one, name in names]
    deputy = yield from Choice(
        "deputy", _("Who shall get your reminders meanwhile?"), [*options, (NOBODY, _("Nobody: keep them for me"))]
    )
    chosen = dict(names).get(deputy)
    told = (
        _(
            "You are away from {first} to {last}. {name} gets your reminders meanwhile.",
            first=first,
            last=last,
            name=chosen,
        )
        if chosen
        else _("You are away from {first} to {last}. Your reminders wait until you are back.", first=first, last=last)
    )
    if (yield from Confirm("sure", told, yes=_("Yes, that is right"), no=_("No, stop"))):
        talk.do(TakeLeave(first, last, int(deputy)))


@dataclass(frozen=True)
class TakeLeave:
    """Days away, and the deputy's id, 0 for nobody."""

    first: date
    last: date
    deputy_id: int

    def perform(self, turn: Turn) -> None:
        """Keep it and tell the deputy; who reads a note is asked when it is said, so nothing has to be planned anew."""
        deputy = people.by_id(turn.session, self.deputy_id) if self.deputy_id else None
        row = Leave(
            person_id=turn.me.id,
            deputy_id=deputy.id if deputy else None,
            first=self.first,
            last=self.last,
            at=turn.now,
        )
        turn.session.add(row)
        turn.session.flush()
        turn.note("leave told", "leave", row.id, deputy=row.deputy_id, first=str(self.first), last=str(self.last))
        turn.say(_("Noted. Have a good time."))
        if deputy is not None:
            text = _(
                "{name} is away from {first} to {last}. Meanwhile you get the reminders that are meant for {name}.",
                name=turn.me.name,
                first=self.first,
                last=self.last,
            )
            turn.tell(deputy, f"leave/{row.id}/told", Message((text,)), Lane.PUSH, about=turn.me)


@routes.button("leave.end", ANYONE)
def end_leave(turn: Turn, leave_id: str) -> None:
    """Somebody is not away after all, or is back: from now on they read their own notes."""
    row = time_off.leave(turn.session, number(leave_id) or 0)
    if row is None or row.person_id != turn.me.id:
        raise Refused(_("This no longer exists."))
    deputy = people.by_id(turn.session, row.deputy_id) if row.deputy_id else None
    turn.note("leave ended", "leave", row.id)
    turn.session.delete(row)
    turn.say(_("Noted: you are not away. Your reminders come to you."))
    if deputy is not None:
        text = _("{name} is not away any more and gets the reminders again.", name=turn.me.name)
        turn.tell(deputy, f"leave/{row.id}/ended", Message((text,)), Lane.PUSH, about=turn.me)


# --- closed ---


@routes.command("closed", SUPPLIER, menu=_("Our site is closed"))
def closed(turn: Turn, _argument: str) -> None:
    """The shutdowns that are planned, and a dialog for more; said by the manager of a site."""
    sites = time_off.managed_sites(turn.session, turn.me.id)
    if not sites:
        raise Refused(_("Only the manager of a site can say that it is closed. Please ask them."))
    for site in sites:
        for row in time_off.closures(turn.session, site.id, local_day(turn, turn.me)):
            open_again = Button(_("Open from {first}", first=row.first), action("closed.end", row.id))
            text = _("{site} is closed from {first} to {last}.", site=site.name, first=row.first, last=row.last)
            turn.say(text, buttons=[[open_again]])
    conversation.start(turn, "closed", {"sites": [site.id for site in sites]})


@routes.dialog("closed", _("Telling when a site is closed"))
def tell_closed(talk: Talk) -> Dialog[None]:
    """Which site, from when to when."""
    ids: list[int] = talk.argument["sites"]
    names = yield from Fact("names", list[tuple[str, str]], lambda: [(str(i), talk.read.site(i).name) for i in ids])
    site = names[0][0]
    if len(names) > 1:
        options = [(one, p_("a site in a list", "{site}", site=name)) for one, name in names]
        site = yield from Choice("site", _("Which site is closed?"), options)
    today = talk.began.date()
    first = yield from Day("first", _("What is the first day on which you are closed?"), earliest=today)
    last = yield from Day(
        "last", _("What is the last day on which you are closed?"), earliest=first, latest=first + LONGEST
    )
    told = _(
        "{site} is closed from {first} to {last}. These days count as days off: nothing is sent to your people, and "
        "days that count working days move on.",
        site=dict(names)[site],
        first=first,
        last=last,
    )
    if (yield from Confirm("sure", told, yes=_("Yes, that is right"), no=_("No, stop"))):
        talk.do(Close(int(site), first, last))


@dataclass(frozen=True)
class Close:
    """Days on which a site is closed."""

    site_id: int
    first: date
    last: date

    def perform(self, turn: Turn) -> None:
        """Keep them, and plan by them."""
        row = Closure(site_id=self.site_id, first=self.first, last=self.last, person_id=turn.me.id, at=turn.now)
        turn.session.add(row)
        turn.session.flush()
        turn.note("site closed", "site", self.site_id, first=str(self.first), last=str(self.last))
        site_changed(turn, programme.site(turn.session, self.site_id))
        turn.say(_("Noted. Your mentor sees it too."))
        mentor = turn.mentor_of(self.site_id)
        if mentor is not None:
            site = programme.site(turn.session, self.site_id).name
            text = _("{site} is closed from {first} to {last}.", site=site, first=self.first, last=self.last)
            turn.post(mentor, f"closure/{row.id}/told", Message((text,)))


@routes.button("closed.end", SUPPLIER)
def open_again(turn: Turn, closure_id: str) -> None:
    """The site is not closed after all."""
    row = time_off.closure(turn.session, number(closure_id) or 0)
    sites = {site.id: site for site in time_off.managed_sites(turn.session, turn.me.id)}
    if row is None or row.site_id not in sites:
        raise Refused(_("This no longer exists."))
    turn.note("site open again", "site", row.site_id, first=str(row.first), last=str(row.last))
    turn.session.delete(row)
    site_changed(turn, sites[row.site_id])
    turn.say(_("Noted: {site} is open on these days.", site=sites[row.site_id].name))


# --- hour ---


@routes.command("hour", ANYONE, menu=_("When reminders come"))
def hour(turn: Turn, _argument: str) -> None:
    """The hours to choose from: those in which the programme may write."""
    opens, closes = turn.settings.opens, turn.settings.closes
    hours = range(opens.hour + (opens.minute > 0), closes.hour)
    buttons = [Button(p_("an hour of the day", "{hour}:00", hour=one), action("hour.set", one)) for one in hours]
    rows = [buttons[start : start + 4] for start in range(0, len(buttons), 4)]
    turn.say(_("From which hour on shall I send reminders?"), buttons=[*rows, [_as_usual()]])


def _as_usual() -> Button:
    return Button(_("As usual"), action("hour.set", ""))


@routes.button("hour.set", ANYONE)
def set_hour(turn: Turn, typed: str) -> None:
    """From tomorrow on, reminders come from this hour on; what is answered and replied comes as always."""
    person: Person = turn.me
    chosen = number(typed)
    if chosen is not None and not turn.settings.opens.hour <= chosen < turn.settings.closes.hour:
        raise Refused(_("This button is no longer in use."))
    person.hour = chosen
    hour_changed(turn, person)
    turn.note("hour chosen", "person", person.id, hour=chosen)
    if chosen is None:
        turn.say(_("Reminders come as usual again."))
    else:
        turn.say(_("Reminders come from {hour}:00 on.", hour=chosen))
