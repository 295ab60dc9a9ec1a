"""A CAPA that cannot go on: a problem is reported, and its clock stands still until the problem is solved."""

from dataclasses import dataclass

from handlers import conversation
from handlers.bridge.filing import FileTicket
from handlers.bridge.words import OBSTACLES
from handlers.capa.asking import several_files
from handlers.capa.finding import meant, site_of
from handlers.capa.moving import Given, check_fits, fitting, record
from handlers.capa.states import BY_NAME
from handlers.capa.telling import show_in_thread, tell_owner
from handlers.capa.terms import lift
from handlers.dialog import Dialog, Talk
from handlers.message import Button, FileRef
from handlers.questions import Choice, Confirm, Text
from handlers.router import ANYONE, SUPPLIER, Router, action
from handlers.tickets import ticket
from handlers.turn import Refused, Turn
from locales.text import _
from storage import capas, programme
from storage.tables.capas import Capa
from storage.tables.tickets import Ticket, TicketKind

routes = Router()
ALREADY = _("The clock is stopped already. Your mentor knows.")


@routes.button("capa.blocked", SUPPLIER, site=site_of)
def begin(turn: Turn, argument: str) -> None:
    """Begin to say what stands in the way."""
    capa = meant(turn, argument)
    check_fits(turn, capa, BY_NAME["block"])
    if capa.blocked_since is not None:
        raise Refused(ALREADY)
    conversation.start(turn, "capa_blocked", {"capa": capa.id})


@routes.dialog("capa_blocked", _("Saying what stands in the way"))
def say_why(talk: Talk) -> Dialog[None]:
    """Of what kind, in which words, with which photo; then it is a problem like any other, and the clock stops."""
    kind = yield from Choice("kind", _("What stands in the way?"), list(OBSTACLES.items()))
    words = yield from Text("words", _("Please describe it in your own words. Your mentor will read it."))
    photos = yield from several_files("photos", _("Would you like to send a photo of it?"), _("No photo"))
    read_back = _("I will send this to your mentor:\n<i>{words}</i>\nShall I send it?", words=words)
    if (yield from Confirm("send", read_back, yes=_("Yes, send it"), no=_("No, do not send"))):
        talk.do(Block(talk.argument["capa"], kind, words, tuple(photos)))
    else:
        talk.say(_("Not sent. You can start again at any time."))


@dataclass(frozen=True)
class Block:
    """What stands in the way of a CAPA, as it was read back and confirmed."""

    capa_id: int
    category: str
    words: str
    files: tuple[FileRef, ...]

    def perform(self, turn: Turn) -> None:
        """Report it as a problem, and stop the clock."""
        capa = fitting(turn, self.capa_id, "block")
        if capa is None or capa.blocked_since is not None:
            turn.say(*([ALREADY] if capa is not None else []))
            return
        about = f"capa/{capa.id}"
        row = FileTicket(TicketKind.OBSTACLE, capa.site_id, self.category, self.words, about, self.files).file(turn)
        capa.blocked_since, capa.blocked_by_id = turn.now, row.id
        record(turn, capa, "block", Given(detail={"obstacle": row.id}))
        show_in_thread(turn, capa)
        turn.say(
            _(
                "The clock of CAPA {capa} is stopped: nothing is due from you until problem {number} is solved.",
                capa=ticket(capa.id),
                number=ticket(row.id),
            ),
            buttons=[[Button(_("I can go on"), action("capa.unblock", capa.id))]],
        )


@routes.button("capa.unblock", ANYONE, site=site_of)
def go_on(turn: Turn, argument: str) -> None:
    """Somebody says that it can go on, whatever becomes of the problem."""
    capa = meant(turn, argument)
    check_fits(turn, capa, BY_NAME["unblock"])
    if capa.blocked_since is None:
        raise Refused(_("It is not blocked."))
    _start_again(turn, capa)
    tell_owner(turn, capa)
    turn.say(_("Thank you. CAPA {number} goes on.", number=ticket(capa.id)))


def release(turn: Turn, found: Ticket) -> None:
    """Let every CAPA go on whose clock this ticket has stopped."""
    for capa in capas.blocked_by(turn.session, found.id):
        if capa.blocked_since is not None:
            _start_again(turn, capa)
            tell_owner(turn, capa)


def _start_again(turn: Turn, capa: Capa) -> None:
    days = lift(turn.session, capa, programme.site(turn.session, capa.site_id), turn.now)
    record(turn, capa, "unblock", Given(detail={"days": days}))
    show_in_thread(turn, capa)
