"""What is known of Amina's site: a year at 2 kWh for each piece, after a baseline at 2.4."""

from storage.tables.programme import Programme
from tests.figures.test_status import figures, set_rules
from tests.handlers.deeds import rows
from tests.talks import Town

YEAR = ("2025-11", "2025-12", *(f"2026-{month:02d}" for month in range(1, 11)))
BASELINE = tuple(f"2024-{month:02d}" for month in range(1, 13))
PIECES = 1000


def known(town: Town) -> None:
    """A thousand pieces a month, with electricity and water, a target and a baseline."""
    (row,) = rows(town, Programme)
    tiers = {**row.settings["tiers"], "high": {"metrics": ["electricity", "water", "output"]}}
    set_rules(
        town,
        tiers=tiers,
        thresholds=[],
        targets=[{"metric": "energy-intensity", "value": "1.5"}],
        baselines=[{"first": BASELINE[0], "last": BASELINE[-1]}],
    )
    for months, used in ((YEAR, 2000), (BASELINE, 2400)):
        figures(town, [(month, used) for month in months])
        figures(town, [(month, PIECES) for month in months], "output")
    figures(town, [(month, 500) for month in YEAR], "water")
