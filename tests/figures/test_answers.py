"""The answers that are no measurement, and several figures in one sitting."""

from datetime import date

import pytest

from storage.tables.figures import Absence, AbsenceKind, AbsenceState, Basis, Submission
from tests.handlers.deeds import ELECTRICITY, asked, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town


def other(town: Town, answer: str) -> Talker:
    """Amina, who has another answer than an amount."""
    amina = town.phone("tg-amina")
    amina.tap("Another answer")
    amina.tap(answer)
    return amina


@pytest.fixture
def owing(stage: Stage) -> Town:
    """Amina has been asked for the electricity."""
    return stage.after(asked_for_it)


def asked_for_it(town: Town) -> None:
    asked(town)


def owes(amina: Talker, figure: str) -> bool:
    """Whether a figure is still among those that are due."""
    amina.command("figures")
    found = any(label.startswith(figure) for label in amina.labels)
    amina.command("cancel")
    return found


def test_zero_is_said_on_purpose(owing: Town) -> None:
    amina = other(owing, "It was zero")
    assert "0 kWh" in owing.transcript("tg-amina")
    amina.tap("Yes, send it")
    assert [row.base_value for row in rows(owing, Submission)] == [0]


def test_figure_that_is_not_there_yet_is_owed_again_from_its_day(owing: Town) -> None:
    amina = other(owing, "I do not have it yet")
    assert "Is that right?" in amina.say("2026-12-05")
    assert "comes by 5 December 2026" in amina.tap("Yes, send it")
    assert [(row.kind, row.until) for row in rows(owing, Absence)] == [(AbsenceKind.NOT_AVAILABLE, date(2026, 12, 5))]
    assert not owes(amina, ELECTRICITY)
    owing.clock.moment = owing.clock.moment.replace(month=12, day=5)
    assert not owes(amina, "Electricity, October") and owes(amina, "Electricity, November")


@pytest.mark.parametrize(("typed", "wrong"), [("2026-11-01", "in the past"), ("2027-11-01", "too late")])
def test_day_that_makes_no_sense_is_asked_again(owing: Town, typed: str, wrong: str) -> None:
    assert wrong in other(owing, "I do not have it yet").say(typed)


def not_applicable(town: Town) -> Talker:
    """Amina has said that the figure does not apply; Lucia, in her channel, has it before her."""
    amina = other(town, "It does not apply to this site")
    amina.say("The landlord pays for <power>.")
    assert "sent to your mentor" in amina.tap("Yes, send it")
    return town.slack("U0LUCIA", "C0ASIA")


def test_what_does_not_apply_is_put_before_the_mentor(owing: Town) -> None:
    lucia = not_applicable(owing)
    assert "The landlord pays for" in owing.transcript("C0ASIA")
    assert "no longer asked for" in lucia.tap("That is right")
    assert rows(owing, Absence)[0].state is AbsenceState.APPROVED
    assert "decided already" in lucia.tap("That is right") + lucia.toast
    assert not owes(owing.phone("tg-amina"), ELECTRICITY)


def test_what_does_apply_is_asked_for_again(owing: Town) -> None:
    lucia = not_applicable(owing)
    lucia.tap("It does apply")
    owing.tick(minutes=5)
    assert "does apply to Song Cau Bac Ninh" in owing.transcript("tg-amina")
    assert owes(owing.phone("tg-amina"), ELECTRICITY)


def test_estimate_keeps_its_method_and_grade(owing: Town) -> None:
    amina = other(owing, "I can only estimate it")
    amina.say("12 MWh")
    amina.tap("Worked out from part of the data")
    assert "estimated" in amina.say("Twenty days of the month, times a half more")
    amina.tap("Yes, send it")
    (row,) = rows(owing, Submission)
    assert (row.basis, row.grade, row.method) == (
        Basis.ESTIMATED,
        "B",
        "Twenty days of the month, times a half more",
    )


def test_figure_left_out_is_still_owed(owing: Town) -> None:
    amina = other(owing, "Leave it out for now")
    assert "Nothing was sent" in owing.transcript("tg-amina")
    assert owes(amina, ELECTRICITY)


def test_who_has_the_number_after_all_types_it(owing: Town) -> None:
    amina = other(owing, "Type the number after all")
    assert "12,500 kWh" in amina.say("12500")


def sitting(town: Town) -> Talker:
    """Amina, asked for all that is due, one after another."""
    amina = town.joined("amina")
    amina.command("figures")
    amina.tap("All of these")
    return amina


def test_all_that_is_due_is_sent_in_one_sitting_with_one_read_back(town: Town) -> None:
    amina = sitting(town)
    for typed in ("16500", "900", "1350", "0", "15000"):
        amina.say(typed)
    shown = amina.say("80")
    assert shown.count("Song Cau Bac Ninh in October 2026") == 6
    assert "Stored: 6 figures" in amina.tap("Yes, send it")
    assert len(rows(town, Submission)) == 6
    assert "All figures are in" in amina.command("figures")


def test_one_of_the_sitting_is_changed_before_it_is_sent(town: Town) -> None:
    amina = sitting(town)
    for typed in ("165000", "900", "1350", "0", "15000", "80"):
        amina.say(typed)
    amina.tap("Change: Electricity")
    assert "16,500 kWh" in amina.say("16500")
    amina.tap("Yes, send it")
    assert rows(town, Submission)[0].base_value == 16500


def test_nothing_of_a_sitting_is_stored_before_it_is_agreed_to(town: Town) -> None:
    amina = sitting(town)
    for typed in ("16500", "900", "1350", "0", "15000", "80"):
        amina.say(typed)
    assert "Not sent" in amina.tap("No, do not send")
    assert rows(town, Submission) == []


def test_figure_cannot_be_more_than_another_allows(town: Town) -> None:
    amina = town.joined("amina")
    for figure, typed in (("People at work", "80"), ("Hours worked", "60000")):
        amina.command("figures")
        amina.tap(figure)
        shown = amina.say(typed)
        if figure == "People at work":
            amina.tap("Yes, send it")
    # 80 people work at most 744 hours each in a month.
    assert "cannot be more than 59,520 h" in shown
