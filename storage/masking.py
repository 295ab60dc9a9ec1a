"""A person's name taken out of what others wrote: only the name goes, the rest of their words stays."""

import json
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, cast, or_, true, update
from sqlmodel import Session, SQLModel, col, select

from storage.tables.capas import Capa, CapaEvent, CapaExtension, CapaStep
from storage.tables.committee import Decision
from storage.tables.figures import Absence, Submission
from storage.tables.people import Membership
from storage.tables.programme import Site, TierProposal
from storage.tables.queues import OutboxRow, WorkRow
from storage.tables.talks import Delivery, DialogRow
from storage.tables.tickets import Ticket, TicketMessage
from storage.tables.tips import Tip, Translation
from storage.tables.workshops import Workshop

MASK = "…"
SHORTEST_PART = 3
WORDS_OF_CAPA = ("finding", "auditor", "containment", "whys", "cause", "corrective", "preventive")
# Values that were made for others and may name anybody.
JSON_COLUMNS: tuple[tuple[type[SQLModel], str], ...] = (
    (OutboxRow, "payload"),
    (WorkRow, "argument"),
    (DialogRow, "argument"),
    (DialogRow, "answers"),
    (Delivery, "content"),
)


def sites_of(session: Session, person_id: int) -> set[int]:
    """The sites a person had to do with: worked at, mentored, had a CAPA or a ticket at, or answered about."""
    queries = (
        select(Membership.site_id).where(Membership.person_id == person_id),
        select(Site.id).where(Site.mentor_id == person_id),
        select(Capa.site_id).where(or_(col(Capa.owner_id) == person_id, col(Capa.opened_by_id) == person_id)),
        select(Ticket.site_id).where(Ticket.person_id == person_id),
        select(Ticket.site_id)
        .join(TicketMessage, col(TicketMessage.ticket_id) == Ticket.id)
        .where(TicketMessage.person_id == person_id),
    )
    return {site for query in queries for site in session.exec(query) if site is not None}


def mask_texts(session: Session, name: str, sites: Iterable[int]) -> int:
    """How many texts about these sites named the person, by whole name or a part of it; the names are masked now."""
    pattern, places = _pattern([name, *(part for part in name.split() if len(part) >= SHORTEST_PART)]), list(sites)
    capas = select(col(Capa.id)).where(col(Capa.site_id).in_(places))
    owners = select(col(Site.supplier_id)).where(col(Site.id).in_(places))
    talks = select(col(Ticket.id)).where(col(Ticket.site_id).in_(places))
    said = select(col(TicketMessage.id)).where(col(TicketMessage.ticket_id).in_(talks))
    tips = select(col(Tip.id)).where(col(Tip.ticket_id).in_(talks))
    texts: tuple[tuple[type[SQLModel], str, Any], ...] = (
        *((Submission, words, col(Submission.site_id).in_(places)) for words in ("method", "reason", "returned_why")),
        (TierProposal, "why", col(TierProposal.supplier_id).in_(owners)),
        *((Absence, words, col(Absence.site_id).in_(places)) for words in ("reason", "decided_why")),
        *((Capa, words, col(Capa.id).in_(capas)) for words in WORDS_OF_CAPA),
        *((CapaEvent, words, col(CapaEvent.capa_id).in_(capas)) for words in ("note", "detail")),
        (CapaStep, "text", col(CapaStep.capa_id).in_(capas)),
        *((CapaExtension, words, col(CapaExtension.capa_id).in_(capas)) for words in ("reason", "decided_why")),
        *((Decision, words, true()) for words in ("words", "why")),
        *((Ticket, words, col(Ticket.id).in_(talks)) for words in ("words", "stage_reason")),
        (Tip, "words", col(Tip.ticket_id).in_(talks)),
        (Translation, "words", or_(col(Translation.message_id).in_(said), col(Translation.tip_id).in_(tips))),
        (TicketMessage, "words", col(TicketMessage.ticket_id).in_(talks)),
        *((Workshop, words, _at(places)) for words in ("title", "place")),
    )
    return sum(_mask(session, table, column, which, pattern) for table, column, which in texts)


def mask_values(session: Session, name: str) -> int:
    """How many values made for others named the person in full; the name is masked in them now."""
    if not name:
        return 0
    # JSON is stored with escapes, so that is how the name stands in it.
    escaped, pattern = json.dumps(name)[1:-1], _pattern([name])
    return sum(
        _mask(session, table, column, cast(getattr(table, column), String).contains(escaped, autoescape=True), pattern)
        for table, column in JSON_COLUMNS
    )


def _at(sites: list[int]) -> Any:
    """Workshops at these sites, or for all sites of their mentors."""
    mentors = select(col(Site.mentor_id)).where(col(Site.id).in_(sites))
    return col(Workshop.site_id).in_(sites) | (col(Workshop.site_id).is_(None) & col(Workshop.mentor_id).in_(mentors))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({name for name in names if name}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if longest_first else r"(?!)")


def _mask(session: Session, table: type[SQLModel], column: str, which: Any, pattern: re.Pattern[str]) -> int:
    key, value = table.__table__.c.id, table.__table__.c[column]  # type: ignore[attr-defined]
    changed = 0
    for row_id, found in session.execute(select(key, value).where(which)).all():
        masked = _masked(found, pattern)
        if masked != found:
            query = update(table).where(key == row_id).values({column: masked})
            session.execute(query.execution_options(synchronize_session=False))
            changed += 1
    return changed


def _masked(value: Any, pattern: re.Pattern[str]) -> Any:
    match value:
        case str():
            return pattern.sub(MASK, value)
        case list():
            return [_masked(one, pattern) for one in value]
        case dict():
            return {key: _masked(one, pattern) for key, one in value.items()}
    return value
