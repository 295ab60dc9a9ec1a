"""The fonts are made from packages, the same each time, and say what to install when they cannot be."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.render import typefaces
from bot.render.fonts import FOLDER, ensure
from bot.render.legible import Legible
from bot.render.typefaces import FontsMissing, Recipe, Source, build


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    for script in ("Latn", "Thai"):
        ensure(script)
    made = build(tmp_path, ["Latn", "Thai"])
    assert {path.name for path in made} == {path.name for path in tmp_path.iterdir()}
    assert [path.read_bytes() for path in made] == [(FOLDER / path.name).read_bytes() for path in made]


def test_regular_and_bold_have_names_of_their_own() -> None:
    family = ensure()
    assert family.regular != family.bold


@pytest.mark.parametrize("text", ["Điện lực ở Huế", "¿Cuánta energía?", "Łódź", "Ωμέγα", "Завод", "≤ 50 m³ → ✓ CO₂ ₫"])
def test_latin_greek_cyrillic_and_signs_can_be_drawn(text: str) -> None:
    legible = Legible()
    assert legible.text(text) == text
    assert not legible.missing


def test_missing_glyph_is_seen_counted_and_logged_by_script() -> None:
    legible = Legible()
    assert legible.text("𐤀𐤁 Puebla 👍") == "?? Puebla ?"
    with capture_logs() as logs:
        legible.report("summary")
    assert logs == [
        {
            "event": "glyphs missing",
            "document": "summary",
            "count": 3,
            "scripts": {"Phnx": 2, "Zyyy": 1},
            "log_level": "warning",
        }
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("Huế", "Huế", id="composed"),
        pytest.param("12㎥", "12m3", id="compatible"),
        pytest.param("1\u202f000", "1\u00a0000", id="narrow space"),
        pytest.param("\u2068Huế\u2069\x00", "Huế", id="without a picture"),
        pytest.param("a\r\nb", "a\nb", id="line break"),
    ],
)
def test_equal_text_is_shown_without_a_question_mark(typed: str, shown: str) -> None:
    assert Legible().text(typed) == shown


def test_missing_font_package_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = Recipe("Nowhere Sans", (Source("no_such_fonts", "a.ttf", "0041"),))
    monkeypatch.setitem(typefaces.RECIPES, "Zzzz", recipe)
    with pytest.raises(FontsMissing, match="pip install no-such-fonts"):
        ensure("Zzzz", tmp_path)


def test_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(typefaces.RECIPES, "Zzzz", Recipe("Nowhere Sans", ()))
    (tmp_path / "file").touch()
    with pytest.raises(FontsMissing, match="fonts cannot be written"):
        ensure("Zzzz", tmp_path / "file" / "fonts")
