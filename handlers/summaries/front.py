"""Page one: the figures that are read first, what changed, what needs the reader, and who is stuck."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.metrics.periods import said as period_said
from handlers.status.facts import SiteFacts
from handlers.summaries.bottlenecks import problems
from handlers.summaries.breaches import is_new
from handlers.summaries.missing import Rate, rate_of
from handlers.summaries.pen import Pen
from handlers.summaries.report import Line, Section, Tile
from handlers.summaries.scope import Scope
from handlers.summaries.stuck import Said, overdue
from handlers.summaries.stuck import lines as stuck_lines
from handlers.summaries.waiting import Waiting, needs
from handlers.turn import Turn
from locales.text import Amount, Phrase, _, n_
from storage.tables.capas import Capa
from storage.tables.figures import Breach

NAMED = 3
"""So many broken limits are named on page one."""
LINES = 7
"""So many lines a box of page one holds; then it says how many more there are."""


@dataclass(frozen=True)
class News:
    """What page one is made of."""

    received: int
    sites: int
    estimated: int
    rates: Mapping[str, Rate]
    breaches: Sequence[Breach]
    opened: int
    closed: Sequence[Capa]
    passed: int
    reported: int
    waits: Sequence[Waiting]
    silent: Sequence[tuple[SiteFacts, str | None]]


def headline(scope: Scope, news: News) -> list[Phrase]:
    """The three lines that come first, in chat as in the PDF."""
    rate = rate_of(scope.sites)
    new = sum(is_new(scope, row) for row in news.breaches)
    late = overdue(scope)
    return [
        n_(
            "{count} figure came in, from sites: {sites}. Of what is due, {percent} % is in.",
            "{count} figures came in, from sites: {sites}. Of what is due, {percent} % is in.",
            news.received,
            sites=news.sites,
            percent=rate.percent if rate.percent is not None else 100,
        ),
        _(
            "Limits broken this week: {new}. CAPAs overdue: {overdue} of {open}. Open problems: {problems}.",
            new=new,
            overdue=len(late),
            open=sum(len(site.capas) for site in scope.sites),
            problems=len(problems(scope)),
        ),
        n_("{count} thing waits for you.", "{count} things wait for you.", len(needs(scope, list(news.waits)))),
    ]


def tiles(scope: Scope, pen: Pen, news: News) -> tuple[Tile, ...]:
    """The four figures in large letters."""
    rate, late = rate_of(scope.sites), overdue(scope)
    new = sum(is_new(scope, row) for row in news.breaches)
    percent = rate.percent if rate.percent is not None else 100
    told = [
        (
            _("Figures in"),
            pen.cell(Amount(Decimal(percent), "%")),
            _("{given} of {asked} due", given=rate.given, asked=rate.asked),
            percent < 50,
        ),
        (
            _("Limits broken"),
            pen.cell(new),
            _("this week; not taken up: {count}", count=sum(len(one.breaches) for one in scope.sites)),
            new > 0,
        ),
        (
            _("CAPAs overdue"),
            pen.cell(len(late)),
            _("of {count} open", count=sum(len(one.capas) for one in scope.sites)),
            bool(late),
        ),
        (
            _("Problems open"),
            pen.cell(len(problems(scope))),
            _("{count} reported this week", count=news.reported),
            False,
        ),
    ]
    return tuple(Tile(pen.plain(label), value, pen.plain(note), loud) for label, value, note, loud in told)


def changed(turn: Turn, scope: Scope, pen: Pen, news: News) -> Section:
    """What is different from a week ago."""
    new = [row for row in news.breaches if is_new(scope, row)]
    lines: list[Said] = [(_breach(turn, scope, row), "breaches") for row in new[:NAMED]]
    if len(new) > NAMED:
        more = len(new) - NAMED
        lines.append((n_("{count} more limit was broken.", "{count} more limits were broken.", more), "breaches"))
    lines += _more_news(scope, news)
    return _box(pen, _("What changed"), lines)


def _more_news(scope: Scope, news: News) -> Iterator[Said]:
    month, before = scope.months[-1], scope.months[-2]
    now, then = news.rates[month].percent, news.rates[before].percent
    if now is not None and then is not None:
        yield (
            _(
                "Figures for {month}: {percent} % in. For {before} it is {earlier} %.",
                month=period_said(month),
                percent=now,
                before=period_said(before),
                earlier=then,
            ),
            "missing",
        )
    if news.estimated:
        yield (
            n_(
                "{count} of the new figures is an estimate.",
                "{count} of the new figures are estimates.",
                news.estimated,
            ),
            "figures",
        )
    if news.opened or news.closed:
        yield (
            _("Corrective actions: {opened} opened, {closed} closed.", opened=news.opened, closed=len(news.closed)),
            "capas",
        )
    if news.reported:
        yield (
            n_("{count} problem was reported.", "{count} problems were reported.", news.reported),
            "bottlenecks",
        )
    if news.passed:
        yield n_("{count} course was passed.", "{count} courses were passed.", news.passed), "training"


def needs_you(scope: Scope, pen: Pen, news: News) -> Section:
    """What the reader has to decide, with names and dates."""
    return _box(pen, _("What needs you"), needs(scope, list(news.waits)))


def stuck(turn: Turn, scope: Scope, pen: Pen, news: News) -> Section:
    """Who does not get on: CAPAs overdue or blocked, problems without an end, sites that are silent."""
    return _box(pen, _("Who is stuck"), stuck_lines(turn, scope, news.silent))


def _box(pen: Pen, title: Phrase, lines: Sequence[Said]) -> Section:
    shown = list(lines[:LINES])
    if len(lines) > LINES:
        more = len(lines) - LINES + 1
        shown[-1] = (n_("And {count} more.", "And {count} more.", more), lines[LINES - 1][1])
    return Section(pen.plain(title), tuple(Line(pen.plain(phrase), to) for phrase, to in shown))


def _breach(turn: Turn, scope: Scope, row: Breach) -> Phrase:
    metric = turn.read.metric(row.metric)
    unit = "%" if row.rule == "drift" else metric.base_unit
    return _(
        "{site}: {metric} in {month} is {value}, the limit is {limit}.",
        site=scope.site(row.site_id).name,
        metric=turn.read.metric_text(row.metric, "name"),
        month=period_said(row.period),
        value=Amount(row.value, unit),
        limit=Amount(row.threshold, unit),
    )
