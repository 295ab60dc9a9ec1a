"""Retention: each thing goes when its time is over, not a day before, and the rest stays."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from storage.all_tables import tables
from storage.engine import Store
from storage.retention import TERMS, sweep
from storage.tables.programme import Programme
from storage.tables.queues import Lane, OutboxRow, SendState, WorkRow, WorkState
from storage.tables.talks import Delivery, DeliveryState, DialogRow, DialogState
from tests.storage.filled import DAY, NOW, fill

NEVER: dict[str, int] = {}
COMPARED = {"benchmark_members": 1, "benchmarks": 1, "benchmark_rounds": 1}


def settle(store: Store) -> None:
    """Fill a store in which everything that can be settled is, and only alerts were sent to Amina."""
    with store.write() as session:
        fill(session)
        session.execute(update(DialogRow).values(state=DialogState.DONE))
        session.execute(update(Delivery).values(state=DeliveryState.DONE, content=None))
        session.execute(update(OutboxRow).values(state=SendState.SENT, payload={}))
        session.execute(update(OutboxRow).where(col(OutboxRow.key) == "to linh").values(lane=Lane.PUSH))
        session.execute(update(WorkRow).values(state=WorkState.DONE, argument={}))


def swept(store: Store, after: timedelta) -> dict[str, int]:
    """What a sweep takes that long after everything happened."""
    with store.write() as session:
        return {table: rows for table, rows in sweep(session, NOW + after).items() if rows}


def test_every_table_has_its_term() -> None:
    assert {term.name for term in TERMS} == {table.name for table in tables()}


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        pytest.param(30, NEVER, id="30 days"),
        pytest.param(31, {"dialogs": 3, "deliveries": 2}, id="31 days"),
        pytest.param(91, {"dialogs": 3, "deliveries": 2, "outbox": 1, "work": 2}, id="91 days"),
        pytest.param(366, {"dialogs": 3, "deliveries": 2, "outbox": 1, "work": 2, "calendar": 1}, id="366 days"),
        pytest.param(
            731, {"dialogs": 3, "deliveries": 2, "outbox": 6, "work": 2, "calendar": 1} | COMPARED, id="731 days"
        ),
    ],
)
def test_settled_things_go_when_their_time_is_over(store: Store, days: int, gone: dict[str, int]) -> None:
    settle(store)
    assert swept(store, days * DAY) == gone


def test_what_is_still_open_never_goes(store: Store) -> None:
    with store.write() as session:
        fill(session)
    assert swept(store, 100 * DAY) == {"deliveries": 1}
    with store.read() as session:
        assert session.exec(select(Delivery.state)).all() == [DeliveryState.FAILED]


def test_a_clock_that_was_moved_ahead_takes_nothing_early(store: Store) -> None:
    settle(store)
    with store.write() as session:
        session.execute(update(Programme).values(clock_offset_s=(100 * DAY).total_seconds()))
    assert swept(store, 100 * DAY) == {}
    assert set(swept(store, 131 * DAY)) == {"dialogs", "deliveries"}
