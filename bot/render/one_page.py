"""What has room on one page: tables lose their last rows, and one without room for a row is left out with its title."""

from collections.abc import Iterable

from reportlab.platypus import Flowable

from bot.render.rows import Rows
from bot.render.table import ROOM

ENDLESS = 100_000.0


def height_of(story: Iterable[Flowable], width: float) -> float:
    """How high these are below each other, in points."""
    return sum(float(one.wrap(width, ENDLESS)[1]) for one in story)


def fitted(story: Iterable[Flowable], width: float, room: float) -> list[Flowable]:
    """As much of the tables of a chapter, each with what stands above it, as fits into `room` points."""
    found: list[Flowable] = []
    above: list[Flowable] = []
    for one in story:
        if not isinstance(one, Rows):
            above.append(one)
            continue
        left = room - height_of(above, width)
        if room < ROOM or not (parts := _cut(one, width, left)):
            break
        found += [*above, parts[0]]
        room, above = left - height_of(parts[:1], width), []
    return found


def _cut(table: Rows, width: float, height: float) -> list[Flowable]:
    """The table in what fits and what is left; nothing if no row fits."""
    return [table] if height_of([table], width) <= height else table.split(width, height)
