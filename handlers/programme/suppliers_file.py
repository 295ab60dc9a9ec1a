"""Reads suppliers.csv: one line for each site."""

from collections.abc import Collection
from pathlib import Path

from courses.faults import Fault
from handlers.programme.rows import SiteRow
from handlers.programme.settings import WEEKEND
from handlers.programme.table import Row, read_table

COLUMNS = (
    "supplier",
    "supplier_name",
    "spend_band",
    "tier",
    "site",
    "site_name",
    "country",
    "timezone",
    "languages",
)
OPTIONAL = ("weekend", "mentor")
SPEND_BANDS = ("A", "B", "C")


def read_sites(path: Path, tiers: Collection[str] | None, faults: list[Fault]) -> list[tuple[SiteRow, Row]]:
    """The sites with the lines they stand on; without `tiers` any tier will do."""
    sites = [(_site(row, tiers), row) for row in read_table(path, COLUMNS, OPTIONAL, faults)]
    _check_sites(sites)
    return sites


def _site(row: Row, tiers: Collection[str] | None) -> SiteRow:
    spoken = row.languages("languages")
    if not spoken:
        row.fault("languages is empty; name at least one, such as vi or vi+en")
    return SiteRow(
        supplier=row.key("supplier"),
        supplier_name=row.text("supplier_name"),
        spend_band=row.one_of("spend_band", SPEND_BANDS),
        tier=row.text("tier") if tiers is None else row.one_of("tier", tiers),
        site=row.key("site"),
        site_name=row.text("site_name"),
        country=row.country("country"),
        timezone=row.timezone("timezone"),
        weekend=row.pattern("weekend", WEEKEND, "sun, sat+sun or fri+sat"),
        languages=spoken,
        mentor=row.optional("mentor"),
    )


def _check_sites(sites: list[tuple[SiteRow, Row]]) -> None:
    """A site stands on one line, and the lines of a supplier say the same of it."""
    seen: dict[str, int] = {}
    suppliers: dict[str, tuple[SiteRow, int]] = {}
    for site, row in sites:
        if site.site in seen:
            row.fault(f"the site '{site.site}' is on line {seen[site.site]} already")
        seen.setdefault(site.site, row.line)
        first, line = suppliers.setdefault(site.supplier, (site, row.line))
        for column in ("supplier_name", "spend_band", "tier"):
            if getattr(site, column) != getattr(first, column):
                row.fault(f"{column} of '{site.supplier}' is another on line {line}")
