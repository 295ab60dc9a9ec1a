"""A course or a document as people read it, printed whole: every screen, every answer and what is said to it."""

from collections.abc import Iterator

from courses.course import Course, QuizQuestion
from courses.document import Document
from handlers.reader import content
from locales.text import Catalogue


def course_lines(course: Course, texts: Catalogue, language: str) -> Iterator[str]:
    """The lines of a course: screens, questions, answers with what is said to each."""
    yield texts.plain(content(f"course/{course.key}", course.title), language)
    for lesson in course.lessons:
        voice = _Voice(f"course/{course.key}/{lesson.key}", texts, language)
        yield f"\n== {voice.say(lesson.title)}"
        for screen in lesson.screens:
            if screen.picture:
                yield f"\n[{screen.picture.name}: {voice.say(screen.picture.shows)}]"
            yield f"\n{voice.say(screen.text)}"
        for question in lesson.questions:
            yield from _question(question, voice)


def document_lines(document: Document, texts: Catalogue, language: str) -> Iterator[str]:
    """The lines of a document: sections, requirements, and what holds elsewhere."""
    voice = _Voice(f"document/{document.key}", texts, language)
    yield voice.say(document.title)
    for section in document.sections:
        yield f"\n== {voice.say(section.title)}\n\n{voice.say(section.text)}"
        yield from (f"  - {voice.say(one.text)}" for one in section.requirements)
    for one in document.deviations:
        yield f"\n[{one.country or one.site}: {voice.say(one.text)} ({one.approved_by}, {one.approved_on})]"


class _Voice:
    """Says the texts of one context in one language."""

    def __init__(self, context: str, texts: Catalogue, language: str) -> None:
        self.context, self.texts, self.language = context, texts, language

    def say(self, text: str) -> str:
        """The text in the language."""
        return self.texts.plain(content(self.context, text), self.language)


def _question(question: QuizQuestion, voice: _Voice) -> Iterator[str]:
    yield f"\n? {voice.say(question.text)}"
    for option in question.options:
        yield f"  ({'x' if option.right else ' '}) {voice.say(option.text)}"
        if option.feedback:
            yield f"      {voice.say(option.feedback)}"
