"""How tickets live: brought in own words, waited for, handed over, closed with a reason, and opened again."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from handlers.bridge.clock import after
from handlers.bridge.reporter import forget_anonymous
from handlers.message import FileRef
from handlers.programme.help import TicketRules
from handlers.programme.settings import stored_settings
from handlers.turn import Turn
from storage.tables.planning import CalendarDay
from storage.tables.talks import DialogRow
from storage.tables.tickets import Ticket, TicketKind, TicketMessage, TicketState, Urgency
from tests.handlers.deeds import capa_opened, changed, obstacle_reported, person, ref, reported, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

CHANNEL = "C0ASIA"


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina has reported that the compressor leaks."""
    return stage.after(reported)


@pytest.fixture
def lucia(town: Town) -> Talker:
    """Lucia in its thread."""
    return town.slack("U0LUCIA", CHANNEL, ref(town, "ticket/1/thread"))


def ticket(town: Town) -> Ticket:
    return rows(town, Ticket)[-1]


def head(town: Town) -> str:
    """The thread's first message as it was shown last."""
    about = [
        one for at, one in town.shown if at == CHANNEL and one["key"].startswith(("ticket/1/thread", "ticket/1/head"))
    ]
    return str(about[-1]["text"])


def chosen(talker: Talker, button: str, field: str, value: str) -> str:
    talker.press(f"r:ticket.{button}:1", trigger="t")
    return talker.submit({field: value})


# --- brought in own words ---


@pytest.mark.parametrize(
    ("command", "category", "kind", "title"),
    [
        ("idea", "Save energy", TicketKind.IDEA, "Idea 1"),
        ("helpme", "A lesson", TicketKind.HELP, "Call for help 1"),
    ],
)
def test_ideas_and_calls_for_help_reach_the_mentor(
    blank: Town, command: str, category: str, kind: TicketKind, title: str
) -> None:
    amina = blank.joined("amina")
    amina.command(command)
    amina.tap(category)
    amina.say("Switch the lights off at noon")
    amina.tap("No photo")
    assert f"Sent: {title}." in amina.tap("Yes, send it")
    assert ticket(blank).kind is kind
    assert f"<b>{title}</b> from Amina Tran" in blank.transcript(CHANNEL)


def test_help_me_is_a_call_for_help(blank: Town) -> None:
    assert "What do you need help with?" in blank.joined("amina").command("help", "me")
    assert "What do you need help with?" in blank.joined("linh").say("help me")


@pytest.mark.parametrize(
    ("label", "kind"),
    [("A problem", TicketKind.OBSTACLE), ("An idea", TicketKind.IDEA), ("A question", TicketKind.HELP)],
)
def test_words_out_of_the_blue_are_sent_with_one_tap(blank: Town, label: str, kind: TicketKind) -> None:
    amina = blank.joined("amina")
    assert "The compressor leaks" in amina.say("The compressor leaks")
    assert "Your mentor answers you here" in amina.tap(label)
    assert (ticket(blank).kind, ticket(blank).words) == (kind, "The compressor leaks")
    assert "The compressor leaks" in blank.transcript(CHANNEL)


