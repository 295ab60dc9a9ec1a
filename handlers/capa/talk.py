"""Opening a CAPA in chat: from an alert, from a ticket, from a finding, or by hand; the terms come in one form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handlers import conversation
from handlers.bridge import head
from handlers.capa.asking import DayOr, TextOr
from handlers.capa.opening import announce, put, say_opened, usual_owner
from handlers.capa.terms import SEVERITIES
from handlers.dialog import Dialog, Fact, Talk
from handlers.form import Form
from handlers.message import Edit, Speech
from handlers.metrics.alert import alert_key, alert_message
from handlers.metrics.periods import said as period_said
from handlers.questions import Choice, Day, Question, Text
from handlers.router import MENTOR, Router, number
from handlers.tickets import ticket
from handlers.turn import Refused, Turn
from locales.text import Phrase, _, p_
from storage import capas, submissions, tickets
from storage.tables.capas import Capa, CapaSource
from storage.tables.figures import BreachState

routes = Router()
EARLIEST = date(2000, 1, 1)
NOBODY = _("Nobody at this site has joined yet. Please invite somebody first.")
NO_SITE = _("No site is yours yet.")


def site_of_breach(turn: Turn, argument: str) -> int | None:
    """The site of a breach by its number."""
    breach_id = number(argument)
    breach = submissions.breach(turn.session, breach_id) if breach_id is not None else None
    return breach.site_id if breach else None


def _site_of_ticket(turn: Turn, argument: str) -> int | None:
    ticket_id = number(argument)
    row = tickets.by_id(turn.session, ticket_id) if ticket_id is not None else None
    return row.site_id if row else None


@routes.button("capa.open", MENTOR, site=site_of_breach)
def open_from_breach(turn: Turn, breach_id: str) -> None:
    """Ask for the CAPA's terms in a modal; the second mentor to press is told that there is one."""
    _refuse_second(capas.of_breach(turn.session, int(breach_id)))
    breach = submissions.breach(turn.session, int(breach_id))
    if breach is not None and breach.state is BreachState.TAKEN_UP:
        raise Refused(_("An earlier CAPA is open again because of this."))
    conversation.start(turn, "open_capa", {"breach": int(breach_id)}, modal=turn.capabilities.modals)


@routes.button("capa.from", MENTOR, site=_site_of_ticket)
def open_from_ticket(turn: Turn, ticket_id: str) -> None:
    """Ask for the terms of a CAPA about a ticket."""
    _refuse_second(capas.of_ticket(turn.session, int(ticket_id)))
    conversation.start(turn, "open_capa", {"ticket": int(ticket_id)}, modal=turn.capabilities.modals)


def _refuse_second(made: Capa | None) -> None:
    if made is not None:
        raise Refused(_("CAPA {number} is already open for this, due {day}.", number=ticket(made.id), day=made.due_on))


@routes.dialog("open_capa", _("Opening a CAPA"))
def open_capa(talk: Talk) -> Dialog[None]:
    """Finding, severity, owner and, if it is not the usual one, due date, in one form."""
    about = yield from Fact("about", dict[str, Any], lambda: _about(talk))
    if not about:
        return
    owners = yield from Fact("owners", list[tuple[int, str]], lambda: _owners(talk, about["site"]))
    if not owners:
        talk.say(NOBODY)
        return
    site = talk.read.site(about["site"])
    today = talk.began.astimezone(talk.read.zone(site)).date()
    names = [(str(one), p_("a person in a list", "{name}", name=name)) for one, name in owners]
    terms = yield from Form(
        "terms",
        _("Open a CAPA"),
        [
            Text("finding", _("What was found"), limit=500, initial=about["finding"]),
            severity_question(),
            Choice("owner", _("Owner"), names),
            _due_question(today),
        ],
        _("Open"),
    )
    talk.do(OpenCapa(about, terms["finding"], terms["severity"], int(terms["owner"]), terms["due"]))


def severity_question() -> Choice:
    """How grave it is."""
    return Choice("severity", _("Severity"), list(SEVERITIES.items()))


def _due_question(today: date) -> DayOr:
    hint = _("Empty: as many days as its severity gives.")
    return DayOr("due", _("Due date"), none=_("As its severity gives"), earliest=today, hint=hint)


def _about(talk: Talk) -> dict[str, Any]:
    """What the CAPA is about: the site, what led to it, and the finding to begin with."""
    if "ticket" in talk.argument:
        row = talk.read.ticket(talk.argument["ticket"])
        return {"site": row.site_id, "ticket": row.id, "finding": row.words[:500]} if row else {}
    breach = talk.read.breach(talk.argument["breach"])
    if breach is None:
        return {}
    finding = _(
        "{metric} above the limit in {month}",
        metric=talk.read.metric_text(breach.metric, "name"),
        month=period_said(breach.period),
    )
    return {"site": breach.site_id, "breach": breach.id, "finding": talk.read.plain(finding, talk.language)}


def _owners(talk: Talk, site_id: int) -> list[tuple[int, str]]:
    return [(person.id, person.name) for person in talk.read.staff(site_id)]


