"""CAPAs and their history."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables.capas import SETTLED, Capa, CapaEvent


def capa(session: Session, capa_id: int) -> Capa | None:
    """The CAPA of this number, locked for this transaction."""
    return session.exec(select(Capa).where(Capa.id == capa_id).with_for_update()).first()


def of_breach(session: Session, breach_id: int) -> Capa | None:
    """The CAPA that a breach led to."""
    return session.exec(select(Capa).where(Capa.breach_id == breach_id)).first()


def open_capas(session: Session, site_ids: list[int] | None = None) -> list[Capa]:
    """The CAPAs that are not settled, of some sites or of all, the one due first first."""
    query = select(Capa).where(col(Capa.state).not_in(SETTLED)).order_by(col(Capa.due_on), col(Capa.id))
    return list(session.exec(query if site_ids is None else query.where(col(Capa.site_id).in_(site_ids))))


def opened(session: Session, since: datetime, until: datetime) -> list[Capa]:
    """The CAPAs opened from `since` (included) to `until` (not included), oldest first."""
    query = select(Capa).where(col(Capa.opened_at) >= since, col(Capa.opened_at) < until).order_by(col(Capa.id))
    return list(session.exec(query))


def note(session: Session, capa: Capa, what: str, at: datetime, person_id: int | None, words: str = "") -> None:
    """Add a step to a CAPA's history."""
    session.add(CapaEvent(capa_id=capa.id, at=at, person_id=person_id, what=what, note=words))


def events(session: Session, capa_id: int) -> list[CapaEvent]:
    """A CAPA's history, oldest first."""
    return list(session.exec(select(CapaEvent).where(CapaEvent.capa_id == capa_id).order_by(col(CapaEvent.id))))


def at_sites(session: Session, site_ids: list[int]) -> list[Capa]:
    """All CAPAs of some sites, open and closed."""
    return list(session.exec(select(Capa).where(col(Capa.site_id).in_(site_ids)).order_by(col(Capa.id))))
