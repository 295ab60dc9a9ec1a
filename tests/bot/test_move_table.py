"""The life of a CAPA as `causeway moves` prints it, and the page that shows it."""

from typer.testing import CliRunner

from bot.__main__ import app
from handlers.capa.states import MOVES
from storage.tables.capas import CapaState
from tests.paths import ROOT

PRINTED = CliRunner().invoke(app, ["moves"]).stdout


def test_page_of_capas_shows_diagram_and_table_as_they_are_printed() -> None:
    page = (ROOT / "docs" / "CAPA.md").read_text(encoding="utf-8")
    drawn, table = PRINTED.strip().split("\n\n")
    assert drawn in page
    assert table in page


def test_table_has_a_row_for_every_move_and_diagram_a_line_for_every_change() -> None:
    assert [line.split("`")[1] for line in PRINTED.splitlines() if line.startswith("| `")] == [
        one.name for one in MOVES
    ]
    drawn = {line.split(": ")[1] for line in PRINTED.splitlines() if "-->" in line and ": " in line}
    assert drawn == {one.name for one in MOVES if one.to is not None} - {"cancel"}
    assert all(f"{state.value}" in PRINTED for state in CapaState)
