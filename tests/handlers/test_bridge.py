"""The bridge: edits, quotes, take-backs, notes and signs go between the phone and the thread, and each to its place."""

import pytest

from handlers.bridge.receipts import settled
from handlers.joining.contact import lose_contact
from handlers.message import Changed, FileRef, Removed, Said
from handlers.programme.settings import stored_settings
from handlers.turn import Turn
from storage.tables.queues import OutboxRow, SendState
from storage.tables.tickets import MessageState, Side, Ticket, TicketMessage
from tests.handlers.deeds import changed, ref, reported, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

THREAD = "ticket/1/thread"


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


def done(town: Town, kind: str, place: str) -> list[dict[str, object]]:
    return [one for at, one in town.shown if at == place and one["kind"] == kind]


def test_mentors_edit_changes_the_words_on_the_phone(town: Town, thread: Talker) -> None:
    thread.send(Said("We send a techncian"), message="1.1")
    thread.send(Changed("We send a technician"), message="1.1")
    (edit,) = done(town, "edit", "tg-amina")
    assert edit["of"] == "ticket/1/2" and "We send a technician" in str(edit["text"])
    row = rows(town, TicketMessage)[-1]
    assert (row.words, row.edited_at is not None) == ("We send a technician", True)


def test_reporters_edit_changes_the_words_in_the_thread(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("Since when?")
    amina.send(Said("Since Monday"), message="77")
    amina.send(Changed("Since Tuesday"), message="77")
    edit = done(town, "edit", "C0ASIA")[-1]
    assert edit["of"] == "ticket/1/3" and "Since Tuesday" in str(edit["text"])


def test_nobody_edits_or_deletes_the_words_of_another(town: Town, amina: Talker, thread: Talker) -> None:
    thread.send(Said("We send a technician"), message="1.1")
    town.slack("U0MARTIN", "C0ASIA", thread.at.thread).send(Changed("We do nothing"), message="1.1")
    town.slack("U0MARTIN", "C0ASIA", thread.at.thread).send(Removed(), message="1.1")
    amina.send(Changed("We do nothing"), message=ref(town, "ticket/1/2"))
    assert rows(town, TicketMessage)[-1].words == "We send a technician"
    assert done(town, "edit", "tg-amina") == done(town, "delete", "tg-amina") == []


def test_message_deleted_in_the_thread_goes_from_the_phone(town: Town, thread: Talker) -> None:
    thread.send(Said("Call me at home"), message="1.1")
    thread.send(Removed(), message="1.1")
    (gone,) = done(town, "delete", "tg-amina")
    assert gone["of"] == "ticket/1/2"
    assert rows(town, TicketMessage)[-1].words == ""


def test_after_two_days_its_words_go_because_telegram_keeps_the_message(town: Town, thread: Talker) -> None:
    thread.send(Said("Call me at home"), message="1.1")
    sent = next(row for row in rows(town, OutboxRow) if row.key == "ticket/1/2")
    long_ago = sent.made_at.replace(year=2020)
    changed(town, sent, sent_at=long_ago)
    thread.send(Removed(), message="1.1")
    assert done(town, "delete", "tg-amina") == []
    assert "taken back" in str(done(town, "edit", "tg-amina")[-1]["text"])
    assert "too long ago" in thread.toast


def test_message_that_was_not_sent_yet_is_never_sent_once_it_is_deleted(
    town: Town, thread: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as held:
        held.setattr(town, "deliver", lambda: None)
        thread.send(Said("Call me at home"), message="1.1")
        thread.send(Removed(), message="1.1")
    town.deliver()
    assert "Call me at home" not in town.transcript("tg-amina")
    assert next(row for row in rows(town, OutboxRow) if row.key == "ticket/1/2").state is SendState.DROPPED


def test_reporter_takes_a_message_back_from_the_thread(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("Since when?")
    amina.say("My boss knows about it")
    assert "Taken back" in amina.tap("Take it back")
    assert done(town, "delete", "C0ASIA")[-1]["of"] == "ticket/1/3"
    amina.press("r:ticket.back:3")
    assert "taken back already" in amina.toast


def test_report_that_is_taken_back_closes_its_ticket_and_empties_its_head(town: Town, amina: Talker) -> None:
    amina.tap("Take it back")
    head = str(done(town, "edit", "C0ASIA")[-1]["text"])
    assert "The compressor leaks" not in head and "It was taken back" in head
    assert rows(town, Ticket)[0].words == ""


def test_files_of_a_message_that_is_taken_back_do_not_arrive_later(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("Show me")
    amina.say("Here", FileRef("F1", "photo"))
    amina.tap("Take it back")
    row = rows(town, TicketMessage)[-1]
    assert (row.state, row.removed_at is not None) == (MessageState.KEPT, True)


def test_quote_on_the_phone_stands_above_the_words_in_the_thread(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("Since when?")
    thread.say("And where?")
    amina.say("Since Monday", reply_to=ref(town, "ticket/1/2"))
    assert "<i>“Since when?”</i>\n\nSince Monday" in town.transcript("C0ASIA")
    assert rows(town, TicketMessage)[-1].quotes_id == 2


def test_quoted_line_in_the_thread_quotes_the_message_on_the_phone(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("Since when?")
    amina.send(Said("Since Monday, in hall 2"), message="77")
    thread.say("> Since Monday\nAnd before?")
    shown = done(town, "message", "tg-amina")[-1]
    assert (shown["quote"], str(shown["text"]).endswith("\n\nAnd before?")) == ("77", True)
    thread.say("> Since when?\nI meant the year")
    assert done(town, "message", "tg-amina")[-1]["quote"] == "@ticket/1/2"


def test_note_never_leaves_slack_and_stays_a_note(town: Town, amina: Talker, thread: Talker) -> None:
    before = town.transcript("tg-amina")
    thread.send(Said("// she always says that"), message="1.1")
    thread.send(Changed("she always says that"), message="1.1")
    assert town.transcript("tg-amina") == before and "A note stays a note" in thread.toast
    assert done(town, "react", "C0ASIA")[-1]["name"] == "lock"
    assert "she always" not in amina.press("r:ticket.show:1")


def test_sign_on_the_mentors_message_tells_that_it_arrived(town: Town, thread: Talker) -> None:
    thread.send(Said("We send a technician"), message="1.1")
    sign = done(town, "react", "C0ASIA")[-1]
    assert (sign["message"], sign["name"]) == ("1.1", "white_check_mark")
    assert rows(town, TicketMessage)[-1].state is MessageState.DELIVERED


def test_mentor_who_writes_beside_the_thread_is_told_so_while_somebody_waits(town: Town, thread: Talker) -> None:
    beside = town.slack("U0LUCIA", "C0ASIA")
    beside.say("We send a technician")
    assert "To answer Problem 1, write in its thread." in beside.toast
    thread.say("We send a technician")
    given = len(town.given)
    beside.say("Lunch?")
    assert len(town.given) == given


def test_other_mentor_in_the_thread_is_told_that_nobody_hears_them(town: Town, thread: Talker) -> None:
    martin = town.slack("U0MARTIN", "C0ASIA", thread.at.thread)
    martin.say("Buy a new one")
    assert "Your words stay here" in martin.toast


def test_language_of_the_words_is_kept_with_them(town: Town, amina: Talker, thread: Talker) -> None:
    thread.say("¿Desde cuándo está roto el compresor? ¿Lo han llamado ya?")
    amina.say("Máy nén khí bị rò rỉ từ thứ hai tuần trước rồi ạ")
    talk = rows(town, TicketMessage)
    assert [(row.side, row.language) for row in talk[1:]] == [(Side.BUYER, "es"), (Side.SITE, "vi")]


# --- what does not arrive ---


def failed(town: Town, key: str, error: str) -> None:
    """The sender gives a message up, as it does when a chat is closed."""
    with town.store.write() as session:
        turn = Turn(town.house, session, stored_settings(session), town.clock.now(), town.clock.now())
        settled(turn, key, "", error)
    town.deliver()


def test_mentor_sees_at_once_what_did_not_arrive_and_why(town: Town, thread: Talker) -> None:
    thread.send(Said("We send a technician"), message="1.1")
    failed(town, "ticket/1/2", "send_message: forbidden")
    assert [one["name"] for one in done(town, "react", "C0ASIA")][-1] == "x"
    assert "Amina Tran has not received this: the chat is blocked or gone." in town.transcript("C0ASIA")


@pytest.mark.parametrize("key", ["ticket/1/thread", "ticket/1/3"])
def test_reporter_and_manager_learn_that_the_channel_is_closed(
    town: Town, amina: Talker, thread: Talker, key: str
) -> None:
    town.slack("U0HELENA").command("help")
    thread.say("Since when?")
    amina.say("Since Monday")
    failed(town, key, "chat.postMessage: is_archived")
    assert "I could not hand this on to your mentor yet: your problem 1." in town.transcript("tg-amina")
    assert "Problem 1 cannot be shown in C0ASIA" in town.transcript("U0HELENA")


def test_sign_or_edit_that_fails_is_told_to_nobody(town: Town, thread: Talker) -> None:
    thread.send(Said("We send a technician"), message="1.1")
    before = len(town.shown)
    for key in ("ticket/1/2/sign/delivered", "ticket/1/2/edit/x", "ticket/1/head/2", "reply/x/0"):
        failed(town, key, "message_not_found")
    assert len(town.shown) == before


@pytest.mark.parametrize(("place", "told"), [("C0ASIA", "the channel of Lucia"), ("U0LUCIA", "the account is gone")])
def test_managers_are_told_of_a_channel_or_mentor_that_is_gone(town: Town, place: str, told: str) -> None:
    town.slack("U0HELENA").command("help")
    town.slack("U0LUCIA").command("help")
    with town.store.write() as session:
        turn = Turn(town.house, session, stored_settings(session), town.clock.now(), town.clock.now())
        lose_contact(turn, "slack", place)
    town.deliver()
    assert told in town.transcript("U0HELENA")
