"""A talk about an alert: the mentor writes to the data owners of the site, and their answers come below the alert."""

from dataclasses import dataclass

from handlers import conversation
from handlers.dialog import Dialog, Talk
from handlers.form import Form
from handlers.message import Button, Message
from handlers.metrics.alert import alert_key
from handlers.metrics.breaches import site_of_breach
from handlers.metrics.lessons import data_owners
from handlers.metrics.periods import said
from handlers.questions import Text
from handlers.router import MENTOR, SUPPLIER, Router, action
from handlers.turn import Refused, Turn
from locales.text import Phrase, Value, Words, _
from storage import programme, submissions
from storage.tables.figures import Breach
from storage.tables.people import Person
from storage.tables.queues import Lane

routes = Router()
WORDS = 1000


@routes.button("breach.ask", MENTOR, site=site_of_breach)
def ask(turn: Turn, breach_id: str) -> None:
    """Ask the mentor what to write; where nobody can be reached, say so at once."""
    breach = _breach(turn, int(breach_id))
    data_owners(turn, breach.site_id)
    conversation.start(turn, "ask_about_breach", {"breach": breach.id}, modal=turn.capabilities.modals)


@routes.dialog("ask_about_breach", _("Writing to the site about an alert"))
def ask_about_breach(talk: Talk) -> Dialog[None]:
    """The mentor's own words."""
    hint = _("The data owners read these words on their phones. Their answers come below the alert.")
    words = Text("words", _("What would you like to ask or say?"), limit=WORDS, hint=hint)
    given = yield from Form("ask", _("Write to the site"), [words], _("Send"))
    talk.do(AskSite(talk.argument["breach"], given["words"]))


@dataclass(frozen=True)
class AskSite:
    """A mentor's words about a breach."""

    breach_id: int
    words: str

    def perform(self, turn: Turn) -> None:
        """Send them to the data owners, without a sound at night, and show below the alert what was written to whom."""
        breach = _breach(turn, self.breach_id)
        owners = data_owners(turn, breach.site_id)
        head = _("<b>{name}</b> writes to you about {metric} of {site} in {month}:", **_about(turn, breach))
        answer = Button(_("Answer"), action("breach.answer", breach.id), "primary")
        message = Message((head, self.words), ((answer,),), silent=_is_night(turn, breach.site_id))
        for owner in owners:
            turn.tell(owner, f"{_key(turn, breach)}/{owner.id}", message, Lane.ALERT, about=turn.me)
        turn.note("site asked", "breach", breach.id)
        names = tuple(owner.name for owner in owners)
        text = _(
            "{name} has written to {people}:\n<i>{words}</i>", name=turn.me.name, people=names, words=Words(self.words)
        )
        _below_alert(turn, breach, Message((text,)), turn.me)


@routes.button("breach.answer", SUPPLIER, site=site_of_breach)
def answer(turn: Turn, breach_id: str) -> None:
    """Ask for the answer."""
    conversation.start(turn, "answer_about_breach", {"breach": int(breach_id)})


@routes.dialog("answer_about_breach", _("Answering your mentor"))
def answer_about_breach(talk: Talk) -> Dialog[None]:
    """The data owner's own words."""
    words = yield from Text("words", _("Please write your answer. Your mentor reads it."), limit=WORDS)
    talk.do(AnswerMentor(talk.argument["breach"], words))


@dataclass(frozen=True)
class AnswerMentor:
    """A data owner's words about a breach."""

    breach_id: int
    words: str

    def perform(self, turn: Turn) -> None:
        """Post them below the alert, with a way to write back."""
        breach = _breach(turn, self.breach_id)
        text = _("<b>{name}</b> answers:\n<i>{words}</i>", name=turn.me.name, words=Words(self.words))
        back = Button(_("Write back"), action("breach.ask", breach.id))
        _below_alert(turn, breach, Message((text,), ((back,),)), turn.me)
        turn.note("site answered", "breach", breach.id)
        turn.say(_("Sent to your mentor."))


def _breach(turn: Turn, breach_id: int) -> Breach:
    breach = submissions.breach(turn.session, breach_id)
    if breach is None:
        raise Refused(conversation.GONE)
    return breach


def _about(turn: Turn, breach: Breach) -> dict[str, Value]:
    name: Phrase = turn.read.metric_text(breach.metric, "name")
    site = programme.site(turn.session, breach.site_id).name
    return {"name": turn.me.name, "metric": name, "site": site, "month": said(breach.period)}


def _key(turn: Turn, breach: Breach) -> str:
    """One for each thing that is written: the delivery in which it came is part of it."""
    return f"breach/{breach.id}/talk/{turn.heard.delivery}"


def _below_alert(turn: Turn, breach: Breach, message: Message, about: Person) -> None:
    mentor = turn.mentor_of(breach.site_id)
    if mentor is not None:
        turn.post(mentor, _key(turn, breach), message, f"@{alert_key(breach)}", about)


def _is_night(turn: Turn, site_id: int) -> bool:
    """Whether it is outside the allowed hours at the site."""
    hour = turn.now.astimezone(turn.read.zone(programme.site(turn.session, site_id))).time()
    return not turn.settings.opens <= hour < turn.settings.closes
