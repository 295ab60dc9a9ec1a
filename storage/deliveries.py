"""The deliveries that were taken in: each of them once."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.talks import Delivery, DeliveryState


def account_word(channel: str, account: str) -> str:
    """The word whose pseudonym stands for an account: a failed delivery does not tell whose it was."""
    return f"account/{channel}/{account}"


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


def keep_answer(session: Session, delivery_id: str, answer: dict[str, Any]) -> None:
    """Keep what a delivery was acknowledged with."""
    session.execute(update(Delivery).where(col(Delivery.id) == delivery_id).values(answer=answer))


def forget(session: Session, delivery_id: str) -> None:
    """Let a failed delivery be taken in anew."""
    session.execute(
        delete(Delivery).where(col(Delivery.id) == delivery_id, col(Delivery.state) == DeliveryState.FAILED)
    )


def state(session: Session, delivery_id: str) -> DeliveryState | None:
    """What became of a delivery, None if it never came."""
    row = session.get(Delivery, delivery_id)
    return row.state if row else None
