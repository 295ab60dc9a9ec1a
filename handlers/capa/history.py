"""The history of a CAPA as both sides read it: one sentence for each event, with the words that came along."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from handlers.metrics.periods import said
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Amount, Phrase, Value, Words, _, n_, p_
from storage import capas, people, programme
from storage.tables.capas import Capa, CapaEvent

Sentence = Callable[[dict[str, Value], dict[str, Any]], Phrase]
SHOWN = 12


def history(turn: Turn, capa: Capa) -> list[Phrase]:
    """The newest events, oldest first, each with its day at the site and the words that were given."""
    zone = ZoneInfo(programme.site(turn.session, capa.site_id).timezone)
    events = capas.events(turn.session, capa.id)
    lines = [
        p_("a day and what happened", "{day}: {event}", day=row.at.astimezone(zone).date(), event=event_line(turn, row))
        for row in events[-SHOWN:]
    ]
    if len(events) > SHOWN:
        left = len(events) - SHOWN
        lines.insert(0, n_("{count} earlier event is not shown.", "{count} earlier events are not shown.", left))
    return lines


def event_line(turn: Turn, row: CapaEvent) -> Phrase:
    """What happened, with the words that came along."""
    who = people.by_id(turn.session, row.person_id).name if row.person_id is not None else ""
    detail = dict(row.detail)
    if "owner" in detail:
        detail["owner"] = people.by_id(turn.session, detail["owner"]).name
    sentence = SENTENCES.get(row.what)
    line = sentence({"name": who or "…"}, detail) if sentence else p_("an event", "{what}.", what=row.what)
    return p_("an event and words", "{event} <i>{words}</i>", event=line, words=Words(row.note)) if row.note else line


def _figures(named: dict[str, Value], detail: dict[str, Any]) -> dict[str, Value]:
    """The figures that came in, each with its month and limit."""
    told = tuple(
        _(
            "{month}: {value}, limit {limit}",
            month=said(one["period"]),
            value=_amount(one, "value"),
            limit=_amount(one, "limit"),
        )
        for one in detail.get("figures", ())
        if one["limit"]
    )
    return named | {"figures": told}


def _amount(one: dict[str, str], name: str) -> Value:
    value = Decimal(one[name])
    return p_("a share in per cent", "{value} %", value=value) if one["unit"] == "%" else Amount(value, one["unit"])


def _effective(named: dict[str, Value], detail: dict[str, Any]) -> Phrase:
    if "figures" in detail:
        return _(
            "The figures that came in stayed within the limit ({figures}). It has helped: the CAPA is closed.",
            **_figures({}, detail),
        )
    return _("{name} says that it has helped. The CAPA is closed.", **named)


def _so_far(named: dict[str, Value], detail: dict[str, Any]) -> Phrase:
    if "figures" in detail:
        return _("It has helped so far ({figures}). It is looked at again later.", **_figures({}, detail))
    return _("{name} says that it has helped so far. It is looked at again later.", **named)


def _again(named: dict[str, Value], detail: dict[str, Any]) -> Phrase:
    if "figures" in detail:
        return _("A figure is beyond the limit again ({figures}). The CAPA is open again.", **_figures({}, detail))
    return _("{name} says that it has not helped yet. The CAPA is open again.", **named)


def _extended(named: dict[str, Value], detail: dict[str, Any]) -> Phrase:
    if detail.get("given"):
        return _("{name} has given more time, until {day}.", day=date.fromisoformat(detail["until"]), **named)
    return _("{name} has not given more time; {day} stays.", day=date.fromisoformat(detail["owed_on"]), **named)


def _unblocked(named: dict[str, Value], detail: dict[str, Any]) -> Phrase:
    days = detail.get("days", 0)
    return n_(
        "It can go on. What was due is due {count} working day later.",
        "It can go on. What was due is due {count} working days later.",
        days,
    )


def _opened(named: dict[str, Value], detail: dict[str, Any]) -> Phrase:
    if detail.get("imported"):
        return _("It came in with the findings of an audit.")
    return _("{name} opened it.", **named)


def _by(sentence: Callable[..., Phrase]) -> Sentence:
    return lambda named, _detail: sentence(**named)


SENTENCES: dict[str, Sentence] = {
    "opened": _opened,
    "request": _by(lambda **by: _("{name} asked for a plan.", **by)),
    "start": _by(lambda **by: _("{name} asked the site to begin.", **by)),
    "contain": _by(lambda **by: _("{name} said what was done at once.", **by)),
    "contact": _by(lambda **by: _("{name} has spoken with the site.", **by)),
    "submit_plan": _by(lambda **by: _("{name} handed in a plan.", **by)),
    "approve_plan": _by(lambda **by: _("{name} approved the plan.", **by)),
    "return_plan": _by(lambda **by: _("{name} returned the plan.", **by)),
    "do_step": lambda named, detail: _("{name} has done step {step}.", step=ticket(detail.get("place", 0)), **named),
    "submit_evidence": _by(lambda **by: _("{name} says that the work is done.", **by)),
    "verify": _by(lambda **by: _("{name} has checked the work. Now we watch whether it has helped.", **by)),
    "accept": _by(lambda **by: _("{name} has checked the work. The CAPA is closed.", **by)),
    "return_evidence": _by(lambda **by: _("{name} returned the work.", **by)),
    "effective": _effective,
    "helped_so_far": _so_far,
    "replan": _again,
    "rework": _again,
    "reopen_plan": _by(lambda **by: _("{name} opened it again and asked for a new plan.", **by)),
    "reopen_work": _by(lambda **by: _("{name} opened it again.", **by)),
    "cancel": _by(lambda **by: _("{name} cancelled it.", **by)),
    "closed": _by(lambda **by: _("{name} closed it.", **by)),
    "ask_extension": lambda named, detail: _(
        "{name} asked for time until {day}.", day=date.fromisoformat(detail["until"]), **named
    ),
    "decide_extension": _extended,
    "block": lambda named, detail: _(
        "{name} cannot go on (problem {number}). The clock is stopped.",
        number=ticket(detail.get("obstacle", 0)),
        **named,
    ),
    "unblock": _unblocked,
    "change_owner": lambda named, detail: _("{name} gave it to {owner}.", owner=str(detail.get("owner", "…")), **named),
    "link": lambda named, detail: _("{name} linked it to CAPA {number}.", number=ticket(detail.get("to", 0)), **named),
}
