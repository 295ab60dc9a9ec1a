"""The details, site by site: by tier, because a tier has the same figures, and where there are many by country."""

from collections.abc import Iterator, Sequence

from courses.units import MONEY
from handlers.metrics.periods import Length
from handlers.status.facts import SiteFacts
from handlers.status.words import SIGNS
from handlers.summaries.figures import Figures
from handlers.summaries.pen import country_cell
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.turn import Turn
from locales.formats import RATIO
from locales.text import Country, Phrase, Raw, _, n_, p_
from storage.totals import Held

ABREAST = 6
"""So many figures stand beside each other; a tier that is asked for more has a second table."""
MANY = 40
"""Up to so many sites of a tier are one table; more are parted by country."""
COUNTED = frozenset({"count", "persons", "h", RATIO, MONEY})

MARKS = p_(
    "marks of figures",
    "M measured, E estimated, C computed, – missing, × not asked or does not apply; ! limit broken, ✓ target reached",
)


def draft(turn: Turn, scope: Scope, figures: Figures) -> Draft:
    """The chapter."""
    tiers: dict[str, list[SiteFacts]] = {}
    for one in scope.sites:
        tiers.setdefault(one.supplier.tier, []).append(one)
    names = [name for name in turn.settings.tiers if name in tiers] + sorted(tiers.keys() - set(turn.settings.tiers))
    sheets = [sheet for name in names for sheet in _of_tier(turn, figures, name, tiers[name])]
    line = n_("{count} site takes part.", "{count} sites take part.", len(scope.sites))
    return Draft("suppliers", _("Site by site"), [line, MARKS], [*sheets, _plain(turn, scope, figures)])


def _of_tier(turn: Turn, figures: Figures, tier: str, sites: Sequence[SiteFacts]) -> Iterator[Sheet]:
    lengths = sites[0].lengths
    metrics = list(lengths) or [""]
    for first in range(0, len(metrics), ABREAST):
        some = {key: lengths[key] for key in metrics[first : first + ABREAST] if key}
        for title, part in _parts(tier, sites):
            yield _sheet(turn, figures, title, part, some)


def _parts(tier: str, sites: Sequence[SiteFacts]) -> Iterator[tuple[Phrase, list[SiteFacts]]]:
    """The sites of a tier by country, those of small countries together."""
    ranked = sorted(sites, key=lambda one: (one.site.country, -one.counts.standing, one.site.name))
    if len(ranked) <= MANY:
        yield n_("Tier {tier}: {count} site", "Tier {tier}: {count} sites", len(ranked), tier=tier), ranked
        return
    countries: dict[str, list[SiteFacts]] = {}
    for one in ranked:
        countries.setdefault(one.site.country, []).append(one)
    small = [country for country, some in countries.items() if len(some) < ABREAST]
    for country, some in countries.items():
        if country not in small:
            yield (
                n_(
                    "Tier {tier}, {country}: {count} site",
                    "Tier {tier}, {country}: {count} sites",
                    len(some),
                    tier=tier,
                    country=Country(country),
                ),
                some,
            )
    rest = [one for country in small for one in countries[country]]
    if rest:
        yield (
            n_(
                "Tier {tier}, other countries: {count} site",
                "Tier {tier}, other countries: {count} sites",
                len(rest),
                tier=tier,
            ),
            rest,
        )


def _sheet(
    turn: Turn, figures: Figures, title: Phrase, sites: Sequence[SiteFacts], metrics: dict[str, Length]
) -> Sheet:
    columns = [
        Column("site", _("Site"), 2.1),
        Column("country", _("Country"), 1.1),
        Column("standing", _("How it stands"), 1.2),
        *(Column(key, _in_unit(turn, key), 1.45, end=True) for key in metrics),
        Column("open", _("CAPAs open / late"), 0.9, end=True),
    ]
    return Sheet("", title, tuple(columns), [_row(turn, figures, one, metrics) for one in sites])


def _in_unit(turn: Turn, key: str) -> Phrase:
    """The name of a metric with its unit, where that is a sign; what is counted says so in its name."""
    name, unit = turn.read.metric_text(key, "name"), turn.read.metric(key).base_unit
    return name if unit in COUNTED else _("{metric} in {unit}", metric=name, unit=Raw(unit))


def _row(turn: Turn, figures: Figures, one: SiteFacts, metrics: dict[str, Length]) -> tuple[Cell, ...]:
    counts = one.counts
    periods = dict(one.asked)
    return (
        one.site.name,
        country_cell(one.site.country),
        Coded(counts.standing.name.lower(), SIGNS[counts.standing]),
        *(_figure(turn, figures, one, key, periods.get(key)) for key in metrics),
        f"{counts.capas} / {counts.overdue}" if counts.capas else None,
    )


def _figure(turn: Turn, figures: Figures, one: SiteFacts, metric: str, period: str | None) -> Cell:
    """A value with its mark; a sign where it is missing or was not asked."""
    if period is None:
        return "×"
    row = figures.last.get((one.site.id, metric, period))
    if row is None:
        return "–"
    letter = _letter(row)
    marks = figures.marks[one.site.id, metric, period]
    sign = " !" if marks.broken(row.value) else " ✓" if marks.reached(row.value) else ""
    return Coded(
        f"{row.value} {letter.id}{sign}", _("{value} {letter}{sign}", value=row.value, letter=letter, sign=Raw(sign))
    )


def _letter(row: Held) -> Phrase:
    return p_("mark of a figure", "E") if row.estimated else p_("mark of a figure", "M")


def _plain(turn: Turn, scope: Scope, figures: Figures) -> Sheet:
    """Every last figure on a line of its own, for the CSV."""
    columns = (
        "site", "supplier", "country", "tier", "metric", "period", "value", "unit", "mark", "limit", "target",
        "limit_broken", "target_reached",
    )  # fmt: skip
    rows = [_line(turn, figures, one, metric, period) for one in scope.sites for metric, period in one.asked]
    return Sheet("figures", _("Figures"), tuple(Column(name) for name in columns), rows, hidden=True)


def _line(turn: Turn, figures: Figures, one: SiteFacts, metric: str, period: str) -> tuple[Cell, ...]:
    row, marks = figures.last.get((one.site.id, metric, period)), figures.marks[one.site.id, metric, period]
    mark = "missing" if row is None else "estimated" if row.estimated else "measured"
    return (
        one.site.name,
        one.supplier.name,
        one.site.country,
        one.supplier.tier,
        metric,
        period,
        row.value if row else None,
        row.unit if row else turn.read.metric(metric).base_unit,
        mark,
        marks.limit.threshold if marks.limit else None,
        marks.target.threshold if marks.target else None,
        None if row is None or marks.limit is None else int(marks.broken(row.value)),
        None if row is None or marks.target is None else int(marks.reached(row.value)),
    )
