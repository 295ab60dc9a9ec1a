"""The legend of a card: what the lines across its bars and the looks of the bars mean."""

from collections.abc import Iterator

from reportlab.graphics.shapes import Group

from bot.render.legend import SWATCH, Entry, Meaning, dashes, meanings_of_bars, placed
from bot.render.spark import target_line
from bot.render.typeset import Typeset
from handlers.status.card import Card


def laid_out(card: Card, typeset: Typeset, width: float) -> list[Entry]:
    """The entries of a card, in as many lines as they need at this width."""
    return placed(_meanings(card), typeset, width)


def _meanings(card: Card) -> Iterator[Meaning]:
    if any(trend.limit is not None for trend in card.trends):
        yield dashes, card.limit
    if any(trend.target is not None for trend in card.trends):
        yield _dots, card.target
    points = [point for trend in card.trends for point in trend.points if point is not None]
    yield from meanings_of_bars(points, card.legend)


def _dots(x: float, y: float) -> Group:
    return Group(target_line(x, y + 3.5, SWATCH))
