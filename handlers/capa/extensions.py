"""More time: asked for with a reason and a day, and decided with a reason by whoever holds that right."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handlers import conversation
from handlers.capa.actors import decider, matter_of
from handlers.capa.asking import WORDS, near_days
from handlers.capa.card import owed_line
from handlers.capa.finding import meant, part, seen, site_of
from handlers.capa.moving import Given, check_fits, fitting, move, record
from handlers.capa.states import BY_NAME
from handlers.capa.telling import ask_deciders, show_in_thread, tell_owner
from handlers.capa.terms import DAYS, local_day
from handlers.dialog import Dialog, Fact, Talk
from handlers.form import Form
from handlers.message import Button
from handlers.questions import Text
from handlers.router import BUYER, SUPPLIER, Router, action
from handlers.turn import Refused, Turn
from locales.text import Phrase, _
from storage import capas, programme
from storage.tables.capas import Capa, CapaExtension, ExtensionState, Owed

routes = Router()
LONGEST = timedelta(days=365)
SETTLED = _("This is decided already.")


@routes.button("capa.moretime", SUPPLIER, site=site_of)
def begin(turn: Turn, argument: str) -> None:
    """Begin to ask for more time: before the day, and once at a time."""
    capa = meant(turn, argument)
    check_fits(turn, capa, BY_NAME["ask_extension"])
    refusal = _not_now(turn, capa)
    if refusal is not None:
        raise Refused(refusal)
    conversation.start(turn, "capa_moretime", {"capa": capa.id})


def _not_now(turn: Turn, capa: Capa) -> Phrase | None:
    """Why no more time can be asked for now."""
    if capa.owed is Owed.NOTHING or capa.owed_on is None:
        return _("Nothing is due from you now.")
    if capas.asked_extension(turn.session, capa.id) is not None:
        return _("You have asked for more time already. You read here what is decided.")
    if local_day(programme.site(turn.session, capa.site_id), turn.now) > capa.owed_on:
        return _("The day has passed. If something stands in your way, press “I am blocked”: your mentor answers.")
    return None


@routes.dialog("capa_moretime", _("Asking for more time"))
def ask(talk: Talk) -> Dialog[None]:
    """Until when, and why."""
    capa_id = talk.argument["capa"]
    owed = yield from Fact("owed", dict[str, Any], lambda: _owed(talk, capa_id))
    day = date.fromisoformat(owed["on"])
    prompt = _("It is due on {day}. Until when do you need? Choose a day or write one.", day=day)
    until = yield from near_days("until", prompt, day + timedelta(days=1), day + LONGEST)
    reason = yield from Text("reason", _("Why do you need more time? Your mentor reads it."), limit=WORDS)
    talk.do(AskExtension(capa_id, Owed(owed["what"]), until, reason))


def _owed(talk: Talk, capa_id: int) -> dict[str, Any]:
    capa = talk.read.capa(capa_id)
    return {"what": capa.owed.value, "on": (capa.owed_on or capa.due_on).isoformat()}


@dataclass(frozen=True)
class AskExtension:
    """More time, as it was asked for."""

    capa_id: int
    owed: Owed
    until: date
    reason: str

    def perform(self, turn: Turn) -> None:
        """Store it, and ask whoever decides."""
        capa = fitting(turn, self.capa_id, "ask_extension")
        refusal = _not_now(turn, capa) if capa is not None else None
        if capa is None or refusal is not None or capa.owed_on is None:
            turn.say(*([refusal] if refusal else []))
            return
        matter = matter_of(turn, capa, BY_NAME["decide_extension"])
        detail = {"until": self.until.isoformat(), "owed_on": capa.owed_on.isoformat()}
        row = CapaExtension(
            capa_id=capa.id,
            owed=capa.owed,
            owed_on=capa.owed_on,
            until=self.until,
            reason=self.reason,
            asked_by_id=turn.me.id,
            asked_at=turn.now,
        )
        turn.session.add(row)
        move(turn, capa, "ask_extension", Given(self.reason, detail))
        ask_deciders(turn, capa, decider(turn, capa, matter), [owed_line(capa)], _buttons(capa, row))
        turn.say(_("Thank you. You have asked for time until {day}. You read here what is decided.", day=self.until))


def _buttons(capa: Capa, row: CapaExtension) -> list[tuple[Button, ...]]:
    about = f"{capa.id}.{capa.version}.{row.id}"
    give = Button(_("Give more time"), action("capa.give", about), "primary")
    return [(give, Button(_("Keep the day"), action("capa.keep", about)))]


@routes.button("capa.give", BUYER, site=site_of)
def give(turn: Turn, argument: str) -> None:
    """Ask for the reason to give more time."""
    _ask_why(turn, argument, given=True)


@routes.button("capa.keep", BUYER, site=site_of)
def keep(turn: Turn, argument: str) -> None:
    """Ask for the reason to keep the day."""
    _ask_why(turn, argument, given=False)


def _ask_why(turn: Turn, argument: str, *, given: bool) -> None:
    capa = seen(turn, argument)
    row = capas.extension(turn.session, part(argument) or 0)
    check_fits(turn, capa, BY_NAME["decide_extension"])
    if row is None or row.capa_id != capa.id or row.state is not ExtensionState.ASKED:
        raise Refused(SETTLED)
    asked = {"capa": capa.id, "version": capa.version, "extension": row.id, "given": given}
    conversation.start(turn, "capa_extension", asked, modal=turn.capabilities.modals)


@routes.dialog("capa_extension", _("Deciding on more time"))
def decide(talk: Talk) -> Dialog[None]:
    """The reason, in words that the site reads."""
    given = talk.argument["given"]
    title = _("Give more time") if given else _("Keep the day")
    why = Text("why", _("Why?"), limit=WORDS, hint=_("The site reads these words."))
    words = yield from Form("extension", title, [why], title)
    talk.do(
        DecideExtension(
            talk.argument["capa"], talk.argument["version"], talk.argument["extension"], given, words["why"]
        )
    )


@dataclass(frozen=True)
class DecideExtension:
    """A decision on more time, with its reason."""

    capa_id: int
    version: int
    extension_id: int
    given: bool
    why: str

    def perform(self, turn: Turn) -> None:
        """Move the day or keep it, and tell both sides."""
        capa = fitting(turn, self.capa_id, "decide_extension", self.version)
        row = capas.extension(turn.session, self.extension_id) if capa is not None else None
        if capa is None or row is None or row.state is not ExtensionState.ASKED:
            turn.say(*([SETTLED] if capa is not None else []))
            return
        detail = {"given": self.given, "until": row.until.isoformat(), "owed_on": row.owed_on.isoformat()}
        row.state = ExtensionState.APPROVED if self.given else ExtensionState.REFUSED
        row.decided_by_id, row.decided_at, row.decided_why = turn.me.id, turn.now, self.why
        if self.given:
            self._give(capa, row)
        turn.session.add_all([row, capa])
        record(turn, capa, "decide_extension", Given(self.why, detail))
        show_in_thread(turn, capa)
        tell_owner(turn, capa)
        turn.say(_("Decided. The site is told, with your words."))

    def _give(self, capa: Capa, row: CapaExtension) -> None:
        """The day of what was owed moves; the work is never due before its plan."""
        setattr(capa, DAYS[row.owed], row.until)
        capa.due_on = max(capa.due_on, row.until)
