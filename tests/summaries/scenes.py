"""A week in which something happened, and looks at what is said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from handlers.programme.settings import stored_settings
from handlers.summaries.report import Chapter, SummaryReport
from handlers.summaries.sheet import Sheet, plain_rows
from handlers.summaries.week import week_of
from handlers.summaries.weekly import weekly
from handlers.turn import Turn
from storage import people
from storage.tables.queues import OutboxRow
from tests.handlers.deeds import capa_opened, figure_sent, obstacle_reported, rows
from tests.talks import Town


def eventful(town: Town) -> None:
    """Too much power at Amina's site, a CAPA for it, a problem; a figure in order from Linh's."""
    capa_opened(town)
    obstacle_reported(town.phone("tg-amina"), "The compressor leaks")
    figure_sent(town.joined("linh"), "12000 kWh")


@dataclass(frozen=True)
class Made:
    """A summary in words, and the data behind it."""

    report: SummaryReport
    sheets: list[Sheet]

    def chapter(self, key: str) -> Chapter | None:
        """A chapter of the report; None if it was left out."""
        return next((one for one in self.report.chapters if one.key == key), None)

    def rows(self, key: str) -> list[list[Any]]:
        """The rows of a sheet as its CSV has them."""
        return next(plain_rows(one) for one in self.sheets if one.key == key)


def words(chapters: Iterable[Chapter]) -> str:
    """Every word of some chapters."""
    lines = [line for chapter in chapters for line in (chapter.title, *chapter.lines)]
    tables = [table for chapter in chapters for table in chapter.tables]
    return "\n".join([*lines, *(cell for table in tables for row in table.rows for cell in row)])


def texts(report: SummaryReport) -> str:
    """Every word of a report but its head and foot."""
    boxes = [line.text for box in (report.changed, report.needs_you, report.stuck) for line in box.lines]
    tiles = [text for tile in report.tiles for text in (tile.label, tile.value, tile.note)]
    return "\n".join([*tiles, *boxes, words(report.chapters)])


def drawn(town: Town, kind: str) -> list[dict[str, Any]]:
    """What waits to be drawn of a kind: the values of each attachment."""
    found = [file for row in rows(town, OutboxRow) for file in row.payload.get("attachments", ())]
    return [file["values"] for file in found if file["draw"] == kind]


def made(town: Town, key: str = "helena", language: str = "en") -> Made:
    """This week's summary for somebody."""
    with town.store.read() as session:
        turn = Turn(town.house, session, stored_settings(session), town.clock.now(), town.clock.now())
        reader = people.by_key(session, key)
        assert reader is not None
        reader.language = language
        found = weekly(turn, reader, week_of(turn.now, turn.settings.zone))
        kept = Made(found.report(), found.sheets)
        session.rollback()
        return kept