@dataclass(frozen=True)
class OpenCapa:
    """The CAPA as the mentor wants it; `due` is a local date at the site, None for the day that its severity gives."""

    about: dict[str, Any]
    finding: str
    severity: str
    owner_id: int
    due: date | None

    def perform(self, turn: Turn) -> None:
        """Open it, tell the owner, and show on the alert that it is taken up."""
        if not _take_up(turn, self.about):
            turn.say(_("Somebody else has opened a CAPA for this meanwhile."))
            return
        capa = Capa(
            site_id=self.about["site"],
            source=CapaSource.BREACH if "breach" in self.about else CapaSource.OBSTACLE,
            breach_id=self.about.get("breach"),
            ticket_id=self.about.get("ticket"),
            finding=self.finding,
            severity=self.severity,
            owner_id=self.owner_id,
            opened_by_id=turn.me.id,
            opened_at=turn.now,
            due_on=turn.now.date(),
        )
        put(turn.session, turn.settings, capa, turn.now, due=self.due)
        _link_ticket(turn, capa)
        announce(turn, capa)
        say_opened(turn, capa)


def _link_ticket(turn: Turn, capa: Capa) -> None:
    """Show in the thread of the ticket that led to a CAPA which one it is."""
    found = tickets.by_id(turn.session, capa.ticket_id) if capa.ticket_id is not None else None
    if found is not None and found.capa_id is None:
        found.capa_id = capa.id
        head.show(turn, found)


def _take_up(turn: Turn, about: dict[str, Any]) -> bool:
    """True if nobody has opened a CAPA for this before; a breach is taken up from now on."""
    if "ticket" in about:
        return capas.of_ticket(turn.session, about["ticket"]) is None
    breach = submissions.breach(turn.session, about["breach"])
    if breach is None or breach.state is BreachState.TAKEN_UP:
        return False
    breach.state = BreachState.TAKEN_UP
    turn.session.add(breach)
    turn.session.flush()
    # The alert without its button, so that nobody presses it a second time.
    unit = turn.read.metric(breach.metric).base_unit
    message = alert_message(turn, breach, unit, open_button=False)
    turn.post(turn.me, f"{alert_key(breach)}/taken up", Edit(alert_key(breach), message))
    return True


# --- by hand, and findings ---


@routes.command("finding", MENTOR, menu=_("Write down a finding"))
def finding(turn: Turn, _argument: str) -> None:
    """Ask for an audit's finding in a modal."""
    conversation.start(turn, "capa_finding", modal=turn.capabilities.modals)


def new_by_hand(turn: Turn) -> None:
    """Ask for a CAPA that nothing else led to."""
    conversation.start(turn, "capa_new", modal=turn.capabilities.modals)


@routes.dialog("capa_finding", _("Writing down a finding"))
def ask_finding(talk: Talk) -> Dialog[None]:
    """Site, finding, requirement, severity, day, auditor and reference, in one form."""
    questions: list[Question[Any]] = [
        TextOr("requirement", _("Requirement or clause"), none=_("None")),
        Day("found", _("Found on"), earliest=EARLIEST, latest=talk.began.date() + timedelta(days=1)),
        Text("auditor", _("Auditor or verifier"), limit=120, hint=_("The person or the company that found it.")),
        TextOr("reference", _("Reference"), none=_("None"), limit=120),
    ]
    yield from _new(talk, _("Write down a finding"), questions)


@routes.dialog("capa_new", _("Opening a CAPA"))
def ask_new(talk: Talk) -> Dialog[None]:
    """Site, finding and severity, in one form."""
    yield from _new(talk, _("Open a CAPA"), [])


def _new(talk: Talk, title: Phrase, more: Sequence[Question[Any]]) -> Dialog[None]:
    sites = yield from Fact("sites", list[tuple[int, str]], lambda: _sites(talk))
    if not sites:
        talk.say(NO_SITE)
        return
    names: list[tuple[str, Speech]] = [(str(one), p_("a site in a list", "{name}", name=name)) for one, name in sites]
    questions = [Choice("site", _("Site"), names), Text("finding", _("What was found"), limit=500), severity_question()]
    given = yield from Form("new", title, [*questions, *more], _("Open"))
    talk.do(OpenNew(given))


def _sites(talk: Talk) -> list[tuple[int, str]]:
    return [(site.id, site.name) for site in talk.read.sites(talk.person)]


@dataclass(frozen=True)
class OpenNew:
    """A finding, or a CAPA by hand, as it was filled in."""

    given: dict[str, Any]

    def perform(self, turn: Turn) -> None:
        """Open it for whoever usually owns a site's CAPAs; a draft if nobody is there."""
        site_id, reference = int(self.given["site"]), self.given.get("reference", "")
        known = capas.of_reference(turn.session, site_id, reference) if reference else None
        if known is not None:
            turn.say(_("CAPA {number} is about this finding already.", number=ticket(known.id)))
            return
        owner = usual_owner(turn.session, site_id)
        capa = Capa(
            site_id=site_id,
            source=CapaSource.FINDING if "auditor" in self.given else CapaSource.HAND,
            finding=self.given["finding"],
            requirement=self.given.get("requirement", ""),
            found_on=self.given.get("found"),
            auditor=self.given.get("auditor", ""),
            reference=reference,
            severity=self.given["severity"],
            owner_id=owner.id if owner else None,
            opened_by_id=turn.me.id,
            opened_at=turn.now,
            due_on=turn.now.date(),
        )
        put(turn.session, turn.settings, capa, turn.now)
        announce(turn, capa)
        say_opened(turn, capa)
