"""The first message of a ticket's thread: what it is, how it stands, and what can be done about it."""

from handlers.bridge.mentor import answerer, copies
from handlers.bridge.reporter import reporter
from handlers.bridge.translated import Shown, for_reader
from handlers.bridge.words import CATEGORIES, REASONS, STAGES, URGENCIES, title
from handlers.grave.head import grave_head
from handlers.message import Address, Button, Edit, Message, Speech
from handlers.router import action
from handlers.tickets import ticket as numbered
from handlers.turn import Turn
from locales.text import Moment, Phrase, _
from storage import programme, tickets, tips
from storage.tables.people import Person
from storage.tables.queues import Lane
from storage.tables.tickets import Ticket, TicketKind, TicketState

NO_WORDS = _("(no words: see the file below)")


def head(turn: Turn, found: Ticket) -> Message:
    """The message as things stand now."""
    shown = _words(turn, found)
    if found.kind is TicketKind.GRAVE:
        return grave_head(turn, found, shown)
    what = _what(turn, found, shown.words or NO_WORDS)
    lines: list[Speech] = [what, *shown.below, *_concerns(turn, found), *_learnt(turn, found), _standing(turn, found)]
    return Message(tuple(lines), (*shown.buttons, *_buttons(found)))


def _words(turn: Turn, found: Ticket) -> Shown:
    """The report as who answers it reads it."""
    first = next(iter(tickets.messages(turn.session, found.id)), None)
    if first is None or first.words != found.words:
        return Shown(found.words)
    return for_reader(turn, first, answerer(turn, found))


def show(turn: Turn, found: Ticket) -> None:
    """Show the thread's first message as things stand now."""
    found.version += 1
    turn.session.add(found)
    for reader, root, mark in copies(turn, found):
        key, place = f"ticket/{found.id}/head/{found.version}{mark}", Address(root.channel, root.conversation)
        turn.put(key, Lane.ALERT, place, Edit(root.key, head(turn, found)), reader, about_of(turn, found))


def about_of(turn: Turn, found: Ticket) -> Person | None:
    """Whose name and words the message holds, for erasure; of an anonymous ticket nobody's that may be written down."""
    return None if found.anonymous else reporter(turn, found)


def _what(turn: Turn, found: Ticket, words: Speech) -> Phrase:
    site = programme.site(turn.session, found.site_id)
    who = about_of(turn, found)
    if who is None:
        return _(
            "<b>{title}</b> from somebody at {site} who gives no name: {kind}\n<i>{words}</i>\nAnswer in this thread: "
            "your words reach them. Whether they have arrived is not shown, since that could tell who it is.",
            title=title(found),
            site=site.name,
            kind=CATEGORIES[found.category],
            words=words,
        )
    return _(
        "<b>{title}</b> from {name}, {site}: {kind}\n<i>{words}</i>\nAnswer in this thread: your words go to "
        "{name}'s phone. Lines that begin with // stay here.",
        title=title(found),
        name=who.name,
        site=site.name,
        kind=CATEGORIES[found.category],
        words=words,
    )


def _concerns(turn: Turn, found: Ticket) -> list[Phrase]:
    """What it is about, if that was said."""
    if found.capa_id is not None:
        return [_("About: CAPA {number}", number=numbered(found.capa_id))]
    if found.metric:
        return [_("About: {what}", what=turn.read.metric_text(found.metric, "name"))]
    if found.lesson:
        course, _slash, lesson = found.lesson.partition("/")
        known = turn.house.library.courses.get(course)
        one = next((one for one in known.lessons if one.key == lesson), None) if known else None
        if known and one:
            return [_("About: {what}", what=turn.read.lesson_title(known, one))]
    return []


def _learnt(turn: Turn, found: Ticket) -> list[Phrase]:
    """What becomes of an idea, and how many found useful what was shared of the ticket."""
    lines = [_("What becomes of it: {stage}", stage=STAGES[found.stage])] if found.kind is TicketKind.IDEA else []
    shared = tips.of_ticket(turn.session, found.id)
    if shared:
        votes = sum(tips.votes(turn.session, one.id) for one in shared)
        lines.append(_("Shared with other sites. Votes: {votes}", votes=votes))
    return lines


def _standing(turn: Turn, found: Ticket) -> Phrase:
    """Open or closed, who answers it, and by when."""
    if found.state is TicketState.CLOSED:
        return _("Closed: {reason}", reason=REASONS.get(found.close_reason, REASONS["solved"]))
    mentor = answerer(turn, found)
    name, urgency = mentor.name if mentor else "–", URGENCIES[found.urgency]
    if found.answer_by is None:
        return _("{urgency}. {name} answers it. Nobody waits for an answer now.", urgency=urgency, name=name)
    zone = mentor.timezone if mentor else "UTC"
    due = Moment(found.answer_by, zone)
    return _("{urgency}. {name} answers it. Please answer by {moment}.", urgency=urgency, name=name, moment=due)


def _buttons(found: Ticket) -> tuple[tuple[Button, ...], ...]:
    learning = [(_("Tell what changed"), "ticket.outcome"), (_("Share a tip"), "tip.make")]
    if found.kind is TicketKind.IDEA:
        learning.append((_("What becomes of it"), "idea.stage"))
    below = tuple(Button(label, action(name, found.id)) for label, name in learning)
    if found.state is TicketState.CLOSED:
        return ((Button(_("Open again"), action("ticket.reopen", found.id)),), below)
    ways = [
        (_("Close"), "ticket.close"),
        *([(_("Open a CAPA"), "capa.from")] if _may_lead_to_capa(found) else []),
        (_("Hand over"), "ticket.assign"),
        (_("Ask a colleague"), "ticket.ask"),
        (_("Change category"), "ticket.category"),
        (_("Link a CAPA"), "ticket.capa"),
    ]
    return (tuple(Button(label, action(name, found.id)) for label, name in ways), below)


def _may_lead_to_capa(found: Ticket) -> bool:
    return found.kind is TicketKind.OBSTACLE and found.capa_id is None
