"""What tickets, their kinds, categories, urgencies and ends are called."""

from handlers.grave.words import GRAVE
from handlers.tickets import ticket as numbered
from locales.text import Phrase, _, p_
from storage.tables.tickets import Stage, Ticket, TicketKind, Urgency

OBSTACLES: dict[str, Phrase] = {
    "money": p_("kind of obstacle", "Money or investment"),
    "skills": p_("kind of obstacle", "Knowledge or skills"),
    "equipment": p_("kind of obstacle", "Machines or equipment"),
    "authority": p_("kind of obstacle", "Permits or authorities"),
    "other": p_("kind of obstacle", "Something else"),
}
IDEAS: dict[str, Phrase] = {
    "saving": p_("kind of idea", "Save energy, water or material"),
    "working": p_("kind of idea", "Safer or better work"),
    "other": p_("kind of obstacle", "Something else"),
}
CALLS: dict[str, Phrase] = {
    "figures": p_("kind of call for help", "A figure"),
    "lessons": p_("kind of call for help", "A lesson"),
    "actions": p_("kind of call for help", "A corrective action"),
    "other": p_("kind of obstacle", "Something else"),
}
CATEGORIES: dict[str, Phrase] = OBSTACLES | IDEAS | CALLS | GRAVE
OF_KIND = {TicketKind.OBSTACLE: OBSTACLES, TicketKind.IDEA: IDEAS, TicketKind.HELP: CALLS}

URGENCIES: dict[Urgency, Phrase] = {
    Urgency.HIGH: p_("urgency", "Urgent"),
    Urgency.NORMAL: p_("urgency", "Normal"),
    Urgency.LOW: p_("urgency", "It can wait"),
}
REASONS: dict[str, Phrase] = {
    "solved": p_("why a ticket is closed", "It is solved"),
    "answered": p_("why a ticket is closed", "The question is answered"),
    "passed_on": p_("why a ticket is closed", "Somebody else takes care of it"),
    "not_now": p_("why a ticket is closed", "It cannot be done now"),
    "withdrawn": p_("why a ticket is closed", "It was taken back"),
}

STAGES: dict[Stage, Phrase] = {
    Stage.NEW: p_("what becomes of an idea", "new"),
    Stage.CONSIDERED: p_("what becomes of an idea", "it is being looked at"),
    Stage.TRIED: p_("what becomes of an idea", "it is being tried"),
    Stage.ADOPTED: p_("what becomes of an idea", "it is done this way from now on"),
    Stage.NOT_NOW: p_("what becomes of an idea", "not now"),
}


def title(found: Ticket) -> Phrase:
    """The ticket by its kind and number, at the beginning of a sentence."""
    match found.kind:
        case TicketKind.IDEA:
            return _("Idea {number}", number=numbered(found.id))
        case TicketKind.HELP:
            return _("Call for help {number}", number=numbered(found.id))
        case TicketKind.GRAVE:
            return _("Report {number}", number=numbered(found.id))
    return _("Problem {number}", number=numbered(found.id))


def yours(found: Ticket) -> Phrase:
    """The ticket as its reporter reads of it, within a sentence."""
    match found.kind:
        case TicketKind.IDEA:
            return p_("within a sentence", "your idea {number}", number=numbered(found.id))
        case TicketKind.HELP:
            return p_("within a sentence", "your call for help {number}", number=numbered(found.id))
        case TicketKind.GRAVE:
            return p_("within a sentence", "your report {number}", number=numbered(found.id))
    return p_("within a sentence", "your problem {number}", number=numbered(found.id))


def brief(found: Ticket) -> Phrase:
    """The ticket in brackets, behind a sentence."""
    match found.kind:
        case TicketKind.IDEA:
            return p_("in brackets", "idea {number}", number=numbered(found.id))
        case TicketKind.HELP:
            return p_("in brackets", "call for help {number}", number=numbered(found.id))
        case TicketKind.GRAVE:
            return p_("in brackets", "report {number}", number=numbered(found.id))
    return p_("in brackets", "problem {number}", number=numbered(found.id))
