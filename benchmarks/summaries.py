"""What the summary of a thousand suppliers costs, against reportlab's own tables of the same rows and nothing else."""

import gc
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlab.lib.pagesizes import A4
from reportlab.platypus import LongTable, SimpleDocTemplate, Spacer

from benchmarks.crowd import crowd
from benchmarks.figure import Figure, paired
from bot.render.pdf import summary_pdf
from handlers.programme.settings import stored_settings
from handlers.summaries.report import SummaryReport
from handlers.summaries.week import week_of
from handlers.summaries.weekly import weekly
from handlers.turn import Turn
from storage import people
from storage.engine import Store
from storage.tables.people import Role
from tests.stores import fresh_url
from tests.talks import Town


def summary_of_a_thousand_suppliers() -> list[Figure]:
    """From the store to the PDF, only the PDF, and the memory of that at its peak."""
    with TemporaryDirectory() as folder, fresh_url("sqlite", Path(folder)) as url, closing(Store(url)) as store:
        town = Town(store)
        crowd(town)
        report = _whole(town)
        bare: Callable[[], None] = lambda: bare_tables(report)  # noqa: E731
        # What the one has left behind is cleared away before the other is measured.
        whole, whole_bare = paired(lambda: summary_pdf(_whole(town)), bare, gc.collect)
        drawn, drawn_bare = paired(lambda: summary_pdf(report), bare, gc.collect)
        peak, peak_bare = _peak(lambda: summary_pdf(_whole(town))), _peak(bare)
    return [
        Figure("summary of 1,000 suppliers and 12 months, from the store", whole, "s", whole_bare),
        Figure("summary of 1,000 suppliers and 12 months, the PDF alone", drawn, "s", drawn_bare),
        Figure("summary of 1,000 suppliers and 12 months, memory at the peak", peak, "MB", peak_bare),
    ]


def _whole(town: Town) -> SummaryReport:
    """The report for the first manager."""
    with town.store.read() as session:
        turn = Turn(town.house, session, stored_settings(session), town.clock.now(), town.clock.now())
        week = week_of(town.clock.now() - timedelta(days=7), turn.settings.zone)
        return weekly(turn, people.with_role(session, Role.MANAGER)[0], week).report()


def bare_tables(report: SummaryReport) -> None:
    """The same rows as plain strings in plain tables that repeat their heading: no look, no font, no other script.

    It has one of reportlab's own fonts, which needs not be embedded, and leaves out page one, charts and bars.
    """
    story = []
    for table in (table for chapter in report.chapters for table in chapter.tables):
        heads = [column.title for column in table.columns]
        story += [LongTable([heads, *map(list, table.rows)], repeatRows=1), Spacer(0, 12)]
    SimpleDocTemplate(BytesIO(), pagesize=A4).build(story)


def _peak(deed: Callable[[], object]) -> float:
    """The most memory that Python held for this at once, in megabytes."""
    tracemalloc.start()
    deed()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6
