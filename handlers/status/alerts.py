"""The small picture that goes with an alert: one metric's last periods at the site."""

from handlers.message import Attachment, Message
from handlers.metrics.periods import last_day, period_of
from handlers.status.look import card_attachment
from handlers.status.past import Gathering
from handlers.status.trend import TrendWriter
from handlers.turn import Turn
from locales.text import _
from storage import programme
from storage.tables.figures import Breach
from storage.tables.people import Person
from storage.tables.programme import Site


def post_trend(turn: Turn, mentor: Person, alert: str, breach: Breach) -> bool:
    """Post the trend of a breach under the alert of this outbox key; False if the mentor has no channel.

    It is a message of its own, so that the alert does not wait until the picture has been drawn.
    """
    site = programme.site(turn.session, breach.site_id)
    picture = trend_attachment(turn, mentor, site, breach.metric, breach.period)
    text = _("The last months: {metric}", metric=turn.read.metric_text(breach.metric, "name"))
    return turn.post(mentor, f"{alert}/trend", Message((text,), (), (picture,)), thread=f"@{alert}")


def trend_attachment(turn: Turn, reader: Person, site: Site, metric: str, period: str) -> Attachment:
    """The trend up to `period` in the reader's language, to be drawn by the worker.

    What has been added to the session in this turn is in it.
    """
    turn.session.flush()
    supplier, shower = programme.supplier(turn.session, site.supplier_id), turn.shower(reader)
    gathering = Gathering(turn, site, supplier, turn.read.lengths_of(supplier), period_of("month", last_day(period)))
    past = gathering.past(turn.read.metric(metric), period, owed=True)
    return card_attachment(shower, [past], (TrendWriter(turn.read, shower).trend(past),))
