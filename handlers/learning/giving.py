"""Tips and ideas as others are given them, and the votes for them."""

from handlers.bridge import head
from handlers.message import Button, Speech
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.router import SUPPLIER, Router, action, number
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import people, tickets, tips, translations
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.tickets import TicketKind
from storage.tables.tips import Tip

routes, notices = Router(), Notices()
TIP = "tip"


@notices.kind(TIP)
def give(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To somebody of another site: the words in their language, or as they were written with the language named."""
    row = tips.by_id(turn.session, note.object_id)
    if row is None or not row.words:
        return None
    found = tickets.by_id(turn.session, row.ticket_id)
    is_idea = found is not None and found.kind is TicketKind.IDEA
    first = _("<b>An idea from another site</b>") if is_idea else _("<b>A tip from another site</b>")
    vote = Button(_("I would like that") if is_idea else _("This helps me"), action("tip.vote", row.id))
    why = _("Mentors pass on what has helped elsewhere to sites with the same topic. You take part in one of them.")
    author = people.by_id(turn.session, row.author_id)
    key = f"tip/{row.id}/{person.id}"
    return Notice(first, (first, *_words(turn, row, person)), why, ((vote,),), about=author, key=key)


def _words(turn: Turn, row: Tip, person: Person) -> list[Speech]:
    language = turn.languages(person)[0]
    if not row.language or row.language == language:
        return [row.words]
    name, said = turn.house.texts.name(row.language), translations.of_tip(turn.session, row.id, language)
    if said:
        return [said, _("<i>Translated from {language} by a machine.</i>", language=name)]
    return [row.words, _("<i>Written in {language}.</i>", language=name)]


def was_given(turn: Turn, argument: str) -> bool | None:
    """Whether the person was told the tip of this number; None if there is none."""
    tip_id = number(argument)
    row = tips.by_id(turn.session, tip_id) if tip_id is not None else None
    return None if row is None else tips.was_given(turn.session, row.id, turn.me.id)


@routes.button("tip.vote", SUPPLIER, mine=was_given)
def vote(turn: Turn, tip_id: str) -> None:
    """Count the person's vote, or take it back; who voted is kept nowhere."""
    row = turn.session.get_one(Tip, int(tip_id))
    counts = tips.vote(turn.session, row.id, turn.house.pseudonym(f"vote/{row.id}/{turn.me.id}"))
    found = tickets.by_id(turn.session, row.ticket_id)
    if found is not None:
        head.show(turn, found)
    votes = tips.votes(turn.session, row.id)
    turn.toast(_thanks(votes) if counts else _("Your vote is taken back."))


def _thanks(votes: int) -> Phrase:
    return n_("Thank you. {count} vote so far.", "Thank you. {count} votes so far.", votes)
