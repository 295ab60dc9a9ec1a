"""A figure sent in one line, outside of any dialog; and an amount that looks like a slip."""

from decimal import Decimal

import pytest

from storage.tables.audit import AuditRow
from storage.tables.figures import Submission
from tests.figures.test_breaches import past
from tests.handlers.deeds import ELECTRICITY, changed, person, rows
from tests.talks import Talker, Town


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "electricity October 12,5 MWh"),
        ("en", "Electricity 10/2026: 12500 kWh"),
        ("en", "12 500 kwh electricity"),
        ("es", "electricidad octubre 12,5 MWh"),
        ("vi", "điện tháng 10 12,5 MWh"),
    ],
)
def test_line_goes_straight_to_the_read_back(town: Town, language: str, line: str) -> None:
    amina = town.joined("amina", language)
    shown = amina.say(line)
    assert "12,500 kWh" in shown or "12.500 kWh" in shown, shown
    amina.press(amina.town.shown[-1][1]["buttons"][0][0]["action"])
    (row,) = rows(town, Submission)
    assert (row.base_value, row.period, row.metric) == (Decimal(12500), "2026-10", "electricity")


@pytest.mark.parametrize("words", ["thank you for the 3 lessons", "electricity", "12500", "when is electricity due?"])
def test_ordinary_words_are_no_figure(town: Town, words: str) -> None:
    amina = town.joined("amina")
    amina.say(words)
    assert "Is that right?" not in town.transcript("tg-amina")
    assert rows(town, Submission) == []


def test_line_that_can_be_read_in_two_ways_is_asked_about_once(town: Town) -> None:
    amina = town.joined("amina")
    assert "Which number" in amina.say("electricity 1,234 MWh")
    amina.tap("1,234 MWh")
    amina.tap("Yes, send it")
    assert rows(town, Submission)[0].base_value == Decimal(1234000)
    assert person(town, "amina").decimal_mark == "."
    assert "Which number" not in amina.say("water 1,234 m3")


def test_month_that_is_not_over_is_not_taken(town: Town) -> None:
    assert "November 2026 is not over yet" in town.joined("amina").say("electricity november 12500")


def test_line_about_a_figure_that_was_sent_asks_why_it_changes(town: Town) -> None:
    amina = town.joined("amina")
    amina.say("electricity 12500")
    amina.tap("Yes, send it")
    assert "You have sent 12,500 kWh for this before" in amina.say("electricity 12900")
    amina.say("The second meter was missing")
    amina.tap("Yes, send it")
    found = [(row.version, row.reason) for row in rows(town, Submission)]
    assert found == [(1, ""), (2, "The second meter was missing")]


def test_metric_that_is_not_asked_of_the_site_is_no_figure(town: Town) -> None:
    jorge = town.joined("jorge", "en")
    jorge.say("headcount 80")
    assert rows(town, Submission) == []


# --- slips ---


@pytest.fixture
def amina(town: Town) -> Talker:
    """Amina, whose site has a year behind it, asked for the electricity."""
    found = town.joined("amina")
    past(town, 12100, 11800, 12600, 12900, 13400, 13800, 13500, 13100, 12800, 12400, 12200)
    found.command("figures")
    found.tap(ELECTRICITY)
    return found


def test_slip_of_the_decimal_mark_is_offered_its_repair(amina: Talker) -> None:
    assert "12,500 kWh" in amina.say("125000")
    assert any("12,500 kWh" in label for label in amina.labels)
    amina.tap("It is 12,500 kWh")
    amina.tap("Yes, send it")
    assert rows(amina.town, Submission)[-1].base_value == Decimal(12500)


def test_unusual_value_that_is_right_keeps_its_reason(amina: Talker) -> None:
    amina.say("26000")
    amina.tap("My number is right")
    assert "26,000 kWh" in amina.say("A second hall was opened")
    amina.tap("Yes, send it")
    row = rows(amina.town, Submission)[-1]
    assert (row.base_value, row.reason) == (Decimal(26000), "A second hall was opened")


def test_doubted_value_can_be_typed_again(amina: Talker) -> None:
    amina.say("125000")
    amina.tap("Type it again")
    assert "Is that right?" in amina.say("12500")


def test_ordinary_value_is_not_doubted(amina: Talker) -> None:
    assert "Is that right?" in amina.say("12650")


def test_definition_that_changes_before_the_confirmation_stores_nothing(amina: Talker) -> None:
    amina.say("12650")
    metrics = amina.town.house.library.metrics
    kept = metrics["electricity"]
    metrics["electricity"] = kept.model_copy(update={"version": kept.version + 1})
    try:
        assert "has changed" in amina.tap("Yes, send it")
    finally:
        metrics["electricity"] = kept
    assert rows(amina.town, Submission)[-1].period != "2026-10"


def test_refused_value_is_kept_in_the_trail(amina: Talker) -> None:
    assert "cannot be more than" in amina.say("51 GWh")
    (line,) = [row for row in rows(amina.town, AuditRow) if row.what == "value refused"]
    assert line.detail["typed"] == "51 GWh"


def test_custom_of_writing_that_is_known_decides(town: Town) -> None:
    changed(town, person(town, "amina"), decimal_mark=",")
    amina = town.joined("amina")
    amina.command("figures")
    amina.tap(ELECTRICITY)
    assert "1.234 MWh</b>, that is 1,234 kWh" in amina.say("1,234 MWh")


def test_custom_is_forgotten_after_a_no(town: Town) -> None:
    changed(town, person(town, "amina"), decimal_mark=",")
    amina = town.joined("amina")
    amina.command("figures")
    amina.tap(ELECTRICITY)
    amina.say("1,234 MWh")
    amina.tap("No, do not send")
    assert person(town, "amina").decimal_mark == ""
