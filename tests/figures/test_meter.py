"""Figures read off meters: what two readings amount to, a meter that rolls over, one that is replaced."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.metrics.reading import digits_of, share_of, used
from storage.tables.audit import AuditRow
from storage.tables.figures import Submission
from storage.tables.meters import Meter, MeterReading
from tests.handlers.deeds import asked, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("first", "last", "digits", "multiplier", "rolled", "amount"),
    [
        ("48200", "60700", 6, "1", False, "12500"),
        ("48200", "48512.5", 6, "40", False, "12500"),
        ("99900", "400", 5, "1", True, "500"),
        ("999990", "10", 6, "60", True, "1200"),
    ],
)
def test_readings_amount_to_what_was_used(
    first: str, last: str, digits: int, multiplier: str, rolled: bool, amount: str
) -> None:
    found = used(Decimal(first), Decimal(last), digits, Decimal(multiplier), rolled_over=rolled)
    assert found == Decimal(amount)


@pytest.mark.parametrize(
    ("begun", "ended", "share"),
    [
        (date(2026, 10, 1), date(2026, 11, 1), "3100"),
        (date(2026, 10, 1), date(2026, 11, 2), "3003.125"),
        (date(2026, 9, 28), date(2026, 11, 1), "2826.471"),
    ],
)
def test_days_that_differ_are_taken_alike(begun: date, ended: date, share: str) -> None:
    assert share_of(Decimal(3100), begun, ended, *OCTOBER) == Decimal(share)


def test_two_readings_of_one_day_are_no_period() -> None:
    with pytest.raises(ValueError, match="no day"):
        share_of(Decimal(1), date(2026, 10, 1), date(2026, 10, 1), *OCTOBER)


def test_meter_has_at_least_five_digits() -> None:
    assert digits_of(Decimal(12), Decimal(480)) == 5
    assert digits_of(Decimal(1048200), Decimal("12.5")) == 7


def metered(town: Town) -> None:
    """Amina has read her meter for the first time: 48,200 on 1 October, 60,700 on 1 November."""
    amina = asked(town)
    amina.tap("Another answer")
    amina.tap("I read it off a meter")
    amina.tap("It shows the amount itself")
    amina.say("48200")
    amina.tap("On ")
    amina.say("60700")
    amina.tap("On ")
    amina.tap("Yes, send it")


def next_month(town: Town) -> Talker:
    """Amina a month later, asked for November's reading."""
    town.clock.moment = town.clock.moment.replace(month=12, day=7)
    amina = town.phone("tg-amina")
    amina.command("figures")
    amina.tap("Electricity, November 2026")
    amina.tap("Another answer")
    return amina


def test_first_readings_make_a_figure_and_a_meter(stage: Stage) -> None:
    town = stage.after(metered)
    figure = rows(town, Submission)[-1]
    assert (figure.base_value, figure.period) == (Decimal(12500), "2026-10")
    assert figure.typed == "48200 (2026-10-01) - 60700 (2026-11-01) x 1"
    assert [(one.digits, one.multiplier, one.active) for one in rows(town, Meter)] == [(5, Decimal(1), True)]
    assert [one.index_value for one in rows(town, MeterReading)] == [Decimal(48200), Decimal(60700)]
    assert [one.what for one in rows(town, AuditRow) if one.what.startswith("meter")] == [
        "meter added",
        "meter read",
        "meter read",
    ]


def test_next_month_only_the_new_index_is_asked(stage: Stage) -> None:
    amina = next_month(stage.after(metered))
    assert "1 November 2026 the meter showed 60,700 kWh" in amina.tap("I read it off a meter")
    amina.say("73000")
    assert "12,300 kWh" in amina.tap("On 1 December")
    assert "Stored" in amina.tap("Yes, send it")


def test_meter_that_began_again_at_zero_is_counted_on(stage: Stage) -> None:
    amina = next_month(stage.after(metered))
    amina.tap("I read it off a meter")
    amina.say("700")
    assert "less than last time" in amina.tap("On 1 December")
    amina.tap("The meter began again at zero")
    amina.tap("My number is right") if "My number is right" in amina.labels else None
    assert "40,000 kWh" in amina.town.transcript("tg-amina")


def test_replaced_meter_counts_old_and_new(stage: Stage) -> None:
    town = stage.after(metered)
    amina = next_month(town)
    amina.tap("I read it off a meter")
    amina.say("5000")
    amina.tap("On 1 December")
    amina.tap("There is a new meter")
    assert "old meter" in amina.town.transcript("tg-amina")
    amina.say("68000")
    amina.say("0")
    amina.tap("Yes, send it")
    assert rows(town, Submission)[-1].base_value == Decimal(12300)
    assert [one.active for one in rows(town, Meter)] == [False, True]
    assert "meter replaced" in [one.what for one in rows(town, AuditRow)]


def test_index_typed_wrong_is_typed_again(stage: Stage) -> None:
    amina = next_month(stage.after(metered))
    amina.tap("I read it off a meter")
    amina.say("7300")
    amina.tap("On 1 December")
    amina.tap("I typed it wrong")
    amina.say("73000")
    assert "12,300 kWh" in amina.tap("On 1 December")
