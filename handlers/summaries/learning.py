"""The chapter on training: what was passed and what is late, how much of each topic sits, and what to coach."""

from collections.abc import Mapping, Sequence

from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.training.rules import WEAK, per_cent
from handlers.training.score import Score, topics_of
from handlers.turn import Turn
from locales.text import Phrase, _, n_, p_
from storage import training
from storage.tables.training import Assignment, CourseResult


def draft(turn: Turn, scope: Scope, passed: Sequence[CourseResult]) -> Draft:
    """The chapter. `passed` are the results of everybody at the sites, of all times."""
    learners = [person.id for person in scope.staff.values() if person.privacy_at is not None]
    waiting = training.unfinished(turn.session, learners)
    late = [row for row in waiting if row.due_on is not None and row.due_on < scope.today]
    scores = topics_of(turn, learners)
    weak = [turn.read.topic(topic) for topic, score in scores.items() if score.competence < WEAK]
    lines: list[Phrase] = [
        n_("{count} person takes part.", "{count} people take part.", len(learners)),
        _(
            "Courses passed this week: {passed}. Under way or waiting: {waiting}. Overdue: {late}.",
            passed=sum(scope.since <= row.passed_at < scope.until for row in passed),
            waiting=len(waiting),
            late=len(late),
        ),
    ]
    if weak:
        lines.append(_("Topics to coach: {topics}.", topics=tuple(weak)))
    return Draft("training", _("Training"), lines, [_courses(turn, passed, waiting, late), _topics(turn, scores)])


def _courses(
    turn: Turn, passed: Sequence[CourseResult], waiting: Sequence[Assignment], late: Sequence[Assignment]
) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for key, course in turn.house.library.courses.items():
        done = {row.person_id for row in passed if row.course == key}
        still = {row.person_id for row in waiting if row.course == key}
        if done or still:
            share = per_cent(len(done), len(done | still))
            behind = sum(row.course == key for row in late)
            rows.append((Coded(key, turn.read.course_title(course)), len(done), len(still), behind, share))
    return Sheet(
        "courses",
        _("Completion, course by course"),
        (
            Column("course", _("Course"), 3),
            Column("passed", _("Passed"), end=True),
            Column("waiting", _("Still to take"), end=True),
            Column("overdue", _("Overdue"), end=True),
            Column("percent", _("Per cent passed"), end=True),
        ),
        rows,
    )


def _topics(turn: Turn, scores: Mapping[str, Score]) -> Sheet:
    coach = Coded("coach", p_("advice on a topic", "coach this"))
    rows: list[tuple[Cell, ...]] = [
        (Coded(topic, turn.read.topic(topic)), one.people, one.competence, coach if one.competence < WEAK else None)
        for topic, one in scores.items()
    ]
    return Sheet(
        "topics",
        _("What people remember, the weakest topic first"),
        (
            Column("topic", _("Topic"), 3),
            Column("people", _("People asked"), end=True),
            Column("competence", _("Per cent remembered"), end=True),
            Column("advice", _("Advice"), 1.5),
        ),
        rows,
        _("Computed from first answers, and from the questions that came back."),
    )
