"""Tasks that one process may do at a time."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import Session, col

from storage.once import insert_once
from storage.tables.queues import Lease


def take(session: Session, name: str, holder: str, now: datetime, seconds: float) -> bool:
    """True if the task is ours until `now` plus `seconds`; taking it again prolongs it. `now` is real time."""
    insert_once(session, Lease, {"name": name, "holder": holder, "until": now})
    free = or_(col(Lease.holder) == holder, col(Lease.until) <= now)
    mine = update(Lease).where(col(Lease.name) == name, free)
    taken = session.execute(mine.values(holder=holder, until=now + timedelta(seconds=seconds)).returning(Lease.name))
    return taken.first() is not None


def release(session: Session, name: str, holder: str, now: datetime) -> None:
    """Give a task back, so that another process need not wait for the lease to run out."""
    mine = update(Lease).where(col(Lease.name) == name, col(Lease.holder) == holder)
    session.execute(mine.values(until=now))
