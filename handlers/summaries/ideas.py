"""The chapters on ideas, and on the tips that were made of what people have brought."""

from collections.abc import Sequence

from handlers.bridge.words import CATEGORIES, STAGES
from handlers.summaries.bottlenecks import is_idea
from handlers.summaries.pen import country_cell
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import tickets, tips
from storage.tables.tickets import Stage, Ticket


def draft(turn: Turn, scope: Scope) -> Draft:
    """The chapter: what has become of the ideas. Nobody who had one is named: some did not give their name."""
    rows = [row for row in tickets.of_sites(turn.session, scope.ids) if is_idea(row)]
    week = [row for row in rows if scope.since <= row.at < scope.until]
    adopted = sum(row.stage is Stage.ADOPTED for row in rows)
    lines: list[Phrase] = [
        n_("{count} idea came in this week.", "{count} ideas came in this week.", len(week)),
        n_("{count} idea has been taken up for good.", "{count} ideas have been taken up for good.", adopted),
    ]
    return Draft("ideas", _("Ideas"), lines if rows else (), [_sheet(turn, scope, rows)])


def _sheet(turn: Turn, scope: Scope, rows: Sequence[Ticket]) -> Sheet:
    columns = (
        Column("number", _("No."), 0.6, end=True),
        Column("site", _("Site"), 2),
        Column("country", _("Country"), 1.2),
        Column("kind", _("Kind"), 2),
        Column("stage", _("What becomes of it"), 2),
        Column("brought", _("Brought on"), 1.2),
    )
    body: list[tuple[Cell, ...]] = [
        (
            row.id,
            scope.site(row.site_id).name,
            country_cell(scope.site(row.site_id).country),
            Coded(row.category, CATEGORIES[row.category]),
            Coded(row.stage.value, STAGES[row.stage]),
            row.at.astimezone(turn.settings.zone).date(),
        )
        for row in sorted(rows, key=lambda row: (-row.id,))
    ]
    return Sheet("ideas", _("Ideas, the newest first"), columns, body)


def tips_sheet(turn: Turn, scope: Scope) -> Sheet:
    """The tips of the week, in their authors' words, and how many found each useful."""
    columns = (Column("tip", _("Tip"), 5), Column("useful", _("Found useful by"), 1, end=True))
    rows: list[tuple[Cell, ...]] = [
        (words, votes) for words, votes in tips.of_week(turn.session, scope.since, scope.until, scope.ids)
    ]
    return Sheet("tips", _("Tips that were shared"), columns, rows)
