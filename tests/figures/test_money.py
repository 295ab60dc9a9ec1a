"""Fines: an amount of money with its currency, read back, stored exactly, and never held against another currency."""

from decimal import Decimal

import pytest

from courses.faults import ContentError
from courses.load import BUILT_IN, load
from storage.tables.figures import Submission
from storage.tables.programme import Programme
from storage.tables.queues import OutboxRow
from tests.handlers.deeds import changed, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

FINES = "Fines for corruption"


def asked_for_fines(town: Town) -> None:
    programme = rows(town, Programme)[0]
    tiers = programme.settings["tiers"] | {"high": {"metrics": ["corruption-fines"], "evidence": []}}
    changed(town, programme, settings=programme.settings | {"tiers": tiers})
    town.joined("amina").command("figures")
    town.phone("tg-amina").tap(FINES)


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina is asked for the fines of last year."""
    return stage.after(asked_for_fines)


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.phone("tg-amina")


def test_example_is_in_the_money_of_the_country(town: Town) -> None:
    assert "For example: ₫12,500" in town.transcript("tg-amina")


def test_fine_is_stored_with_its_currency_and_shown_by_it(town: Town, amina: Talker) -> None:
    assert "<b>€1,200.50</b>. Is that right?" in amina.say("1.200,50 EUR")
    assert "€1,200.50" in amina.tap("Yes, send it")
    (row,) = rows(town, Submission)
    assert (row.value, row.unit, row.base_value, row.base_unit) == (Decimal("1200.5"), "EUR", Decimal("1200.5"), "EUR")
    assert row.period == "2025"


def test_amount_without_a_currency_is_asked_again(town: Town, amina: Talker) -> None:
    assert "cannot tell the currency" in amina.say("$1,200")
    assert "US$1,200.00" in amina.say("1,200 USD")


def test_two_readings_become_two_buttons(town: Town, amina: Talker) -> None:
    amina.say("BHD 1.234")
    assert {"BHD1.234", "BHD1,234.000"} <= set(amina.labels)
    amina.tap("BHD1.234")
    amina.tap("Yes, send it")
    assert rows(town, Submission)[0].value == Decimal("1.234")


def test_no_fine_is_nought_of_the_countrys_money(town: Town, amina: Talker) -> None:
    amina.tap("Another answer")
    assert "₫0" in amina.tap("It was zero")
    amina.tap("Yes, send it")
    assert [(row.base_value, row.base_unit) for row in rows(town, Submission)] == [(0, "VND")]


def test_fine_is_corrected_into_another_currency(town: Town, amina: Talker) -> None:
    amina.say("1200 EUR")
    amina.tap("Yes, send it")
    amina.command("sent")
    amina.tap(FINES)
    amina.tap("Correct it")
    amina.say("2.000.000 đồng")
    assert "<b>₫2,000,000</b> in place of €1,200.00" in amina.say("The wrong currency")
    amina.tap("Yes, correct it")
    assert [row.base_unit for row in rows(town, Submission)] == ["EUR", "VND"]


def test_card_shows_the_newest_and_no_other_currency_beside_it(town: Town, amina: Talker) -> None:
    amina.say("2.000.000 VND")
    amina.tap("Yes, send it")
    older = rows(town, Submission)[0].model_dump(exclude={"id"})
    with town.store.write() as session:
        session.add(
            Submission(
                **older | {"period": "2024", "value": Decimal(90), "base_value": Decimal(90), "base_unit": "EUR"}
            )
        )
    amina.command("status")
    files = [file for row in rows(town, OutboxRow) for file in row.payload.get("attachments", ())]
    (trend,) = next(file["values"]["trends"] for file in files if file["draw"] == "card")
    assert "₫2,000,000" in str(trend) and "90" not in str(trend["points"])


FORMULA = """
[[parts]]
key = "fine-share"
code = "G1b"
name = "Share"
how = "Fines ÷ convictions."
base_unit = "1"
formula = "corruption-fines / corruption"
over_time = "ratio"
"""
WRONG = {
    "computed with": (FORMULA, "cannot be computed with"),
    "a limit of sense": ('soft = [{ high = "9" }]\n', "many currencies"),
    "a limit by another figure": ('within = [{ per = "headcount", high = "9" }]\n', "many currencies"),
}


@pytest.mark.parametrize(("more", "fault"), WRONG.values(), ids=WRONG)
def test_money_is_never_computed_with_or_limited(tmp_path, more: str, fault: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "metrics").mkdir()
    text = (BUILT_IN / "metrics" / "corruption.toml").read_text(encoding="utf-8")
    (tmp_path / "metrics" / "corruption.toml").write_text(text + more, encoding="utf-8")
    with pytest.raises(ContentError, match=fault):
        load([BUILT_IN, tmp_path])
