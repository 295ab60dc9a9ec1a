"""The alert in the mentor's channel: what, where, how far, since when, and what to press."""

from handlers.message import Button, Message
from handlers.metrics.rules import percent_over
from handlers.router import action
from handlers.turn import Turn
from locales.text import Amount, Month, Value, _
from storage import programme
from storage.tables.figures import Breach


def alert_key(breach: Breach) -> str:
    """The outbox key of a breach's alert, under which its thread is found."""
    return f"breach/{breach.id}/alert"


def raise_alert(turn: Turn, breach: Breach, unit: str) -> None:
    """Post the alert into the channel of the site's mentor."""
    mentor = turn.mentor_of(breach.site_id)
    if mentor is None:
        return
    turn.post(mentor, alert_key(breach), alert_message(turn, breach, unit, open_button=True))


def alert_message(turn: Turn, breach: Breach, unit: str, *, open_button: bool) -> Message:
    """The alert as it stands, with or without its button."""
    site = programme.site(turn.session, breach.site_id)
    supplier = programme.supplier(turn.session, site.supplier_id)
    said: dict[str, Value] = {
        "metric": turn.read.metric_text(breach.metric, "name"),
        "site": site.name,
        "supplier": supplier.name,
        "month": Month.parse(breach.period),
        "value": Amount(breach.value, unit),
        "limit": Amount(breach.threshold, unit),
    }
    percent = percent_over(breach.value, breach.threshold)
    if percent is None:
        text = _("<b>{metric} above the limit</b>: {site}, {supplier}\n{month}: {value}, limit {limit}.", **said)
    else:
        text = _(
            "<b>{metric} above the limit</b>: {site}, {supplier}\n{month}: {value}, limit {limit}, {percent} % over.",
            percent=percent,
            **said,
        )
    rows = ((Button(_("Open a CAPA"), action("capa.open", breach.id), "primary"),),) if open_button else ()
    return Message((text,), rows)
