"""Who gets which course and why: by tier, duty, breach or mentor; one at a time, and each once."""

import pytest

from storage.tables.audit import AuditRow
from storage.tables.training import Assignment, AssignmentState, CourseResult, Learner, PausedBy, Reason
from tests.handlers.deeds import breached, changed, person, rows
from tests.talks import Talker, Town
from tests.training.school import go_by, programme_says, take


def given(town: Town, key: str) -> list[tuple[str, Reason, AssignmentState]]:
    """What somebody is to take and why, in the order of their queue."""
    who = person(town, key).id
    return [(row.course, row.reason, row.state) for row in rows(town, Assignment) if row.person_id == who]


def test_rule_by_tier_and_rule_by_duty_reach_those_whom_they_fit_and_who_have_joined(town: Town, amina: Talker) -> None:
    town.joined("duc")
    town.joined("rosa")
    programme_says(town, training=[{"course": "fire", "duty": "site_manager"}, {"course": "water", "tier": "high"}])
    town.tick()
    assert given(town, "amina") == [("water", Reason.TIER, AssignmentState.OPEN)]
    assert given(town, "duc") == [
        ("fire", Reason.DUTY, AssignmentState.OPEN),
        ("water", Reason.TIER, AssignmentState.QUEUED),
    ]
    assert {row.person_id for row in rows(town, Assignment)} <= {
        person(town, key).id for key in ("amina", "duc", "rosa")
    }


def test_rule_assigns_once_however_often_the_clock_strikes(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "water"}])
    town.tick()
    take(amina, "Right")
    for _day in range(3):
        town.tick(days=1)
    assert given(town, "amina") == [("water", Reason.TIER, AssignmentState.DONE)]


def test_breach_brings_the_course_that_helps_but_not_to_who_has_just_passed_it(town: Town) -> None:
    breached(town)
    programme_says(town, training=[{"course": "water", "breach": "electricity", "duty": "data_owner"}])
    town.joined("duc")
    town.tick()
    assert given(town, "amina") == [("water", Reason.BREACH, AssignmentState.OPEN)]
    assert given(town, "duc") == []
    take(town.phone("tg-amina"), "Right")
    town.tick(days=1)
    assert len(rows(town, Assignment)) == 1


def test_next_course_begins_when_the_first_one_ends(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "water"}, {"course": "fire"}])
    town.tick()
    assert [state for _course, _why, state in given(town, "amina")] == [AssignmentState.OPEN, AssignmentState.QUEUED]
    take(amina, "Right")
    assert [state for _course, _why, state in given(town, "amina")] == [AssignmentState.DONE, AssignmentState.OPEN]


def test_mentor_assigns_from_slack_and_the_person_is_told_why(town: Town, amina: Talker) -> None:
    programme_says(town, training=[])
    lucia = town.slack("U0LUCIA")
    lucia.command("assign", trigger="t")
    who = next(field for field in lucia.form["fields"] if field["key"] == "who")
    assert who["options"] == [[str(person(town, "amina").id), "Amina Tran, Song Cau Bac Ninh"]]
    lucia.submit({"who": who["options"][0][0], "course": "fire", "due": "2026-12-20"})
    assert "Amina Tran gets Fire, lesson by lesson, by 20 December 2026" in town.transcript("U0LUCIA")
    assert given(town, "amina") == [("fire", Reason.MENTOR, AssignmentState.OPEN)]
    town.tick(days=1)
    town.tick(days=1)
    assert "Your mentor suggests a course: Fire" in town.transcript("tg-amina")
    assert [row.detail for row in rows(town, AuditRow) if row.what == "course assigned"]


@pytest.mark.parametrize(("by", "comes"), [(PausedBy.SILENCE, True), (PausedBy.PERSON, False)])
def test_what_a_mentor_assigns_ends_silence_but_not_a_persons_own_pause(
    town: Town, amina: Talker, by: PausedBy, comes: bool
) -> None:
    programme_says(town, training=[{"course": "water"}])
    town.tick()
    changed(town, rows(town, Learner)[0], paused_by=by, lesson_on=None, nudges=6)
    lucia = town.slack("U0LUCIA")
    lucia.command("assign", trigger="t")
    lucia.submit({"who": str(person(town, "amina").id), "course": "fire", "due": "2026-12-20"})
    assert bool(go_by(town, amina, 3)) is comes


def test_mentor_does_not_assign_what_is_assigned_or_to_somebody_elses_people(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "fire"}])
    town.tick()
    lucia, values = town.slack("U0LUCIA"), {"course": "fire", "due": "2026-12-20"}
    lucia.command("assign", trigger="t")
    lucia.submit({**values, "who": str(person(town, "amina").id)})
    assert "is to take Fire already" in town.transcript("U0LUCIA")
    town.joined("rosa")
    lucia.command("assign", trigger="t")
    lucia.submit({**values, "who": str(person(town, "rosa").id)})
    assert lucia.errors
    assert len(given(town, "amina")) == 1


def test_course_assigned_by_a_mentor_is_taken_anew_by_who_has_passed_it(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "water"}])
    take(amina, "Right")
    town.clock.move_to(town.clock.moment.replace(hour=11))
    lucia = town.slack("U0LUCIA")
    lucia.command("assign", trigger="t")
    lucia.submit({"who": str(person(town, "amina").id), "course": "water", "due": "2026-12-20"})
    assert "You have passed: Water" in take(amina, "Right")
    assert len(rows(town, CourseResult)) == 2


def test_mentor_sees_who_has_passed_who_is_late_and_what_to_coach(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "water", "days": 5}, {"course": "fire", "days": 5}])
    take(amina, "Right")
    take(amina, "Wrong")
    town.tick(days=10)
    shown = town.slack("U0LUCIA").command("training")
    assert "1 person takes part" in shown
    assert "Courses passed: 1. Under way or waiting: 1. Overdue: 1." in shown
    assert "Water: 1 person has passed (Amina Tran)" in shown
    assert "Amina Tran: Fire, was due on 28 November 2026" in shown
    assert "safety: 0 %. A topic to coach." in shown
    assert "environment: 100 %\n" in shown + "\n"
    assert "1 person takes part" in town.slack("U0HELENA").command("training")
    assert "0 people take part" in town.slack("U0MARTIN").command("training")
