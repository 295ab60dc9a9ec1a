"""One question in a window of its own where the channel has windows: in a thread everybody would see it asked."""

from handlers.dialog import Dialog, Talk
from handlers.form import Form
from handlers.message import Speech
from handlers.questions import Choice
from locales.text import _


def one_choice(talk: Talk, title: Speech, question: Choice) -> Dialog[str]:
    """The answer."""
    if not talk.capabilities.modals:
        return (yield from question)
    values = yield from Form(f"{question.key}/form", title, [question], _("Done"))
    return str(values[question.key])
