"""People and how to reach them, and their invitations."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, update
from sqlmodel import Session, col, select

from storage.tables.people import Contact, Invite, Membership, Person, Role

# Made once: these stand in the path of every turn, and SQLAlchemy needs longer to make them than the store to answer.
_HERE = and_(col(Contact.channel) == bindparam("channel"), col(Contact.account) == bindparam("account"))
_USERS = select(Person).join(Contact, col(Contact.person_id) == Person.id).where(_HERE)
_SPEAKER = _USERS.where(col(Contact.speaking))
_LOCKED_SPEAKER = _SPEAKER.with_for_update(of=Person)
_SHARERS = _USERS.where(col(Person.active)).order_by(col(Contact.id))
_THERE_OR_THEIRS = select(Contact).where(_HERE | (col(Contact.person_id) == bindparam("person")))


def by_id(session: Session, person_id: int) -> Person:
    """The person of this id; they must exist."""
    return session.exec(select(Person).where(Person.id == person_id)).one()


def by_key(session: Session, key: str) -> Person | None:
    """The person whom the programme folder calls `key`."""
    return session.exec(select(Person).where(Person.key == key)).first()


def by_account(session: Session, channel: str, account: str, *, lock: bool = False) -> Person | None:
    """The person with this account on a channel; with `lock`, nobody else's turn for them runs beside ours.

    Of several who share it, the one who is speaking.
    """
    query = _LOCKED_SPEAKER if lock else _SPEAKER
    return session.exec(query, params={"channel": channel, "account": account}).first()


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
    return sorted(rows, key=_last_first)


def _last_first(row: Contact) -> tuple[bool, float]:
    return row.seen_at is None, -(row.seen_at.timestamp() if row.seen_at else 0)


def connect(session: Session, person: Person, channel: str, account: str, conversation: str, at: datetime) -> Contact:
    """The person's contact at this account, made if it is new; it becomes the one used last, and they speak there."""
    where = {"channel": channel, "account": account, "person": person.id}
    known = session.exec(_THERE_OR_THEIRS, params=where).all()
    here = [row for row in known if (row.channel, row.account) == (channel, account)]
    theirs = [row for row in known if row.person_id == person.id]
    found = next((row for row in here if row.person_id == person.id), None)
    found = found or Contact(person_id=person.id, channel=channel, account=account)
    for other in here:
        other.speaking = other.person_id == person.id
        other.blocked = False
        if other is not found:
            by_id(session, other.person_id).reachable = True
    found.conversation, found.blocked, found.speaking = conversation, False, True
    found.seen_at = _order_of_use([row for row in theirs if row is not found and not row.blocked], found, at)
    person.reachable = True
    session.add_all([found, person])
    session.flush()
    return found


def _order_of_use(others: Collection[Contact], used: Contact, at: datetime) -> datetime:
    """The mark by which a contact counts as the one used last.

    It says in which order contacts were used, not when somebody wrote: hours would tell who reported anonymously.
    """
    marks = [row.seen_at for row in others if row.seen_at]
    if used.seen_at is None:
        return at
    newest = max(marks, default=used.seen_at)
    return used.seen_at if newest < used.seen_at or not marks else newest + timedelta(seconds=1)


def of_chat(session: Session, channel: str, conversation: str) -> list[Person]:
    """The people whose private chat this is."""
    query = select(Person).join(Contact, col(Contact.person_id) == Person.id)
    return list(session.exec(query.where(Contact.channel == channel, Contact.conversation == conversation)))


def sharers(session: Session, channel: str, account: str) -> list[Person]:
    """The active people who use an account, in the order in which they came to it."""
    return list(session.exec(_SHARERS, params={"channel": channel, "account": account}))


def is_shared(session: Session, found: Contact) -> bool:
    """Whether several people use the account of a contact."""
    return len(sharers(session, found.channel, found.account)) > 1


def block(session: Session, channel: str, conversation: str) -> list[Person]:
    """Mark a private chat as closed to us; the people whose only way to be reached it was."""
    query = select(Contact).where(
        Contact.channel == channel, Contact.conversation == conversation, col(Contact.blocked).is_(False)
    )
    closed = list(session.exec(query))
    for found in closed:
        found.blocked = True
    session.add_all(closed)
    session.flush()
    lost = [by_id(session, one.person_id) for one in closed if not contacts(session, one.person_id)]
    for person in lost:
        person.reachable = False
    session.add_all(lost)
    return lost


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


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Person]:
    """The people of these ids, by id."""
    return {row.id: row for row in session.exec(select(Person).where(col(Person.id).in_(ids)))}
