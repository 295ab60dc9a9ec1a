"""The catalogue that `causeway courses metrics` prints, and the page that shows it."""

from typer.testing import CliRunner

from bot.__main__ import app
from courses.load import load
from tests.paths import ROOT

PRINTED = CliRunner().invoke(app, ["courses", "metrics"]).stdout


def test_page_of_metrics_shows_both_tables_as_they_are_printed() -> None:
    page = (ROOT / "docs" / "METRICS.md").read_text(encoding="utf-8")
    metrics, factors = PRINTED.strip().split("\n\n")
    assert metrics in page
    assert factors in page


def test_page_of_metrics_names_every_source_of_a_factor() -> None:
    page = (ROOT / "docs" / "METRICS.md").read_text(encoding="utf-8")
    assert all(f"[{one.name}]({one.url})" in page and one.note in page for one in load().factors.sources.values())


def test_table_has_a_row_for_every_metric_and_factor() -> None:
    library = load()
    heads_and_rules = 4
    rows = [line for line in PRINTED.splitlines() if line.startswith("|")]
    assert len(rows) == heads_and_rules + len(library.metrics) + len(library.factors.all)
    assert all(any(f"| `{key}` |" in row for row in rows) for key in library.metrics)
