"""What waits for the buyer's side: decisions with names and dates, and who has them to make."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from handlers.metrics.periods import said as period_said
from handlers.programme.capa_terms import Matter
from handlers.summaries.pen import metric_cell
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Coded
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, Value, _, n_, p_
from storage import absences, capas, suppliers, tiers, urgent
from storage.tables.capas import Capa, CapaState
from storage.tables.people import Role

LONG = 7
"""After so many days a manager is told what waits for a mentor."""

KINDS: dict[str, Phrase] = {
    "contact": p_("what waits", "Somebody must be spoken to"),
    "tier": p_("what waits", "A lighter tier"),
    "extension": p_("what waits", "More time for a CAPA"),
    "plan": p_("what waits", "The plan of a CAPA"),
    "evidence": p_("what waits", "The work of a CAPA"),
    "absence": p_("what waits", "A figure that does not apply"),
    "breach": p_("what waits", "A limit that was broken"),
}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits since a day for a `role`; `who` has it to do. `said` is the whole sentence.

    `place` is the site, or the supplier where it is about all of its sites.
    """

    kind: str
    place: str
    since: date
    role: Role
    who: str
    said: Phrase
    chapter: str

    def cell(self) -> Coded:
        """The kind as a cell."""
        return Coded(self.kind, KINDS[self.kind])


def waiting(turn: Turn, scope: Scope) -> list[Waiting]:
    """Everything that waits, what must be done today first, then the oldest first."""
    found = [
        *_contacts(turn, scope),
        *_proposals(turn, scope),
        *_extensions(turn, scope),
        *_moves(turn, scope),
        *_absences(turn, scope),
        *_breaches(turn, scope),
    ]
    return sorted(found, key=lambda one: (one.kind != "contact", one.since, one.place))


def needs(scope: Scope, found: list[Waiting]) -> list[tuple[Phrase, str]]:
    """What the reader has to do, each with its chapter; for a manager also who of the mentors lets things lie."""
    own = [(one.said, one.chapter) for one in found if one.role is scope.reader.role or one.kind == "contact"]
    if not scope.is_manager:
        return own
    late: dict[str, list[Waiting]] = {}
    for one in found:
        if one.role is Role.MENTOR and one.kind != "contact" and (scope.today - one.since).days > LONG:
            late.setdefault(one.who, []).append(one)
    ranked = sorted(late.items(), key=lambda item: (-len(item[1]), item[0]))
    return own + [(_lies(name, some), "bottlenecks") for name, some in ranked]


def _lies(name: str, some: list[Waiting]) -> Phrase:
    oldest = min(some, key=lambda one: one.since)
    return n_(
        "Ask {name}: {count} decision has waited since {day}, for {place}.",
        "Ask {name}: {count} decisions have waited for over a week, the oldest since {day}, for {place}.",
        len(some),
        name=name,
        day=oldest.since,
        place=oldest.place,
    )


def _contacts(turn: Turn, scope: Scope) -> Iterator[Waiting]:
    for row in urgent.unspoken(turn.session, scope.ids):
        site = scope.site(row.site_id).name
        said = _("Speak to {site} today: a death at work was reported on {day}.", site=site, day=_day(turn, row.at))
        yield Waiting("contact", site, _day(turn, row.at), Role.MENTOR, scope.mentor(row.site_id), said, "")


def _proposals(turn: Turn, scope: Scope) -> Iterator[Waiting]:
    rows = tiers.undecided(turn.session)
    named = suppliers.by_ids(turn.session, {row.supplier_id for row in rows})
    seen = {one.supplier.id for one in scope.sites}
    for row in (row for row in rows if row.supplier_id in seen):
        name, day = named[row.supplier_id].name, _day(turn, row.at)
        said = _(
            "Decide whether {supplier} moves to the tier {tier}: proposed on {day}.",
            supplier=name,
            tier=row.to_tier,
            day=day,
        )
        yield Waiting("tier", name, day, Role.MANAGER, scope.reader.name if scope.is_manager else "", said, "suppliers")


def _extensions(turn: Turn, scope: Scope) -> Iterator[Waiting]:
    rows = capas.asked_extensions(turn.session, scope.ids)
    before = capas.extended(turn.session, [capa.id for _one, capa in rows])
    for one, capa in rows:
        matter: Matter = "extension_again" if capa.id in before else "extension"
        said = _(
            "Decide on more time for CAPA {number} of {site}, until {until}: {name} asked on {day}.",
            until=one.until,
            name=scope.name(one.asked_by_id),
            **_of(turn, scope, capa, one.asked_at),
        )
        yield _decision(turn, scope, "extension", matter, capa, said, one.asked_at)


def _moves(turn: Turn, scope: Scope) -> Iterator[Waiting]:
    """Plans and finished work that somebody has to look at."""
    for capa in (capa for site in scope.sites for capa in site.capas):
        since = capa.submitted_at or capa.opened_at
        if capa.state is CapaState.PLAN_SUBMITTED:
            said = _("Look at the plan for CAPA {number} of {site}: sent on {day}.", **_of(turn, scope, capa, since))
            yield _decision(turn, scope, "plan", "plan", capa, said, since)
        elif capa.state is CapaState.EVIDENCE_SUBMITTED:
            said = _("Check the work for CAPA {number} of {site}: sent on {day}.", **_of(turn, scope, capa, since))
            yield _decision(turn, scope, "evidence", "evidence", capa, said, since)


def _decision(
    turn: Turn, scope: Scope, kind: str, matter: Matter, capa: Capa, said: Phrase, since: datetime
) -> Waiting:
    facts = scope.by_id[capa.site_id]
    role = Role(turn.settings.capa_decider(matter, capa.severity, facts.supplier.tier))
    who = scope.mentor(capa.site_id) if role is Role.MENTOR else scope.reader.name if scope.is_manager else ""
    return Waiting(kind, facts.site.name, _day(turn, since), role, who, said, "capas")


def _of(turn: Turn, scope: Scope, capa: Capa, at: datetime) -> dict[str, Value]:
    return {"number": ticket(capa.id), "site": scope.site(capa.site_id).name, "day": _day(turn, at)}


def _absences(turn: Turn, scope: Scope) -> Iterator[Waiting]:
    for row in absences.undecided(turn.session, scope.ids):
        said = _(
            "Decide whether {metric} does not apply to {site}: said on {day}.",
            metric=turn.read.metric_text(row.metric, "name"),
            site=scope.site(row.site_id).name,
            day=_day(turn, row.at),
        )
        place = scope.site(row.site_id).name
        yield Waiting("absence", place, _day(turn, row.at), Role.MENTOR, scope.mentor(row.site_id), said, "missing")


def _breaches(turn: Turn, scope: Scope) -> Iterator[Waiting]:
    for site in scope.sites:
        for row in site.breaches:
            said = _(
                "Take up a broken limit at {site}: {metric}, {month}, known since {day}.",
                site=site.site.name,
                metric=metric_cell(turn.read, row.metric).said,
                month=period_said(row.period),
                day=_day(turn, row.at),
            )
            who = scope.mentor(row.site_id)
            yield Waiting("breach", site.site.name, _day(turn, row.at), Role.MENTOR, who, said, "breaches")


def _day(turn: Turn, at: datetime) -> date:
    return at.astimezone(turn.settings.zone).date()