def test_words_that_follow_before_the_tap_are_sent_along(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.say("The compressor leaks")
    amina.say("It began on Monday")
    amina.tap("A problem")
    assert ticket(blank).words == "The compressor leaks\nIt began on Monday"


def test_words_out_of_the_blue_go_nowhere_untold(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.say("The compressor leaks")
    assert "Forgotten" in amina.tap("Nothing, forget it")
    assert rows(blank, Ticket) == []


def test_voice_note_stands_for_words(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("obstacle")
    amina.tap("Machines")
    amina.say("", FileRef("v1", "voice"))
    assert "Your mentor answers you here" in amina.tap("Yes, send it")
    assert "no words" in blank.transcript(CHANNEL)


def test_report_says_what_it_is_about_if_something_is_likely(blank: Town) -> None:
    capa_opened(blank)
    amina = blank.phone("tg-amina")
    amina.command("obstacle")
    amina.tap("Machines")
    assert "Is it about one of these?" in amina.say("The spare part is late")
    amina.tap("CAPA 1")
    amina.tap("No photo")
    amina.tap("Yes, send it")
    assert ticket(blank).capa_id == 1 and "About: CAPA 1" in blank.transcript(CHANNEL)


def test_small_site_is_warned_before_anything_is_written(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("obstacle")
    shown = amina.tap("Without my name")
    assert "your site is small: I know 2 people there" in shown
    assert "Stopped" in amina.tap("Stop here")


def test_anonymous_reporter_sends_photos_only(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("obstacle")
    for label in ("Without my name", "Go on without my name", "Machines"):
        amina.tap(label)
    amina.say("It leaks and nobody cares")
    assert "I take photos only" in amina.say("", FileRef("v1", "voice"))


def test_anonymous_talk_goes_both_ways(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("obstacle")
    for label in ("Without my name", "Go on without my name", "Machines"):
        amina.tap(label)
    amina.say("It leaks and nobody cares")
    amina.tap("No photo")
    assert "Sent: Problem 1." in amina.tap("Yes, send it")
    assert "Amina" not in blank.transcript(CHANNEL) and "from somebody at Song Cau" in blank.transcript(CHANNEL)
    thread = blank.slack("U0LUCIA", CHANNEL, ref(blank, "ticket/1/thread"))
    assert thread.say("Since when?") == ""
    assert "<b>Lucia Moreno</b> about your problem 1:\n\nSince when?" in blank.transcript("tg-amina")
    assert "Sent to your mentor (problem 1)." in amina.say("Since Monday")
    assert "<b>The reporter</b>\n\nSince Monday" in blank.transcript(CHANNEL)
    amina.happen("blocked")
    assert thread.say("Are you there?") == ""
    assert not [one for at, one in blank.shown if at == CHANNEL and one["kind"] == "react"]


# --- the clock ---


def hours(*spans: tuple[int, int, int]) -> list[CalendarDay]:
    """Working days of November 2026 with the hours from and to which they last."""
    at = [
        (datetime(2026, 11, day, begin, tzinfo=UTC), datetime(2026, 11, day, end, tzinfo=UTC))
        for day, begin, end in spans
    ]
    return [CalendarDay(opens_at=begin, closes_at=end) for begin, end in at]


@pytest.mark.parametrize(
    ("begin", "needs", "due"),
    [
        ((23, 9), 4, (23, 13)),
        ((23, 16), 4, (24, 10)),
        ((23, 3), 4, (23, 12)),
        ((23, 20), 1, (24, 9)),
        ((23, 8), 10, (23, 18)),
        ((23, 8), 25, (26, 13)),
    ],
    ids=["same day", "over night", "before work", "after work", "to the last minute", "over a free day"],
)
def test_only_working_hours_count(begin: tuple[int, int], needs: int, due: tuple[int, int]) -> None:
    days = hours((23, 8, 18), (24, 8, 18), (26, 8, 18))
    assert after(days, datetime(2026, 11, *begin, tzinfo=UTC), needs) == datetime(2026, 11, *due, tzinfo=UTC)


@pytest.mark.parametrize(
    ("button", "urgency", "due"), [("Yes, and", Urgency.HIGH, 13), ("Yes, send", Urgency.NORMAL, 39)]
)
def test_clock_runs_by_urgency_and_is_shown(blank: Town, button: str, urgency: Urgency, due: int) -> None:
    amina = blank.joined("amina")
    amina.command("obstacle")
    amina.tap("Machines")
    amina.say("It leaks")
    amina.tap("No photo")
    amina.tap(button)
    found = ticket(blank)
    assert found.urgency is urgency
    assert found.answer_by == datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=due)
    assert "Please answer by" in blank.transcript(CHANNEL)


def test_answer_stops_the_clock_and_the_next_word_starts_it_again(town: Town, lucia: Talker) -> None:
    lucia.say("Since when?")
    assert ticket(town).answer_by is None and "Nobody waits for an answer now" in head(town)
    town.phone("tg-amina").say("Since Monday")
    assert ticket(town).answer_by is not None and "Please answer by" in head(town)


def test_wait_that_is_too_long_is_told_to_the_mentor_and_then_to_the_manager(town: Town) -> None:
    town.slack("U0HELENA").command("help")
    due = ticket(town).answer_by
    assert due is not None
    town.tick(due - timedelta(minutes=1))
    assert "still waits" not in town.transcript(CHANNEL)
    town.tick(due)
    assert "Problem 1 still waits for an answer" in town.transcript(CHANNEL)
    assert "has had no answer" not in town.transcript("U0HELENA")
    town.tick(due + timedelta(days=1))
    assert "has had no answer" in town.transcript("U0HELENA")


def test_nothing_is_escalated_once_it_is_answered(town: Town, lucia: Talker) -> None:
    town.slack("U0HELENA").command("help")
    lucia.say("We send a technician")
    town.tick(days=10)
    assert "still waits" not in town.transcript(CHANNEL)
    assert "has had no answer" not in town.transcript("U0HELENA")


# --- its life ---


def test_ticket_is_handed_over_and_the_new_one_may_answer(town: Town, lucia: Talker) -> None:
    martin = town.slack("U0MARTIN", CHANNEL, lucia.at.thread)
    town.slack("U0MARTIN").command("help")
    chosen(lucia, "assign", "person", str(person(town, "martin").id))
    assert "Martin Weber answers it" in head(town)
    assert "Lucia Moreno has handed Problem 1 over to you." in town.transcript("U0MARTIN")
    martin.say("I take care of it")
    assert "I take care of it" in town.transcript("tg-amina")


def test_colleague_who_is_asked_may_read_and_answer(town: Town, lucia: Talker) -> None:
    town.slack("U0MARTIN").command("help")
    chosen(lucia, "ask", "person", str(person(town, "martin").id))
    assert "The compressor leaks" in town.slack("U0MARTIN").tap("Show Problem 1")
    town.slack("U0MARTIN", CHANNEL, lucia.at.thread).say("Call the maker")
    assert "<b>Martin Weber</b> about your problem 1:" in town.transcript("tg-amina")
    assert "was asked already" in chosen(lucia, "ask", "person", str(person(town, "martin").id)).replace(
        "has been", "was"
    )


def test_category_is_changed_once_when_two_do_it_at_once(town: Town, lucia: Talker) -> None:
    for _mentor in range(2):
        lucia.press("r:ticket.category:1", trigger="t")
    first, second = (now.modal for now in town.given[-2:])
    assert first and second
    town.given.append(next(now for now in town.given if now.modal is first))
    assert "Changed: Problem 1." in lucia.submit({"category": "money"})
    town.given.append(next(now for now in town.given if now.modal is second))
    assert "Somebody else has changed this" in lucia.submit({"category": "skills"})
    assert ticket(town).category == "money"


def test_closing_tells_why_and_asks_whether_it_helped(town: Town, lucia: Talker) -> None:
    assert "Problem 1 is closed." in chosen(lucia, "close", "reason", "solved")
    amina = town.phone("tg-amina")
    assert "Did it help you?" in town.transcript("tg-amina")
    assert "Thank you" in amina.tap("Yes, it helped")
    assert (ticket(town).state, ticket(town).helped) == (TicketState.CLOSED, True)
    assert "The reporter says that it helped." in town.transcript(CHANNEL)


def test_reporter_opens_again_what_did_not_help(town: Town, lucia: Talker) -> None:
    chosen(lucia, "close", "reason", "answered")
    assert "It is open again" in town.phone("tg-amina").tap("No, open it again")
    found = ticket(town)
    assert (found.state, found.helped, found.answer_by is not None) == (TicketState.OPEN, False, True)


def test_both_sides_read_the_same_talk_in_the_same_order(town: Town, lucia: Talker) -> None:
    amina = town.phone("tg-amina")
    lucia.say("Since when?")
    amina.say("Since Monday")
    lucia.say("// she is right")
    lucia.say("Thank you")
    theirs = amina.press("r:ticket.show:1")
    ours = town.slack("U0LUCIA").press("r:ticket.show:1")
    assert [line for line in ours.splitlines() if "// she is right" not in line and line] == [
        line for line in theirs.splitlines() if line
    ]
    assert len(rows(town, TicketMessage)) == 5


def test_other_suppliers_and_colleagues_of_the_site_do_not_see_the_ticket(town: Town) -> None:
    for key in ("linh", "duc"):
        assert "No problem, idea or question is open." in town.joined(key).command("tickets")
    assert "Problem 1" in town.phone("tg-amina").command("tickets")


def test_ticket_of_a_site_whose_mentor_has_no_channel_goes_to_their_chat(blank: Town) -> None:
    blank.slack("U0LUCIA").command("help")
    changed(blank, person(blank, "lucia"), channel="")
    obstacle_reported(blank.joined("amina"))
    assert "The compressor leaks" in blank.transcript("U0LUCIA")


@pytest.mark.parametrize(
    "given", [{"answer_hours": {"high": 4}}, {"answer_hours": {"high": 0, "normal": 1, "low": 1}}, {"small_site": -1}]
)
def test_rules_that_cannot_be_right_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TicketRules.model_validate(given)


def test_erasure_cuts_an_anonymous_ticket_off_and_takes_its_words(blank: Town) -> None:
    for key in ("amina", "duc"):
        talker = blank.joined(key)
        talker.command("obstacle")
        for label in ("Without my name", "Go on without my name", "Machines"):
            talker.tap(label)
        talker.say(f"It leaks and nobody cares, says {key}")
        talker.tap("No photo")
        talker.tap("Yes, send it")
    with blank.store.write() as session:
        turn = Turn(blank.house, session, stored_settings(session), blank.clock.now(), blank.clock.now())
        forget_anonymous(turn, person(blank, "amina"))
    hers, his = rows(blank, Ticket)
    assert (hers.sealed, hers.words) == ("", "")
    assert his.sealed and his.words == "It leaks and nobody cares, says duc"
    thread = blank.slack("U0LUCIA", CHANNEL, ref(blank, "ticket/1/thread"))
    before = blank.transcript("tg-amina")
    thread.say("Since when?")
    assert blank.transcript("tg-amina") == before


def test_question_that_was_put_aside_for_an_anonymous_report_is_open_again(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("figures")
    amina.command("obstacle")
    for label in ("Without my name", "Go on without my name", "Machines"):
        amina.tap(label)
    amina.say("It leaks and nobody cares")
    amina.tap("No photo")
    assert "You were in the middle of this" in amina.tap("Yes, send it")
    assert "Which figure do you want to send?" in amina.tap("Go on")
    assert [(row.name, row.state.value) for row in rows(blank, DialogRow)] == [("submit", "open")]
