"""A week in which something happened, and looks at what is said of it."""

from dataclasses import dataclass

from handlers.programme.settings import stored_settings
from handlers.summaries.report import SummaryReport
from handlers.summaries.sheet import Sheet
from handlers.summaries.week import week_of
from handlers.summaries.weekly import weekly
from handlers.turn import Turn
from storage import people
from tests.handlers.deeds import capa_opened, figure_sent, obstacle_reported
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
