"""The card of a site: every word legible, proportions kept, gaps seen, nothing told by colour alone."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from reportlab.graphics.shapes import Drawing, Group, Line, Polygon, Rect, String

from bot.render.bars import BEYOND, WITHIN
from bot.render.card import WIDTH, card_drawing, card_png
from bot.render.typeset import Typeset
from handlers.status.card import Card, Remark, Trend, card_from, card_values
from handlers.summaries.chart import Legend, Point
from tests.render.samples_of_card import card, electricity, points

PLAIN = replace(electricity((11_000, None, 12_100)), limit=None, target=None)


def drawn(content: Card) -> Drawing:
    """The drawing without a legend, whose swatches look like bars."""
    return card_drawing(replace(content, legend=Legend()), Typeset.in_language("en"))


def shapes(group: Drawing | Group, kind: type) -> Iterator[Any]:
    for shape in group.contents:
        if isinstance(shape, Group):
            yield from shapes(shape, kind)
        elif isinstance(shape, kind):
            yield shape


def bars(content: Card) -> list[Rect]:
    return [shape for shape in shapes(drawn(content), Rect) if shape.strokeColor in (WITHIN, BEYOND)]


def texts(drawing: Drawing) -> list[str]:
    return [shape.text.replace("\u00a0", " ") for shape in shapes(drawing, String)]


def crosses(content: Card) -> int:
    """The signs of missing values: two slanting lines each."""
    return len([line for line in shapes(drawn(content), Line) if line.x1 != line.x2 and line.y1 != line.y2]) // 2


def dashed(content: Card) -> list[Line]:
    """The lines of limits and targets."""
    return [shape for shape in shapes(drawn(content), Line) if shape.strokeDashArray]


def test_every_word_of_the_card_is_drawn() -> None:
    words = " ".join(texts(card_drawing(card(), Typeset.in_language("en"))))
    content = card()
    for trend in content.trends:
        for text in (trend.name, trend.said, *(remark.text for remark in trend.remarks)):
            assert text in words
    assert all(word in words for word in (content.title, content.subtitle, "Límite", "Objetivo", "Falta", "Estimado"))


def test_number_stays_with_its_unit() -> None:
    words = texts(card_drawing(card(), Typeset.in_language("en")))
    assert "15.000 kWh" in words
    assert not any(text.startswith("kWh") for text in words)


def test_bars_stand_on_zero_and_keep_their_proportions() -> None:
    first, last = bars(card(PLAIN))
    assert first.y == last.y
    assert last.height / first.height == pytest.approx(1.1)


def test_missing_month_keeps_its_place_and_has_a_cross() -> None:
    whole, gapped = card(electricity((5, 6, 7))), card(electricity((5, None, 7)))
    assert [bar.x for bar in bars(gapped)] == [bars(whole)[0].x, bars(whole)[2].x]
    assert (crosses(whole), crosses(gapped)) == (0, 1)


def test_month_in_which_nothing_was_asked_is_left_empty() -> None:
    assert crosses(card(replace(PLAIN, points=points(None, 5)))) == 1
    assert crosses(card(replace(PLAIN, points=(None, *points(5))))) == 0


def test_bar_beyond_the_limit_is_darker_and_rises_over_its_line() -> None:
    within, beyond = bars(card(electricity((14_000, 16_500))))
    assert sum(beyond.fillColor.rgb()) < sum(within.fillColor.rgb()) - 1
    limit = max(line.y1 for line in dashed(card(electricity((14_000, 16_500)))))
    assert within.y + within.height < limit < beyond.y + beyond.height


def test_limit_and_target_differ_by_their_dashes() -> None:
    assert len({tuple(line.strokeDashArray) for line in dashed(card(electricity()))}) == 2


@pytest.mark.parametrize("direction", ["up", "down", "level"])
def test_direction_has_a_shape_of_its_own(direction: Any) -> None:
    (arrow,) = shapes(drawn(card(replace(PLAIN, direction=direction))), Polygon)
    lowest = [x for x, y in zip(arrow.points[::2], arrow.points[1::2], strict=True) if y == min(arrow.points[1::2])]
    assert len(set(lowest)) == (1 if direction == "down" else 2)
    assert len(arrow.points) == (8 if direction == "level" else 6)


def test_nothing_to_compare_with_has_no_arrow() -> None:
    assert not list(shapes(drawn(card(replace(PLAIN, direction=""))), Polygon))


def test_legend_explains_only_what_occurs() -> None:
    words = texts(card_drawing(card(PLAIN), Typeset.in_language("en")))
    assert "Falta" in words
    assert not {"Límite", "Objetivo", "Estimado", "Por encima del límite"} & set(words)


def test_no_text_leaves_the_picture_or_runs_into_the_bars() -> None:
    long = Trend(
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 2,
        "123.456.789.012.345,123456 MWh",
        (Remark("octubre de 2026, 1.234 % por encima de la media anterior " * 3),),
        points(1, 2, 3),
    )
    drawing = drawn(replace(card(long), title="Nhà máy", subtitle="Sông Cầu", more="Y 12 datos más."))
    left = min(bar.x for bar in shapes(drawing, Rect) if bar.strokeColor in (WITHIN, BEYOND))
    for shape in shapes(drawing, String):
        assert shape.getEast() < left
        assert 0 < shape.y < drawing.height


def test_long_heading_is_broken_into_lines() -> None:
    drawing = drawn(replace(card(PLAIN), title="Nhà máy may " * 12))
    assert sum("Nhà máy" in text for text in texts(drawing)) > 2
    assert all(shape.getEast() < WIDTH for shape in shapes(drawing, String))


@pytest.mark.parametrize(
    "trend",
    [
        pytest.param(replace(PLAIN, points=()), id="no points"),
        pytest.param(replace(PLAIN, points=(None,) * 12), id="nothing asked"),
        pytest.param(replace(PLAIN, points=points(None, None)), id="all missing"),
        pytest.param(replace(PLAIN, points=points(0, 0)), id="zeros"),
        pytest.param(replace(PLAIN, points=points(-5, 7)), id="below zero"),
        pytest.param(replace(PLAIN, points=points(0), limit=Decimal(0)), id="limit of zero"),
        pytest.param(replace(PLAIN, points=(Point("", Decimal(5), mark="estimated"),)), id="estimated"),
    ],
)
def test_meagre_card_is_drawn(trend: Trend) -> None:
    assert card_png(card(trend)).startswith(b"\x89PNG")


def test_picture_is_as_wide_as_a_phone_small_in_bytes_and_the_same_twice() -> None:
    data = card_png(card())
    assert data == card_png(card())
    assert len(data) < 60_000
    with Image.open(BytesIO(data)) as image:
        assert image.width == 720


def test_picture_of_one_trend_is_small() -> None:
    with Image.open(BytesIO(card_png(card(electricity())))) as image:
        assert image.height < image.width


def test_card_survives_the_way_through_json() -> None:
    assert card_from(card_values(card())) == card()
