"""Dialogs as a person lives them: answers, old buttons, ways back and out, asides, dialogs put aside."""

from decimal import Decimal

import pytest

from storage.tables.figures import Submission
from storage.tables.talks import Delivery, DeliveryState, DialogRow, DialogState
from tests.handlers import deeds
from tests.handlers.deeds import ELECTRICITY, capa_opened, changed, figure_sent, person, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina has been asked how much electricity the site used."""
    return stage.after(deeds.asked)


@pytest.fixture
def asked(town: Town) -> Talker:
    """Amina, as she has been asked."""
    return town.phone("tg-amina")


@pytest.fixture
def amina(blank: Town) -> Talker:
    """Amina with nothing open."""
    return blank.joined("amina")


def sent(town: Town) -> list[tuple[Decimal, str]]:
    return [(row.value, row.unit) for row in rows(town, Submission)]


def faults(town: Town) -> list[str]:
    return [row.error for row in rows(town, Delivery) if row.state is DeliveryState.FAILED]


# --- old buttons ---


def test_old_button_tells_what_was_answered_and_answers_nothing(town: Town, asked: Talker) -> None:
    old = asked.find("Water")
    told = asked.press(old)
    assert "You already answered this: Electricity, October 2026." in told
    assert asked.labels == ["Change it"]
    assert "12,500 kWh" in asked.say("12,500.0")


def test_change_it_asks_that_question_again(asked: Talker) -> None:
    asked.press(asked.find("Water"))
    assert "Which figure" in asked.tap("Change it")
    asked.tap("Water")
    assert "water" in asked.say("what?").lower()


def test_old_confirmation_does_not_confirm_another_figure(town: Town, asked: Talker) -> None:
    asked.say("12500 kWh")
    old = asked.find("Yes, send it")
    asked.tap("Back")
    assert "99 kWh" in asked.say("99 kWh")
    asked.press(old)
    assert sent(town) == []
    asked.tap("Yes, send it")
    assert sent(town) == [(Decimal(99), "kWh")]


def test_button_pressed_twice_stores_once(town: Town, asked: Talker) -> None:
    asked.say("12500 kWh")
    yes = asked.find("Yes, send it")
    asked.press(yes)
    assert "This is finished. You answered: Yes, send it." in asked.press(yes)
    assert len(sent(town)) == 1


def test_button_of_another_person_is_refused(town: Town, asked: Talker) -> None:
    duc = town.joined("duc")
    duc.press(asked.find("Cancel"))
    assert duc.toast == "This button is no longer in use."
    assert "Is that right?" in asked.say("12500 kWh")


@pytest.mark.parametrize(
    "action",
    [
        "",
        "a",
        "abc",
        "a:",
        "a:1",
        "a:1:x:999",
        "c:999999999999999999999",
        "r:",
        "r:go",
        "r:nothing:1",
        "f:1",
        "z:1:x",
        ":::",
    ],
)
def test_button_that_we_never_made_is_refused(town: Town, asked: Talker, action: str) -> None:
    asked.press(action)
    assert faults(town) == []
    assert "Is that right?" in asked.say("12500 kWh")


@pytest.mark.parametrize(
    "value", ["", "abc kWh", "NaN kWh", "1e5 kWh", "-5 kWh", "99999999999 kWh", "5 cubits", "9" * 40]
)
def test_reading_that_was_never_offered_is_not_taken(town: Town, asked: Talker, value: str) -> None:
    dialog, revision = asked.find("Cancel").split(":")[1:3]
    asked.press(f"a:{dialog}:{revision}:{value}")
    assert faults(town) == []
    assert "Yes, send it" not in asked.labels


# --- back, cancel, asides ---


@pytest.mark.parametrize("back", ["tap", "word", "command"])
def test_back_drops_the_last_answer(asked: Talker, back: str) -> None:
    deed = {
        "tap": lambda: asked.tap("Back"),
        "word": lambda: asked.say("Back"),
        "command": lambda: asked.command("back"),
    }
    assert "Which figure" in deed[back]()


def test_back_at_the_first_question_asks_it_again(amina: Talker) -> None:
    amina.command("figures")
    assert "Back" not in amina.labels
    told = amina.command("back")
    assert "This is the first question." in told and "Which figure" in told


@pytest.mark.parametrize("cancel", ["tap", "word", "command"])
def test_cancel_ends_the_dialog_without_its_deed(town: Town, asked: Talker, cancel: str) -> None:
    asked.say("12500 kWh")
    deed = {
        "tap": lambda: asked.tap("Cancel"),
        "word": lambda: asked.say("CANCEL"),
        "command": lambda: asked.command("cancel"),
    }
    assert "Stopped. Nothing was sent." in deed[cancel]()
    assert "What is it?" in asked.say("12500 kWh")
    assert sent(town) == []


@pytest.mark.parametrize("command", ["cancel", "back"])
def test_way_out_with_nothing_open_is_said_kindly(amina: Talker, command: str) -> None:
    assert "no question open" in amina.command(command) or "nothing to cancel" in amina.command(command)


@pytest.mark.parametrize(
    ("label", "told"),
    [("Why do you ask?", "shows where saving pays"), ("How do I measure it?", "Take the electricity bill")],
)
def test_aside_is_answered_and_the_question_asked_again(asked: Talker, label: str, told: str) -> None:
    shown = asked.tap(label)
    assert told in shown and "How much electricity" in shown
    assert "Is that right?" in asked.say("12500 kWh")


def test_help_in_a_dialog_asks_the_question_again(asked: Talker) -> None:
    shown = asked.say("help")
    assert "press Back or Cancel" in shown and "How much electricity" in shown


@pytest.mark.parametrize("words", ["hello", "???", "😀", "a lot", "x" * 10_000, "/", "<b>", "0x10"])
def test_words_that_are_no_answer_never_end_a_dialog(town: Town, asked: Talker, words: str) -> None:
    assert "How much electricity" in asked.say(words)
    assert "Is that right?" in asked.say("12500 kWh")
    assert faults(town) == []


def test_sticker_or_edited_message_asks_the_question_again(asked: Talker) -> None:
    assert "How much electricity" in asked.happen("unknown")


# --- dialogs put aside ---


def test_parked_dialog_is_offered_and_goes_on_where_it_stood(town: Town, asked: Talker) -> None:
    asked.say("12500 kWh")
    asked.command("obstacle")
    shown = asked.say("cancel")
    assert "You were in the middle of this: Sending figures." in shown
    assert "12,500 kWh" in asked.tap("Go on")
    asked.tap("Yes, send it")
    assert sent(town) == [(Decimal(12500), "kWh")]


def test_parked_dialog_can_be_dropped(town: Town, asked: Talker) -> None:
    asked.command("obstacle")
    asked.say("cancel")
    assert "Stopped" in asked.tap("Drop it")
    assert [row.state for row in rows(town, DialogRow)] == [DialogState.CANCELLED] * 2


def test_button_of_a_parked_dialog_answers_it_and_parks_the_other(town: Town, asked: Talker) -> None:
    asked.say("12500 kWh")
    asked.command("obstacle")
    asked.tap("Yes, send it")
    assert sent(town) == [(Decimal(12500), "kWh")]
    assert "Reporting a problem" in town.transcript("tg-amina")


def test_same_dialog_begun_anew_takes_the_place_of_the_old(town: Town, asked: Talker) -> None:
    asked.command("figures")
    asked.say("cancel")
    assert "middle of this" not in town.transcript("tg-amina")


def test_two_people_in_two_chats_do_not_disturb_each_other(town: Town, asked: Talker) -> None:
    duc = town.joined("duc")
    duc.command("figures")
    duc.tap(ELECTRICITY)
    asked.say("100 kWh")
    duc.say("200 kWh")
    asked.tap("Yes, send it")
    duc.tap("Yes, send it")
    assert sent(town) == [(Decimal(100), "kWh"), (Decimal(200), "kWh")]


# --- numbers ---


def test_two_readings_become_two_buttons_and_the_chosen_one_is_stored(town: Town, asked: Talker) -> None:
    assert "two ways" in asked.say("12.500")
    labels = asked.labels[:2]
    assert sorted(labels) == ["12,500 kWh", "12.5 kWh"]
    asked.tap("12.5 kWh")
    asked.tap("Yes, send it")
    assert sent(town) == [(Decimal("12.5"), "kWh")]


@pytest.mark.parametrize("typed", ["123,456", "1.234 MWh", "12.345 MWh", "999,999", "1,234 GJ"])
def test_buttons_of_two_readings_fit_into_64_bytes_and_are_taken(asked: Talker, typed: str) -> None:
    asked.say(typed)
    for label in asked.labels[:2]:
        assert len(asked.find(label).encode()) <= 64
    assert "right?" in asked.tap(asked.labels[1])


def test_changed_language_keeps_the_number(town: Town, asked: Talker) -> None:
    asked.say("12.500,0")
    asked.command("language")
    shown = asked.tap("Español")
    assert "12.500 kWh" in shown
    asked.tap("Sí")
    assert sent(town) == [(Decimal(12500), "kWh")]


# --- who goes on with a dialog ---


def test_person_who_left_cannot_go_on_with_an_open_dialog(town: Town, asked: Talker) -> None:
    asked.say("12500 kWh")
    changed(town, person(town, "amina"), active=False)
    asked.tap("Yes, send it")
    assert "no longer take part" in asked.toast
    assert "no longer take part" in asked.say("12500 kWh")
    assert sent(town) == []


def test_number_of_an_option_means_its_place_in_the_list(blank: Town, amina: Talker) -> None:
    amina.command("figures")
    amina.say("2")
    assert "You already answered this: Water" in amina.press(amina.find("Electricity"))


def test_receipt_names_what_is_still_open(blank: Town, amina: Talker) -> None:
    assert "Stored: Electricity of Song Cau Bac Ninh in October 2026, 99 kWh." in figure_sent(amina, "99 kWh")


def test_message_of_a_settled_question_loses_its_buttons(town: Town, asked: Talker) -> None:
    asked.say("12500 kWh")
    assert [one["kind"] for _at, one in town.shown].count("retire") == 2


def test_open_dialog_of_a_mentor_in_a_channel_is_not_answered_by_words(town: Town) -> None:
    lucia = capa_opened(town)
    assert lucia.say("hello") == ""
