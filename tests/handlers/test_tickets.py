"""Obstacles: from the phone to the mentor's thread and back, each side in its own words."""

import pytest

from bot.slack import mrkdwn
from bot.telegram import html
from handlers.message import FileRef
from storage.tables.queues import WorkRow
from storage.tables.tickets import Side, Ticket, TicketMessage, TicketState
from tests.handlers.deeds import obstacle_reported, ref, reported, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

THREAD = "ticket/1/thread"
SIGNS = '5 < 6 & 7 > 2, "so" it\'s <b>*bold*</b> &amp; _under_ <!channel>'


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina has reported that the compressor leaks."""
    return stage.after(reported)


@pytest.fixture
def amina(town: Town) -> Talker:
    """Amina, who has reported it."""
    return town.phone("tg-amina")


@pytest.fixture
def thread(town: Town, amina: Talker) -> Talker:
    """Lucia in the thread of it."""
    return town.slack("U0LUCIA", "C0ASIA", ref(town, THREAD))


def last(town: Town, place: str) -> dict[str, object]:
    return next(one for at, one in reversed(town.shown) if at == place and one["kind"] == "message")


def test_report_names_who_where_what_and_how_to_answer(town: Town, amina: Talker) -> None:
    shown = town.transcript("C0ASIA")
    assert "Problem 1</b> from Amina Tran, Song Cau Bac Ninh: Machines or equipment" in shown
    assert "The compressor leaks" in shown and "Answer in this thread" in shown


def test_words_go_both_ways_as_long_as_the_talk_lasts(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("We send a technician")
    assert "<b>Lucia Moreno</b> about your problem 1:" in town.transcript("tg-amina")
    assert "Sent to your mentor (problem 1)." in amina.say("Thank you")
    assert "<b>Amina Tran</b>\n\nThank you" in town.transcript("C0ASIA")
    assert last(town, "C0ASIA")["thread"] == f"@{THREAD}"
    thread.say("On Monday")
    assert "On Monday" in town.transcript("tg-amina")
    assert [row.side for row in rows(town, TicketMessage)] == [Side.SITE, Side.BUYER, Side.SITE, Side.BUYER]


def test_words_are_shown_as_they_were_typed_on_both_channels(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say(SIGNS)
    on_phone = str(last(town, "tg-amina")["text"])
    assert html.plain(on_phone).endswith(SIGNS)
    amina.say(SIGNS)
    in_slack = "".join(mrkdwn.pieces(str(last(town, "C0ASIA")["text"]), 3000))
    assert in_slack.endswith(SIGNS.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


@pytest.mark.parametrize("words", ["<b>", "</i>", "&lt;", "a\n\nb", "x" * 2000])
def test_words_of_a_report_arrive_as_they_were_typed(blank: Town, words: str) -> None:
    obstacle_reported(blank.joined("amina"), words)
    assert words in html.plain(str(last(blank, "C0ASIA")["text"]))


def test_words_beside_the_thread_go_to_nobody(town: Town, amina: Talker) -> None:
    before = town.transcript("tg-amina")
    for thread in ("", "ref-999999", "1234.5678"):
        assert town.slack("U0LUCIA", "C0ASIA", thread).say("We send a technician") == ""
    assert town.transcript("tg-amina") == before


@pytest.mark.parametrize("account", ["U0MARTIN", "U0GUEST"])
def test_nobody_else_answers_in_the_thread(town: Town, thread: Talker, account: str) -> None:
    before = town.transcript("tg-amina")
    assert town.slack(account, "C0ASIA", thread.at.thread).say("Buy a new one") == ""
    assert town.transcript("tg-amina") == before


def test_supplier_cannot_join_anothers_talk_by_quoting_it(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("We send a technician")
    linh = town.joined("linh")
    linh.say("And to us?", reply_to=ref(town, "ticket/1/2"))
    assert len(rows(town, TicketMessage)) == 2


def test_quoted_answer_finds_its_own_talk(town: Town, amina: Talker, thread: Talker) -> None:
    obstacle_reported(amina, "No permit yet")
    thread.say("We send a technician")
    town.slack("U0LUCIA", "C0ASIA", ref(town, "ticket/2/thread")).say("Which permit?")
    amina.say("Fine", reply_to=ref(town, "ticket/1/3"))
    assert rows(town, TicketMessage)[-1].ticket_id == 1
    amina.say("The water permit")
    assert rows(town, TicketMessage)[-1].ticket_id == 2


def test_words_to_the_mentor_do_not_answer_an_open_question(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("We send a technician")
    amina.command("figures")
    assert "choose one of the buttons" in amina.say("Thank you")
    assert len(rows(town, TicketMessage)) == 2


def test_words_after_a_week_of_silence_are_no_answer(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("We send a technician")
    town.tick(days=7, seconds=1)
    assert "What is it?" in amina.say("Thank you")


def test_answer_at_night_arrives_without_a_sound(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("Good afternoon")
    assert last(town, "tg-amina")["silent"] is False
    town.tick(hours=6)
    thread.say("Good evening")
    assert last(town, "tg-amina")["silent"] is True


def test_mentor_is_told_when_the_phone_cannot_be_reached(town: Town, amina: Talker, thread: Talker) -> None:
    amina.happen("blocked")
    assert "Amina Tran cannot be reached at the moment." in thread.say("We send a technician")


def test_files_are_fetched_from_where_they_were_sent(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("The plan", FileRef("F1", "document", "plan.pdf"))
    amina.say("", FileRef("F2", "photo"), FileRef("F3", "photo"))
    found = [(row.argument["channel"], row.argument["file"], row.argument["message"]) for row in rows(town, WorkRow)]
    assert found == [("slack", "F1", 2), ("telegram", "F2", 3), ("telegram", "F3", 3)]


def test_closed_problem_is_told_and_opens_again_with_the_next_word(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("We send a technician")
    thread.press("r:ticket.close:1", trigger="t")
    thread.submit({"reason": "solved"})
    assert "Your mentor has closed your problem 1: It is solved" in town.transcript("tg-amina")
    assert rows(town, Ticket)[0].state is TicketState.CLOSED
    thread.say("One more thing")
    assert rows(town, Ticket)[0].state is TicketState.OPEN


def test_report_that_was_declined_reaches_nobody(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("obstacle")
    amina.tap("Machines")
    amina.say("The compressor leaks")
    amina.tap("No photo")
    assert "Not sent" in amina.tap("No, do not send")
    assert blank.transcript("C0ASIA") == ""


def test_photo_out_of_the_blue_is_asked_about(blank: Town) -> None:
    assert "What is it for?" in blank.joined("amina").say("", FileRef("F1", "photo"))
