"""How much of each topic sits with some people, read at once for all of them."""

from collections.abc import Collection
from dataclasses import dataclass

from handlers.training.rules import competence, standing
from handlers.turn import Turn
from storage import training
from storage.tables.training import LessonResult


@dataclass(frozen=True)
class Score:
    """`competence` in per cent, over the questions that `people` people were asked."""

    competence: int
    people: int


def topics_of(turn: Turn, person_ids: Collection[int]) -> dict[str, Score]:
    """The score of each topic in which these people have been asked something, the weakest first."""
    gaps = turn.settings.learning.boxes
    asked, boxes, who = _sums(turn, person_ids)
    scores = {}
    for topic, count in asked.items():
        share = competence(count, boxes.get(topic, []), gaps)
        if share is not None:
            scores[topic] = Score(share, len(who[topic]))
    return dict(sorted(scores.items(), key=lambda item: (item[1].competence, item[0])))


def _sums(turn: Turn, person_ids: Collection[int]) -> tuple[dict[str, int], dict[str, list[int]], dict[str, set[int]]]:
    """By topic: how many questions were asked, the boxes of those that were wrong, and who was asked."""
    courses = turn.house.library.courses
    asked: dict[str, int] = {}
    boxes: dict[str, list[int]] = {}
    who: dict[str, set[int]] = {}
    taken: dict[tuple[int, str], list[LessonResult]] = {}
    for row in training.of_people(turn.session, person_ids):
        taken.setdefault((row.person_id, row.course), []).append(row)
    for (person_id, key), rows in taken.items():
        if key in courses:
            topic = courses[key].topic
            asked[topic] = asked.get(topic, 0) + standing(courses[key], rows).asked
            who.setdefault(topic, set()).add(person_id)
    for card in training.cards(turn.session, person_ids):
        lesson = courses[card.course].lesson(card.lesson) if card.course in courses else None
        if lesson is not None and lesson.question(card.question) is not None:
            boxes.setdefault(courses[card.course].topic, []).append(card.box)
    return asked, boxes, who
