"""The talk about a ticket on a phone that several people use: for whom an answer is, and whose the words are."""

from datetime import timedelta

import pytest

from handlers.message import Changed, Said
from storage import people
from storage.erasure import erase_person
from storage.tables.people import Person
from storage.tables.tickets import MessageState, Side, Ticket, TicketMessage
from tests.handlers.deeds import obstacle_reported, person, ref, rows
from tests.handlers.stage import Stage
from tests.handlers.test_phones import shared
from tests.talks import Talker, Town


def asked_back(town: Town) -> None:
    """Amina has reported something; Duc spoke on her phone since, and Lucia has asked her something."""
    shared(town)
    phone = town.phone("tg-amina")
    phone.command("switch")
    phone.tap("Amina Tran")
    obstacle_reported(phone)
    phone.command("switch")
    phone.tap("Duc Pham")
    lucia(town).say("Since when?")


@pytest.fixture
def town(stage: Stage) -> Town:
    return stage.after(asked_back)


@pytest.fixture
def phone(town: Town) -> Talker:
    return town.phone("tg-amina")


def lucia(town: Town, ticket: int = 1) -> Talker:
    return town.slack("U0LUCIA", "C0ASIA", ref(town, f"ticket/{ticket}/thread"))


def speaker(town: Town) -> str:
    with town.store.read() as session:
        found = people.by_account(session, "telegram", "tg-amina")
        return found.key if found else ""


def of_site(town: Town) -> list[TicketMessage]:
    """What the site's side has said about problem 1 after it was reported."""
    return [row for row in rows(town, TicketMessage) if row.side is Side.SITE and row.ticket_id == 1][1:]


def test_answer_says_for_whom_it_is_and_so_does_its_edit(town: Town, phone: Talker) -> None:
    assert "For Amina Tran:\n\n<b>Lucia Moreno</b> about your problem 1:\n\nSince when?" in town.transcript("tg-amina")
    lucia(town).send(Said("Which one?"), message="s7")
    lucia(town).send(Changed("Which compressor?"), message="s7")
    edits = [one["text"] for place, one in town.shown if place == "tg-amina" and one["kind"] == "edit"]
    assert edits[-1].startswith("For Amina Tran:") and "Which compressor?" in edits[-1]


def test_answer_on_a_phone_of_ones_own_names_nobody(blank: Town) -> None:
    obstacle_reported(blank.joined("amina"))
    lucia(blank).say("Since when?")
    assert "For Amina" not in blank.transcript("tg-amina")


@pytest.mark.parametrize("how", ["quoted", "just written"])
def test_words_while_another_speaks_are_asked_about_before_they_go_anywhere(
    town: Town, phone: Talker, how: str
) -> None:
    quoted = ref(town, "ticket/1/2") if how == "quoted" else ""
    assert "Who wrote this? The talk about problem 1 is with Amina Tran." in phone.say("Monday", reply_to=quoted)
    assert phone.labels == ["Amina Tran", "Duc Pham"] and not town.transcript("C0ASIA").count("Monday")
    assert not [row for row in of_site(town) if row.state is not MessageState.HELD or row.words]
    assert "Sent to your mentor from Amina Tran (problem 1)." in phone.tap("Amina Tran")
    assert "<b>Amina Tran</b>\n\n" in town.transcript("C0ASIA") and "Monday" in town.transcript("C0ASIA")
    assert [(row.words, row.person_id) for row in of_site(town)] == [("Monday", person(town, "amina").id)]
    assert speaker(town) == "amina"
    # Now it is known who speaks: nothing is asked for a while.
    assert "Sent to your mentor" in phone.say("It gets worse")


def test_words_of_another_are_not_the_reporters_and_are_not_lost(town: Town, phone: Talker) -> None:
    phone.say("The soap is missing again", reply_to=ref(town, "ticket/1/2"))
    assert "What is it? I send it on with one tap." in phone.tap("Duc Pham")
    phone.tap("A problem: send it to my mentor")
    assert [(row.words, row.person_id) for row in rows(town, Ticket)][1:] == [
        ("The soap is missing again", person(town, "duc").id)
    ]
    assert not of_site(town)[1:] and speaker(town) == "duc"


def test_words_of_another_who_has_a_talk_too_go_there(town: Town, phone: Talker) -> None:
    obstacle_reported(phone, "The boiler leaks")
    lucia(town, 2).say("Where?")
    town.tick(hours=1)
    assert "The talk about problem 2 is with Duc Pham." in phone.say("In hall 2")
    phone.tap("Amina Tran")
    # She has a talk as well: it is hers, and now it is known who wrote it.
    assert [row.words for row in rows(town, TicketMessage) if row.ticket_id == 1][2:] == ["In hall 2"]


def test_phone_that_was_idle_asks_even_if_the_reporter_spoke_last(town: Town, phone: Talker) -> None:
    phone.command("switch")
    phone.tap("Amina Tran")
    assert "Sent to your mentor" in phone.say("Since Monday")
    town.clock.moment += timedelta(minutes=31)
    assert "Who wrote this?" in phone.say("It gets worse")


