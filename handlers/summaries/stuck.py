"""Who does not get on: CAPAs that are overdue or blocked, problems without an end, sites that are silent.

Each has so many lines that all of them fit into the box on page one; the last says how many more there are.
"""

from collections.abc import Sequence

from handlers.bridge.words import CATEGORIES
from handlers.status.facts import SiteFacts
from handlers.summaries.bottlenecks import problems
from handlers.summaries.capas import is_overdue
from handlers.summaries.scope import Scope
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage.tables.capas import Capa
from storage.tables.tickets import Ticket

NAMED, PROBLEMS = 3, 2
"""So many lines about CAPAs that are overdue, and about problems; blocked ones and silent sites have a line each."""

Said = tuple[Phrase, str]
"""A sentence, and the key of the chapter with the rest."""
Silent = tuple[SiteFacts, str | None]
"""A site that has sent nothing for long, and the last period that it sent something for."""


def lines(turn: Turn, scope: Scope, silent: Sequence[Silent]) -> list[Said]:
    """The lines of the box."""
    return [*_capas(scope), *_blocked(turn, scope), *_problems(turn, scope), *_silent(silent)]


def overdue(scope: Scope) -> list[Capa]:
    """The CAPAs for which something is overdue, the longest first."""
    rows = [row for site in scope.sites for row in site.capas if is_overdue(scope, row)]
    return sorted(rows, key=lambda row: (row.owed_on or row.due_on, row.id))


def _capas(scope: Scope) -> list[Said]:
    rows = overdue(scope)
    shown = rows if len(rows) <= NAMED else rows[: NAMED - 1]
    lines = [(_late(scope, row), "capas") for row in shown]
    left = len(rows) - len(shown)
    if left:
        lines.append((n_("{count} more CAPA is overdue.", "{count} more CAPAs are overdue.", left), "capas"))
    return lines


def _blocked(turn: Turn, scope: Scope) -> list[Said]:
    rows = sorted(
        (row for site in scope.sites for row in site.capas if row.blocked_since is not None),
        key=lambda row: (row.blocked_since or row.opened_at, row.id),
    )
    if not rows:
        return []
    first = rows[0]
    said = n_(
        "CAPA {number} of {site} is blocked since {day} by a problem.",
        "{count} CAPAs are blocked by problems, the first since {day}: CAPA {number} of {site}.",
        len(rows),
        number=ticket(first.id),
        site=scope.site(first.site_id).name,
        day=(first.blocked_since or first.opened_at).astimezone(turn.settings.zone).date(),
    )
    return [(said, "capas")]


def _problems(turn: Turn, scope: Scope) -> list[Said]:
    rows = problems(scope)
    shown = rows if len(rows) <= PROBLEMS else rows[: PROBLEMS - 1]
    lines = [(_problem(turn, scope, row), "bottlenecks") for row in shown]
    left = len(rows) - len(shown)
    if left:
        lines.append((n_("{count} more problem is open.", "{count} more problems are open.", left), "bottlenecks"))
    return lines


def _problem(turn: Turn, scope: Scope, row: Ticket) -> Phrase:
    return _(
        "{site}: problem {number}, {kind}, open since {day}.",
        site=scope.site(row.site_id).name,
        number=ticket(row.id),
        kind=CATEGORIES[row.category],
        day=row.at.astimezone(turn.settings.zone).date(),
    )


def _silent(silent: Sequence[Silent]) -> list[Said]:
    if not silent:
        return []
    said = n_(
        "{count} site has sent nothing for two months: {names}.",
        "{count} sites have sent nothing for two months, among them {names}.",
        len(silent),
        names=tuple(one.site.name for one, _last in silent[:NAMED]),
    )
    return [(said, "missing")]


def _late(scope: Scope, row: Capa) -> Phrase:
    return _(
        "CAPA {number} of {site} is overdue since {day}. Owner: {owner}.",
        number=ticket(row.id),
        site=scope.site(row.site_id).name,
        day=row.owed_on or row.due_on,
        owner=scope.name(row.owner_id),
    )
