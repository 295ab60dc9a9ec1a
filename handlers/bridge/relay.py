"""The bridge between the phone and the thread: each side reads the other's words as they were written."""

from dataclasses import asdict
from datetime import timedelta

from handlers import conversation
from handlers.bridge import clock, head
from handlers.bridge.files import fetch_files
from handlers.bridge.find import may_answer, message_key, spot, ticket_at
from handlers.bridge.language import language_of
from handlers.bridge.mentor import answerer, post
from handlers.bridge.quotes import quoted_by, shown_in_thread, shown_on_phone
from handlers.bridge.reporter import is_reporter, open_of, reporter, tell_reporter, veil
from handlers.bridge.translating import want
from handlers.bridge.words import brief, title
from handlers.grave.holding import hold
from handlers.grave.naming import category_of
from handlers.message import Button, React, Said, Toast
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
        if not is_reporter(turn, found, person):
            return False
        if not _sounds_grave(turn, found, said):
            to_thread(turn, found, said)
    elif may_answer(turn, person, found):
        to_phone(turn, found, said)
    else:
        turn.volatile.append(
            Toast(_("Your words stay here. Only who answers this, or was asked about it, is heard by the reporter."))
        )
    return True


def go_on_talking(turn: Turn, said: Said) -> bool:
    """True if these words go on with a talk in which a mentor has written lately: the newest such ticket is meant."""
    if turn.me.role is not Role.SUPPLIER:
        return False
    for found in open_of(turn, turn.me):
        talk = tickets.messages(turn.session, found.id)
        answers = [row.at for row in talk if row.side is Side.BUYER and not row.internal]
        if answers and turn.now - answers[-1] < LIVELY:
            if not _sounds_grave(turn, found, said):
                to_thread(turn, found, said)
            return True
    return False


def _sounds_grave(turn: Turn, found: Ticket, said: Said) -> bool:
    """True if these words are kept back, and it was asked whether one person alone is to have them.

    Those of an anonymous talk are held without a question: while it is open, it would tell who is asked.
    """
    if found.kind is TicketKind.GRAVE or not category_of(said.text):
        return False
    if found.anonymous:
        veil(turn, found)
        hold(turn, found, said)
        return True
    files = [asdict(file) for file in said.files]
    argument = {"ticket": found.id, "site": found.site_id, "words": said.text, "files": files}
    conversation.start(turn, "grave_words", argument)
    return True


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


def to_thread(turn: Turn, found: Ticket, said: Said) -> None:
    """The reporter's words in the thread; from then on they wait for an answer."""
    veil(turn, found)
    row = _keep(turn, found, Side.SITE, said)
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


def _keep(turn: Turn, found: Ticket, side: Side, said: Said, *, internal: bool = False) -> TicketMessage:
    quoted = quoted_by(turn, found, said, side)
    here = spot(turn.heard.address, turn.heard.message)
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
        sealed=turn.house.seals.seal(turn.heard.message) if hidden else "",
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
