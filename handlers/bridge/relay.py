"""The bridge between the phone and the thread: each side reads the other's words as they were written."""

from datetime import timedelta

from handlers.bridge import clock, head
from handlers.bridge.files import fetch_files
from handlers.bridge.find import may_answer, message_key, spot, ticket_at
from handlers.bridge.held import Held, spoken
from handlers.bridge.language import language_of
from handlers.bridge.mentor import answerer, post
from handlers.bridge.quotes import quoted_by, shown_in_thread, shown_on_phone
from handlers.bridge.reporter import is_reporter, open_of, reporter, tell_reporter, veil
from handlers.bridge.translating import want
from handlers.bridge.whose import ask_whose, is_doubtful
from handlers.bridge.words import brief, title
from handlers.grave.holding import kept_back
from handlers.message import Button, React, Said, Toast
from handlers.phones.sharing import sharers
from handlers.router import action
from handlers.turn import Turn
from locales.text import _
from storage import outbox, programme, tickets
from storage.tables.people import Role
from storage.tables.queues import Lane
from storage.tables.tickets import MessageState, Side, Ticket, TicketKind, TicketMessage, TicketState

LIVELY = timedelta(days=7)
NOTE = "//"
KEPT_SIGN = "lock"


def answer_in_thread(turn: Turn, said: Said) -> bool:
    """True if these words belong to a ticket: a mentor's in its thread, or a supplier's quoting its talk."""
    at, person = turn.heard.address, turn.me
    root = at.thread or said.reply_to
    if not root:
        return False
    found = ticket_at(turn, root)
    if found is None:
        return _lost(turn, said)
    if person.role is Role.SUPPLIER:
        return _from_phone(turn, found, said)
    if may_answer(turn, person, found):
        to_phone(turn, found, said)
    else:
        turn.volatile.append(
            Toast(_("Your words stay here. Only who answers this, or was asked about it, is heard by the reporter."))
        )
    return True


def go_on_talking(turn: Turn, said: Said, *, sure: bool = False) -> bool:
    """True if these words go on with a talk in which a mentor has written lately: the newest such ticket is meant.

    On a shared phone it may be that of another; unless it is `sure` who wrote them, it is asked.
    """
    if turn.me.role is not Role.SUPPLIER:
        return False
    others = [] if sure else [one for one in sharers(turn) if one.id != turn.me.id]
    for person in (turn.me, *others):
        for found in open_of(turn, person):
            if _is_lively(turn, found):
                return _from_phone(turn, found, said, sure=sure)
    return False


def _is_lively(turn: Turn, found: Ticket) -> bool:
    talk = tickets.messages(turn.session, found.id)
    answers = [row.at for row in talk if row.side is Side.BUYER and not row.internal]
    return bool(answers) and turn.now - answers[-1] < LIVELY


def _from_phone(turn: Turn, found: Ticket, said: Said, *, sure: bool = False) -> bool:
    """True if these words are the reporter's, or are held until it is known whether they are."""
    held = spoken(turn, said)
    if not sure and is_doubtful(turn, found):
        ask_whose(turn, found, held)
        return True
    if not is_reporter(turn, found, turn.me):
        return False
    take_in(turn, found, held)
    return True


def take_in(turn: Turn, found: Ticket, held: Held) -> None:
    """The reporter's words: into the thread, unless they name something grave and are kept back."""
    if not kept_back(turn, found, held):
        to_thread(turn, found, held.said, held.message)


def write_beside(turn: Turn) -> None:
    """Tell a mentor who writes beside the threads, while somebody waits for an answer, that nobody hears it there."""
    person, at = turn.me, turn.heard.address
    if person.role is Role.SUPPLIER or person.channel != f"{at.channel}:{at.conversation}" or at.thread:
        return
    waiting = tickets.waiting_in(turn.session, [site.id for site in programme.sites_of(turn.session, person)])
    if waiting:
        text = _(
            "This goes to nobody but this channel. To answer {ticket}, write in its thread.", ticket=title(waiting[0])
        )
        turn.volatile.append(Toast(text))


