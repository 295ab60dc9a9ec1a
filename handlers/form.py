"""Several questions as one form: a modal where the channel has them, field by field with a review where it has not."""

from collections.abc import Generator, Sequence
from copy import copy
from typing import Any

from handlers.dialog import Dialog, Step, Talk, digest
from handlers.message import Modal, Speech
from handlers.questions import Choice, Question, Unclear
from locales.text import _

Values = dict[str, Any]
MOST_CHANGES = 50


class Form(Step[Values | None]):
    """The answers by key. `yield from form` gives them all, however the channel asked for them."""

    def __init__(self, key: str, title: Speech, questions: Sequence[Question[Any]], submit: Speech) -> None:
        self.key, self.title, self.questions, self.submit = key, title, list(questions), submit

    def __iter__(self) -> Generator[Step[Any], Any, Values]:
        values: Values | None = yield self
        return values if values is not None else (yield from self._one_by_one())

    def known(self, talk: Talk) -> bool:
        """Without modals the form itself is not asked: its questions are."""
        return not talk.capabilities.modals

    def find(self) -> None:
        return None

    def revision(self) -> str:
        return digest(self.key, *(question.revision() for question in self.questions))

    def dump(self, value: Values | None) -> Any:
        if value is None:
            return None
        return {question.key: question.dump(value[question.key]) for question in self.questions}

    def load(self, stored: Any) -> Values | None:
        if stored is None:
            return None
        return {question.key: question.load(stored[question.key]) for question in self.questions}

    def modal(self, action: str) -> Modal:
        """The form as a modal that hands in its values under `action`."""
        return Modal(self.title, tuple(question.field() for question in self.questions), self.submit, action)

    def parse(self, typed: dict[str, str], language: str) -> tuple[Values, dict[str, Speech]]:
        """The values, and what is wrong under the key of each field that could not be read."""
        values: Values = {}
        errors: dict[str, Speech] = {}
        for question in self.questions:
            try:
                values[question.key] = question.take(typed.get(question.key, ""), language)
            except Unclear as unclear:
                errors[question.key] = unclear.text
        return values, errors

    def _one_by_one(self) -> Dialog[Values]:
        values: Values = {}
        count = len(self.questions)
        for place, question in enumerate(self.questions, start=1):
            prompt = _("{place} of {count}. {prompt}", place=place, count=count, prompt=question.prompt)
            values[question.key] = yield from _asked_as(question, question.key, prompt)
        for turn in range(MOST_CHANGES):
            wish = yield from self._review(turn, values)
            if wish == "send":
                break
            question = next(question for question in self.questions if question.key == wish)
            values[question.key] = yield from _asked_as(question, f"{question.key}/{turn}", question.prompt)
        return values

    def _review(self, turn: int, values: Values) -> Choice:
        changes: list[tuple[str, Speech]] = [
            (question.key, _("Change: {answer}", answer=question.tell(values[question.key])))
            for question in self.questions
        ]
        return Choice(f"{self.key}/review/{turn}", self.title, [("send", self.submit), *changes])


def _asked_as(question: Question[Any], key: str, prompt: Speech) -> Question[Any]:
    """The question under another key and prompt; the form's own stays as it is."""
    asked = copy(question)
    asked.key, asked.prompt = key, prompt
    return asked
