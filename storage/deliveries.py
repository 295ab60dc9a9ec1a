"""The deliveries that were taken in: each of them once."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.talks import Delivery, DeliveryState


def take(session: Session, delivery_id: str, at: datetime, channel: str) -> bool:
    """True if this delivery is new; it is then ours. On PostgreSQL a rival's insert is waited for."""
    row = Delivery(id=delivery_id, at=at, channel=channel)
    return insert_once(session, Delivery, row.model_dump())


def answer(session: Session, delivery_id: str) -> dict[str, Any]:
    """The acknowledgement that a delivery got, for its repeats."""
    row = session.get(Delivery, delivery_id)
    return dict(row.answer) if row else {}


def failed(session: Session) -> list[Delivery]:
    """The deliveries that a fault of ours kept from being handled, oldest first."""
    query = select(Delivery).where(Delivery.state == DeliveryState.FAILED).order_by(col(Delivery.at), col(Delivery.id))
    return list(session.exec(query))
