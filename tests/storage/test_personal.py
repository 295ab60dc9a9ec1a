"""The export of what is held about one person: all of it, plain, and nothing of anybody else's."""

import json
from base64 import b64decode

import pytest
from sqlalchemy.exc import NoResultFound

from storage.engine import Store
from storage.erasure import erase_person
from storage.personal import export_person
from tests.storage.filled import ACCOUNT, NAME, NOW, PHOTO, WORDS, fill


def test_all_that_is_held_about_a_person_is_exported_as_plain_json(store: Store) -> None:
    with store.write() as session:
        cast = fill(session)
    with store.read() as session:
        held = export_person(session, cast.amina)
    text = json.dumps(held, ensure_ascii=False)
    assert [word for word in WORDS if word not in text] == []
    assert held["people"][0] | {"name": NAME, "privacy_at": NOW.isoformat()} == held["people"][0]
    assert held["submissions"][0]["base_value"] == "12500"
    assert held["deliveries"][0]["account"] == ACCOUNT
    assert PHOTO in [b64decode(file["data"]) for file in held["blobs"]]


def test_rows_of_others_are_not_exported(store: Store) -> None:
    with store.write() as session:
        cast = fill(session)
    with store.read() as session:
        held = export_person(session, cast.amina)
    assert {row["account"] for row in held["contacts"]} == {ACCOUNT}
    assert {row["person_id"] for row in held["dialogs"]} == {cast.amina}
    assert "hashed-token-of-linh" not in json.dumps(held)


def test_little_is_held_about_an_erased_person(store: Store) -> None:
    with store.write() as session:
        cast = fill(session)
        erase_person(session, cast.amina, "erased-5f0c", NOW)
    with store.read() as session:
        text = json.dumps(export_person(session, cast.amina), ensure_ascii=False)
    assert [word for word in WORDS if word in text] == []


def test_nothing_is_exported_about_nobody(store: Store) -> None:
    with pytest.raises(NoResultFound), store.read() as session:
        export_person(session, 99)
