"""Somebody who has everything but the SECRET_KEY: each strategy guesses who reported a ticket, or has no idea.

They have every row of every table, the exports, the log, the PDF, and every call that was made to Slack.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]
WHO = ("person_id", "actor_id", "about_id", "owner_id")
AT = ("at", "made_at", "sent_at", "ready_at", "began_at", "touched_at", "seen_at")


@dataclass(frozen=True)
class Suspect:
    """Somebody of the ticket's site, and all by which they can be recognised."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Loot:
    """What the attacker has; `said` is what Slack was told, the log, the exports and the PDF."""

    tables: Mapping[str, Sequence[Row]]
    said: Sequence[str]
    texts: dict[int, str] = field(default_factory=dict)
    traces: dict[tuple[int, ...], list[tuple["Suspect", str, Row]]] = field(default_factory=dict)

    def text(self, row: Row) -> str:
        """A row as one text to search in; made once, since every strategy searches every row."""
        if id(row) not in self.texts:
            self.texts[id(row)] = json.dumps({**row, "data": ""}, default=str)
        return self.texts[id(row)]


Strategy = Callable[[Loot, int, Sequence[Suspect]], int | None]


def by_what_is_written(loot: Loot, ticket: int, suspects: Sequence[Suspect]) -> int | None:
    """Whose number, name or account stands in a row about the ticket."""
    for _table, row in about(loot, ticket):
        for one in suspects:
            if _names(loot, row, one):
                return one.id
    return None


def by_what_was_said(loot: Loot, ticket: int, suspects: Sequence[Suspect]) -> int | None:
    """Whose name alone stands in what was said about the ticket."""
    names = [f"{what} {ticket}{after}" for what in ("Problem", "eport") for after in "<: "]
    about_it = [text for text in loot.said if any(name in text for name in names)]
    found = {one.id for one in suspects for text in about_it for name in one.names if name in text}
    return found.pop() if len(found) == 1 else None


def by_time(loot: Loot, ticket: int, suspects: Sequence[Suspect]) -> int | None:
    """Who most often was there, or was told something, at the moments at which the ticket grew."""
    traces = [(one.id, column, at) for one, _table, row in _traces(loot, suspects) for column, at in _moments(row)]
    votes: Counter[int] = Counter()
    for kind, moment in {one for _table, row in about(loot, ticket) for one in _moments(row)}:
        near = [(abs(at - moment), one) for one, column, at in traces if _is_real(kind) == _is_real(column)]
        votes.update([min(near)[1]] if near else [])
    return votes.most_common(1)[0][0] if votes else None


def by_order(loot: Loot, ticket: int, suspects: Sequence[Suspect]) -> int | None:
    """Whose rows most often stand next to one about the ticket, in the order in which rows came."""
    traces = [(one.id, table, row["id"]) for one, table, row in _traces(loot, suspects) if _is_counted(row)]
    votes: Counter[int] = Counter()
    for table, row in about(loot, ticket):
        near = [(abs(number - row["id"]), one) for one, name, number in traces if name == table and _is_counted(row)]
        votes.update([min(near)[1]] if near else [])
    return votes.most_common(1)[0][0] if votes else None


def by_what_was_put_aside(loot: Loot, _ticket: int, suspects: Sequence[Suspect]) -> int | None:
    """Who has a talk that was put aside for another one which is not there."""
    rows = loot.tables["dialogs"]
    busy = {row["person_id"] for row in rows if row["state"] == "open"}
    aside = [row["person_id"] for row in rows if row["state"] == "parked" and row["person_id"] not in busy]
    return next((one.id for one in suspects if one.id in aside), None)


def by_files(loot: Loot, ticket: int, suspects: Sequence[Suspect]) -> int | None:
    """Who sent a file that also belongs to the ticket, or has one fetched for it."""
    messages = {row["id"] for row in loot.tables["ticket_messages"] if row["ticket_id"] == ticket}
    for row in loot.tables["work"]:
        key = str(row["key"]).split("/")
        if key[:2] == ["fetch", "ticket"] and int(key[2]) in messages:
            for one in suspects:
                if _names(loot, row, one):
                    return one.id
    return None


STRATEGIES: tuple[Strategy, ...] = (
    by_what_is_written,
    by_what_was_said,
    by_time,
    by_order,
    by_what_was_put_aside,
    by_files,
)


def about(loot: Loot, ticket: int) -> Iterator[tuple[str, Row]]:
    """The rows that say themselves that they are about the ticket, each with its table."""
    messages = {row["id"] for row in loot.tables["ticket_messages"] if row["ticket_id"] == ticket}
    for table, rows in loot.tables.items():
        for row in rows:
            key = str(row.get("key", ""))
            if (
                (table == "tickets" and row["id"] == ticket)
                or row.get("ticket_id") == ticket
                or row.get("ticket_message_id") in messages
                or key.startswith(f"ticket/{ticket}/")
                or (table == "audit" and row["object"] == "ticket" and row["object_id"] == ticket)
                or any(key.startswith(f"fetch/ticket/{message}/") for message in messages)
            ):
                yield table, row


def _traces(loot: Loot, suspects: Sequence[Suspect]) -> list[tuple[Suspect, str, Row]]:
    """Every row that names one of the suspects, with its table."""
    site = tuple(one.id for one in suspects)
    if site not in loot.traces:
        every = [(table, row) for table, rows in loot.tables.items() for row in rows]
        loot.traces[site] = [(one, table, row) for table, row in every for one in suspects if _names(loot, row, one)]
    return loot.traces[site]


def _names(loot: Loot, row: Row, one: Suspect) -> bool:
    if any(row.get(column) == one.id for column in WHO):
        return True
    # A sealed column that is not sealed would hold the number itself.
    if any(str(row.get(column)).removeprefix("sealed:") == str(one.id) for column in ("sealed", "conversation")):
        return True
    return any(name in loot.text(row) for name in one.names)


def _is_counted(row: Row) -> bool:
    return isinstance(row.get("id"), int)


def _is_real(column: str) -> bool:
    """Whether a column tells the machine's time rather than the programme's."""
    return column in ("made_at", "sent_at", "ready_at")


def _moments(row: Row) -> Iterator[tuple[str, datetime]]:
    for column in AT:
        if row.get(column):
            yield column, datetime.fromisoformat(str(row[column]))
