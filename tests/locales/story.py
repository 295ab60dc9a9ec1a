"""The main job in one language, from the invitation to the summary, as its people live it."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from courses.course import Course, Lesson
from handlers.bridge.words import OBSTACLES
from handlers.message import FileRef
from handlers.reader import content
from locales.marker import CLOSES
from locales.text import _
from storage import people
from storage.tables.programme import Programme
from tests.handlers.deeds import changed, ref, rows, terms
from tests.locales.telling import Telling
from tests.talks import Talker, Town

TYPED: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
"""What people type, by language."""
HINTS = {"pt": "pt-br", "zh": "zh-hans"}
"""What a phone calls its language, where it differs from what we do."""
PEOPLE = {"tg-1": "Amina", "U0LUCIA": "Lucia", "U0HELENA": "Helena"}
PLACES = {
    "tg-1": "Amina's phone",
    "U0LUCIA": "Slack, to Lucia alone",
    "C0ASIA": "Slack, Lucia's channel",
    "U0HELENA": "Slack, to Helena alone",
}


def told(town: Town, language: str, typed: Mapping[str, str] | None = None) -> str:
    """The whole story in a language, written down; `typed` is what people write in it."""
    telling = Telling(_speaking(town, language), language, PEOPLE, PLACES, typed or TYPED[language])
    for part in (_joining, _lesson, _figures, _capa, _problem, _reminder, _summary, _late):
        part(telling)
    return "\n".join([f"# The main job in {town.house.texts.name(language)}", *telling.lines, ""])


def _speaking(town: Town, language: str) -> Town:
    """The programme in all our languages, whose mentor and manager read this one."""
    (programme,) = rows(town, Programme)
    changed(town, programme, settings=programme.settings | {"languages": town.house.texts.languages()})
    with town.store.write() as session:
        for key in ("lucia", "martin", "helena"):
            person = people.by_key(session, key)
            assert person is not None
            person.language = language
    # Of what the clock does, only this is told here; in this order one tick brings what is due.
    jobs = {job.name: job for job in town.ticker.jobs}
    town.ticker.jobs = [jobs["plan"], jobs["say"]]
    return town


def _phone(telling: Telling) -> Talker:
    return replace(telling.town.phone("tg-1"), language_hint=HINTS.get(telling.language, telling.language))


def _lucia(telling: Telling, thread: str = "") -> Talker:
    return telling.town.slack("U0LUCIA", "C0ASIA", thread)


def _joining(telling: Telling) -> None:
    telling.chapter("Invitation, language, privacy")
    telling.commands(telling.town.slack("U0LUCIA"), "invite", "amina")
    link = next(word for word in telling.town.shown[-1][1]["text"].split() if "start=" in word)
    telling.commands(_phone(telling), "start", link.partition("start=")[2].rstrip(CLOSES))
    telling.taps(_phone(telling), telling.town.house.texts.name(telling.language))
    telling.taps(_phone(telling), _("Yes, I agree"))


def _lesson(telling: Telling) -> None:
    telling.chapter("A lesson")
    amina, course, lesson = _phone(telling), *_first_lesson(telling)
    telling.commands(amina, "lesson")
    for _screen in lesson.screens:
        telling.taps(amina, _("Next"))
    wrong = next(option for option in lesson.questions[0].options if not option.right)
    telling.taps(amina, content(f"course/{course.key}/{lesson.key}", wrong.text))


def _first_lesson(telling: Telling) -> tuple[Course, Lesson]:
    course = telling.town.house.library.courses["measuring-energy"]
    return course, course.lessons[0]


def _figures(telling: Telling) -> None:
    telling.chapter("Figures: one asked for, one in a line; a breach and its alert")
    amina, typed = _phone(telling), telling.typed
    telling.commands(amina, "figures")
    telling.taps(amina, content("metric/water/name", telling.town.house.library.metrics["water"].name))
    telling.taps(amina, _("Why do you ask?"))
    telling.taps(amina, _("How do I measure it?"))
    telling.types(amina, typed["water"])
    telling.taps(amina, _("Yes, send it"))
    telling.types(amina, typed["line"])
    telling.taps(amina, _("Yes, send it"))


def _capa(telling: Telling) -> None:
    telling.chapter("A CAPA")
    lucia = _lucia(telling)
    telling.taps(lucia, _("Open a CAPA"), trigger="t")
    telling.submits(lucia, terms(lucia, due="2026-01-01", finding=telling.typed["finding"]))
    telling.submits(lucia, terms(lucia, due="2026-12-04", finding=telling.typed["finding"]))
    telling.waits("a minute later", lambda: telling.town.tick(minutes=1))


def _problem(telling: Telling) -> None:
    telling.chapter("A problem")
    amina, typed = _phone(telling), telling.typed
    telling.commands(amina, "obstacle")
    telling.taps(amina, OBSTACLES["equipment"])
    telling.types(amina, typed["problem"])
    telling.taps(amina, _("No, none of these"))
    telling.types(amina, "", FileRef("file-1", "photo"))
    telling.taps(amina, _("Yes, send it"))
    telling.types(_lucia(telling, ref(telling.town, "ticket/1/thread")), typed["answer"])
    telling.types(amina, typed["thanks"])


def _reminder(telling: Telling) -> None:
    telling.chapter("A reminder, a week before")
    _ticks(telling, "Friday, 27 November, ten in the morning in Viet Nam", datetime(2026, 11, 27, 3, tzinfo=UTC))


def _summary(telling: Telling) -> None:
    telling.chapter("The summary")
    _ticks(telling, "Monday, 30 November, ten in the morning in Spain", datetime(2026, 11, 30, 9, tzinfo=UTC))


def _late(telling: Telling) -> None:
    telling.chapter("The CAPA is late")
    _ticks(telling, "Monday, 7 December, ten in the morning in Spain", datetime(2026, 12, 7, 9, tzinfo=UTC))


def _ticks(telling: Telling, when: str, at: datetime) -> None:
    telling.waits(when, lambda: telling.town.tick(at))
