"""What a person's sites owe now."""

from handlers.dialog import Talk
from handlers.metrics.cadence import owed_last
from handlers.metrics.rules import DueFigure, due_figures


def due_now(talk: Talk) -> list[DueFigure]:
    """The figures that the person's sites still owe, as of the start of the talk, oldest first."""
    sites = talk.read.sites(talk.person)
    if not sites:
        return []
    today = talk.began.astimezone(talk.read.zone(sites[0])).date()
    asked = [(site.id, owed_last(talk.read.lengths_of(talk.read.supplier_of(site)), today)) for site in sites]
    periods = sorted({period for _site, figures in asked for _metric, period in figures})
    ids = [site.id for site in sites]
    done = talk.read.given(ids, periods) | talk.read.excused(ids, periods, today)
    return due_figures(asked, done)
