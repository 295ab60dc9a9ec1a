"""The guided five whys: each question quotes the last answer, until the person says that it is the root."""

from handlers.capa.asking import WORDS, TextOr
from handlers.capa.blame import blames_only
from handlers.dialog import Dialog
from handlers.questions import Text
from locales.text import Phrase, Words, _

MOST = 5


def five_whys(finding: str) -> Dialog[list[str]]:
    """The answers, the last of which is the root. An answer that only blames somebody is asked about once more."""
    first = _(
        "Let us look for the cause, step by step.\n<i>{finding}</i>\nWhy did this happen?", finding=Words(finding)
    )
    answers: list[str] = [(yield from Text("why/1", first, limit=WORDS))]
    for place in range(2, MOST + 1):
        if blames_only(answers[-1]):
            answers.append((yield from _possible(f"why/{place}", answers[-1])))
            continue
        answer = yield from TextOr(f"why/{place}", _why(answers[-1]), none=_("This is the root cause"))
        if not answer:
            return answers
        answers.append(answer)
    if blames_only(answers[-1]):
        answers.append((yield from _possible("why/possible", answers[-1])))
    return answers


def _why(last: str) -> Phrase:
    return _("You wrote: <i>{answer}</i>\nAnd why is that so?", answer=Words(last))


def _possible(key: str, last: str) -> Text:
    """People make mistakes everywhere: what has to change is what made this one possible."""
    prompt = _(
        "You wrote: <i>{answer}</i>\nMistakes happen to everybody. What made this one possible? Perhaps the machine, "
        "the light, the training, the time, or that nobody could see it coming.",
        answer=Words(last),
    )
    return Text(key, prompt, limit=WORDS)
