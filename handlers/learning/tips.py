"""A tip made of a ticket: in the mentor's words, with nobody's name in it, read back, and sent to who can use it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers import conversation
from handlers.bridge import head
from handlers.bridge.find import is_mine, ticket_for
from handlers.bridge.language import language_of
from handlers.bridge.reporter import tell_reporter
from handlers.bridge.translating import phone_languages
from handlers.dialog import Dialog, Fact, Talk
from handlers.form import Form
from handlers.learning.audience import readers
from handlers.learning.giving import TIP, thanks, told_key
from handlers.learning.rules import named_in
from handlers.message import Said, Speech
from handlers.questions import Choice, Confirm, Text, Unclear
from handlers.reminders.planning import plan_soon
from handlers.router import BUYER, Router
from handlers.turn import Refused, Turn
from locales.text import Phrase, _, n_
from storage.tables.tickets import Ticket, TicketKind
from storage.tables.tips import Tip

routes = Router()
LIMIT = 1000


@routes.button("tip.make", BUYER, mine=is_mine)
def begin(turn: Turn, ticket_id: str) -> None:
    """Ask for the words, and for whom they are."""
    found = ticket_for(turn, ticket_id)
    if found.kind is TicketKind.GRAVE:
        raise Refused(_("This stays with who was named for it."))
    conversation.start(turn, "tip", {"ticket": found.id}, modal=turn.capabilities.modals)


@routes.dialog("tip", _("Sharing a tip"))
def making(talk: Talk) -> Dialog[None]:
    """The words without names, who gets them, and one look at how they read."""
    found = talk.read.ticket(talk.argument["ticket"])
    if found is None:
        return
    names = yield from Fact("names", tuple[list[str], list[str]], lambda: talk.read.names_near(found))
    about = [one for one in ("category/" + found.category, _topic(found)) if one]
    values = yield from Form(
        "tip/form",
        _("Share a tip"),
        [
            Nameless("words", _("The tip, as others can use it, without any name"), names=names),
            Choice("topic", _("Who gets it?"), [(one, TOPICS[one.partition("/")[0]]) for one in [*about, "all/"]]),
            Choice("narrow", _("All of them?"), list(NARROW.items())),
        ],
        _("Look at it first"),
    )
    made = PublishTip(found.id, values["words"], values["topic"], values["narrow"])
    count = yield from Fact(
        "count",
        int,
        lambda: talk.read.audience(made.tip(talk.read.supplier_tier(found), talk.person.id, talk.began), found),
    )
    if not count:
        talk.say(_("Nobody fits that. Please choose a wider circle."))
        return
    if (yield from Confirm("publish", _preview(made.words, count), yes=_("Yes, send it"), no=_("No, do not send"))):
        talk.do(made)
    else:
        talk.say(_("Not sent."))


TOPICS: dict[str, Phrase] = {
    "category": _("Sites that had the same kind of problem"),
    "metric": _("Sites that send the same figure"),
    "course": _("People who took the same course"),
    "all": _("All sites"),
}
NARROW: dict[str, Phrase] = {
    "": _("Yes, all"),
    "tier": _("Only suppliers of the same tier"),
    "country": _("Only the same country"),
}


def _topic(found: Ticket) -> str:
    if found.metric:
        return f"metric/{found.metric}"
    return f"course/{found.lesson.partition('/')[0]}" if found.lesson else ""


def _preview(words: str, count: int) -> Phrase:
    return n_(
        "{count} person will read this, without knowing where it comes from:\n<i>{words}</i>\nShall I send it?",
        "{count} people will read this, without knowing where it comes from:\n<i>{words}</i>\nShall I send it?",
        count,
        words=words,
    )


class Nameless(Text):
    """Words that name nobody of the ticket's site and not the site itself."""

    def __init__(self, key: str, prompt: Speech, *, names: tuple[Sequence[str], Sequence[str]]) -> None:
        super().__init__(key, prompt, limit=LIMIT)
        self.names = names

    def parse(self, said: Said, language: str) -> str:
        words = super().parse(said, language)
        found = named_in(words, *self.names)
        if found:
            raise Unclear(_("Please leave out the names: {names}.", names=tuple(found)))
        return words


@dataclass(frozen=True)
class PublishTip:
    """A tip as it was looked at; `narrow` is "", "tier" or "country"."""

    ticket_id: int
    words: str
    topic: str
    narrow: str

    def tip(self, near: tuple[str, str], author_id: int, at: datetime) -> Tip:
        """The row to be; `near` are the tier and the country of the ticket's site."""
        tier, country = near
        return Tip(
            ticket_id=self.ticket_id,
            author_id=author_id,
            words=self.words,
            at=at,
            topic="" if self.topic == "all/" else self.topic,
            tier=tier if self.narrow == "tier" else "",
            country=country if self.narrow == "country" else "",
        )

    def perform(self, turn: Any) -> None:
        """Keep it, plan it for each reader's hours, have it translated, and tell the reporter what came of it."""
        found = ticket_for(turn, str(self.ticket_id))
        row = self.tip(turn.read.supplier_tier(found), turn.me.id, turn.now)
        row.language = language_of(turn, found.site_id, row.words)
        turn.session.add(row)
        turn.session.flush()
        given = readers(turn.session, turn.settings, row, found.site_id)
        for person, site in given:
            plan_soon(turn, person, site.calendar, TIP, row.id, "new")
        read = phone_languages(turn, found) | {turn.languages(person)[0] for person, _site in given}
        wanted = sorted(read - {row.language})
        if turn.house.translates and wanted:
            turn.work(f"translate/tip/{row.id}", "translate", {"tip": row.id, "to": wanted})
        turn.note("tip published", "ticket", found.id, tip=row.id, readers=len(given))
        tell_reporter(turn, found, told_key(row), thanks(turn, found, row), about=turn.me)
        head.show(turn, found)
        count = len(given)
        turn.say(
            n_("{count} person gets it in their working hours.", "{count} people get it in their working hours.", count)
        )
