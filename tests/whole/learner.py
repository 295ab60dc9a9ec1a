"""Somebody who takes a course in one language on one platform, first with wrong answers, as fast as the bot answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from html import unescape
from operator import attrgetter
from typing import Any

from sqlmodel import Session, select

from bot.playground.calls import Call
from bot.playground.slack.reach import channel_of
from courses.course import Course, QuizQuestion
from handlers.reader import content
from locales.text import Catalogue, Phrase, _
from storage.tables.people import Contact, Duty, Membership, Person, Role
from storage.tables.programme import Site
from storage.tables.training import Assignment, AssignmentState, Reason
from tests.whole.world import World

TEXTS = Catalogue()
SAYING = ("sendMessage", "sendPhoto", "sendDocument", "chat.postMessage", "files.completeUploadExternal")
ON = (_("Next"), _("Next lesson"), _("Try again"))


@dataclass
class Learner:
    """`place` is the private chat. `heard` is all that the bot has said; `seen` is the newest message that was seen.

    `messages` are those after one, and `mark` is what a message is known by there.
    """

    course: Course
    language: str
    channel: str
    account: str
    place: str
    messages: Callable[[Any], list[Any]]
    mark: Callable[[Any], Any]
    press: Callable[[str], Any]
    begin: Callable[[], Any]
    person_id: int = 0
    seen: Any = None
    wrong: set[str] = field(default_factory=set)
    heard: str = ""
    has_certificate: bool = False

    @property
    def name(self) -> str:
        """Who this is, for a test that failed."""
        return f"{self.course.key}/{self.language}/{self.channel}"

    def step(self) -> bool:
        """Answer what is new; False if nothing is."""
        said = [one for one in self.messages(self.seen) if one.from_bot]
        if not said:
            return False
        self.heard += "\n".join(plain(one.text) for one in said) + "\n"
        self.has_certificate |= any(map(is_pdf, said))
        self.seen = self.mark(said[-1])
        labels = labels_of(said[-1])
        choice = next((label for label in map(self.say, ON) if label in labels), None) or self.answer(labels)
        if choice is not None and not self.has_certificate:
            self.press(choice)
        return True

    def answer(self, labels: list[str]) -> str | None:
        """The label to press: a wrong one the first time a lesson's first question comes, else a right one."""
        for lesson in self.course.lessons:
            for question in lesson.questions:
                found = {self.text(lesson.key, option.text): option.right for option in question.options}
                if set(found) <= set(labels):
                    return self._choose(question, found)
        return None

    def _choose(self, question: QuizQuestion, found: dict[str, bool]) -> str:
        wanted = question.key in self.wrong or question not in [one.questions[0] for one in self.course.lessons]
        self.wrong.add(question.key)
        return next(label for label, right in found.items() if right is wanted)

    def text(self, lesson: str, source: str) -> str:
        """A text of the course as this person reads it."""
        return TEXTS.plain(content(f"course/{self.course.key}/{lesson}", source), self.language)

    def say(self, phrase: Phrase) -> str:
        """A sentence of ours as this person reads it."""
        return TEXTS.plain(phrase, self.language)

    def unheard(self) -> list[str]:
        """The screens and questions of the course that were never shown in this language."""
        wanted = [
            self.text(lesson.key, source)
            for lesson in self.course.lessons
            for source in (
                *(screen.text for screen in lesson.screens),
                *(question.text for question in lesson.questions),
            )
        ]
        heard = plain(self.heard)
        return [text for text in wanted if plain(text) not in heard]


def enrol(world: World, session: Session, course: Course, language: str, channel: str) -> Learner:
    """A new person at a site of Viet Nam, who is to take this course and no other."""
    key = f"learner-{course.key}-{language}-{channel}"
    person = Person(key=key, name=key, role=Role.SUPPLIER, language=language, home_language=language)
    person.privacy_version, person.privacy_at = "2026-01", datetime.now(UTC)
    site = session.exec(select(Site).where(Site.key == "ha-long")).one()
    person.calendar, person.timezone = site.calendar, site.timezone
    session.add(person)
    session.flush()
    session.add(Membership(person_id=person.id, site_id=site.id, duty=Duty.DEPUTY))
    assigned: dict[str, Any] = {"reason": Reason.MENTOR, "assigned_at": datetime.now(UTC), "round": "test"}
    session.add(Assignment(person_id=person.id, course=course.key, state=AssignmentState.OPEN, **assigned))
    learner = (on_phone if channel == "telegram" else in_slack)(world, course, language, key)
    account = learner.account
    session.add(Contact(person_id=person.id, channel=channel, account=account, conversation=account))
    learner.person_id = person.id
    return learner


def on_phone(world: World, course: Course, language: str, name: str) -> Learner:
    """Somebody on a phone."""
    phone = world.playground.telegram.person(name, language)
    ways = (lambda seen: phone.messages(seen or 0), attrgetter("id"), phone.tap, lambda: phone.say("/lesson"))
    return Learner(course, language, "telegram", str(phone.id), str(phone.id), *ways)


def in_slack(world: World, course: Course, language: str, name: str) -> Learner:
    """A member of the workspace."""
    member = world.playground.slack.person(name)
    ways = (
        lambda seen: member.messages(after=seen or ""),
        attrgetter("ts"),
        member.press,
        lambda: member.command("/causeway", "lesson"),
    )
    place = channel_of(member.state, member.id, None).id
    return Learner(course, language, "slack", member.id, place, *ways)


def place_of(call: Call) -> str:
    """The chat in which a call of the bot has said something; "" for one that says nothing."""
    if call.answer is None or call.method not in SAYING:
        return ""
    return str(next((call.params[name] for name in ("chat_id", "channel", "channel_id") if name in call.params), ""))


def labels_of(message: Any) -> list[str]:
    """The labels of a message's buttons, on either platform."""
    return list(message.labels()) if callable(getattr(message, "labels", None)) else [b.label for b in message.buttons]


def is_pdf(message: Any) -> bool:
    """Whether a certificate came with a message."""
    files = getattr(message, "files", None)
    if files is not None:
        return any(file.data[:5] == b"%PDF-" for file in files)
    return message.document is not None


def plain(text: str) -> str:
    """The words alone: each platform has its own signs for bold, and its own way with spaces."""
    signs = ("*", "<b>", "</b>", "\u200b")
    return " ".join(reduce(lambda words, sign: words.replace(sign, ""), signs, unescape(text)).split())
