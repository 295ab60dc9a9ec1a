"""Courses of a few questions for the tests of learning, and how people take them."""

import dataclasses
from datetime import UTC, datetime, time, timedelta
from html import unescape
from typing import Any

from sqlmodel import select

from courses.course import Course
from courses.course_file import CourseReader
from courses.document import Document
from courses.document_file import DocumentReader
from courses.load import Library
from storage import programme
from storage.pushes import KIND
from storage.tables.planning import DueNote, DueState
from storage.tables.queues import OutboxRow, SendState
from tests.talks import Talker, Town, made_house

FRONT = """\
+++
title = "{title}"
topic = "{topic}"
level = "basic"
minutes = 5
pass_mark = 60
valid_for = {valid_for}
version = {version}
ready = ["en"]
+++
"""
LESSON = """
## {name} {{#{key}}}

{name} matters.

---

{question}

- [x] Right
  > Good.
- [ ] Wrong
  > Think again.
"""
CODE = """\
+++
title = "Our code"
version = {version}
ready = ["en"]

[[deviations]]
requirement = "weekly-hours"
country = "VN"
text = "At most 54 hours a week."
approved_by = "Joint committee"
approved_on = 2026-01-15
+++

## Hours {{#hours}}

Everybody needs rest.

- At most 60 hours a week. {{#weekly-hours}}
"""


def course(
    key: str, title: str, topic: str, lessons: dict[str, tuple[str, ...]], version: int = 1, valid_for: int = 0
) -> Course:
    """A course whose lessons have these questions, each with the answers Right and Wrong."""
    text = FRONT.format(title=title, topic=topic, version=version, valid_for=valid_for)
    for name, questions in lessons.items():
        first, *rest = questions
        text += LESSON.format(name=name.capitalize(), key=name, question=first)
        for question in rest:
            text += LESSON.format(name=name, key=name, question=question).partition("matters.\n")[2]
    return CourseReader(f"{key}.md", key, text).course(set())


def code(version: int = 1) -> Document:
    """A code of conduct with one requirement and a deviation for Viet Nam."""
    return DocumentReader("our-code.md", "our-code", CODE.format(version=version)).document()


FIRE = course("fire", "Fire", "safety", {"doors": ("Keep doors free?",), "drill": ("How often?", "Who counts?")})
WATER = course("water", "Water", "environment", {"taps": ("Close the tap?",)}, valid_for=12)


def teach(town: Town, *documents: Document, **courses: Course) -> None:
    """Put these courses and documents in the place of ours."""
    library: Library = dataclasses.replace(
        made_house().library, courses=courses, documents={one.key: one for one in documents}
    )
    town.house = town.intake.house = town.ticker.house = made_house(library)


def programme_says(town: Town, **changed: Any) -> None:
    """Settings of the programme as another import would leave them."""
    with town.store.write() as session:
        row = programme.programme(session)
        assert row is not None
        row.settings = {**row.settings, **changed}
        session.add(row)


def take(talker: Talker, *answers: str, start: str = "") -> str:
    """A lesson from its beginning to its end with these answers; what was shown last."""
    shown = talker.tap(start) if start else talker.command("lesson")
    while "Next" in talker.labels:
        shown = talker.tap("Next")
    for answer in answers:
        # Nobody takes two lessons in the same moment.
        talker.town.clock.moment += timedelta(minutes=1)
        shown = talker.tap(answer) or undrawn(talker)
    return shown


def undrawn(talker: Talker) -> str:
    """What waits for its certificate, shown without it: in these tests nothing is drawn."""
    town = talker.town
    before = len(town.shown)
    with town.store.write() as session:
        for row in session.exec(select(OutboxRow).where(OutboxRow.state == SendState.WAITING)).all():
            row.state = SendState.NEW
            session.add(row)
    town.deliver()
    return "\n".join(unescape(one["text"]) for _place, one in town.shown[before:] if one["kind"] == "message")


def learning_alone(town: Town) -> None:
    """Nothing but lessons and documents is planned from now on: what figures and meetings bring is tested elsewhere."""
    town.ticker.jobs = [job for job in town.ticker.jobs if job.name != "plan"]


def go_by(town: Town, talker: Talker, days: int) -> list[datetime]:
    """Let so many days go by, tick after tick; the moments at which this person was pushed something."""
    moments, today = [], town.clock.moment.date()
    for day in range(1, days + 1):
        # There it is seven in the morning, five past ten, and ten at night.
        for at in (time(0), time(3, 5), time(15)):
            moment = datetime.combine(today + timedelta(days=day), at, UTC)
            before = len(pushes(town, talker))
            town.tick(moment)
            moments += [moment] * (len(pushes(town, talker)) - before)
    return moments


def pushes(town: Town, talker: Talker) -> list[dict[str, Any]]:
    """Every message that brought learning to somebody, alone or with other notes of that morning."""
    with town.store.read() as session:
        told = set(session.exec(select(DueNote.message).where(DueNote.kind == KIND, DueNote.state == DueState.SAID)))
    return [one for place, one in town.shown if place == talker.at.conversation and one["key"] in told]
