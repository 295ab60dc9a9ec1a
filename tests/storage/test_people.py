"""People on both stores: found by account, reached, lost, and invited."""

from datetime import timedelta

import pytest

from storage import people
from storage.engine import Store
from storage.tables.people import Invite, Person, Role
from tests.talks import MONDAY as NOW


@pytest.fixture
def amina(store: Store) -> Person:
    with store.write() as session:
        person = Person(key="amina", name="Amina Tran", role=Role.SUPPLIER)
        session.add(person)
    return person


def connect(store: Store, person: Person, channel: str = "telegram", account: str = "1", **later: float) -> None:
    with store.write() as session:
        found = people.by_id(session, person.id)
        people.connect(session, found, channel, account, f"chat-{account}", NOW + timedelta(**later))


def chats(store: Store, person: Person) -> list[str]:
    with store.read() as session:
        return [contact.conversation for contact in people.contacts(session, person.id)]


def test_person_is_found_by_the_account_of_that_channel_only(store: Store, amina: Person) -> None:
    connect(store, amina)
    with store.write() as session:
        found = people.by_account(session, "telegram", "1", lock=True)
        assert found is not None and found.key == "amina"
        assert people.by_account(session, "slack", "1") is None
        assert people.by_account(session, "telegram", "2") is None


def test_chat_seen_last_is_the_first_to_be_used(store: Store, amina: Person) -> None:
    connect(store, amina, account="1", hours=1)
    connect(store, amina, account="2", hours=3)
    connect(store, amina, "slack", "3", hours=2)
    assert chats(store, amina) == ["chat-2", "chat-3", "chat-1"]


@pytest.fixture
def duc(store: Store) -> Person:
    with store.write() as session:
        person = Person(key="duc", name="Duc Pham", role=Role.SUPPLIER)
        session.add(person)
    return person


def test_shared_account_speaks_for_who_came_to_it_last(store: Store, amina: Person, duc: Person) -> None:
    connect(store, amina)
    connect(store, duc)
    assert (chats(store, amina), chats(store, duc)) == (["chat-1"], ["chat-1"])
    with store.write() as session:
        found = people.by_account(session, "telegram", "1")
        assert found is not None and found.key == "duc"


def test_all_who_share_a_chat_are_lost_and_found_with_it(store: Store, amina: Person, duc: Person) -> None:
    connect(store, amina)
    connect(store, duc)
    with store.write() as session:
        lost = people.block(session, "telegram", "chat-1")
        assert {one.key for one in lost} == {"amina", "duc"} and not any(one.reachable for one in lost)
    connect(store, duc)
    with store.read() as session:
        assert all(people.by_id(session, one.id).reachable for one in (amina, duc))


def test_person_is_out_of_reach_with_their_last_chat(store: Store, amina: Person) -> None:
    connect(store, amina, account="1")
    connect(store, amina, account="2")
    with store.write() as session:
        assert not people.block(session, "telegram", "chat-1")
        (lost,) = people.block(session, "telegram", "chat-2")
        assert not lost.reachable
        assert not people.block(session, "telegram", "chat-2")
        assert not people.block(session, "telegram", "chat-9")
    connect(store, amina, account="2")
    with store.read() as session:
        assert people.by_id(session, amina.id).reachable


def test_invitations_that_are_open_end_and_used_ones_stay(store: Store, amina: Person) -> None:
    with store.write() as session:
        for number, used in enumerate((None, NOW)):
            later = NOW + timedelta(days=14)
            session.add(
                Invite(person_id=amina.id, token_hash=f"h{number}", made_at=NOW, expires_at=later, used_at=used)
            )
        session.flush()
        people.withdraw_invites(session, amina.id, NOW)
    with store.write() as session:
        ended, used_one = people.invite_by_hash(session, "h0"), people.invite_by_hash(session, "h1")
        assert ended and ended.expires_at == NOW
        assert used_one and used_one.expires_at == NOW + timedelta(days=14)
        assert people.invite_by_hash(session, "h2") is None


def test_people_who_left_are_not_among_their_role(store: Store, amina: Person) -> None:
    with store.write() as session:
        session.add(Person(key="duc", name="Duc Pham", role=Role.SUPPLIER, active=False))
    with store.read() as session:
        assert [person.key for person in people.with_role(session, Role.SUPPLIER)] == ["amina"]
        assert people.with_role(session, Role.MENTOR) == []
