"""Meters of sites and their readings."""

from datetime import date

from sqlmodel import Session, col, select

from storage.tables.meters import Meter, MeterReading


def active(session: Session, site_id: int, metric: str) -> Meter | None:
    """The meter that is read for a figure of a site, None if none is known."""
    query = select(Meter).where(Meter.site_id == site_id, Meter.metric == metric, col(Meter.active))
    return session.exec(query.order_by(col(Meter.id).desc()).limit(1)).first()


def last_reading(session: Session, meter_id: int, until: date) -> MeterReading | None:
    """The newest reading of a meter on a day or before it."""
    query = select(MeterReading).where(MeterReading.meter_id == meter_id, MeterReading.day <= until)
    return session.exec(query.order_by(col(MeterReading.day).desc(), col(MeterReading.id).desc()).limit(1)).first()


def close(session: Session, site_id: int, metric: str, end: MeterReading) -> None:
    """Take the active meter out of use, with what it showed in the end."""
    meter = active(session, site_id, metric)
    if meter is not None:
        meter.active, end.meter_id = False, meter.id
        session.add_all([meter, end])
        session.flush()
