"""Obstacles and the talk about each."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables.files import FileLink
from storage.tables.obstacles import Obstacle, ObstacleMessage, ObstacleState


def obstacle(session: Session, obstacle_id: int) -> Obstacle | None:
    """The ticket of this number."""
    return session.exec(select(Obstacle).where(Obstacle.id == obstacle_id)).first()


def open_of(session: Session, person_id: int) -> list[Obstacle]:
    """A person's open tickets, the newest first."""
    return list(
        session.exec(
            select(Obstacle)
            .where(Obstacle.person_id == person_id, Obstacle.state == ObstacleState.OPEN)
            .order_by(col(Obstacle.id).desc())
        )
    )


def of_sites(session: Session, site_ids: Collection[int]) -> list[Obstacle]:
    """The tickets of some sites, oldest first."""
    return list(session.exec(select(Obstacle).where(col(Obstacle.site_id).in_(site_ids)).order_by(col(Obstacle.id))))


def reported(session: Session, since: datetime, until: datetime) -> list[Obstacle]:
    """The tickets from `since` (included) to `until` (not included), oldest first."""
    query = select(Obstacle).where(col(Obstacle.at) >= since, col(Obstacle.at) < until).order_by(col(Obstacle.id))
    return list(session.exec(query))


def still_open(session: Session) -> list[Obstacle]:
    """All open tickets, oldest first."""
    query = select(Obstacle).where(Obstacle.state == ObstacleState.OPEN).order_by(col(Obstacle.id))
    return list(session.exec(query))


def messages(session: Session, obstacle_id: int) -> list[ObstacleMessage]:
    """The talk about a ticket, oldest first."""
    query = select(ObstacleMessage).where(ObstacleMessage.obstacle_id == obstacle_id)
    return list(session.exec(query.order_by(col(ObstacleMessage.id))))


def files(session: Session, message_id: int) -> list[str]:
    """The sha256 of each file that belongs to a message of a talk."""
    query = select(FileLink.sha256).where(FileLink.obstacle_message_id == message_id)
    return list(session.exec(query.order_by(col(FileLink.id))))
