"""Questions that come back: a few at a time, each until it sits (Leitner)."""

from dataclasses import dataclass
from datetime import date

from courses.course import Course, Lesson, QuizQuestion
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button
from handlers.reader import Reader
from handlers.router import Router, action
from handlers.training.asking import ask
from handlers.training.pace import came, local_day, working_days_on
from handlers.training.rules import next_box, sits
from handlers.turn import Turn
from locales.text import _, n_
from storage import training
from storage.tables.training import ReviewCard

routes = Router()
AT_ONCE = 3
"""So many questions at a time: a review takes a minute."""

Place = tuple[str, str, str]
"""Course, lesson and question, by their keys."""


def note_answer(turn: Turn, course: Course, lesson: Lesson, question: str, right: bool) -> ReviewCard | None:
    """Move a question on to its next box, or back to the first; None if it never was wrong and need not come back."""
    card = training.card(turn.session, turn.me.id, course.key, lesson.key, question)
    if card is None and right:
        return None
    gaps = turn.settings.learning.boxes
    card = card or ReviewCard(
        person_id=turn.me.id, course=course.key, lesson=lesson.key, question=question, answered_at=turn.now
    )
    if not (right and sits(card.box, gaps)):
        card.box = next_box(card.box, right, gaps)
    today = local_day(turn, turn.me)
    card.due_on = None if sits(card.box, gaps) else working_days_on(turn, turn.me, today, gaps[card.box])
    card.answered_at = turn.now
    turn.session.add(card)
    turn.session.flush()
    return card


def due_questions(read: Reader, person_id: int, day: date) -> list[Place]:
    """What is to be asked again by a day, the longest due first. A question that was changed is not asked any more."""
    due = [card for card in read.cards(person_id) if card.due_on and card.due_on <= day]
    places = [(card.course, card.lesson, card.question) for card in due]
    return [place for place in places if find(read, place) is not None][:AT_ONCE]


def find(read: Reader, place: Place) -> tuple[Course, Lesson, QuizQuestion] | None:
    """The question in the courses as they are now, None if it was changed or taken out."""
    course = read.library.courses.get(place[0])
    lesson = course.lesson(place[1]) if course else None
    question = lesson.question(place[2]) if lesson else None
    return (course, lesson, question) if course and lesson and question else None


@routes.dialog("review", _("Questions that come back"))
def take_review(talk: Talk) -> Dialog[None]:
    """The questions that are due, one after the other, each with its feedback."""
    day = date.fromisoformat(talk.argument["day"])
    places = yield from Fact("places", list[Place], lambda: due_questions(talk.read, talk.person.id, day))
    asked = right = 0
    for number, place in enumerate(places):
        found = find(talk.read, place)
        if found is None:
            continue
        if not asked:
            talk.say(_("You have had these before. Let us see whether you know them now."))
        asked += 1
        good = yield from ask(talk, *found, f"review/{number}")
        talk.do(RecordAnswer(*place, good))
        right += good
    if not asked:
        talk.say(_("There is nothing to repeat today."))
        return
    talk.say(
        n_(
            "{right} of {count} question right. What was wrong comes back.",
            "{right} of {count} questions right. What was wrong comes back.",
            asked,
            right=right,
        )
    )
    talk.do(EndReview())


@dataclass(frozen=True)
class RecordAnswer:
    """An answer to a question that came back."""

    course: str
    lesson: str
    question: str
    right: bool

    def perform(self, turn: Turn) -> None:
        """Move the question's card."""
        found = find(turn.read, (self.course, self.lesson, self.question))
        if found is not None:
            card = note_answer(turn, found[0], found[1], self.question, self.right)
            turn.note("question repeated", "review card", card.id if card else None, right=int(self.right))


@dataclass(frozen=True)
class EndReview:
    """The questions of the day are answered."""

    def perform(self, turn: Turn) -> None:
        """Plan what comes next, and offer the next lesson if there is one."""
        came(turn, turn.me)
        if training.open_assignment(turn.session, turn.me.id) is not None:
            turn.say(buttons=[[Button(_("Next lesson"), action("go", "lesson"))]])
