"""A card as people of a site would get it, in Spanish."""

from collections.abc import Sequence
from decimal import Decimal

from handlers.status.card import Card, Remark, Trend
from handlers.summaries.chart import Legend, Point

LIMIT = Decimal(15_000)


def points(*values: float | None) -> tuple[Point, ...]:
    """A point for each value, beyond where it is above the limit."""
    known = [None if value is None else Decimal(str(value)) for value in values]
    return tuple(Point("", value, beyond=value is not None and value > LIMIT) for value in known)


def electricity(values: Sequence[float | None] = (12_900, 13_400, 12_100, None, 14_200, 14_900, 16_500)) -> Trend:
    """A trend with a limit, a target, and months before the first figure."""
    return Trend(
        "Electricidad",
        "16.500 kWh",
        (
            Remark("octubre de 2026, 23 % por encima de la media anterior"),
            Remark("Por encima del límite de 15.000 kWh", loud=True),
            Remark("Objetivo: 12.000 kWh"),
        ),
        (*[None] * (12 - len(values)), *points(*values)),
        "up",
        LIMIT,
        Decimal(12_000),
    )


def card(*trends: Trend) -> Card:
    """A card with these trends; with none named, one of each kind."""
    water = Trend(
        "Agua extraída para la producción y el personal",
        "1.280 m³",
        (Remark("septiembre de 2026, 6 % por debajo de la media anterior"), Remark("Falta octubre de 2026", loud=True)),
        points(1300, 1400, 1390, 1380, 1420, 1350, 1340, 1360, 1380, 1300, 1280, None),
        "down",
    )
    injuries = Trend(
        "Lesiones en el trabajo",
        "0 personas",
        (Remark("octubre de 2026, cerca de la media anterior"), Remark("Dentro del límite de 0 personas")),
        tuple(Point("", Decimal(value), beyond=value > 0) for value in (0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0)),
        "level",
        Decimal(0),
    )
    hours = Trend(
        "Horas trabajadas",
        "",
        (Remark("Aún no hay datos"), Remark("Falta octubre de 2026", loud=True)),
        (*[None] * 11, Point("", None)),
    )
    waste = Trend(
        "Residuos",
        "4.310 kg",
        (Remark("octubre de 2026"),),
        (*[None] * 10, Point("", Decimal(4_100)), Point("", Decimal(4_310), mark="estimated")),
        "level",
    )
    return Card(
        "Sierra Puebla",
        "Sierra Textil, noviembre de 2025 a octubre de 2026",
        trends or (electricity(), water, waste, injuries, hours),
        Legend(estimated="Estimado", missing="Falta", beyond="Por encima del límite"),
        "Límite",
        "Objetivo",
    )
