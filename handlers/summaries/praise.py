"""The chapter on what goes well: courses passed, what helped, and who met its targets and may get better terms."""

from collections.abc import Sequence

from handlers.status.facts import SiteFacts
from handlers.summaries.breaches import mark
from handlers.summaries.ideas import tips_sheet
from handlers.summaries.running import Run
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.training.rules import per_cent
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import training
from storage.tables.capas import Capa
from storage.tables.training import Consent, CourseResult


def recognition(turn: Turn, scope: Scope, passed: Sequence[CourseResult], runs: Sequence[Run]) -> Draft:
    """Who has passed a course this week, by name only where they agreed, and who may get better terms."""
    week = [row for row in passed if scope.since <= row.passed_at < scope.until]
    agreed = training.learners(turn.session, {row.person_id for row in week})
    named = [row for row in week if row.person_id in agreed and agreed[row.person_id].recognition is Consent.YES]
    wanted = turn.settings.better_terms.periods
    lines: list[Phrase] = []
    if week:
        lines.append(n_("{count} course was passed this week.", "{count} courses were passed this week.", len(week)))
    if turn.settings.targets:
        lines.append(
            n_(
                "{count} supplier met every target for {periods} periods running and may get better terms.",
                "{count} suppliers met every target for {periods} periods running and may get better terms.",
                len(runs),
                periods=wanted,
            )
        )
    return Draft("recognition", _("Recognition"), lines, [_terms(turn, scope, runs), _passed(turn, scope, named)])


def _terms(turn: Turn, scope: Scope, runs: Sequence[Run]) -> Sheet:
    columns = (
        Column("supplier", _("Supplier"), 2.5),
        Column("tier", _("Tier"), 1),
        Column("spend_band", _("Spend"), 0.7),
        Column("periods", _("Periods running"), 1, end=True),
        Column("metrics", _("Targets met"), 3),
        Column("mark", _("How we know"), 1.2),
        Column("open_capas"),
        Column("overdue_capas"),
        Column("open", _("CAPAs open / late"), 0.9, end=True),
    )
    sites: dict[int, list[SiteFacts]] = {}
    for site in scope.sites:
        sites.setdefault(site.supplier.id, []).append(site)
    rows: list[tuple[Cell, ...]] = []
    for one in runs:
        names = tuple(turn.read.metric_text(key, "name") for key in one.metrics)
        met = Coded("+".join(one.metrics), _("{names}", names=names))
        known = mark(derived=False, estimated=one.estimated)
        capas = sum(site.counts.capas for site in sites[one.supplier.id])
        late = sum(site.counts.overdue for site in sites[one.supplier.id])
        open_ = Coded("", _("{value}", value=f"{capas} / {late}")) if capas else None
        tier, band = one.supplier.tier, one.supplier.spend_band
        rows.append((one.supplier.name, tier, band, one.periods, met, known, capas, late, open_))
    return Sheet("better-terms", _("May get better terms: every target met, period after period"), columns, rows)


def _passed(turn: Turn, scope: Scope, rows: Sequence[CourseResult]) -> Sheet:
    courses = turn.house.library.courses
    columns = (
        Column("name", _("Name"), 2),
        Column("course", _("Course"), 3),
        Column("day", _("Passed on"), 1.3),
        Column("percent", _("Per cent right"), 1, end=True),
    )
    body: list[tuple[Cell, ...]] = [
        (
            scope.name(row.person_id),
            Coded(row.course, turn.read.course_title(courses[row.course])),
            row.passed_on,
            per_cent(row.right, row.asked),
        )
        for row in rows
        if row.course in courses
    ]
    return Sheet("passed", _("Courses passed this week, by people who agreed to be named"), columns, body)


def learned(turn: Turn, scope: Scope, closed: Sequence[Capa]) -> Draft:
    """What was found out: the causes of the CAPAs that were closed this week, and what has helped."""
    columns = (
        Column("number", _("No."), 0.5, end=True),
        Column("site", _("Site"), 1.5),
        Column("finding", _("Finding"), 2),
        Column("cause", _("Root cause"), 2),
        Column("corrective", _("What helped"), 2),
        Column("preventive", _("What keeps it from coming back"), 2),
    )
    rows: list[tuple[Cell, ...]] = [
        (row.id, scope.site(row.site_id).name, row.finding, row.cause, row.corrective, row.preventive) for row in closed
    ]
    lines = [
        n_(
            "{count} corrective action was closed this week. What helped there may help elsewhere.",
            "{count} corrective actions were closed this week. What helped there may help elsewhere.",
            len(closed),
        )
    ]
    sheet = Sheet("learned", _("What helped"), columns, rows)
    return Draft("learned", _("What was learned"), lines if closed else (), [sheet, tips_sheet(turn, scope)])
