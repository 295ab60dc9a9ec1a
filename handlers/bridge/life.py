"""What a mentor does with a ticket: hands it over, asks a colleague, changes its category, links a CAPA, closes it."""

from dataclasses import dataclass
from typing import Any

from handlers import conversation
from handlers.bridge import clock, head
from handlers.bridge.find import is_mine, ticket_for
from handlers.bridge.mentor import answerer, post
from handlers.bridge.modal import one_choice
from handlers.bridge.words import OF_KIND, title
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button, Message, Speech
from handlers.questions import Choice
from handlers.router import BUYER, Router, action
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import people, tickets
from storage.tables.queues import Lane
from storage.tables.tickets import Ticket, TicketKind, TicketState

routes = Router()


@routes.button("ticket.assign", BUYER, mine=is_mine)
def assign(turn: Turn, ticket_id: str) -> None:
    """Ask who is to answer it from now on."""
    _begin(turn, ticket_id, "ticket_assign")


@routes.button("ticket.ask", BUYER, mine=is_mine)
def ask_colleague(turn: Turn, ticket_id: str) -> None:
    """Ask which colleague may help."""
    _begin(turn, ticket_id, "ticket_ask")


@routes.button("ticket.category", BUYER, mine=is_mine)
def recategorise(turn: Turn, ticket_id: str) -> None:
    """Ask for the category that fits."""
    _begin(turn, ticket_id, "ticket_category")


@routes.button("ticket.capa", BUYER, mine=is_mine)
def link_capa(turn: Turn, ticket_id: str) -> None:
    """Ask for the CAPA it belongs to."""
    _begin(turn, ticket_id, "ticket_capa")


def _begin(turn: Turn, ticket_id: str, dialog: str) -> None:
    found = ticket_for(turn, ticket_id)
    if found.kind is TicketKind.GRAVE:
        raise Refused(_("This stays with who was named for it."))
    if found.state is TicketState.CLOSED:
        raise Refused(_("This is closed. Open it again first."))
    argument = {"ticket": found.id, "version": found.version}
    conversation.start(turn, dialog, argument, modal=turn.capabilities.modals)


@routes.dialog("ticket_assign", _("Handing a ticket over"))
def choose_assignee(talk: Talk) -> Dialog[None]:
    """Who answers it from now on."""
    person = yield from _buyer(talk, _("Hand over"), _("Who is to answer it from now on?"))
    talk.do(Change(talk.argument["ticket"], talk.argument["version"], "assignee_id", person))


@routes.dialog("ticket_ask", _("Asking a colleague"))
def choose_colleague(talk: Talk) -> Dialog[None]:
    """Who is asked."""
    person = yield from _buyer(talk, _("Ask a colleague"), _("Whom do you ask? They can then answer in the thread."))
    talk.do(Ask(talk.argument["ticket"], person))


@routes.dialog("ticket_category", _("Changing a category"))
def choose_category(talk: Talk) -> Dialog[None]:
    """The category that fits."""
    found = talk.read.ticket(talk.argument["ticket"])
    if found is None:
        return
    options = list(OF_KIND[found.kind].items())
    category = yield from one_choice(talk, _("Change category"), Choice("category", _("Which category fits?"), options))
    talk.do(Change(found.id, talk.argument["version"], "category", category))


@routes.dialog("ticket_capa", _("Linking a CAPA"))
def choose_capa(talk: Talk) -> Dialog[None]:
    """One of the open CAPAs of the site."""
    found = talk.read.ticket(talk.argument["ticket"])
    if found is None:
        return
    numbers = yield from Fact("capas", list[int], lambda: [one.id for one in talk.read.open_capas(found.site_id)][:20])
    if not numbers:
        talk.say(_("No CAPA is open at this site."))
        return
    options: list[tuple[str, Speech]] = [(str(one), talk.read.concern_text(f"capa/{one}")) for one in numbers]
    chosen = yield from one_choice(talk, _("Link a CAPA"), Choice("capa", _("Which CAPA does it belong to?"), options))
    talk.do(Change(found.id, talk.argument["version"], "capa_id", int(chosen)))


def _buyer(talk: Talk, title: Speech, prompt: Speech) -> Dialog[int]:
    """Somebody else on the buyer's side."""
    others = yield from Fact("people", list[tuple[int, str]], lambda: _others(talk))
    names: list[tuple[str, Speech]] = [
        (str(one), p_("a person in a list", "{name}", name=name)) for one, name in others
    ]
    return int((yield from one_choice(talk, title, Choice("person", prompt, names))))


def _others(talk: Talk) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in talk.read.buyers() if one.id != talk.person.id and one.active]


@dataclass(frozen=True)
class Change:
    """One thing about a ticket changed, as it stood in this version."""

    ticket_id: int
    version: int
    what: str
    value: Any

    def perform(self, turn: Any) -> None:
        """Change it, unless somebody else was quicker, and show it in the thread."""
        found = ticket_for(turn, str(self.ticket_id))
        if getattr(found, self.what) == self.value:
            turn.say(_("It is so already."))
            return
        if found.version != self.version:
            turn.say(_("Somebody else has changed this meanwhile. Please look at it and press again."))
            return
        setattr(found, self.what, self.value)
        turn.note("ticket changed", "ticket", found.id, column=self.what)
        if self.what == "assignee_id":
            _hand_over(turn, found)
        head.show(turn, found)
        turn.say(_("Changed: {title}.", title=title(found)))


def _hand_over(turn: Turn, found: Ticket) -> None:
    """The clock runs on with the hours of who answers now; they are told, and may read what was said."""
    if found.waiting_since is not None:
        waited = found.waiting_since
        clock.stop(turn, found)
        found.waiting_since = waited
        clock.plan(turn, found)
    mentor = answerer(turn, found)
    if mentor is not None and mentor.id != turn.me.id:
        text = _("{name} has handed {title} over to you.", name=turn.me.name, title=title(found))
        show = Button(_("Show {title}", title=title(found)), action("ticket.show", found.id))
        turn.tell(
            mentor, f"ticket/{found.id}/given/{mentor.id}/{found.version}", Message((text,), ((show,),)), Lane.ALERT
        )


@dataclass(frozen=True)
class Ask:
    """A colleague asked about a ticket."""

    ticket_id: int
    person_id: int

    def perform(self, turn: Any) -> None:
        """Let them read and answer, tell them, and say so in the thread."""
        found = ticket_for(turn, str(self.ticket_id))
        colleague = people.by_id(turn.session, self.person_id)
        if not tickets.ask(turn.session, found.id, colleague.id, turn.now):
            turn.say(_("{name} has been asked already.", name=colleague.name))
            return
        turn.note("colleague asked", "ticket", found.id, colleague=colleague.id)
        text = _("{name} asks for your help with {title}.", name=turn.me.name, title=title(found))
        show = Button(_("Show {title}", title=title(found)), action("ticket.show", found.id))
        key = f"ticket/{found.id}/asked/{colleague.id}"
        reached = turn.tell(colleague, key, Message((text,), ((show,),)), Lane.ALERT)
        said = _("{name} was asked and can answer in this thread.", name=colleague.name)
        post(turn, found, f"{key}/said", Message((said,)))
        if not reached:
            turn.say(_("I cannot write to {name} yet: they have not met me. Please tell them.", name=colleague.name))
