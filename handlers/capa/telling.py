"""Tells both sides what has changed: the mentor in the CAPA's own thread, the owner on the phone."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.capa.actors import managers, owner_of
from handlers.capa.buttons import mentors
from handlers.capa.card import card, look_button, stacked
from handlers.capa.history import event_line
from handlers.message import Button, Edit, Message, Retire
from handlers.night import is_night
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import capas, outbox, programme
from storage.tables.capas import Capa
from storage.tables.people import Person
from storage.tables.queues import Lane

ASKING = ("submit_plan", "submit_evidence", "ask_extension")
"""Events that put a question with buttons into the thread."""
Buttons = Sequence[tuple[Button, ...]]


def thread_key(capa: Capa) -> str:
    """The outbox key of a CAPA's first message in the mentor's channel, under which its thread is found."""
    return f"capa/{capa.id}/thread"


def card_message(turn: Turn, capa: Capa) -> Message:
    """The CAPA as it stands at the head of its thread, with the mentor's buttons."""
    hint = _("What you write in this thread stays here: the site reads what you do with the buttons.")
    return Message((*card(turn, capa), hint), tuple(mentors(turn, capa)))


def show_in_thread(turn: Turn, capa: Capa, *, buttons: Buttons = (), more: Sequence[Phrase] = ()) -> None:
    """Bring the head of the thread up to date, and say below it what has happened. The first time, begin the thread."""
    mentor = turn.mentor_of(capa.site_id)
    if mentor is None:
        return
    head = card_message(turn, capa)
    if capa.version == 1 or not _has_thread(turn, capa):
        turn.post(mentor, thread_key(capa), head, about=owner_of(turn, capa))
    if capa.version == 1:
        return
    turn.post(mentor, f"capa/{capa.id}/head/{capa.version}", Edit(thread_key(capa), head))
    events = capas.events(turn.session, capa.id)
    if events[-2].what in ASKING:
        _retire(turn, capa, mentor)
    below = Message((event_line(turn, events[-1]), *more), tuple(buttons))
    turn.post(mentor, f"capa/{capa.id}/event/{capa.version}", below, f"@{thread_key(capa)}", owner_of(turn, capa))


def _retire(turn: Turn, capa: Capa, mentor: Person) -> None:
    """Take the buttons off the question below the head that has been settled by what has happened since."""
    asked = f"capa/{capa.id}/event/{capa.version - 1}"
    if outbox.by_key(turn.session, asked) is not None:
        turn.post(mentor, f"{asked}/settled", Retire(asked), f"@{thread_key(capa)}")


def _has_thread(turn: Turn, capa: Capa) -> bool:
    return outbox.by_key(turn.session, thread_key(capa)) is not None


def tell_owner(turn: Turn, capa: Capa, *more: Phrase, buttons: Buttons = (), always: bool = False) -> None:
    """Tell the owner what has been done; nothing to whoever has just done it, unless it is news to them `always`."""
    owner = owner_of(turn, capa)
    is_theirs = turn.person is not None and owner is not None and turn.person.id == owner.id
    if owner is None or (is_theirs and not always):
        return
    newest = capas.events(turn.session, capa.id)[-1]
    site = programme.site(turn.session, capa.site_id)
    head = _("<b>CAPA {number}</b>, {site}", number=ticket(capa.id), site=site.name)
    message = Message((stacked([head, event_line(turn, newest)]), *more), (*buttons, (look_button(capa),)))
    message = replace(message, silent=is_night(turn, owner))
    turn.tell(owner, f"capa/{capa.id}/owner/{capa.version}", message, Lane.ALERT)


def ask_deciders(turn: Turn, capa: Capa, who: str, parts: Sequence[Phrase], buttons: Buttons) -> None:
    """Put a question to whoever decides: to the mentor in the thread, or to managers in private."""
    if who == "mentor":
        show_in_thread(turn, capa, buttons=buttons, more=parts)
        return
    asked = managers(turn)
    for manager in asked:
        _tell_manager(turn, capa, manager, parts, buttons)
    show_in_thread(turn, capa, more=[_("This is decided by {names}.", names=tuple(one.name for one in asked))])


def _tell_manager(turn: Turn, capa: Capa, manager: Person, parts: Sequence[Phrase], buttons: Buttons) -> None:
    newest = event_line(turn, capas.events(turn.session, capa.id)[-1])
    message = Message((*card(turn, capa), newest, *parts), tuple(buttons))
    turn.tell(manager, f"capa/{capa.id}/decide/{capa.version}/{manager.id}", message, Lane.ALERT)
