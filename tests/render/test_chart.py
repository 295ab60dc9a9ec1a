"""Charts tell the truth about proportions and gaps."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from reportlab.graphics.shapes import Drawing, Group, Rect, String

from bot.render.bars import BEYOND, WITHIN
from bot.render.chart import chart_drawing, chart_png
from bot.render.typeset import Typeset
from handlers.summaries.axis import steps
from handlers.summaries.chart import Chart, Point, Tick, chart_from, chart_values
from tests.render.samples import chart


def drawn(content: Chart) -> Drawing:
    """The drawing without a legend, whose swatches look like bars."""
    return chart_drawing(replace(content, legend=type(content.legend)()), Typeset.in_language("en"), 360, 250)


def shapes(group: Drawing | Group, kind: type) -> Iterator[Any]:
    for shape in group.contents:
        if isinstance(shape, Group):
            yield from shapes(shape, kind)
        elif isinstance(shape, kind):
            yield shape


def bars(content: Chart) -> list[Rect]:
    return [shape for shape in shapes(drawn(content), Rect) if shape.strokeColor in (WITHIN, BEYOND)]


def texts(content: Chart) -> list[str]:
    return [shape.text for shape in shapes(drawn(content), String)]


def test_bars_start_at_zero_and_keep_their_proportions() -> None:
    first, second = bars(chart((11_000, 11_550)))
    assert first.y == second.y
    assert second.height / first.height == pytest.approx(1.05)
    assert "0" in texts(chart((11_000, 11_550)))


def test_bars_below_zero_hang_from_zero() -> None:
    up, down = bars(chart((1_000, -500)))
    assert down.y + down.height == pytest.approx(up.y)
    assert down.height == pytest.approx(up.height / 2)


def test_missing_value_leaves_a_gap_between_its_neighbours() -> None:
    whole, gapped = bars(chart((5, 6, 7))), bars(chart((5, None, 7)))
    assert [bar.x for bar in gapped] == [whole[0].x, whole[2].x]


def test_bar_beyond_the_limit_is_darker() -> None:
    within, beyond = bars(chart((11_000, 14_000)))
    assert sum(beyond.fillColor.rgb()) < sum(within.fillColor.rgb()) - 1


def test_estimate_is_not_filled() -> None:
    points = (Point("oct", Decimal(5)), Point("nov", Decimal(5), mark="estimated"))
    measured, estimated = bars(replace(chart(), points=points))
    assert measured.fillColor == WITHIN
    assert estimated.fillColor != WITHIN


def test_last_label_stays_when_there_is_no_room_for_all() -> None:
    points = tuple(Point(f"diciembre-de-{year}", Decimal(1)) for year in range(2000, 2030))
    shown = [text for text in texts(replace(chart(), points=points)) if text.startswith("diciembre")]
    assert "diciembre-de-2029" in shown
    assert len(shown) < len(points)


def test_legend_explains_only_what_occurs() -> None:
    content = chart((11_000, 12_000))
    words = [shape.text for shape in shapes(chart_drawing(content, Typeset.in_language("en"), 360, 250), String)]
    assert "Medido" in words
    assert "Falta el dato" not in words


@pytest.mark.parametrize("values", [(), (None, None), (0,), (-5, -7)], ids=["no points", "none", "zero", "negative"])
def test_meagre_chart_is_drawn(values: tuple[int | None, ...]) -> None:
    assert chart_png(chart(values)).startswith(b"\x89PNG")


def test_axis_without_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="hold zero"):
        replace(chart(), ticks=(Tick(Decimal(10), "10"), Tick(Decimal(20), "20")))


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        pytest.param(["14120", None, "12500"], ["0", "5000", "10000", "15000"], id="months"),
        pytest.param([], ["0", "1"], id="nothing"),
        pytest.param(["1", "2"], ["0", "1", "2"], id="counts"),
        pytest.param(["0.37"], ["0", "0.1", "0.2", "0.3", "0.4"], id="fractions"),
        pytest.param(["-30", "70"], ["-40", "-20", "0", "20", "40", "60", "80"], id="both signs"),
        pytest.param(["-7"], ["-8", "-6", "-4", "-2", "0"], id="below zero"),
    ],
)
def test_axis_is_round_and_holds_zero(values: list[str | None], axis: list[str]) -> None:
    assert [str(step) for step in steps(None if value is None else Decimal(value) for value in values)] == axis


def test_picture_for_chat_has_the_size_of_a_phone_and_is_the_same_twice() -> None:
    data = chart_png(chart())
    assert data == chart_png(chart())
    with Image.open(BytesIO(data)) as image:
        assert image.size == (1080, 750)


def test_chart_survives_the_way_through_json() -> None:
    assert chart_from(chart_values(chart())) == chart()
