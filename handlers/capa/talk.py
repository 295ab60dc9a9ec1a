"""CAPAs: a mentor opens one from an alert, the owner is told, and either can look and close."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers import conversation
from handlers.capa.notices import plan_notices, tell_opened
from handlers.capa.rules import SEVERITIES, close_days
from handlers.dialog import Dialog, Fact, Talk
from handlers.form import Form
from handlers.message import Button, Edit
from handlers.metrics.alert import alert_key, alert_message
from handlers.metrics.periods import said as period_said
from handlers.questions import Choice, Day, Text
from handlers.router import ANYONE, MENTOR, Router, action, number
from handlers.tickets import ticket
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import capas, people, programme, submissions
from storage.tables.capas import Capa, CapaSource, CapaState, Owed
from storage.tables.figures import BreachState

routes = Router()


def _site_of_breach(turn: Turn, argument: str) -> int | None:
    breach_id = number(argument)
    breach = submissions.breach(turn.session, breach_id) if breach_id is not None else None
    return breach.site_id if breach else None


def _site_of_capa(turn: Turn, argument: str) -> int | None:
    capa_id = number(argument)
    capa = capas.capa(turn.session, capa_id) if capa_id is not None else None
    return capa.site_id if capa else None


@routes.button("capa.open", MENTOR, site=_site_of_breach)
def open_from_breach(turn: Turn, breach_id: str) -> None:
    """Ask for the CAPA's terms in a modal; the second mentor to press is told that there is one."""
    made = capas.of_breach(turn.session, int(breach_id))
    if made is not None:
        raise Refused(_("CAPA {number} is already open for this, due {day}.", number=ticket(made.id), day=made.due_on))
    conversation.start(turn, "open_capa", {"breach": int(breach_id)}, modal=turn.capabilities.modals)


@routes.dialog("open_capa", _("Opening a CAPA"))
def open_capa(talk: Talk) -> Dialog[None]:
    """Finding, severity, owner and due date, in one form."""
    breach = talk.read.breach(talk.argument["breach"])
    if breach is None:
        return
    owners = yield from Fact("owners", list[tuple[int, str]], lambda: _owners(talk, breach.site_id))
    if not owners:
        talk.say(_("Nobody at this site has joined yet. Please invite somebody first."))
        return
    site = talk.read.site(breach.site_id)
    today = talk.began.astimezone(talk.read.zone(site)).date()
    finding = _(
        "{metric} above the limit in {month}",
        metric=talk.read.metric_text(breach.metric, "name"),
        month=period_said(breach.period),
    )
    terms = yield from Form(
        "terms",
        _("Open a CAPA"),
        [
            Text("finding", _("What was found"), limit=500, initial=talk.read.plain(finding, talk.language)),
            Choice("severity", _("Severity"), [(one, label) for one, label in SEVERITIES.items()]),
            Choice(
                "owner", _("Owner"), [(str(one), p_("a person in a list", "{name}", name=name)) for one, name in owners]
            ),
            Day("due", _("Due date"), earliest=today, initial=today + timedelta(days=close_days(talk.read.settings))),
        ],
        _("Open"),
    )
    talk.do(OpenCapa(talk.argument["breach"], terms["finding"], terms["severity"], int(terms["owner"]), terms["due"]))


def _owners(talk: Talk, site_id: int) -> list[tuple[int, str]]:
    return [(person.id, person.name) for person in talk.read.staff(site_id)]


@dataclass(frozen=True)
class OpenCapa:
    """The CAPA as the mentor wants it; `due` is a local date at the site."""

    breach_id: int
    finding: str
    severity: str
    owner_id: int
    due: date

    def perform(self, turn: Turn) -> None:
        """Open it, plan its reminders, tell the owner, and show on the alert that it is taken up."""
        breach = submissions.breach(turn.session, self.breach_id)
        if breach is None or breach.state is BreachState.TAKEN_UP:
            turn.say(_("Somebody else has opened a CAPA for this meanwhile."))
            return
        breach.state = BreachState.TAKEN_UP
        capa = Capa(
            site_id=breach.site_id,
            source=CapaSource.BREACH,
            breach_id=breach.id,
            finding=self.finding,
            severity=self.severity,
            owner_id=self.owner_id,
            due_on=self.due,
            state=CapaState.IN_PROGRESS,
            owed=Owed.CLOSE,
            owed_on=self.due,
            opened_by_id=turn.me.id,
            opened_at=turn.now,
        )
        turn.session.add_all([breach, capa])
        turn.session.flush()
        capas.note(turn.session, capa, "opened", turn.now, turn.me.id)
        turn.note("capa opened", "capa", capa.id, breach=breach.id, owner=self.owner_id)
        tell_opened(turn, capa)
        plan_notices(turn)
        _mark_alert(turn, breach.id)
        _say_opened(turn, capa)


def _mark_alert(turn: Turn, breach_id: int) -> None:
    """The alert without its button, so that nobody presses it a second time."""
    breach, mentor = submissions.breach(turn.session, breach_id), turn.me
    if breach is not None:
        unit = turn.read.metric(breach.metric).base_unit
        message = alert_message(turn, breach, unit, open_button=False)
        turn.post(mentor, f"{alert_key(breach)}/taken up", Edit(alert_key(breach), message))


def _say_opened(turn: Turn, capa: Capa) -> None:
    owner = people.by_id(turn.session, capa.owner_id or turn.me.id)
    turn.say(
        _(
            "CAPA {number} is open. Owner: {owner}. Due: {day}.",
            number=ticket(capa.id),
            owner=owner.name,
            day=capa.due_on,
        )
    )


@routes.command("capas", ANYONE, menu=_("Corrective actions"))
def list_capas(turn: Turn, _argument: str) -> None:
    """The open CAPAs of the person's sites, the one due first first."""
    sites = {site.id: site for site in programme.sites_of(turn.session, turn.me)}
    rows = capas.open_capas(turn.session, list(sites))
    if not rows:
        turn.say(_("No corrective action is open."))
    for capa in rows[:10]:
        turn.say(
            _(
                "<b>CAPA {number}</b>, {site}: {finding}. Due {day}.",
                number=ticket(capa.id),
                site=sites[capa.site_id].name,
                finding=capa.finding,
                day=capa.due_on,
            ),
            buttons=[[Button(_("Close CAPA {number}", number=ticket(capa.id)), action("capa.close", capa.id))]]
            if turn.me.role in MENTOR
            else [],
        )


@routes.button("capa.close", MENTOR, site=_site_of_capa)
def close(turn: Turn, capa_id: str) -> None:
    """Close a CAPA; its reminders end."""
    capa = capas.capa(turn.session, int(capa_id))
    if capa is None or capa.state is CapaState.CLOSED:
        raise Refused(_("This CAPA is already closed."))
    capa.state, capa.closed_at, capa.version = CapaState.CLOSED, turn.now, capa.version + 1
    capa.owed, capa.owed_on = Owed.NOTHING, None
    turn.session.add(capa)
    capas.note(turn.session, capa, "closed", turn.now, turn.me.id)
    turn.note("capa closed", "capa", capa.id)
    turn.say(_("CAPA {number} is closed.", number=ticket(capa.id)))
