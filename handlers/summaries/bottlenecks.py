"""The chapter on what stands still: problems that sites have reported, and where decisions wait.

What is grave is in no list, and nobody who reported anything is named: some did so without their name.
"""

from collections.abc import Sequence
from statistics import median

from handlers.bridge.words import CATEGORIES
from handlers.summaries.pen import country_cell
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.summaries.waiting import Waiting
from handlers.turn import Turn
from locales.text import Phrase, _, n_, p_
from storage.tables.tickets import Ticket, TicketKind


def problems(scope: Scope) -> list[Ticket]:
    """The open problems, the oldest first."""
    rows = (row for site in scope.sites for row in site.problems if not is_idea(row))
    return sorted(rows, key=lambda row: (row.at, row.id))


def is_idea(row: Ticket) -> bool:
    """Whether a ticket brings something new rather than something that is in the way."""
    return row.kind is TicketKind.IDEA


def draft(turn: Turn, scope: Scope, waits: Sequence[Waiting]) -> Draft:
    """The chapter."""
    rows = problems(scope)
    lines: list[Phrase] = [n_("{count} problem is open.", "{count} problems are open.", len(rows))]
    if rows:
        lines.append(
            n_(
                "The oldest has been open for {count} day.",
                "The oldest has been open for {count} days.",
                days_open(turn, scope, rows[0]),
            )
        )
    lines.append(
        n_("{count} decision waits on the buyer's side.", "{count} decisions wait on the buyer's side.", len(waits))
    )
    sheets = [_stages(scope, waits), _kinds(turn, scope, rows), _rows(turn, scope, rows)]
    return Draft("bottlenecks", _("Problems and bottlenecks"), lines, sheets)


def days_open(turn: Turn, scope: Scope, row: Ticket) -> int:
    """How long a problem has been open."""
    return max((scope.today - row.at.astimezone(turn.settings.zone).date()).days, 0)


def _stages(scope: Scope, waits: Sequence[Waiting]) -> Sheet:
    """Where decisions wait and for whom, those with most waiting first."""
    stages: dict[tuple[str, str], list[Waiting]] = {}
    for one in waits:
        stages.setdefault((one.kind, one.who), []).append(one)
    ranked = sorted(
        stages.values(), key=lambda some: (-sum((scope.today - one.since).days for one in some), some[0].who)
    )
    body: list[tuple[Cell, ...]] = []
    for some in ranked:
        oldest = min(one.since for one in some)
        body.append((some[0].cell(), some[0].who, len(some), oldest, (scope.today - oldest).days))
    return Sheet(
        "waiting",
        _("Where decisions wait, the most days first"),
        (
            Column("what", _("What waits"), 2.5),
            Column("who", _("Who decides"), 2),
            Column("count", _("How many"), end=True),
            Column("oldest", _("Oldest since"), 1.5),
            Column("days", _("Days"), end=True),
        ),
        body,
    )


def _kinds(turn: Turn, scope: Scope, rows: Sequence[Ticket]) -> Sheet:
    kinds: dict[str, list[int]] = {}
    for row in rows:
        kinds.setdefault(row.category, []).append(days_open(turn, scope, row))
    ranked = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    return Sheet(
        "problem-kinds",
        _("Open problems by kind"),
        (
            Column("kind", _("Kind"), 3),
            Column("open", p_("a heading of a column", "Open"), end=True),
            Column("usual_days", _("Days open, usually"), 1.5, end=True),
            Column("most_days", _("Days open, at most"), 1.5, end=True),
        ),
        [(Coded(kind, CATEGORIES[kind]), len(days), int(median(days)), max(days)) for kind, days in ranked],
    )


def _rows(turn: Turn, scope: Scope, rows: Sequence[Ticket]) -> Sheet:
    return Sheet(
        "problems",
        _("Open problems, the oldest first"),
        (
            Column("number", _("No."), 0.6, end=True),
            Column("site", _("Site"), 2),
            Column("country", _("Country"), 1.2),
            Column("kind", _("Kind"), 2),
            Column("mentor", _("Mentor"), 1.5),
            Column("reported", _("Reported on"), 1.3),
            Column("days", _("Days open"), 0.8, end=True),
        ),
        [
            (
                row.id,
                scope.site(row.site_id).name,
                country_cell(scope.site(row.site_id).country),
                Coded(row.category, CATEGORIES[row.category]),
                scope.mentor(row.site_id),
                row.at.astimezone(turn.settings.zone).date(),
                days_open(turn, scope, row),
            )
            for row in rows
        ],
    )
