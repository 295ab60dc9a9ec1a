"""Taking courses: in their order, to a pass or another try, with a certificate, and told to others only if wanted."""

from storage.tables.queues import OutboxRow, SendState
from storage.tables.training import Assignment, AssignmentState, Consent, CourseResult, Learner, LessonResult
from tests.handlers.deeds import rows
from tests.talks import Talker, Town
from tests.training.school import programme_says, take

FOR_OWNERS = [{"course": "fire", "duty": "data_owner"}, {"course": "water", "tier": "high"}]


def passed_fire(town: Town, amina: Talker) -> str:
    """Amina has passed the course on fire, by the programme's rule; what she was told."""
    programme_says(town, training=FOR_OWNERS)
    take(amina, "Right")
    return take(amina, "Right", "Right")


def test_lesson_asked_for_is_the_one_that_the_programme_wants_first(town: Town, amina: Talker) -> None:
    programme_says(town, training=FOR_OWNERS)
    assert "<b>Fire</b>, lesson 1 of 2: Doors" in amina.command("lesson")


def test_without_an_assignment_all_courses_are_offered_by_topic(town: Town, amina: Talker) -> None:
    programme_says(town, training=[])
    assert "environment" in amina.command("lesson")
    assert amina.labels == ["Water, 5 min", "Fire, 5 min"]
    assert "<b>Fire</b>, lesson 1 of 2" in amina.tap("Fire")


def test_passed_course_gives_a_certificate_and_opens_the_next(town: Town, amina: Talker) -> None:
    shown = passed_fire(town, amina)
    assert "You have passed: Fire" in shown and "100 %" in shown
    assert "Your next course: Water" in shown
    states = {row.course: row.state for row in rows(town, Assignment)}
    assert states == {"fire": AssignmentState.DONE, "water": AssignmentState.OPEN}
    assert [(row.course, row.asked, row.right, row.valid_until) for row in rows(town, CourseResult)] == [
        ("fire", 3, 3, None)
    ]


def test_below_the_pass_mark_only_lessons_with_wrong_answers_are_taken_again(town: Town, amina: Talker) -> None:
    programme_says(town, training=FOR_OWNERS)
    take(amina, "Right")
    shown = take(amina, "Wrong", "Wrong")
    assert "33 % of the questions were right at first; 60 % are needed" in shown
    assert not rows(town, CourseResult)
    assert "lesson 2 of 2: Drill" in amina.tap("Try again")
    shown = take(amina, "Right", "Right", start="Next")
    assert "You have passed: Fire" in shown


def test_course_with_a_term_says_until_when_it_counts(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "water"}])
    assert "It counts until 23 November 2027" in take(amina, "Right")


def test_lesson_left_in_the_middle_goes_on_where_it_was(town: Town, amina: Talker) -> None:
    programme_says(town, training=FOR_OWNERS)
    amina.command("lesson")
    amina.tap("Next")
    assert "Keep doors free?" in amina.command("lesson")


def test_passed_course_offers_its_lessons_to_repeat_and_gives_no_second_certificate(town: Town, amina: Talker) -> None:
    passed_fire(town, amina)
    assert "You have passed Fire" in amina.press("r:course:fire")
    amina.tap("Doors")
    take(amina, "Wrong", start="Next")
    assert len(rows(town, LessonResult)) == 3
    assert len(rows(town, CourseResult)) == 1


def test_success_is_told_to_the_channel_only_by_who_agreed_and_until_they_object(town: Town, amina: Talker) -> None:
    shown = passed_fire(town, amina)
    assert "May I tell your mentor's channel" in shown
    assert "Amina" not in town.transcript("C0ASIA")
    amina.tap("Yes, tell them")
    assert "Amina Tran of Song Cau Bac Ninh has passed <b>Fire</b>: 100 % right" in town.transcript("C0ASIA")
    amina.command("progress")
    amina.tap("Do not name me")
    assert [row.recognition for row in rows(town, Learner)] == [Consent.NO]
    assert "May I tell" not in take(amina, "Right")
    assert town.transcript("C0ASIA").count("Amina Tran") == 1


def test_own_view_shows_what_is_to_take_what_was_passed_and_what_is_remembered(town: Town, amina: Talker) -> None:
    programme_says(town, training=FOR_OWNERS)
    take(amina, "Wrong")
    take(amina, "Right", "Right")
    shown = amina.command("progress")
    assert "Fire, passed on 23 November 2026" in shown
    assert "Water: 0 of 1 lessons, by 23 December 2026" in shown
    assert "safety: 66 %" in shown
    amina.tap("Certificate: Fire")
    assert waiting_files(town) == ["certificate"]


def waiting_files(town: Town) -> list[str]:
    """What is to be drawn before it can be sent."""
    unsent = [row for row in rows(town, OutboxRow) if row.state is SendState.WAITING]
    return [file["draw"] for row in unsent for file in row.payload["attachments"]]
