"""What a person's sites owe now."""

from handlers.dialog import Talk
from handlers.metrics.periods import Length, closed_before
from handlers.metrics.rules import DueFigure, due_figures

PERIODS_ASKED: dict[Length, int] = {"month": 1, "quarter": 1, "year": 1}


def due_now(talk: Talk) -> list[DueFigure]:
    """The figures that the person's sites still owe, as of the start of the talk, oldest first."""
    sites = talk.read.sites(talk.person)
    if not sites:
        return []
    today = talk.began.astimezone(talk.read.zone(sites[0])).date()
    asked = [(site.id, [(key, talk.read.metric(key).period) for key in talk.read.metrics_of(site)]) for site in sites]
    lengths = {length for _site, metrics in asked for _key, length in metrics}
    periods = [closed_before(one, today, back) for one in lengths for back in range(1, PERIODS_ASKED[one] + 1)]
    ids = [site.id for site in sites]
    done = talk.read.given(ids, periods) | talk.read.excused(ids, periods, today)
    return due_figures(asked, today, PERIODS_ASKED, done)
