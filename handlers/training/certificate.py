"""The certificate of a passed course, as plain values: `bot/render/` only sets it."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from courses.course import Course
from handlers.message import Attachment
from handlers.training.rules import per_cent
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import programme
from storage.tables.training import CourseResult


@dataclass(frozen=True)
class Certificate:
    """Every sentence is ready in the learner's language. `number` tells this certificate from all others."""

    language: str
    programme: str
    title: str
    awarded: str
    name: str
    site: str
    passed: str
    course: str
    lines: tuple[str, ...]
    number: str


_ADAPTER = TypeAdapter(Certificate)


def certificate_from(values: dict[str, Any]) -> Certificate:
    """The certificate that these JSON values describe. Raises ValueError when they describe none."""
    return _ADAPTER.validate_python(values)


def certificate(turn: Turn, result: CourseResult, course: Course) -> Attachment:
    """The certificate of a person's result, in their language."""
    languages = turn.languages(turn.me)

    def say(phrase: Phrase) -> str:
        return turn.house.texts.plain(phrase, languages)

    sites = programme.sites_of(turn.session, turn.me)
    lines = [
        _("Passed on {day} with {share} % of the questions right.", day=result.passed_on, share=_share(result)),
        _("Valid until {day}.", day=result.valid_until) if result.valid_until else None,
        _("Lessons: {count}. Version {version} of the course.", count=len(course.lessons), version=result.version),
    ]
    made = Certificate(
        language=languages[0],
        programme=turn.settings.name,
        title=say(_("Certificate")),
        awarded=say(_("This is to certify that")),
        name=turn.me.name,
        site=sites[0].name if sites else "",
        passed=say(_("has passed the course")),
        course=say(turn.read.course_title(course)),
        lines=tuple(say(line) for line in lines if line),
        number=say(_("Certificate no. {number}", number=str(result.id))),
    )
    return Attachment(f"{course.key}.pdf", draw="certificate", values=_ADAPTER.dump_python(made, mode="json"))


def _share(result: CourseResult) -> int:
    return per_cent(result.right, result.asked)
