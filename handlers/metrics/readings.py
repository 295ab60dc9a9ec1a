"""Stores what was read off meters; a meter that was replaced is closed, and a new one opened."""

from handlers.metrics.meter import MeterUse
from handlers.metrics.reading import Reading
from handlers.metrics.rules import DueFigure
from handlers.turn import Turn
from storage import meters
from storage.tables.meters import Meter, MeterReading


def keep_readings(turn: Turn, figure: DueFigure, use: MeterUse) -> None:
    """Store the new readings, each with its line in the trail."""
    if use.old_end is not None:
        meters.close(turn.session, figure.site_id, figure.metric, _row(0, use.old_end, turn))
        turn.note("meter replaced", "site", figure.site_id, metric=figure.metric, end=str(use.old_end.index))
    meter_id = use.meter_id or _opened(turn, figure, use)
    for reading in use.readings:
        turn.session.add(_row(meter_id, reading, turn))
        turn.note("meter read", "meter", meter_id, day=str(reading.day), index=str(reading.index))


def _opened(turn: Turn, figure: DueFigure, use: MeterUse) -> int:
    meter = Meter(
        site_id=figure.site_id,
        metric=figure.metric,
        unit=use.amount.base_unit,
        multiplier=use.multiplier,
        digits=use.digits,
        at=turn.now,
    )
    turn.session.add(meter)
    turn.session.flush()
    turn.note("meter added", "meter", meter.id, metric=figure.metric, multiplier=str(use.multiplier))
    return meter.id


def _row(meter_id: int, reading: Reading, turn: Turn) -> MeterReading:
    return MeterReading(
        meter_id=meter_id, day=reading.day, index_value=reading.index, person_id=turn.me.id, at=turn.now
    )
