"""A figure in one line, "electricity October 12,5 MWh": recognised outside of any dialog, then read back as always."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from courses.model import Metric
from handlers import conversation
from handlers.access import has_accepted
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button
from handlers.metrics.amount import amount_question
from handlers.metrics.entry import Entry, measured
from handlers.metrics.periods import Length, closed_before, first_day, said
from handlers.metrics.rules import DueFigure
from handlers.one_line import OneLine, one_line
from handlers.quantity import Measured
from handlers.questions import Choice, Text
from handlers.router import action
from handlers.turn import Turn
from locales.numbers import readings
from locales.text import Amount, _, p_
from locales.units import Unit, unit
from storage.tables.people import Role
from storage.tables.programme import Site

WORDS = 500


def start_from_line(turn: Turn, text: str) -> bool:
    """True if the words were a figure of the person's: then its dialog has begun, or they were told why it cannot."""
    if turn.me.role is not Role.SUPPLIER or not has_accepted(turn):
        return False
    sites = turn.read.sites(turn.me)
    owed = {key for site in sites for key in turn.read.metrics_of(site)}
    grave = {metric.key for metric in turn.house.library.asked().values() if metric.grave}
    asked = {key: turn.read.metric(key) for key in sorted(owed | grave)}
    if not sites:
        return False
    today = turn.now.astimezone(turn.read.zone(sites[0])).date()
    language = turn.languages(turn.me)[0]
    names = [(key, list(_names(turn, key, language))) for key in asked]
    found = one_line(text, language, names, lambda key: units_of(asked[key]), today)
    if found is None:
        return False
    longer = _longer(turn, sites)
    is_over = first_day(found.period) <= first_day(closed_before("month", today))
    is_asked = found.metric in owed and found.metric not in longer and is_over
    if found.metric in grave and not is_asked and _is_above_nought(found):
        conversation.start(turn, "death")
    elif found.metric not in owed:
        return False
    elif found.metric in longer:
        _say_longer(turn, found.metric, longer[found.metric])
    elif not is_over:
        turn.say(_("{month} is not over yet. Please send its figures when it is.", month=said(found.period)))
    else:
        _begin(turn, found)
    return True


def _longer(turn: Turn, sites: Sequence[Site]) -> dict[str, Length]:
    """The metrics that are asked of all these sites for quarters or years alone: a line names a month."""
    asked = [turn.read.lengths_of(turn.read.supplier_of(site)) for site in sites]
    monthly = {key for one in asked for key, length in one.items() if length == "month"}
    return {key: length for one in asked for key, length in one.items() if key not in monthly}


def _say_longer(turn: Turn, metric: str, length: Length) -> None:
    name, send = turn.read.metric_text(metric, "name"), Button(_("Send figures"), action("go", "figures"), "primary")
    if length == "quarter":
        turn.say(_("{metric} is asked for whole quarters, so one month is not enough.", metric=name), buttons=[[send]])
    else:
        turn.say(_("{metric} is asked for whole years, so one month is not enough.", metric=name), buttons=[[send]])


def _is_above_nought(found: OneLine) -> bool:
    return any(one.value > 0 for one in found.readings.readings)


def _begin(turn: Turn, found: OneLine) -> None:
    argument = {"metric": found.metric, "period": found.period, "text": found.number}
    conversation.start(turn, "submit", argument)


def _names(turn: Turn, key: str, language: str) -> Iterator[str]:
    """The words for a metric in the person's language and in English."""
    for text in (turn.read.metric_text(key, "name"), turn.read.metric_text(key, "also")):
        for spoken in (language, "en"):
            yield from (word.strip() for word in turn.read.plain(text, spoken).split(",") if word.strip())


def units_of(metric: Metric) -> list[Unit]:
    """The units that people may use for a metric, the usual one first."""
    return [known for symbol in metric.units if (known := unit(symbol))]


def entry_from_line(talk: Talk) -> Dialog[Entry]:
    """The figure as it was written in one line; what the line left open is asked."""
    metric, period = talk.read.metric(talk.argument["metric"]), talk.argument["period"]
    sites = yield from Fact(
        "sites",
        list[int],
        lambda: _asked_of(talk, metric),
    )
    site = str(sites[0])
    if len(sites) > 1:
        named = [(str(one), p_("a site in a list", "{name}", name=talk.read.site(one).name)) for one in sites]
        site = yield from Choice("site", _("Which site is it about?"), named)
    figure = DueFigure(int(site), metric.key, period)
    amount = yield from _amount(talk, figure, metric)
    entry = yield from measured(talk, figure, figure.key, metric.version, amount)
    if entry.told:
        return entry
    held = yield from Fact("held", int | None, lambda: _held(talk, figure))
    if held is None:
        return entry
    old = talk.read.submission(held)
    assert old is not None  # noqa: S101  (it was there when the dialog read it, and figures are never deleted)
    prompt = _("You have sent {old} for this before. Why does it change?", old=Amount(old.base_value, old.base_unit))
    why = yield from Text("why", prompt, limit=WORDS)
    return Entry(figure, metric.version, entry.amount, reason=why, files=entry.files)


def _asked_of(talk: Talk, metric: Metric) -> list[int]:
    """The person's sites of which the metric is asked for months."""
    asked = {site.id: talk.read.lengths_of(talk.read.supplier_of(site)) for site in talk.read.sites(talk.person)}
    return [site_id for site_id, lengths in asked.items() if lengths.get(metric.key) == "month"]


def _held(talk: Talk, figure: DueFigure) -> int | None:
    row = talk.read.latest(figure.site_id, figure.metric, figure.period)
    return row.id if row and not row.returned_why else None


def _amount(talk: Talk, figure: DueFigure, metric: Metric) -> Dialog[Measured]:
    """The amount of the line; of two readings the person chooses; what cannot be taken is asked for."""
    text = talk.argument["text"]
    meant = yield from Fact("read", list[Measured], lambda: _read(talk, text, metric))
    if len(meant) == 1:
        return meant[0]
    if len(meant) == 2:
        options = [
            (str(place), p_("an amount on a button", "{amount}", amount=Amount(one.value, one.unit)))
            for place, one in enumerate(meant)
        ]
        return meant[int((yield from Choice("meant", _("Which number do you mean?"), options)))]
    typed = yield from amount_question(talk, figure, "line/amount", others=False)
    assert typed is not None  # noqa: S101  (without another answer there is always an amount)
    return typed


def _read(talk: Talk, text: str, metric: Metric) -> list[Measured]:
    """What the text can mean within the metric's hard limits, by the person's own custom if that is known."""
    units, mark = units_of(metric), talk.person.decimal_mark
    found = [
        Measured(one.value, one.unit, one.base_value, one.base_unit, text, one.mark)
        for one in readings(text, talk.language, units, units[0], mark).readings
        if metric.minimum <= one.base_value <= metric.maximum
        and not (metric.whole and one.base_value != one.base_value.to_integral())
    ]
    if len(found) < 2:
        # Nobody has chosen between two readings, so no custom is learnt.
        return [replace(one, mark="") for one in found]
    return [one for one in found if one.mark == mark] or found