def test_held_words_are_let_go_once_and_by_this_phone_alone(town: Town, phone: Talker) -> None:
    phone.say("Since Monday")
    number = of_site(town)[0].id
    linh = town.joined("linh")
    mine, theirs = (f"r:words.from:{number}/{person(town, key).id}" for key in ("amina", "linh"))
    for talker, action in ((linh, mine), (linh, theirs), (phone, theirs), (phone, f"r:words.from:{number}/")):
        talker.press(action)
        assert "This is for somebody else." in talker.toast
    phone.tap("Amina Tran")
    phone.press(mine)
    assert "no longer" in phone.toast and town.transcript("C0ASIA").count("Since Monday") == 1


def test_grave_words_are_asked_about_again_once_it_is_known_whose_they_are(town: Town, phone: Talker) -> None:
    phone.say("The boss hits the workers")
    assert "sounds grave" in phone.tap("Amina Tran") and "hits" not in town.transcript("C0ASIA")


def test_edit_while_another_speaks_says_what_to_do(town: Town, phone: Talker) -> None:
    phone.command("switch")
    phone.tap("Amina Tran")
    phone.send(Said("Since Monday"), message="77")
    phone.command("switch")
    phone.tap("Duc Pham")
    shown = phone.send(Changed("Since Tuesday"), message="77")
    assert shown == "This message is from Amina Tran. Write /switch if you are Amina Tran, then change it again."
    assert of_site(town)[0].words == "Since Monday"


def test_button_of_another_says_how_to_change_who_speaks(town: Town, phone: Talker) -> None:
    phone.press("r:ticket.back:1")
    assert phone.toast == "This is for somebody else. If others use this phone, write /switch and say who you are."


def test_held_words_go_when_the_reporter_is_erased(town: Town, phone: Talker) -> None:
    phone.say("Since Monday")
    with town.store.write() as session:
        erase_person(session, person(town, "amina").id, "pseudonym", town.clock.now())
    assert {row.sealed for row in rows(town, TicketMessage)} == {""}


# --- without a name ---


@pytest.fixture
def nameless(stage: Stage) -> Town:
    return stage.after(asked_namelessly)


def asked_namelessly(town: Town) -> None:
    """Amina has reported without her name on the phone that she shares with Duc, who spoke on it since."""
    shared(town)
    phone = town.phone("tg-amina")
    phone.command("switch")
    phone.tap("Amina Tran")
    phone.command("obstacle")
    for label in ("Without my name", "Go on without my name", "Machines"):
        phone.tap(label)
    phone.say("The fan is broken")
    phone.tap("No photo")
    phone.tap("Yes, send it")
    phone.command("switch")
    phone.tap("Duc Pham")
    lucia(town).say("Since when?")


def test_answer_to_who_gives_no_name_names_nobody_on_the_phone_either(nameless: Town) -> None:
    assert "Amina" not in newest(nameless) and newest(nameless).startswith("For whoever of you began this:")


def test_answer_about_something_grave_names_nobody_on_the_phone_either(town: Town, phone: Talker) -> None:
    phone.command("switch")
    phone.tap("Amina Tran")
    phone.command("safe")
    phone.tap("Violence")
    phone.say("It happened in hall 2")
    phone.command("switch")
    phone.tap("Duc Pham")
    town.slack("U0LUCIA").say("Are you safe?", reply_to=ref(town, "ticket/2/thread"))
    assert "Amina" not in newest(town) and newest(town).startswith("For whoever of you began this:")
    assert phone.say("Yes, for today") == "Who wrote this? Several people use this phone."
    assert "What is it?" in phone.tap("Duc Pham") and "for today" not in town.transcript("U0LUCIA")


def newest(town: Town) -> str:
    return [str(one["text"]) for place, one in town.shown if place == "tg-amina" and one["kind"] == "message"][-1]


def test_words_for_a_nameless_talk_are_held_until_its_reporter_says_so(nameless: Town) -> None:
    phone = nameless.phone("tg-amina")
    shown = phone.say("Since Monday", reply_to=phone_ref(nameless))
    assert shown == "Who wrote this? Several people use this phone." and phone.labels == ["Amina Tran", "Duc Pham"]
    assert "Since Monday" not in stored(nameless)
    assert "Sent to your mentor (problem 1)." in phone.tap("Amina Tran")
    assert [(row.words, row.person_id) for row in of_site(nameless)] == [("Since Monday", None)]
    assert "Amina" not in nameless.transcript("C0ASIA") and speaker(nameless) == "amina"


def test_words_of_another_stay_out_of_a_nameless_talk(nameless: Town) -> None:
    phone = nameless.phone("tg-amina")
    phone.say("Since Monday", reply_to=phone_ref(nameless))
    assert "You wrote:\n<i>Since Monday</i>" in phone.tap("Duc Pham")
    phone.tap("A problem: send it")
    assert not of_site(nameless) and rows(nameless, Ticket)[1].person_id == person(nameless, "duc").id


def test_few_words_of_another_are_sent_nowhere(nameless: Town) -> None:
    phone = nameless.phone("tg-amina")
    phone.say("ok", reply_to=phone_ref(nameless))
    assert phone.tap("Duc Pham") == "Then nothing was sent." and not of_site(nameless)


def phone_ref(town: Town) -> str:
    """The id by which the phone knows Lucia's answer, which the store keeps sealed."""
    return str(town.house.seals.unseal(ref(town, "ticket/1/2")))


def stored(town: Town) -> str:
    """Everything about tickets that can be read in the store."""
    return str([row.model_dump() for table in (Ticket, TicketMessage, Person) for row in rows(town, table)])
