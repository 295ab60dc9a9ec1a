"""The append-only trail of who did or was told what."""

from datetime import datetime

from sqlmodel import Session

from storage.tables.audit import AuditRow


def note(
    session: Session,
    at: datetime,
    actor_id: int | None,
    what: str,
    object: str,
    object_id: int | None = None,
    **detail: str | int | None,
) -> None:
    """Add one deed; `detail` holds ids and codes only, never people's words."""
    session.add(AuditRow(at=at, actor_id=actor_id, what=what, object=object, object_id=object_id, detail=detail))
