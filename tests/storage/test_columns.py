"""Columns: what comes back is what went in, and what cannot be right does not go in."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import func, text
from sqlalchemy.exc import StatementError
from sqlmodel import col, select

from storage.engine import Store
from storage.tables.figures import Submission
from storage.tables.people import Person, Role
from storage.tables.talks import Delivery
from tests.storage.filled import NOW, fill

HANOI = timezone(timedelta(hours=7))


def test_a_moment_comes_back_aware_and_in_utc(store: Store) -> None:
    local = datetime(2026, 11, 18, 23, 59, 59, 999_999, tzinfo=HANOI)
    with store.write() as session:
        session.add(Delivery(id="1", at=local))
    with store.read() as session:
        at = session.get_one(Delivery, "1").at
    assert at == local
    assert at.tzinfo is UTC


def test_moments_of_different_zones_compare_as_moments(store: Store) -> None:
    with store.write() as session:
        session.add(Delivery(id="1", at=NOW))
    with store.read() as session:
        assert session.exec(select(Delivery.id).where(col(Delivery.at) == NOW.astimezone(HANOI))).one() == "1"


def test_a_naive_moment_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="without a time zone"), store.write() as session:
        session.add(Delivery(id="1", at=NOW.replace(tzinfo=None)))


@pytest.mark.parametrize("value", ["0", "12.5", "0.000001", "1000", "9223372036854.775807", "-3.25"])
def test_a_quantity_comes_back_exact(store: Store, value: str) -> None:
    with store.write() as session:
        cast = fill(session)
        figure = session.exec(select(Submission)).one()
        figure.value = Decimal(value)
        session.add(figure)
    with store.read() as session:
        figure = session.exec(select(Submission).where(Submission.site_id == cast.site)).one()
    assert str(figure.value) == value


def test_quantities_are_summed_exactly(store: Store) -> None:
    with store.write() as session:
        fill(session)
        first = session.exec(select(Submission)).one().model_dump(exclude={"id"})
        values = [Decimal("0.1"), Decimal("0.2"), Decimal("0.7")]
        session.add_all(
            Submission(**first | {"version": place, "value": value}) for place, value in enumerate(values, start=2)
        )
    with store.read() as session:
        given = select(func.sum(col(Submission.value))).where(col(Submission.version) > 1)
        assert session.exec(given).one() == Decimal(1)


def test_a_quantity_finer_than_a_millionth_is_refused(store: Store) -> None:
    with store.write() as session:
        fill(session)
    with pytest.raises(StatementError, match="finer than a millionth"), store.write() as session:
        figure = session.exec(select(Submission)).one()
        figure.value = Decimal("0.0000001")
        session.add(figure)


def test_an_enumeration_is_stored_by_value(store: Store) -> None:
    with store.write() as session:
        session.add(Person(key="amina", name="Amina", role=Role.SUPPLIER))
    with store.read() as session:
        assert session.execute(text("SELECT role FROM people")).scalar_one() == "supplier"
        assert session.exec(select(Person.role)).one() is Role.SUPPLIER


def test_missing_json_is_null_to_a_query(store: Store) -> None:
    with store.write() as session:
        session.add(Delivery(id="1", at=NOW, content=None))
    with store.read() as session:
        assert session.exec(select(Delivery.id).where(col(Delivery.content).is_(None))).one() == "1"
