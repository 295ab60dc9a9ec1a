"""Tips and ideas as others are given them, and the votes for them."""

from handlers.bridge import head
from handlers.bridge.reporter import is_reporter, reporter, tell_reporter
from handlers.bridge.translated import Shown
from handlers.bridge.words import yours
from handlers.message import Address, Button, Edit, Message
from handlers.reminders.away import reading_for
from handlers.reminders.digest import Said, digest
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.router import SUPPLIER, Router, action, number
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import due, outbox, people, tickets, tips, translations
from storage.tables.people import Person
from storage.tables.planning import DueNote, DueState
from storage.tables.queues import Lane
from storage.tables.tickets import Ticket, TicketKind
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
    author, shown = people.by_id(turn.session, row.author_id), shown_to(turn, row, person)
    parts, buttons = (first, shown.words, *shown.below), (*shown.buttons, (vote,))
    return Notice(first, parts, why, buttons, about=author, key=f"tip/{row.id}/{person.id}")


def shown_to(turn: Turn, row: Tip, person: Person) -> Shown:
    """The words of a tip as somebody reads them."""
    language = turn.languages(person)[0]
    if not row.language or row.language == language:
        return Shown(row.words)
    name, said = turn.house.texts.name(row.language), translations.of_tip(turn.session, row.id, language)
    if not said:
        return Shown(row.words, (_("<i>Written in {language}.</i>", language=name),))
    original = Button(_("Show original"), action("tip.original", row.id))
    return Shown(said, (_("<i>Translated from {language} by a machine.</i>", language=name),), ((original,),))


def told_key(row: Tip) -> str:
    """The outbox key under which the reporter is told what others learn because of them."""
    return f"ticket/{row.ticket_id}/tip/{row.id}"


def thanks(turn: Turn, found: Ticket, row: Tip) -> Message:
    """What the reporter is told of a tip that was made of their ticket."""
    who = reporter(turn, found)
    shown = shown_to(turn, row, who) if who is not None else Shown(row.words)
    text = _(
        "Because you told us about {ticket}, others can learn from it now. This went to other sites, without your name "
        "and the name of your site:\n<i>{words}</i>",
        ticket=yours(found),
        words=shown.words,
    )
    return Message((text, *shown.below), shown.buttons)


def was_given(turn: Turn, argument: str) -> bool | None:
    """Whether the person was told the tip of this number; None if there is none."""
    tip_id = number(argument)
    row = tips.by_id(turn.session, tip_id) if tip_id is not None else None
    return None if row is None else tips.was_given(turn.session, row.id, turn.me.id)


def arrived(turn: Turn, tip_id: int, made: dict[str, str], words: str, detected: str) -> None:
    """Keep what an engine made of a tip's words, by language, and show it to who was told the tip already."""
    row = tips.by_id(turn.session, tip_id)
    if row is None or row.words != words:
        return
    row.language = row.language or detected
    turn.session.add(row)
    translations.keep(turn.session, {"tip_id": row.id}, made, row.language)
    found = tickets.by_id(turn.session, row.ticket_id)
    if found is not None:
        author = people.by_id(turn.session, row.author_id)
        edit = Edit(told_key(row), thanks(turn, found, row))
        tell_reporter(turn, found, f"{told_key(row)}/translated", edit, about=author)
    for note in due.about(turn.session, TIP, row.id):
        if note.state is DueState.SAID and note.told_id is not None:
            _show_anew(turn, row, note, people.by_id(turn.session, note.told_id))


def _show_anew(turn: Turn, row: Tip, note: DueNote, reader: Person) -> None:
    """The message in which somebody was told a tip, as they read it now; nothing where nobody translated it."""
    person, sent = people.by_id(turn.session, note.person_id), outbox.by_key(turn.session, note.message)
    notice = give(turn, note, person) if shown_to(turn, row, person).buttons else None
    if notice is None or sent is None:
        return
    message = digest(turn, reader, [Said(note, notice, person, reading_for(turn, person))])
    address = Address(sent.channel, sent.conversation, sent.thread)
    turn.put(f"{sent.key}/translated", Lane.PUSH, address, Edit(sent.key, message), reader, notice.about)


def may_read(turn: Turn, argument: str) -> bool | None:
    """Whether the person was told the tip of this number, or it was made of what they reported."""
    row = tips.by_id(turn.session, number(argument) or 0)
    found = tickets.by_id(turn.session, row.ticket_id) if row else None
    return None if found is None else is_reporter(turn, found, turn.me) or was_given(turn, argument)


@routes.button("tip.original", SUPPLIER, mine=may_read)
def original(turn: Turn, tip_id: str) -> None:
    """A tip's words as they were written; who reported it may be asking, so nobody learns who does."""
    row = turn.session.get_one(Tip, int(tip_id))
    turn.veiled = True
    name = turn.house.texts.name(row.language)
    turn.say(_("As it was written, in {language}:\n<i>{words}</i>", language=name, words=row.words))


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
