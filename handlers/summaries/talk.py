"""The summary on request: three lines first, the PDF with them."""

from datetime import datetime

from handlers.message import Attachment
from handlers.router import BUYER, Router
from handlers.summaries.facts import gather
from handlers.summaries.report import report_values
from handlers.summaries.week import Week, parse_week, week_of
from handlers.summaries.weekly import Writer
from handlers.turn import Refused, Turn
from locales.text import _
from storage.tables.people import Person

routes = Router()


@routes.command("summary", BUYER, menu=_("Weekly summary"))
def summary(turn: Turn, typed: str) -> None:
    """The summary of a week (`2026-W47`), of this week if none is named."""
    week = parse_week(typed) if typed.strip() else week_of(turn.now, turn.settings.zone)
    if week is None:
        raise Refused(
            _("Please write the week like this: summary {example}", example=str(week_of(turn.now, turn.settings.zone)))
        )
    writer = write_for(turn, turn.me, week, turn.now)
    turn.say(_("<b>Week {week}</b>", week=str(week)), *writer.headline())
    turn.attach(Attachment(f"{week}.pdf", draw="summary", values=report_values(writer.report())))
    turn.note("summary asked", "person", turn.me.id, week=str(week))


def write_for(turn: Turn, reader: Person, week: Week, made_at: datetime) -> Writer:
    """The writer of a week's summary for one reader, about the sites they may see."""
    since, until = week.moments(turn.settings.zone)
    today = min(turn.now.astimezone(turn.settings.zone).date(), week.last)
    facts = gather(turn.session, reader, since, until, today)
    return Writer(facts, week, turn.read, turn.shower(reader), made_at)
