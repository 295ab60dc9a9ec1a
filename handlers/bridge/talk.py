"""Obstacles: reported in the person's own words with a photo, carried to the mentor's channel as a thread."""

from dataclasses import dataclass

from handlers import conversation
from handlers.bridge.files import fetch_files
from handlers.bridge.reporter import reporter
from handlers.dialog import Dialog, Talk
from handlers.message import Button, FileRef, Message
from handlers.questions import Choice, Confirm, Photo, Text
from handlers.router import MENTOR, SUPPLIER, Router, action, number
from handlers.tickets import ticket
from handlers.turn import Refused, Turn
from locales.text import Phrase, _, p_
from storage import programme, tickets
from storage.tables.queues import Lane
from storage.tables.tickets import Side, Ticket, TicketMessage, TicketState

routes = Router()

CATEGORIES: dict[str, Phrase] = {
    "money": p_("kind of obstacle", "Money or investment"),
    "skills": p_("kind of obstacle", "Knowledge or skills"),
    "equipment": p_("kind of obstacle", "Machines or equipment"),
    "authority": p_("kind of obstacle", "Permits or authorities"),
    "other": p_("kind of obstacle", "Something else"),
}


@routes.command("obstacle", SUPPLIER, menu=_("Report a problem"))
def report(turn: Turn, _argument: str) -> None:
    """Begin to report an obstacle."""
    conversation.start(turn, "obstacle")


@routes.dialog("obstacle", _("Reporting a problem"))
def obstacle(talk: Talk) -> Dialog[None]:
    """Where, what kind, in which words, with which photo; then it is sent."""
    sites = talk.read.sites(talk.person)
    site_id = str(sites[0].id)
    if len(sites) > 1:
        names = [(str(site.id), p_("a site in a list", "{name}", name=site.name)) for site in sites]
        site_id = yield from Choice("site", _("Which site is it about?"), names)
    kind = yield from Choice("kind", _("What kind of problem is it?"), list(CATEGORIES.items()))
    words = yield from Text("words", _("Please describe the problem in your own words. Your mentor will read it."))
    photos = yield from Photo("photos", _("Would you like to send a photo of it?"), none=_("No photo"))
    read_back = _("I will send this to your mentor:\n<i>{words}</i>\nShall I send it?", words=words)
    if (yield from Confirm("send", read_back, yes=_("Yes, send it"), no=_("No, do not send"))):
        talk.do(ReportTicket(int(site_id), kind, words, tuple(photos)))
    else:
        talk.say(_("Not sent. You can start again at any time."))


@dataclass(frozen=True)
class ReportTicket:
    """An obstacle as it was read back and confirmed."""

    site_id: int
    category: str
    words: str
    files: tuple[FileRef, ...]

    def perform(self, turn: Turn) -> None:
        """Store it, post it into the mentor's channel, and give the reporter its number."""
        row = Ticket(site_id=self.site_id, person_id=turn.me.id, category=self.category, words=self.words, at=turn.now)
        turn.session.add(row)
        turn.session.flush()
        first = TicketMessage(ticket_id=row.id, person_id=turn.me.id, side=Side.SITE, words=self.words, at=turn.now)
        turn.session.add(first)
        turn.session.flush()
        turn.note("ticket reported", "ticket", row.id, category=self.category)
        _post(turn, row)
        fetch_files(turn, first, self.files)
        turn.say(
            _(
                "Sent. Your problem has the number {number}. When your mentor answers, you read it here.",
                number=ticket(row.id),
            )
        )


def thread_key(ticket_id: int) -> str:
    """The outbox key of an obstacle's first message in the mentor's channel, under which its thread is found."""
    return f"ticket/{ticket_id}/thread"


def _post(turn: Turn, row: Ticket) -> None:
    mentor, site = turn.mentor_of(row.site_id), programme.site(turn.session, row.site_id)
    if mentor is None:
        return
    text = _(
        "<b>Problem {number}</b> from {name}, {site}: {kind}\n<i>{words}</i>\nAnswer in this thread: your words go to "
        "{name}'s phone.",
        number=ticket(row.id),
        name=turn.me.name,
        site=site.name,
        kind=CATEGORIES[row.category],
        words=row.words,
    )
    close = Button(_("Close"), action("ticket.close", row.id))
    turn.post(mentor, thread_key(row.id), Message((text,), ((close,),)), about=turn.me)


def _site_of(turn: Turn, argument: str) -> int | None:
    ticket_id = number(argument)
    row = tickets.by_id(turn.session, ticket_id) if ticket_id is not None else None
    return row.site_id if row else None


@routes.button("ticket.close", MENTOR, site=_site_of)
def close(turn: Turn, ticket_id: str) -> None:
    """Close a ticket and tell the reporter."""
    row = tickets.by_id(turn.session, int(ticket_id))
    if row is None or row.state is TicketState.CLOSED:
        raise Refused(_("This problem is already closed."))
    row.state = TicketState.CLOSED
    turn.session.add(row)
    turn.note("ticket closed", "ticket", row.id)
    who = reporter(turn, row)
    text = _(
        "Your problem {number} has been closed. If it is not solved, please report it again.", number=ticket(row.id)
    )
    if who is not None:
        turn.tell(who, f"ticket/{row.id}/closed", Message((text,)), Lane.ALERT)
    turn.say(_("Problem {number} is closed.", number=ticket(row.id)))
