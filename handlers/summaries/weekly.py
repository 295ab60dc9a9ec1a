"""The weekly summary of one reader, gathered and put together: page one, then a chapter for each matter."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from handlers.message import Attachment
from handlers.summaries import (
    bottlenecks,
    breaches,
    burden,
    capas,
    figures,
    front,
    ideas,
    learning,
    missing,
    places,
    praise,
    running,
)
from handlers.summaries.chart import Chart
from handlers.summaries.front import News
from handlers.summaries.pen import Pen
from handlers.summaries.report import Period, SummaryReport
from handlers.summaries.scope import Scope, scope_of
from handlers.summaries.sheet import Draft, Sheet, csv_of, data, fingerprint
from handlers.summaries.waiting import waiting
from handlers.summaries.week import Week
from handlers.turn import Turn
from locales.text import Moment, Phrase, _
from storage import capas as stored_capas
from storage import tickets, totals, training
from storage.tables.capas import Capa
from storage.tables.people import Person
from storage.tables.training import CourseResult
from storage.totals import Held


@dataclass(frozen=True)
class Weekly:
    """The summary of a week for one reader; what is asked of it is gathered once."""

    turn: Turn
    scope: Scope
    pen: Pen
    made_at: datetime

    @cached_property
    def news(self) -> News:
        """What page one is made of."""
        turn, scope, received = self.turn, self.scope, self.received
        opened = stored_capas.opened(turn.session, scope.since, scope.until)
        reported = tickets.reported(turn.session, scope.since, scope.until)
        return News(
            received=len(received),
            sites=len({row.site_id for row in received}),
            estimated=sum(row.estimated for row in received),
            rates=missing.rates(turn, scope),
            breaches=breaches.found(turn, scope),
            opened=sum(row.site_id in scope.by_id for row in opened),
            closed=self._closed(),
            passed=sum(scope.since <= row.passed_at < scope.until for row in self.passed),
            reported=sum(row.site_id in scope.by_id and not bottlenecks.is_idea(row) for row in reported),
            waits=waiting(turn, scope),
            silent=missing.silent(turn, scope),
        )

    @cached_property
    def received(self) -> list[Held]:
        """The figures that came in during the week."""
        return totals.received(self.turn.session, self.scope.ids, self.scope.since, self.scope.until)

    @cached_property
    def passed(self) -> list[CourseResult]:
        """The courses that people of these sites have ever passed."""
        return training.passed(self.turn.session, list(self.scope.staff))

    def _closed(self) -> list[Capa]:
        rows = stored_capas.closed(self.turn.session, self.scope.since, self.scope.until)
        return [row for row in rows if row.site_id in self.scope.by_id]

    def headline(self) -> list[Phrase]:
        """The three lines for chat."""
        return front.headline(self.scope, self.news)

    @property
    def is_empty(self) -> bool:
        """Whether nothing came in, nothing is open and nothing waits: a week that nobody has to read about."""
        news = self.news
        is_open = any(site.capas or site.problems or site.breaches for site in self.scope.sites)
        return not (news.received or news.breaches or news.opened or news.closed or news.waits or is_open)

    @cached_property
    def drafts(self) -> list[Draft]:
        """The chapters in their order: what went wrong first, the work on it, what goes well, the details last."""
        turn, scope, pen, news = self.turn, self.scope, self.pen, self.news
        runs = running.runs(turn, scope)
        last = figures.gather(turn, scope)
        return [
            breaches.draft(turn, scope, pen, news.breaches),
            capas.draft(turn, scope, pen, news.closed),
            missing.draft(turn, scope),
            figures.draft(turn, scope, last, self.received),
            learning.draft(turn, scope, self.passed),
            bottlenecks.draft(turn, scope, news.waits),
            ideas.draft(turn, scope),
            burden.draft(scope, burden.gather(turn, scope)),
            praise.recognition(turn, scope, self.passed, runs),
            praise.learned(turn, scope, news.closed),
            places.draft(turn, scope, last),
        ]

    @cached_property
    def charts(self) -> tuple[Chart, Chart]:
        """What is in, and which limits were broken, month by month since there is anything to tell."""
        rates = missing.begun(self.news.rates)
        return missing.chart(self.pen, rates), breaches.chart(self.turn, self.scope, self.pen, list(rates))

    @property
    def chart(self) -> Chart:
        """The picture for chat: what is in, or the limits that were broken if any is new."""
        return self.charts[any(breaches.is_new(self.scope, row) for row in self.news.breaches)]

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The data behind the report."""
        return data(self.drafts)

    def files(self) -> list[Attachment]:
        """Each table that has a row as a CSV file."""
        return [csv_of(sheet, str(self.scope.week)) for sheet in self.sheets if sheet.rows]

    def report(self) -> SummaryReport:
        """The report, every sentence in the reader's language."""
        scope, plain, week = self.scope, self.pen.plain, self.scope.week
        said = plain(
            _("Week {week}: {first} to {last}", week=self.pen.code(str(week)), first=week.first, last=week.last)
        )
        return SummaryReport(
            language=self.pen.shower.languages[0],
            programme=self.turn.settings.name,
            title=plain(_("Weekly summary")),
            period=Period(str(week), week.first, week.last, said),
            made_at=self.made_at,
            headline=(),
            tiles=front.tiles(scope, self.pen, self.news),
            charts=self.charts,
            changed=front.changed(self.turn, scope, self.pen, self.news),
            needs_you=front.needs_you(scope, self.pen, self.news),
            stuck=front.stuck(self.turn, scope, self.pen, self.news),
            empty=plain(_("Nothing this week.")),
            page_label=plain(_("Page {page} of {pages}")),
            page_of=plain(_("page {page}")),
            legend=plain(
                _("Counts and shares are computed. Each figure is marked as measured, estimated, computed or missing.")
            ),
            footer=(plain(self._footer()),),
            chapters=tuple(self.pen.chapter(draft) for draft in self.drafts if not draft.is_empty),
        )

    def _footer(self) -> Phrase:
        return _(
            "Week {week}. Made {moment}. Data fingerprint {digest}",
            week=self.pen.code(str(self.scope.week)),
            moment=Moment(self.made_at, str(self.turn.settings.zone)),
            digest=self.pen.code(fingerprint(self.sheets)),
        )


def weekly(turn: Turn, reader: Person, week: Week) -> Weekly:
    """The summary of a week for a reader, about the sites they may see."""
    return Weekly(turn, scope_of(turn, reader, week), Pen(turn.read, turn.shower(reader)), turn.now)
