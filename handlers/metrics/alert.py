"""The alert in the mentor's channel: what, where, how far, since when, and what to press."""

from handlers.message import Button, Message
from handlers.metrics.offers import courses_about, offered
from handlers.metrics.periods import said as period_said
from handlers.metrics.rules import percent_over
from handlers.router import action
from handlers.status.alerts import post_trend
from handlers.turn import Turn
from locales.text import Amount, Phrase, Value, _
from storage import people, programme
from storage.tables.figures import Breach, BreachState

MOST_LESSONS = 3


def alert_key(breach: Breach) -> str:
    """The outbox key of a breach's alert, under which its thread is found."""
    return f"breach/{breach.id}/alert"


def raise_alert(turn: Turn, breach: Breach, unit: str) -> None:
    """Post the alert into the channel of the site's mentor."""
    mentor = turn.mentor_of(breach.site_id)
    if mentor is None:
        return
    turn.post(mentor, alert_key(breach), alert_message(turn, breach, unit, open_button=True))
    post_trend(turn, mentor, alert_key(breach), breach)


def alert_message(turn: Turn, breach: Breach, unit: str, *, open_button: bool) -> Message:
    """The alert as it stands, with or without its buttons."""
    site = programme.site(turn.session, breach.site_id)
    said: dict[str, Value] = {
        "metric": turn.read.metric_text(breach.metric, "name"),
        "site": site.name,
        "supplier": programme.supplier(turn.session, site.supplier_id).name,
        "month": period_said(breach.period),
        "value": Amount(breach.value, unit),
        "limit": Amount(breach.threshold, unit),
    }
    parts: tuple[Phrase, ...] = (_text(turn, breach, said),)
    if breach.state is BreachState.SETTLED:
        parts = (*parts, _("Corrected: the figure that holds now breaks no limit."))
    parts = (*parts, *_lessons(turn, breach))
    if breach.seen_by_id is not None:
        seen = people.by_id(turn.session, breach.seen_by_id).name
        parts = (*parts, _("Seen by {person}.", person=seen))
    return Message(parts, _buttons(turn, breach) if open_button else ())


def _lessons(turn: Turn, breach: Breach) -> list[Phrase]:
    """Which lessons have been offered, and to whom."""
    courses = turn.house.library.courses
    return [
        _("Lesson offered to {people}: {course}.", people=names, course=turn.read.course_title(courses[key]))
        for key, names in offered(turn, breach).items()
        if key in courses
    ]


def _text(turn: Turn, breach: Breach, said: dict[str, Value]) -> Phrase:
    """What, where, how far: by the rule that was broken."""
    if breach.rule == "rolling":
        return _(
            "<b>{metric} of twelve months above the limit</b>: {site}, {supplier}\n"
            "Up to {month}: {value}, limit {limit}.",
            **said,
        )
    if breach.rule == "drift":
        said |= {"value": breach.value, "limit": breach.threshold}
        return _(
            "<b>{metric} gets worse month after month</b>: {site}, {supplier}\n"
            "Up to {month}: {value} % worse, limit {limit} %.",
            **said,
        )
    percent = percent_over(breach.value, breach.threshold)
    if turn.read.metric(breach.metric).direction == "higher":
        return _("<b>{metric} below the limit</b>: {site}, {supplier}\n{month}: {value}, limit {limit}.", **said)
    if percent is None:
        return _("<b>{metric} above the limit</b>: {site}, {supplier}\n{month}: {value}, limit {limit}.", **said)
    return _(
        "<b>{metric} above the limit</b>: {site}, {supplier}\n{month}: {value}, limit {limit}, {percent} % over.",
        percent=percent,
        **said,
    )


def _buttons(turn: Turn, breach: Breach) -> tuple[tuple[Button, ...], ...]:
    """What to do next: a CAPA, a lesson, a talk; seen, later, or back to the sender."""
    done = offered(turn, breach)
    lessons = [
        Button(
            _("Offer the lesson: {course}", course=turn.read.course_title(course)),
            action("lesson.offer", f"{breach.id}/{course.key}"),
        )
        for course in courses_about(turn, breach)[:MOST_LESSONS]
        if course.key not in done
    ]
    seen = () if breach.seen_by_id else (Button(_("I have seen it"), action("breach.seen", breach.id)),)
    return (
        (Button(_("Open a CAPA"), action("capa.open", breach.id), "primary"),),
        *((lesson,) for lesson in lessons),
        (Button(_("Write to the site"), action("breach.ask", breach.id)),),
        (
            *seen,
            Button(_("Remind me in a week"), action("breach.snooze", breach.id)),
            Button(_("Return the figure"), action("figure.return", breach.submission_id)),
        ),
    )
