"""People and how to reach them, and their invitations."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.tables.people import Contact, Invite, Membership, Person, Role


def by_id(session: Session, person_id: int) -> Person:
    """The person of this id; they must exist."""
    return session.exec(select(Person).where(Person.id == person_id)).one()


def by_key(session: Session, key: str) -> Person | None:
    """The person whom the programme folder calls `key`."""
    return session.exec(select(Person).where(Person.key == key)).first()


def by_account(session: Session, channel: str, account: str, *, lock: bool = False) -> Person | None:
    """The person with this account on a channel; with `lock`, nobody else's turn for them runs beside ours."""
    query = (
        select(Person)
        .join(Contact, col(Contact.person_id) == Person.id)
        .where(Contact.channel == channel, Contact.account == account)
    )
    return session.exec(query.with_for_update(of=Person) if lock else query).first()


def with_role(session: Session, role: Role) -> list[Person]:
    """The active people of a role, in the order they were imported."""
    return list(session.exec(select(Person).where(Person.role == role, col(Person.active)).order_by(col(Person.id))))


def with_channel(session: Session, channel: str) -> list[Person]:
    """The active people whose alerts go to this channel (`slack:C0123`)."""
    return list(
        session.exec(select(Person).where(Person.channel == channel, col(Person.active)).order_by(col(Person.id)))
    )


def contact(session: Session, channel: str, account: str) -> Contact | None:
    """The contact of an account, whoever it belongs to."""
    return session.exec(select(Contact).where(Contact.channel == channel, Contact.account == account)).first()


def contacts(session: Session, person_id: int) -> list[Contact]:
    """A person's contacts that are not blocked, the one seen last first."""
    rows = session.exec(select(Contact).where(Contact.person_id == person_id, col(Contact.blocked).is_(False)))
    return sorted(rows, key=lambda row: (row.seen_at is None, -(row.seen_at.timestamp() if row.seen_at else 0)))


def connect(session: Session, person: Person, channel: str, account: str, conversation: str, at: datetime) -> Contact:
    """The person's contact on a channel, made or moved to this account and chat; it becomes the one used last."""
    found = contact(session, channel, account) or Contact(person_id=person.id, channel=channel, account=account)
    found.person_id, found.conversation, found.blocked = person.id, conversation, False
    found.seen_at = _order_of_use(session, found, at)
    person.reachable = True
    session.add_all([found, person])
    session.flush()
    return found


def _order_of_use(session: Session, used: Contact, at: datetime) -> datetime:
    """The mark by which a contact counts as the one used last.

    It says in which order contacts were used, not when somebody wrote: hours would tell who reported anonymously.
    """
    marks = [row.seen_at for row in contacts(session, used.person_id) if row.id != used.id and row.seen_at]
    if used.seen_at is None:
        return at
    newest = max(marks, default=used.seen_at)
    return used.seen_at if newest < used.seen_at or not marks else newest + timedelta(seconds=1)


def block(session: Session, channel: str, conversation: str) -> Person | None:
    """Mark a private chat as closed to us; the person, if that was their last way to be reached."""
    query = select(Contact).where(Contact.channel == channel, Contact.conversation == conversation)
    found = session.exec(query).first()
    if found is None or found.blocked:
        return None
    found.blocked = True
    session.add(found)
    session.flush()
    person = by_id(session, found.person_id)
    if contacts(session, found.person_id):
        return None
    person.reachable = False
    session.add(person)
    return person


def invite_by_hash(session: Session, token_hash: str) -> Invite | None:
    """The invitation with this token hash, used or not, expired or not."""
    return session.exec(select(Invite).where(Invite.token_hash == token_hash).with_for_update()).first()


def withdraw_invites(session: Session, person_id: int, at: datetime) -> None:
    """End the person's open invitations, so that only the newest link works."""
    session.execute(
        update(Invite).where(col(Invite.person_id) == person_id, col(Invite.used_at).is_(None)).values(expires_at=at)
    )


def joined_sites(session: Session, site_ids: Collection[int]) -> set[int]:
    """Those of these sites at which somebody has joined and can be reached."""
    query = (
        select(Membership.site_id)
        .join(Contact, col(Contact.person_id) == Membership.person_id)
        .where(col(Membership.site_id).in_(site_ids), ~col(Contact.blocked))
    )
    return set(session.exec(query.distinct()))
