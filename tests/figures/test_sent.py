"""Figures after they were sent: corrected, given papers, returned by the mentor. Every version is kept."""

from decimal import Decimal

import pytest

from handlers.message import FileRef
from storage.tables.audit import AuditRow
from storage.tables.figures import Breach, BreachState, Submission
from storage.tables.queues import WorkRow
from tests.handlers.deeds import breached, figure_sent, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town


@pytest.fixture
def sent(stage: Stage) -> Town:
    """Amina has sent 16,500 kWh for October, which is above the limit."""
    return stage.after(breached)


def corrected(town: Town, typed: str, why: str = "I read the wrong line") -> Talker:
    """Amina has corrected the figure she sent last."""
    amina = town.phone("tg-amina")
    amina.command("sent")
    amina.tap("Electricity")
    amina.tap("Correct it")
    amina.say(typed)
    amina.say(why)
    amina.tap("Yes, correct it")
    return amina


def test_correction_is_a_new_version_with_its_reason(sent: Town) -> None:
    corrected(sent, "15600")
    found = [(row.version, row.base_value, row.reason) for row in rows(sent, Submission)]
    assert found == [(1, Decimal(16500), ""), (2, Decimal(15600), "I read the wrong line")]


def test_versions_are_shown_newest_first(sent: Town) -> None:
    amina = corrected(sent, "15600")
    amina.command("sent")
    shown = amina.tap("Electricity")
    assert shown.index("15,600 kWh") < shown.index("16,500 kWh")
    assert "I read the wrong line" in shown and "by Amina Tran" in shown


def test_correction_below_the_limit_settles_the_alert(sent: Town) -> None:
    corrected(sent, "12500")
    assert rows(sent, Breach)[0].state is BreachState.SETTLED
    assert "the figure that holds now breaks no limit" in sent.transcript("C0ASIA")


def test_correction_above_the_limit_moves_the_alert(sent: Town) -> None:
    corrected(sent, "15600")
    breach = rows(sent, Breach)[0]
    assert (breach.state, breach.value) == (BreachState.OPEN, Decimal(15600))
    assert "[edit] Electricity above the limit" in sent.transcript("C0ASIA").replace("<b>", "").replace("</b>", "")


def test_correction_that_is_not_confirmed_changes_nothing(sent: Town) -> None:
    amina = sent.phone("tg-amina")
    amina.command("sent")
    amina.tap("Electricity")
    amina.tap("Correct it")
    amina.say("12500")
    amina.say("wrong line")
    assert "Nothing was changed" in amina.tap("No, leave it")
    assert len(rows(sent, Submission)) == 1


def test_paper_is_fetched_for_the_version_it_was_sent_for(sent: Town) -> None:
    amina = sent.phone("tg-amina")
    amina.command("sent")
    amina.tap("Electricity")
    amina.tap("Add a photo or PDF")
    assert "kept with the figure" in amina.say("", FileRef("file-1", "document", "bill.pdf", size=2000))
    (work,) = [row for row in rows(sent, WorkRow) if row.kind == "fetch"]
    assert work.argument["submission"] == rows(sent, Submission)[0].id


def test_nobody_who_has_sent_nothing_is_shown_anything(town: Town) -> None:
    assert "Nothing was sent yet" in town.joined("linh").command("sent")


# --- returned by the mentor ---


def returned(town: Town, why: str = "Is this the whole site?") -> Talker:
    """Lucia has returned Amina's figure from its alert."""
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.tap("Return the figure", trigger="t")
    lucia.submit({"why": why})
    town.tick(minutes=5)
    return lucia


def test_returned_figure_is_told_with_its_reason_and_owed_again(sent: Town) -> None:
    returned(sent)
    amina = sent.phone("tg-amina")
    assert "Is this the whole site?" in sent.transcript("tg-amina")
    amina.tap("Send it again")
    assert any(label.startswith("Electricity") for label in amina.labels)


def test_figure_sent_again_is_the_next_version(sent: Town) -> None:
    returned(sent)
    figure_sent(sent.phone("tg-amina"), "16200 kWh")
    found = [(row.version, row.returned_why) for row in rows(sent, Submission)]
    assert found == [(1, "Is this the whole site?"), (2, "")]
    trail = [row.what for row in rows(sent, AuditRow) if row.what.startswith("figure")]
    assert trail == ["figure stored", "figure returned", "figure stored"]


def test_figure_is_returned_once(sent: Town) -> None:
    lucia = returned(sent)
    assert "already" in lucia.tap("Return the figure", trigger="t") + lucia.toast


def test_return_needs_a_reason(sent: Town) -> None:
    lucia = sent.slack("U0LUCIA", "C0ASIA")
    lucia.tap("Return the figure", trigger="t")
    lucia.submit({"why": "  "})
    assert "why" in lucia.errors
    assert rows(sent, Submission)[0].returned_why == ""


def test_mentor_lists_what_came_in_from_her_sites_only(sent: Town) -> None:
    assert "16,500 kWh" in sent.slack("U0LUCIA").command("received")
    assert "No figure has come in yet" in sent.slack("U0MARTIN").command("received")
