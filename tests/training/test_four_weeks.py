"""A learner's four weeks on the programme's clock: wrong answers, silence, a pause, and a course that changes."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from storage.tables.training import Assignment, CourseResult, Learner, LessonResult, PausedBy, Reason, ReviewCard
from tests.handlers.deeds import rows
from tests.talks import Talker, Town
from tests.training.school import FIRE, WATER, course, go_by, learning_alone, programme_says, pushes, take, teach

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NEWER = course("fire", "Fire", "safety", {"doors": ("Keep doors free?",), "drill": ("How often?", "Where?")}, version=2)


def learns(town: Town, amina: Talker) -> None:
    """Amina's site asks for both courses; the first push is planned."""
    both = [{"course": "fire", "duty": "data_owner"}, {"course": "water", "tier": "high"}]
    programme_says(town, training=both, learning={"nudges": [1, 1, 2, 2, 3]})
    town.tick()


def said(town: Town, amina: Talker) -> str:
    """The newest push."""
    return str(pushes(town, amina)[-1]["text"])


def in_good_hours(moments: list[datetime]) -> bool:
    """Whether all of these are on working days after ten in the morning and before six in the evening, none twice."""
    there = [moment.astimezone(HANOI) for moment in moments]
    return all(10 <= one.hour < 18 and one.weekday() < 6 for one in there) and len(
        {one.date() for one in there}
    ) == len(there)


def test_four_weeks_of_a_learner(town: Town, amina: Talker) -> None:
    learns(town, amina)
    # The day after this Monday is a holiday in Viet Nam.
    moments = go_by(town, amina, 2)
    assert len(moments) == 1
    assert "Your lesson: <b>Doors</b>" in said(town, amina)

    # First week: a lesson a day, with wrong answers. What was wrong comes back beside the next lesson.
    take(amina, "Wrong", start="Begin the lesson")
    moments += go_by(town, amina, 1)
    assert "<b>Drill</b>" in said(town, amina) and "1 question from before" in said(town, amina)
    assert "1 of 1 question right" in take(amina, "Right", start="Answer them")
    assert "33 %" in take(amina, "Right", "Wrong", start="Next lesson")
    moments += go_by(town, amina, 3)
    assert [row.course for row in rows(town, CourseResult)] == []
    assert "lesson" in said(town, amina)
    assert "You have passed: Fire" in take(amina, "Right", start="Begin the lesson")

    # Second week: silence. Reminders grow apart, the last one says that it is the last, and then there is none.
    quiet = go_by(town, amina, 14)
    assert len(quiet) == 6
    gaps = [(later - earlier).days for earlier, later in pairwise(quiet)]
    assert gaps == sorted(gaps) and gaps[0] == 1
    assert "I do not write about lessons any more" in said(town, amina)
    assert [row.paused_by for row in rows(town, Learner)] == [PausedBy.SILENCE]
    moments += quiet

    # She goes on by herself; then she pauses, and nothing comes until she wants it.
    assert "You have passed: Water" in take(amina, "Right")
    amina.command("progress")
    town.clock.moment += timedelta(minutes=1)
    learner = rows(town, Learner)[0]
    assert (learner.paused_by, learner.lesson_on) == (PausedBy.NOBODY, None)

    # Fourth week: the course changes. Only the lesson that changed is asked.
    moments += go_by(town, amina, 2)
    teach(town, fire=NEWER, water=WATER)
    moments += go_by(town, amina, 3)
    assert "A course you passed has changed: Fire" in str([one["text"] for one in pushes(town, amina)])
    assert "lesson 2 of 2: Drill" in amina.tap("Begin the lesson")
    before = len(rows(town, LessonResult))
    assert "You have passed: Fire" in take(amina, "Right", "Right", start="Next")
    assert len(rows(town, LessonResult)) == before + 1
    assert in_good_hours(moments)


def test_pause_holds_until_the_person_goes_on(town: Town, amina: Talker) -> None:
    learning_alone(town)
    learns(town, amina)
    assert len(go_by(town, amina, 2)) == 1
    assert "Your lessons are paused" in amina.tap("Pause the lessons")
    assert go_by(town, amina, 7) == []
    shown = amina.tap("Go on with lessons")
    assert "Your next lesson comes on" in shown
    moments = go_by(town, amina, 3)
    assert len(moments) == 3 and in_good_hours(moments)


def test_push_waits_until_the_open_dialog_is_done(town: Town, amina: Talker) -> None:
    learns(town, amina)
    town.tick(datetime(2026, 11, 25, 2, 55, tzinfo=ZoneInfo("UTC")))
    amina.command("obstacle")
    town.tick(datetime(2026, 11, 25, 3, 1, tzinfo=ZoneInfo("UTC")))
    assert not pushes(town, amina)
    town.tick(datetime(2026, 11, 25, 3, 30, tzinfo=ZoneInfo("UTC")))
    assert len(pushes(town, amina)) == 1


def test_question_that_was_wrong_comes_back_until_it_sits(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "water"}], learning={"boxes": [1, 1, 1]})
    teach(town, fire=FIRE, water=WATER.model_copy(update={"pass_mark": 0}))
    learning_alone(town)
    take(amina, "Wrong")
    boxes = []
    for answer in ("Right", "Wrong", "Right", "Right", "Right"):
        go_by(town, amina, 3)
        assert "question from before comes back" in said(town, amina)
        take(amina, answer, start="Answer them")
        boxes.append(rows(town, ReviewCard)[0].box)
    assert boxes == [1, 0, 1, 2, 3]
    before = len(pushes(town, amina))
    go_by(town, amina, 4)
    assert len(pushes(town, amina)) == before


def test_question_that_was_changed_is_not_asked_again(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "fire"}])
    take(amina, "Right")
    take(amina, "Right", "Wrong")
    teach(town, fire=course("fire", "Fire", "safety", {"doors": ("Other?",), "drill": ("Other too?",)}), water=WATER)
    town.tick(days=3)
    assert "There is nothing to repeat today." in amina.press("r:review:")


def test_certificate_that_runs_out_brings_the_course_again_in_time(town: Town, amina: Talker) -> None:
    programme_says(town, training=[{"course": "water"}])
    take(amina, "Right")
    town.tick(datetime(2027, 10, 20, 9, 0, tzinfo=ZoneInfo("UTC")))
    assert [row.reason for row in rows(town, Assignment)] == [Reason.TIER]
    town.tick(datetime(2027, 10, 25, 9, 0, tzinfo=ZoneInfo("UTC")))
    town.tick(days=1)
    renewal = rows(town, Assignment)[-1]
    assert (renewal.reason, str(renewal.due_on)) == (Reason.RENEWAL, "2027-11-23")
    assert "Your certificate runs out soon" in said(town, amina)
    take(amina, "Right", start="Begin the lesson")
    assert [str(row.valid_until) for row in rows(town, CourseResult)] == ["2027-11-23", "2028-10-26"]
    town.tick(days=5)
    assert len(rows(town, Assignment)) == 2
