"""The joint committee: when it meets, who has the chair, who is reminded, and what it decides."""

from datetime import date

import pytest

from handlers.programme.committee import Committee, Right
from storage.tables.audit import AuditRow
from storage.tables.committee import Decision, Voice
from tests.handlers.deeds import rows
from tests.handlers.reminders.moments import reach
from tests.talks import Town

RIGHTS = {"a": Right(title="A", needs="chair"), "b": Right(title="B"), "c": Right(title="C", needs="all")}


def committee(every: str = "month", first: date = date(2026, 1, 13)) -> Committee:
    made = {"name": "Joint", "members": ("h", "l", "m", "d"), "chairs": ("h", "d"), "decisions": RIGHTS}
    return Committee(first=first, every=every, **made)


@pytest.mark.parametrize(
    ("every", "first", "days"),
    [
        ("week", date(2026, 1, 13), ["01-13", "01-20", "01-27"]),
        ("two_weeks", date(2026, 1, 13), ["01-13", "01-27", "02-10"]),
        ("month", date(2026, 1, 13), ["01-13", "02-10", "03-10"]),
        ("month", date(2026, 1, 30), ["01-30", "02-27", "03-27"]),
        ("quarter", date(2026, 1, 13), ["01-13", "04-14", "07-14"]),
    ],
    ids=["weekly", "fortnightly", "second Tuesday", "fifth Friday or the last", "quarterly"],
)
def test_it_meets_as_often_as_the_programme_says(every: str, first: date, days: list[str]) -> None:
    found = committee(every, first).meetings(first, date(2026, 12, 31))
    assert [f"{day:%m-%d}" for day in found[:3]] == days


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2026, 1, 13), "h"), (date(2026, 7, 12), "h"), (date(2026, 7, 13), "d"), (date(2027, 1, 13), "h")],
)
def test_the_chair_goes_round(day: date, key: str) -> None:
    assert committee().chair(day) == key


@pytest.mark.parametrize(("right", "count"), [("a", 1), ("b", 3), ("c", 4)])
def test_a_decision_needs_the_chair_a_majority_or_all(right: str, count: int) -> None:
    assert committee().needed(right) == count


def test_members_are_reminded_of_a_meeting_with_who_has_the_chair(town: Town) -> None:
    duc = town.joined("duc")
    reach(town, "2026-12-01")
    assert "Joint committee</b> meets on 8 December 2026" in town.transcript(duc.account)
    assert "The chair is with Duc Pham" in town.transcript(duc.account)


def test_a_decision_is_recorded_once_the_chair_is_among_those_who_decided(town: Town) -> None:
    duc = town.joined("duc")
    duc.command("decision")
    duc.tap("More time")
    duc.say("Song Cau gets until March")
    assert "needs the chair" in duc.say("2026-11-20")
    assert "needs the chair" in duc.tap("Lucia")
    assert "That is all" not in duc.labels
    assert "Who else" in duc.tap("Duc Pham")
    duc.tap("That is all")
    assert "Decided by Lucia Moreno and Duc Pham" in duc.say("The part comes in February")
    duc.tap("Yes, record it")
    (decision,) = rows(town, Decision)
    assert (decision.right, str(decision.held_on), len(rows(town, Voice))) == ("extension", "2026-11-20", 2)
    assert "decision recorded" in {row.what for row in rows(town, AuditRow)}
    assert "The part comes in February" in duc.command("decisions")


def test_decisions_are_for_the_committee(town: Town) -> None:
    assert "for the members of Joint committee" in town.joined("amina").command("decision")
    assert "for the members of Joint committee" in town.joined("amina").command("decisions")
