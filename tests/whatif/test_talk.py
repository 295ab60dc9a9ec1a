"""What if, asked in chat: by the site's people and the buyer's side, by buttons, with a picture, and nothing kept."""

from html import unescape
from typing import Any

import pytest

from bot.render.chart import chart_png
from handlers.summaries.chart import Chart, chart_from
from storage.tables.audit import AuditRow
from storage.tables.figures import Basis, Submission
from storage.tables.queues import OutboxRow
from tests.figures.test_status import figures, set_rules, site
from tests.handlers.deeds import rows
from tests.talks import Talker, Town
from tests.whatif.known import YEAR

PROMPT = "What would you change at Song Cau Bac Ninh?"


def newest(town: Town) -> dict[str, Any]:
    """The newest message, which waits for its picture."""
    return max(rows(town, OutboxRow), key=lambda row: (row.kind == "message", row.id)).payload


def told(town: Town) -> str:
    return unescape(newest(town).get("text", ""))


def chart(town: Town) -> Chart:
    return chart_from(newest(town)["attachments"][0]["values"])


def asked(talker: Talker, lever: str, step: str) -> str:
    """What is told of a lever that is pulled so far."""
    talker.command("whatif")
    talker.tap(lever)
    talker.tap(step)
    return told(talker.town)


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.joined("amina")


def test_site_sees_the_effect_the_target_and_the_factors(amina: Talker) -> None:
    text = asked(amina, "Buy less electricity", "20 %")
    assert "What if Song Cau Bac Ninh bought 20 % less electricity?" in text
    assert "Energy for each unit of output (kWh for each unit of output): <b>1.6</b> in place of 2, 20 % less." in text
    # 0.4 kWh less in 22 months: from 1.6 it is 6 months to 1.5, from 2 it would be 28.
    assert "the target of 1.5 is reached in April 2027, not in February 2029" in text
    assert "Counted over what is known from November 2025 to October 2026." in text
    assert "electricity of the grid 0.48613 kg CO₂e/kWh (Ember, Yearly Electricity Data, 2024)" in text


def test_picture_has_now_what_if_and_the_target(amina: Talker) -> None:
    asked(amina, "Buy less electricity", "20 %")
    drawn = chart(amina.town)
    assert [(one.label, one.said) for one in drawn.points] == [("Now", "2"), ("What if", "1.6")]
    assert drawn.limit is not None and (str(drawn.limit.value), drawn.limit.label) == ("1.5", "Target")
    assert chart_png(drawn).startswith(b"\x89PNG")


def test_target_that_would_be_reached_is_said(amina: Talker) -> None:
    assert "That would reach the target of 1.5." in asked(amina, "Buy less electricity", "30 %")


def test_without_a_baseline_no_month_is_foretold(town: Town, amina: Talker) -> None:
    set_rules(town, baselines=[])
    assert "The target of 1.5 is not reached by that alone." in asked(amina, "Buy less electricity", "5 %")


@pytest.mark.parametrize(
    ("lever", "step", "line"),
    [
        ("Own solar power", "50 %", "(scope 2): <b>5.834 t CO₂e</b> in place of 11.667 t CO₂e, 50 % less."),
        ("Make more, or less", "20 % less", "kWh for each unit of output): <b>2.5</b> in place of 2, 25 % more."),
        (
            "Make more, or less",
            "50 % more",
            "litres for each unit of output): <b>333.33</b> in place of 500, 33 %",
        ),
        ("Use water", "10 %", "Water: <b>5,400 m³</b> in place of 6,000 m³, 10 % less."),
    ],
)
def test_each_lever_moves_what_rests_on_it(amina: Talker, lever: str, step: str, line: str) -> None:
    assert line in asked(amina, lever, step)


def test_share_can_be_typed(amina: Talker) -> None:
    amina.command("whatif")
    amina.tap("Make more, or less")
    amina.tap("Another value")
    assert "It cannot be less than -90%" in amina.say("-100")
    amina.say("-25 %")
    assert "What if Song Cau Bac Ninh made 25 % less?" in told(amina.town)


def test_part_that_was_estimated_is_marked(town: Town, amina: Talker) -> None:
    figures(town, [(YEAR[3], 2000)], basis=Basis.ESTIMATED)
    asked(amina, "Buy less electricity", "20 %")
    assert [one.mark for one in chart(town).points] == ["estimated", "estimated"]


def test_months_that_lack_are_left_out(town: Town, amina: Talker) -> None:
    figures(town, [(YEAR[-1], 0)], "output")
    text = asked(amina, "Buy less electricity", "20 %")
    assert "Energy for each unit of output" in text and "<b>1.6</b> in place of 2, 20 % less" in text


def test_site_without_figures_is_told_so(town: Town) -> None:
    linh = town.joined("linh")
    assert "No figures of Ha Long Quang Ninh are known yet that could be changed." in linh.command("whatif")


def test_nothing_is_stored_but_that_it_was_asked(town: Town, amina: Talker) -> None:
    before = rows(town, Submission)
    asked(amina, "Buy less electricity", "20 %")
    assert rows(town, Submission) == before
    (note,) = [row for row in rows(town, AuditRow) if row.what == "what if asked"]
    assert (note.object_id, note.detail) == (site(town).id, {"lever": "grid", "percent": "20"})


def test_buyer_finds_a_site_by_its_name(town: Town) -> None:
    lucia = town.slack("U0LUCIA")
    assert PROMPT in lucia.command("whatif", "song cau")
    assert "write /causeway whatif and its name" in town.slack("U0HELENA").command("whatif")


def test_card_leads_there(town: Town, amina: Talker) -> None:
    amina.command("status")
    buttons = str(newest(town)["buttons"])
    assert f"r:whatif.site:{site(town).id}" in buttons


def test_site_that_is_no_longer_theirs_is_not_shown(town: Town, amina: Talker) -> None:
    amina.command("whatif")
    amina.tap("Buy less electricity")
    with town.store.write() as session:
        own = session.merge(site(town))
        own.active = False
    amina.tap("20 %")
    assert "Energy for each unit" not in town.transcript("tg-amina") + told(town)
    assert not [row for row in rows(town, AuditRow) if row.what == "what if asked"]
