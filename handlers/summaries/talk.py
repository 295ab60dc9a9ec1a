"""The summary on request: three lines and a picture first, the PDF and the tables on a tap."""

from datetime import timedelta

from handlers.message import Attachment, Button
from handlers.router import BUYER, Router, action
from handlers.summaries.chart import chart_values
from handlers.summaries.report import report_values
from handlers.summaries.week import Week, parse_week, week_of
from handlers.summaries.weekly import Weekly, weekly
from handlers.turn import Refused, Turn
from locales.text import Phrase, _

routes = Router()


@routes.command("summary", BUYER, menu=_("Weekly summary"))
def summary(turn: Turn, typed: str) -> None:
    """The summary of a week (`2026-W47`), of the latest if none is named; with `pdf` behind it at once as a PDF."""
    words = typed.split()
    at_once = bool(words) and words[-1].lower() == "pdf"
    named = " ".join(words[:-1] if at_once else words)
    week = parse_week(named) if named else latest(turn)
    if week is None:
        example = str(week_of(turn.now, turn.settings.zone))
        raise Refused(_("Please write the week like this: summary {example}", example=example))
    if at_once:
        pdf(turn, str(week))
    else:
        _show(turn, week)


@routes.button("summary.week", BUYER)
def show_week(turn: Turn, argument: str) -> None:
    """The summary of another week."""
    _show(turn, _meant(argument))


@routes.button("summary.pdf", BUYER)
def pdf(turn: Turn, argument: str) -> None:
    """The PDF of a week: drawn off the turn, it comes by itself."""
    week = _meant(argument)
    report = weekly(turn, turn.me, week).report()
    turn.say(_("Here is the summary of week {week} as a PDF.", week=str(week)))
    turn.attach(Attachment(f"{week}.pdf", draw="summary", values=report_values(report)))
    turn.note("summary asked", "person", turn.me.id, week=str(week))


@routes.button("summary.csv", BUYER)
def tables(turn: Turn, argument: str) -> None:
    """The tables behind a week, each as a CSV file."""
    week = _meant(argument)
    files = weekly(turn, turn.me, week).files()
    if not files:
        turn.say(_("There is nothing in the tables of week {week} yet.", week=str(week)))
        return
    turn.say(_("The tables behind week {week}. They open in any spreadsheet.", week=str(week)))
    turn.attach(*files)
    turn.note("summary tables asked", "person", turn.me.id, week=str(week))


def latest(turn: Turn) -> Week:
    """This week; on its first day, when there is next to nothing to tell of it, the one before."""
    return week_of(turn.now - timedelta(days=1), turn.settings.zone)


def _show(turn: Turn, week: Week) -> None:
    made = weekly(turn, turn.me, week)
    turn.say(*lines(made), buttons=buttons(week, week_of(turn.now, turn.settings.zone)))
    turn.attach(picture(made))
    turn.note("summary shown", "person", turn.me.id, week=str(week))


def lines(made: Weekly) -> list[Phrase]:
    """The week, and the three lines."""
    return [_("<b>Week {week}</b>", week=made.pen.code(str(made.scope.week))), *made.headline()]


def picture(made: Weekly) -> Attachment:
    """The chart for chat, to be drawn by the worker."""
    return Attachment(f"{made.scope.week}.png", draw="chart", values=chart_values(made.chart))


def buttons(week: Week, running: Week) -> list[list[Button]]:
    """What can be had of a week, the week before it, and the one after it if that has begun."""
    turning = [Button(_("The week before"), action("summary.week", week.shifted(-1)))]
    if week.first < running.first:
        turning.append(Button(_("The week after"), action("summary.week", week.shifted(1))))
    return [
        [
            Button(_("The whole report (PDF)"), action("summary.pdf", week), "primary"),
            Button(_("The tables (CSV)"), action("summary.csv", week)),
        ],
        turning,
    ]


def _meant(argument: str) -> Week:
    week = parse_week(argument)
    if week is None:
        raise Refused(_("This no longer exists."))
    return week