def to_thread(turn: Turn, found: Ticket, said: Said, message: str = "") -> None:
    """The reporter's words in the thread, written in the platform's `message`; from then on they wait for an answer."""
    veil(turn, found)
    row = _keep(turn, found, Side.SITE, said, message=message)
    if said.text:
        post(
            turn,
            found,
            message_key(row),
            shown_in_thread(turn, found, row, answerer(turn, found)),
            head.about_of(turn, found),
        )
        want(turn, found, row)
    fetch_files(turn, found, row, said.files)
    if clock.start(turn, found) or _reopened(found):
        head.show(turn, found)
    take_back = Button(_("Take it back"), action("ticket.back", row.id))
    said_to = _("Sent to your mentor ({ticket}).", ticket=brief(found))
    if not found.anonymous and len(sharers(turn)) > 1:
        said_to = _("Sent to your mentor from {name} ({ticket}).", name=turn.me.name, ticket=brief(found))
    if found.kind is TicketKind.GRAVE:
        said_to = _("Sent to the person who has it, and to nobody else ({ticket}).", ticket=brief(found))
    turn.say(said_to, buttons=[[take_back]])


def to_phone(turn: Turn, found: Ticket, said: Said) -> None:
    """A mentor's words on the reporter's phone, or a note that stays; if the phone cannot be reached, they are told."""
    internal = said.text.lstrip().startswith(NOTE)
    row = _keep(turn, found, Side.BUYER, said, internal=internal)
    if internal:
        turn.put(f"{message_key(row)}/sign", Lane.ALERT, turn.heard.address, React(turn.heard.message, KEPT_SIGN), None)
        return
    reached = True
    if said.text:
        reached = tell_reporter(turn, found, message_key(row), shown_on_phone(turn, found, row), about=turn.me)
        want(turn, found, row)
    fetch_files(turn, found, row, said.files)
    if clock.stop(turn, found) or _reopened(found):
        head.show(turn, found)
    if not reached:
        row.state, row.cause = MessageState.FAILED, "no way to reach them"
        who = reporter(turn, found)
        turn.say(_("{name} cannot be reached at the moment.", name=who.name if who else "–"))


def _keep(
    turn: Turn, found: Ticket, side: Side, said: Said, *, internal: bool = False, message: str = ""
) -> TicketMessage:
    quoted, written = quoted_by(turn, found, said, side), message or turn.heard.message
    here = spot(turn.heard.address, written)
    hidden = found.anonymous and side is Side.SITE
    row = TicketMessage(
        ticket_id=found.id,
        person_id=None if hidden else turn.me.id,
        side=side,
        words=said.text,
        language=language_of(turn, found.site_id, said.text),
        internal=internal,
        quotes_id=quoted.id if quoted else None,
        source=turn.house.pseudonym(here) if hidden else here,
        sealed=turn.house.seals.seal(written) if hidden else "",
        state=MessageState.KEPT if internal else MessageState.SENDING,
        at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    turn.note("ticket answered", "ticket", found.id, side=side.value)
    return row


def _reopened(found: Ticket) -> bool:
    """True if the ticket was closed: a word about it opens it again."""
    if found.state is TicketState.OPEN:
        return False
    found.state, found.closed_at, found.close_reason, found.helped = TicketState.OPEN, None, "", None
    return True


def _lost(turn: Turn, said: Said) -> bool:
    """A crash between a send and its mark leaves a second copy of a message, under which nobody listens."""
    at = turn.heard.address
    known = outbox.by_ref(turn.session, at.channel, at.conversation, at.thread or said.reply_to)
    if known is not None or not said.reply_to or turn.me.role is not Role.MENTOR:
        return False
    turn.say(_("I have lost track of this thread. Please answer below the newest message about it."))
    return True
