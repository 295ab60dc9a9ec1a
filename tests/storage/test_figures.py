"""Figures on both stores: a history holds periods of one length, and what does not apply is told by the newest word."""

from decimal import Decimal

import pytest
from sqlmodel import Session

from storage import absences, submissions
from storage.engine import Store
from storage.tables.figures import Absence, AbsenceKind, AbsenceState, Submission
from tests.storage.filled import NOW, Cast, fill

PERIODS = ("2025", "2025-11", "2025-12", "2025-Q4", "2026", "2026-01", "2026-Q1", "2026-Q2")


@pytest.fixture
def cast(store: Store) -> Cast:
    with store.write() as session:
        made = fill(session)
        for period in PERIODS:
            session.add(figure(made.site, period))
    return made


def figure(site: int, period: str) -> Submission:
    return Submission(
        site_id=site,
        metric="hours",
        period=period,
        version=1,
        value=Decimal(1),
        unit="h",
        base_value=Decimal(1),
        base_unit="h",
        metric_version=1,
        at=NOW,
    )


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("2026-02", ["2025-11", "2025-12", "2026-01"]),
        ("2026-Q3", ["2025-Q4", "2026-Q1", "2026-Q2"]),
        ("2027", ["2025", "2026"]),
    ],
)
def test_history_of_a_period_holds_none_of_another_length(
    store: Store, cast: Cast, before: str, found: list[str]
) -> None:
    with store.read() as session:
        rows = submissions.history(session, cast.site, "hours", before, 10)
    assert [row.period for row in rows] == found


def told(session: Session, site: int, kind: AbsenceKind, state: AbsenceState = AbsenceState.TOLD) -> None:
    session.add(Absence(site_id=site, metric="waste", period="2026-10", kind=kind, at=NOW, state=state))
    session.flush()


def test_metric_does_not_apply_by_the_newest_that_was_said_of_it(store: Store, cast: Cast) -> None:
    with store.write() as session:
        told(session, cast.site, AbsenceKind.NOT_APPLICABLE)
        assert absences.not_applicable(session, [cast.site]) == {(cast.site, "waste")}
        told(session, cast.site, AbsenceKind.NOT_AVAILABLE)
        assert absences.not_applicable(session, [cast.site]) == set()
        told(session, cast.site, AbsenceKind.NOT_APPLICABLE, AbsenceState.REFUSED)
        assert absences.not_applicable(session, [cast.site]) == set()


@pytest.mark.parametrize(
    ("said_of", "period", "excused"),
    [
        ("2026-10", "2026-11", True),
        ("2026-10", "2026-Q4", True),
        ("2026-Q3", "2026-10", True),
        ("2026-11", "2026-Q3", False),
        ("2026-Q3", "2026-06", False),
        ("2025", "2025-Q1", True),
    ],
)
def test_what_does_not_apply_is_not_owed_from_then_on_whatever_the_length(
    store: Store, cast: Cast, said_of: str, period: str, excused: bool
) -> None:
    with store.write() as session:
        session.add(Absence(site_id=cast.site, metric="waste", period=said_of, kind=AbsenceKind.NOT_APPLICABLE, at=NOW))
        session.flush()
        found = absences.excused(session, [cast.site], [period], NOW.date())
    assert ((cast.site, "waste", period) in found) == excused
