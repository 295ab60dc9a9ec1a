"""A CAPA as it is shown: where it comes from, where it stands, what is owed by when, its plan, and what can be done."""

from handlers.capa.actors import owner_of
from handlers.capa.ladder import ladder_lines
from handlers.capa.terms import SEVERITIES, is_zero_tolerance
from handlers.message import Button
from handlers.metrics.periods import said
from handlers.router import action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, Value, Words, _, p_
from storage import capas, people, programme, submissions
from storage.tables.capas import Capa, CapaSource, CapaState, CapaStep, Owed

STATES: dict[CapaState, Phrase] = {
    CapaState.DRAFT: p_("state of a CAPA", "Draft"),
    CapaState.PLAN_REQUESTED: p_("state of a CAPA", "Plan asked for"),
    CapaState.PLAN_SUBMITTED: p_("state of a CAPA", "Plan handed in"),
    CapaState.IN_PROGRESS: p_("state of a CAPA", "In progress"),
    CapaState.EVIDENCE_SUBMITTED: p_("state of a CAPA", "Work handed in"),
    CapaState.WATCHING: p_("state of a CAPA", "Watching whether it has helped"),
    CapaState.CLOSED: p_("state of a CAPA", "Closed"),
    CapaState.CANCELLED: p_("state of a CAPA", "Cancelled"),
}


def card(turn: Turn, capa: Capa) -> list[Phrase]:
    """What it is, where it stands, and the plan."""
    return [stacked([_title(turn, capa), *_about(turn, capa)]), stacked(standing(turn, capa)), *plan_lines(turn, capa)]


def stacked(lines: list[Phrase]) -> Phrase:
    """Lines below one another, as one paragraph."""
    whole = lines[0]
    for line in lines[1:]:
        whole = p_("two lines", "{above}\n{below}", above=whole, below=line)
    return whole


def _title(turn: Turn, capa: Capa) -> Phrase:
    site = programme.site(turn.session, capa.site_id)
    return _("<b>CAPA {number}</b>, {site}: {finding}", number=ticket(capa.id), site=site.name, finding=capa.finding)


def _about(turn: Turn, capa: Capa) -> list[Phrase]:
    """Severity, owner, where it comes from, the earlier one."""
    owner = owner_of(turn, capa)
    severity = SEVERITIES.get(capa.severity, p_("severity", "{severity}", severity=capa.severity))
    lines = [
        _("{severity}. Owner: {owner}.", severity=severity, owner=owner.name)
        if owner
        else _("{severity}. Nobody owns it yet.", severity=severity)
    ]
    lines += [source] if (source := _source(turn, capa)) else []
    if capa.earlier_id is not None:
        lines.append(_("It has come up before: CAPA {number}.", number=ticket(capa.earlier_id)))
    return lines


def _source(turn: Turn, capa: Capa) -> Phrase | None:
    breach = submissions.breach(turn.session, capa.breach_id) if capa.breach_id is not None else None
    if breach is not None:
        name = turn.read.metric_text(breach.metric, "name")
        return _("From a figure: {metric}, {month}.", metric=name, month=said(breach.period))
    if capa.ticket_id is not None:
        return _("From problem {number}.", number=ticket(capa.ticket_id))
    if capa.source is not CapaSource.FINDING:
        return None
    values: dict[str, Value] = {"auditor": capa.auditor, "requirement": capa.requirement}
    values |= {"reference": capa.reference or "…", "day": capa.found_on or capa.due_on}
    return _("Found on {day} by {auditor}: {requirement} ({reference}).", **values)


def standing(turn: Turn, capa: Capa) -> list[Phrase]:
    """The state, and what is owed by when."""
    lines = [p_("where a CAPA stands", "<b>{state}</b>", state=STATES[capa.state])]
    if capa.blocked_since is not None:
        problem = ticket(capa.blocked_by_id or 0)
        lines.append(_("The clock is stopped until problem {number} is solved.", number=problem))
    lines += [owed_line(capa)] if capa.owed is not Owed.NOTHING else []
    lines += _next(turn, capa)
    more = capas.asked_extension(turn.session, capa.id)
    if more is not None:
        lines.append(_("More time is asked for, until {day}.", day=more.until))
    return [*lines, *ladder_lines(turn, capa)]


def owed_line(capa: Capa) -> Phrase:
    """What the owner owes and by when."""
    day = capa.owed_on or capa.due_on
    if capa.owed is Owed.CONTAIN:
        return _("Due by {day}: say what was done at once.", day=day)
    if capa.owed is Owed.PLAN:
        return _("Due by {day}: a plan.", day=day)
    return _("Due by {day}: the work done, with something that shows it.", day=day)


def _next(turn: Turn, capa: Capa) -> list[Phrase]:
    """Whose move it is while the owner owes nothing."""
    if capa.state is CapaState.PLAN_SUBMITTED:
        return [_("The plan is being looked at. Nothing is due until then.")]
    if capa.state is CapaState.EVIDENCE_SUBMITTED:
        return [_("The work is being looked at. Nothing is due until then.")]
    if capa.state is CapaState.WATCHING and capa.check_on is not None:
        return [_("On {day} it is seen whether it has helped.", day=capa.check_on)]
    if capa.state is CapaState.PLAN_REQUESTED and is_zero_tolerance(capa):
        return [_("The mentor makes the plan together with the site, by talking.")]
    return []


def plan_lines(turn: Turn, capa: Capa) -> list[Phrase]:
    """What was done at once, cause, actions and steps, as far as they are there."""
    said_of = (
        (capa.containment, _("Done at once: {words}", words=Words(capa.containment))),
        (capa.cause, _("Cause: {words}", words=Words(capa.cause))),
        (capa.corrective, _("Against the cause: {words}", words=Words(capa.corrective))),
        (capa.preventive, _("Elsewhere: {words}", words=Words(capa.preventive))),
    )
    lines = [line for words, line in said_of if words]
    lines += [step_line(turn, step) for step in capas.steps(turn.session, capa.id)]
    files = len(capas.evidence(turn.session, capa.id))
    lines += [_("Files: {count}", count=files)] if files else []
    return [stacked(lines)] if lines else []


def step_line(turn: Turn, step: CapaStep) -> Phrase:
    """A step with who does it by when, or that it is done."""
    owner = people.by_id(turn.session, step.owner_id).name if step.owner_id is not None else "…"
    about: dict[str, Value] = {"place": ticket(step.place), "text": step.text, "owner": owner, "day": step.due_on}
    if step.done_at is not None:
        return _("✓ {place}. {text} ({owner})", **about)
    return _("{place}. {text} ({owner}, by {day})", **about)


def look_button(capa: Capa) -> Button:
    """The button that shows a CAPA."""
    return Button(_("Look at CAPA {number}", number=ticket(capa.id)), action("capa.look", capa.id))
