"""Decisions of the joint committee, recorded in chat: what, who decided, why; and the list of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button
from handlers.programme.committee import Committee
from handlers.questions import Choice, Confirm, Day, Text
from handlers.router import ANYONE, Router, action
from handlers.turn import Refused, Turn
from locales.text import Phrase, Words, _, p_
from storage import decisions, people
from storage.tables.people import Person, Role

routes = Router()
SHOWN = 10
ENOUGH = "-"
LONGEST_AGO = timedelta(days=60)


def _committee(turn: Turn) -> Committee:
    """The committee, for those who sit in it and for managers; else raise `Refused`."""
    committee = turn.settings.committee
    if committee is None:
        raise Refused(_("This programme has no committee."))
    if turn.me.key not in committee.members and turn.me.role is not Role.MANAGER:
        raise Refused(_("This is for the members of {committee}.", committee=committee.name))
    return committee


@routes.command("decisions", ANYONE)
def listed(turn: Turn, _argument: str) -> None:
    """The newest decisions, and a button to record one."""
    committee = _committee(turn)
    rows = decisions.newest(turn.session, SHOWN)
    if not rows:
        turn.say(_("No decision has been recorded yet."))
    for row in rows:
        right = committee.decisions.get(row.right)
        turn.say(
            _(
                "<b>{kind}</b>, {day}: {words}\n<i>{why}</i>\nDecided by {names}.",
                kind=right.title if right else row.right,
                day=row.held_on,
                words=Words(row.words),
                why=Words(row.why),
                names=tuple(decisions.voices(turn.session, row.id)) or p_("nobody who is known any more", "…"),
            )
        )
    turn.say(_("The chair is with {name}.", name=_chair_name(turn, committee)) if committee.chairs else _("Decisions"))
    turn.buttons.append((Button(_("Record a decision"), action("go", "decision")),))


def _chair_name(turn: Turn, committee: Committee) -> str:
    chair = people.by_key(turn.session, committee.chair(turn.now.astimezone(turn.settings.zone).date()))
    return chair.name if chair is not None else "…"


@routes.command("decision", ANYONE)
def decision(turn: Turn, _argument: str) -> None:
    """Record what was decided."""
    committee = _committee(turn)
    if not committee.decisions:
        raise Refused(_("The programme names no kinds of decisions yet."))
    conversation.start(turn, "decision")


@routes.dialog("decision", _("Recording a decision"))
def record(talk: Talk) -> Dialog[None]:
    """Which kind, what, when, who decided until they are enough, and why."""
    committee = talk.read.settings.committee
    if committee is None or not committee.decisions:
        return
    kinds = [(key, p_("a kind of decision", "{title}", title=one.title)) for key, one in committee.decisions.items()]
    right = yield from Choice("right", _("What kind of decision is it?"), kinds)
    words = yield from Text("words", _("What was decided? One or two sentences."), limit=500)
    today = talk.began.date()
    held_on = yield from Day("day", _("On which day?"), earliest=today - LONGEST_AGO, latest=today)
    members = yield from Fact("members", list[tuple[str, str]], lambda: _members(talk, committee))
    voices = yield from _voices(committee, right, held_on, members)
    why = yield from Text("why", _("Why? Those who ask later will read this."), limit=500)
    names = tuple(name for key, name in members if key in voices)
    told = _(
        "<b>{kind}</b>, {day}: {words}\nWhy: {why}\nDecided by {names}.",
        kind=committee.decisions[right].title,
        day=held_on,
        words=Words(words),
        why=Words(why),
        names=names,
    )
    if (yield from Confirm("sure", told, yes=_("Yes, record it"), no=_("No, stop"))):
        talk.do(RecordDecision(right, words, why, held_on, tuple(voices)))


def _members(talk: Talk, committee: Committee) -> list[tuple[str, str]]:
    """The members by key and name, as far as they take part."""
    found = (talk.read.person_by_key(key) for key in committee.members)
    return [(person.key, person.name) for person in found if person is not None]


def _voices(committee: Committee, right: str, held_on: date, members: list[tuple[str, str]]) -> Dialog[list[str]]:
    """Those who decided, asked one by one; it can only end once they are as many as this decision needs."""
    chosen: list[str] = []
    while len(chosen) < len(members):
        left = [(key, p_("a person in a list", "{name}", name=name)) for key, name in members if key not in chosen]
        if is_decided(committee, right, held_on, chosen):
            left.append((ENOUGH, _("That is all")))
        answer = yield from Choice(f"voice/{len(chosen)}", _needed(committee, right, held_on, chosen), left)
        if answer == ENOUGH:
            break
        chosen.append(answer)
    return chosen


def is_decided(committee: Committee, right: str, held_on: date, voices: list[str]) -> bool:
    """Whether these members could decide this: as many as it needs, and the chair where it is the chair's."""
    if committee.decisions[right].needs == "chair" and committee.chairs:
        return committee.chair(held_on) in voices
    return len(voices) >= committee.needed(right)


def _needed(committee: Committee, right: str, held_on: date, chosen: list[str]) -> Phrase:
    if is_decided(committee, right, held_on, chosen):
        return _("Who else decided it?")
    if committee.decisions[right].needs == "chair":
        return _("Who decided it? This one needs the chair.")
    count = committee.needed(right) - len(chosen)
    return _("Who decided it? This one needs {count} more of the members.", count=count)


@dataclass(frozen=True)
class RecordDecision:
    """A decision, with the keys of those who made it."""

    right: str
    words: str
    why: str
    held_on: date
    voices: tuple[str, ...]

    def perform(self, turn: Turn) -> None:
        """Keep it, and note in the trail who recorded it and by whose voices."""
        found = [people.by_key(turn.session, key) for key in self.voices]
        voices: list[Person] = [one for one in found if one is not None]
        row = decisions.record(
            turn.session,
            self.right,
            self.words,
            self.why,
            self.held_on,
            [one.id for one in voices],
            turn.me.id,
            turn.now,
        )
        named = " ".join(str(one.id) for one in voices)
        turn.note("decision recorded", "decision", row.id, right=self.right, voices=named, day=str(self.held_on))
        turn.say(_("Recorded. Write decisions to see the list."))
