"""CAPAs with their steps, extensions and history."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from storage.tables.capas import SETTLED, Capa, CapaEvent, CapaExtension, CapaState, CapaStep, ExtensionState
from storage.tables.figures import Breach
from storage.tables.files import FileLink


def capa(session: Session, capa_id: int) -> Capa | None:
    """The CAPA of this number, locked for this transaction."""
    return session.exec(select(Capa).where(Capa.id == capa_id).with_for_update()).first()


def of_breach(session: Session, breach_id: int) -> Capa | None:
    """The CAPA that a breach led to."""
    return session.exec(select(Capa).where(Capa.breach_id == breach_id)).first()


def of_ticket(session: Session, ticket_id: int) -> Capa | None:
    """The CAPA that a ticket led to."""
    return session.exec(select(Capa).where(Capa.ticket_id == ticket_id)).first()


def of_reference(session: Session, site_id: int, reference: str) -> Capa | None:
    """The CAPA of an auditor's finding at a site."""
    return session.exec(select(Capa).where(Capa.site_id == site_id, Capa.reference == reference)).first()


def blocked_by(session: Session, ticket_id: int) -> list[Capa]:
    """The CAPAs whose clock a ticket has stopped."""
    return list(session.exec(select(Capa).where(Capa.blocked_by_id == ticket_id).with_for_update()))


def open_capas(session: Session, site_ids: Collection[int] | None = None) -> list[Capa]:
    """The CAPAs that are not settled, of some sites or of all, the one due first first."""
    query = select(Capa).where(col(Capa.state).not_in(SETTLED))
    query = query.order_by(func.coalesce(Capa.owed_on, Capa.due_on), col(Capa.id))
    return list(session.exec(query if site_ids is None else query.where(col(Capa.site_id).in_(site_ids))))


def opened(session: Session, since: datetime, until: datetime) -> list[Capa]:
    """The CAPAs opened from `since` (included) to `until` (not included), oldest first."""
    query = select(Capa).where(col(Capa.opened_at) >= since, col(Capa.opened_at) < until).order_by(col(Capa.id))
    return list(session.exec(query))


def watched(session: Session, site_id: int, metric: str) -> list[Capa]:
    """The CAPAs of a site whose effect is read from this metric now."""
    query = select(Capa).join(Breach, col(Breach.id) == Capa.breach_id)
    query = query.where(Capa.site_id == site_id, Capa.state == CapaState.WATCHING, Breach.metric == metric)
    return list(session.exec(query.order_by(col(Capa.id)).with_for_update(of=Capa)))


def earlier(session: Session, capa: Capa, metric: str) -> Capa | None:
    """The newest CAPA before this one at its site about the same metric, or the same requirement."""
    alike: list[ColumnElement[bool]] = [col(Breach.metric) == metric] if metric else []
    alike += [col(Capa.requirement) == capa.requirement] if capa.requirement else []
    if not alike:
        return None
    query = select(Capa).outerjoin(Breach, col(Breach.id) == Capa.breach_id)
    query = query.where(Capa.site_id == capa.site_id, col(Capa.id) < capa.id, or_(*alike))
    return session.exec(query.order_by(col(Capa.id).desc()).limit(1)).first()


def note(
    session: Session,
    capa: Capa,
    what: str,
    at: datetime,
    person_id: int | None,
    words: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Add an event to a CAPA's history."""
    session.add(CapaEvent(capa_id=capa.id, at=at, person_id=person_id, what=what, note=words, detail=detail or {}))


def events(session: Session, capa_id: int) -> list[CapaEvent]:
    """A CAPA's history, oldest first."""
    return list(session.exec(select(CapaEvent).where(CapaEvent.capa_id == capa_id).order_by(col(CapaEvent.id))))


def at_sites(session: Session, site_ids: list[int]) -> list[Capa]:
    """All CAPAs of some sites, open and closed."""
    return list(session.exec(select(Capa).where(col(Capa.site_id).in_(site_ids)).order_by(col(Capa.id))))


def steps(session: Session, capa_id: int) -> list[CapaStep]:
    """The steps of the plan that holds, in order."""
    query = select(CapaStep).where(CapaStep.capa_id == capa_id, ~col(CapaStep.dropped))
    return list(session.exec(query.order_by(col(CapaStep.place))))


def step(session: Session, step_id: int) -> CapaStep | None:
    """One step, locked for this transaction."""
    return session.exec(select(CapaStep).where(CapaStep.id == step_id).with_for_update()).first()


def extension(session: Session, extension_id: int) -> CapaExtension | None:
    """One extension, locked for this transaction."""
    return session.exec(select(CapaExtension).where(CapaExtension.id == extension_id).with_for_update()).first()


def asked_extension(session: Session, capa_id: int) -> CapaExtension | None:
    """The extension of a CAPA that waits for a decision."""
    query = select(CapaExtension).where(CapaExtension.capa_id == capa_id, CapaExtension.state == ExtensionState.ASKED)
    return session.exec(query).first()


def extensions_given(session: Session, capa_id: int) -> int:
    """How often a CAPA was given more time."""
    query = select(func.count()).where(CapaExtension.capa_id == capa_id, CapaExtension.state == ExtensionState.APPROVED)
    return session.exec(query).one()


def files_sent(session: Session, capa_id: int) -> int:
    """How many files came with the steps that were done; they may still be on their way into the store."""
    done = [row for row in events(session, capa_id) if row.what == "do_step"]
    return sum(row.detail.get("files", 0) for row in done)


def evidence(session: Session, capa_id: int) -> list[str]:
    """The sha256 of each file that shows what was done, for the CAPA or for a step of it, oldest first."""
    ours = select(CapaStep.id).where(CapaStep.capa_id == capa_id)
    query = select(FileLink.sha256).where(or_(col(FileLink.capa_id) == capa_id, col(FileLink.capa_step_id).in_(ours)))
    return list(session.exec(query.order_by(col(FileLink.id))))


def closed(session: Session, since: datetime, until: datetime) -> list[Capa]:
    """The CAPAs settled as done from `since` (included) to `until` (not included), oldest first."""
    query = select(Capa).where(
        Capa.state == CapaState.CLOSED, col(Capa.closed_at) >= since, col(Capa.closed_at) < until
    )
    return list(session.exec(query.order_by(col(Capa.id))))


def asked_extensions(session: Session, site_ids: Collection[int]) -> list[tuple[CapaExtension, Capa]]:
    """The extensions at some sites that wait for a decision, the oldest first, each with its CAPA."""
    query = select(CapaExtension, Capa).join(Capa, col(Capa.id) == CapaExtension.capa_id)
    query = query.where(CapaExtension.state == ExtensionState.ASKED, col(Capa.site_id).in_(site_ids))
    return list(session.exec(query.order_by(col(CapaExtension.asked_at), col(CapaExtension.id))))


def extended(session: Session, capa_ids: Collection[int]) -> set[int]:
    """Those of these CAPAs that were given more time before."""
    query = select(CapaExtension.capa_id).where(
        col(CapaExtension.capa_id).in_(capa_ids), CapaExtension.state == ExtensionState.APPROVED
    )
    return set(session.exec(query.distinct()))
