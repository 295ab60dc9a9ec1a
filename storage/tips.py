"""Tips that were made of tickets, and who found them useful."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.planning import DueNote, DueState
from storage.tables.tickets import Ticket
from storage.tables.tips import Tip, TipVote
from storage.tables.training import LessonResult
from storage.tickets import ORDINARY


def by_id(session: Session, tip_id: int) -> Tip | None:
    """The tip of this number."""
    return session.get(Tip, tip_id)


def of_ticket(session: Session, ticket_id: int) -> list[Tip]:
    """The tips that were made of a ticket, oldest first."""
    return list(session.exec(select(Tip).where(Tip.ticket_id == ticket_id).order_by(col(Tip.id))))


def was_given(session: Session, tip_id: int, person_id: int) -> bool:
    """Whether somebody was told this tip."""
    given = select(DueNote.id).where(
        DueNote.kind == "tip",
        DueNote.object_id == tip_id,
        DueNote.person_id == person_id,
        DueNote.state == DueState.SAID,
    )
    return session.exec(given).first() is not None


def vote(session: Session, tip_id: int, voter: str) -> bool:
    """True if this vote counts from now on; one that was there already is taken back."""
    if insert_once(session, TipVote, {"tip_id": tip_id, "voter": voter}):
        return True
    session.execute(delete(TipVote).where(col(TipVote.tip_id) == tip_id, col(TipVote.voter) == voter))
    return False


def votes(session: Session, tip_id: int) -> int:
    """How many found it useful."""
    return int(session.exec(select(func.count()).select_from(TipVote).where(TipVote.tip_id == tip_id)).one())


def sites_with(session: Session, category: str) -> set[int]:
    """The sites that have brought something of this category."""
    return set(session.exec(select(Ticket.site_id).where(ORDINARY, Ticket.category == category)))


def learners_of(session: Session, course: str) -> set[int]:
    """The people who have finished a lesson of this course."""
    return set(session.exec(select(LessonResult.person_id).where(LessonResult.course == course)))


def of_week(session: Session, since: datetime, until: datetime, site_ids: Collection[int]) -> list[tuple[str, int]]:
    """The tips made from `since` (included) to `until` (not included) of what these sites brought, with their votes."""
    query = (
        select(Tip.words, func.count(col(TipVote.id)))
        .join(Ticket, col(Ticket.id) == Tip.ticket_id)
        .outerjoin(TipVote, col(TipVote.tip_id) == Tip.id)
        .where(ORDINARY, col(Ticket.site_id).in_(site_ids), col(Tip.at) >= since, col(Tip.at) < until)
        .group_by(col(Tip.id), col(Tip.words))
        .order_by(func.count(col(TipVote.id)).desc(), col(Tip.id))
    )
    return [(words, votes) for words, votes in session.exec(query)]
