"""What is grave goes to one named person at once, on both channels, and nobody else ever sees it."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from bot.export import EXPORTS, write_csv
from handlers.grave.naming import category_of
from handlers.message import Changed, Happened, Said
from storage import people
from storage.tables.people import Contact
from storage.tables.planning import DueNote, DueState
from storage.tables.queues import OutboxRow
from storage.tables.talks import DialogRow
from storage.tables.tickets import Ticket, TicketKind, TicketMessage, TicketState
from storage.tables.time_off import Leave
from tests.handlers.deeds import changed, obstacle_reported, person, ref, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

WORDS = "The shift leader hits the girls in hall 2"
NIGHT = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)
"""A Saturday night in Viet Nam."""


def told(town: Town) -> None:
    """Amina has told at night what happens in hall 2; for harassment in Viet Nam Lucia is named, Helena her deputy."""
    town.clock.moment = NIGHT
    amina = town.joined("amina")
    for key, account in (("lucia", "U0LUCIA"), ("helena", "U0HELENA"), ("martin", "U0MARTIN")):
        with town.store.write() as session:
            found = people.by_key(session, key)
            assert found is not None
            found.language = "en"
            people.connect(session, found, "slack", account, account, town.clock.now())
    amina.command("safe")
    amina.tap("Violence or harassment")
    amina.say(WORDS)


@pytest.fixture
def town(stage: Stage) -> Town:
    return stage.after(told)


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.phone("tg-amina")


@pytest.fixture
def lucia(town: Town) -> Talker:
    return town.slack("U0LUCIA")


@pytest.fixture
def helena(town: Town) -> Talker:
    return town.slack("U0HELENA")


def everything_shown(town: Town, *besides: str) -> str:
    return "\n".join(str(one) for place, one in town.shown if place not in besides)


def test_named_person_reads_it_at_once_and_at_night_in_private(town: Town, lucia: Talker) -> None:
    shown = town.transcript("U0LUCIA")
    assert "For you alone. Grave report 1: Violence or harassment" in shown
    assert WORDS in shown and "From: Amina Tran" in shown and "Please call them today" in shown
    sent = next(one for place, one in town.shown if place == "U0LUCIA")
    assert sent["silent"] is False and lucia.labels == ["I have it; I will call today"]
    assert WORDS not in everything_shown(town, "U0LUCIA")


def test_reporter_is_asked_two_questions_and_told_who_makes_contact(town: Town, amina: Talker) -> None:
    shown = town.transcript("tg-amina")
    assert "goes to Lucia Moreno alone" in shown and "Lucia Moreno has it, nobody else, and will contact you" in shown
    assert "+34 600 000 002 (Monday to Friday" in shown and "photo" not in shown and "urgent" not in shown
    assert "Add something" in amina.labels


def test_no_word_is_needed(stage: Stage, blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("safe")
    amina.tap("Children at work")
    assert "Helena Costa has it" in amina.tap("Contact me")
    assert "they ask to be contacted" in blank.transcript("U0HELENA")


def test_danger_begins_with_the_emergency_number_of_the_country(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("obstacle")
    amina.tap("Danger, violence")
    shown = amina.tap("Somebody's life is in danger")
    assert shown.startswith("<b>If somebody is in danger now, call 113 first.</b>")
    assert amina.say("The boiler hall burns").startswith("<b>If somebody is in danger now, call 113 first.</b>")


def test_taking_it_is_told_to_the_reporter_and_ends_the_calls(town: Town, lucia: Talker, amina: Talker) -> None:
    lucia.tap("I have it")
    assert "Lucia Moreno has read what you wrote, and will call you today." in town.transcript("tg-amina")
    assert {row.state for row in rows(town, DueNote) if row.kind == "grave.untaken"} == {DueState.DROPPED}
    lucia.press("r:grave.take:1")
    assert "Lucia Moreno has taken this already" in lucia.toast
    town.tick(hours=3)
    assert "waits and nobody" not in everything_shown(town) and WORDS not in town.transcript("U0HELENA")
    assert rows(town, Ticket)[0].taken_at == NIGHT


def test_untaken_within_the_hour_it_opens_to_the_deputy_and_calls_the_rest(town: Town, helena: Talker) -> None:
    town.tick(minutes=59)
    assert WORDS not in everything_shown(town, "U0LUCIA")
    town.tick(minutes=2)
    assert WORDS in town.transcript("U0HELENA") and "Nobody has taken this yet" in town.transcript("U0LUCIA")
    assert WORDS not in everything_shown(town, "U0LUCIA", "U0HELENA")
    town.tick(hours=1)
    assert town.transcript("U0HELENA").count("Nobody has taken this yet") == 1
    helena.tap("I have it")
    assert "Helena Costa has read what you wrote" in town.transcript("tg-amina")
    assert "Helena Costa has it" in town.transcript("U0LUCIA")


def test_managers_who_are_not_named_learn_only_that_somebody_must_be_called(stage: Stage, blank: Town) -> None:
    with blank.store.write() as session:
        martin = people.by_key(session, "martin")
        assert martin is not None
        session.add(Contact(person_id=person(blank, "lucia").id, channel="telegram", account="l", conversation="l"))
        extra = people.by_key(session, "linh")
        assert extra is not None
        extra.role, extra.language = martin.role.MANAGER, "en"
        people.connect(session, extra, "slack", "U0EXTRA", "U0EXTRA", blank.clock.now())
    amina = blank.joined("amina")
    amina.command("safe")
    amina.tap("Violence")
    amina.say(WORDS)
    blank.tick(hours=1, minutes=1)
    shown = blank.transcript("U0EXTRA")
    assert "Only Lucia Moreno and Helena Costa can read it" in shown and "+34 600 000 002" in shown
    assert WORDS not in shown and "Amina" not in shown and "Song Cau" not in shown


def test_named_person_without_a_chat_leaves_it_to_the_deputy_at_once(blank: Town) -> None:
    lucia = person(blank, "lucia")
    for row in rows(blank, Contact):
        if row.person_id == lucia.id:
            changed(blank, row, blocked=True)
    amina = blank.joined("amina")
    amina.command("safe")
    amina.tap("Violence")
    amina.say(WORDS)
    assert WORDS in blank.transcript("U0HELENA") and WORDS not in blank.transcript("C0ASIA")


def test_named_person_on_leave_is_told_at_once_and_the_one_named_beside_them_too(blank: Town) -> None:
    lucia = person(blank, "lucia")
    today = blank.clock.now().date()
    with blank.store.write() as session:
        session.add(Leave(person_id=lucia.id, first=today, last=today, at=blank.clock.now()))
    amina = blank.joined("amina")
    amina.command("safe")
    amina.tap("Violence")
    amina.say(WORDS)
    assert WORDS in blank.transcript("U0LUCIA") and WORDS in blank.transcript("U0HELENA")
    assert WORDS not in everything_shown(blank, "U0LUCIA", "U0HELENA")


@pytest.mark.parametrize("how", ["taken later", "deputy of a leave", "closed channel"])
def test_nothing_of_it_ever_goes_into_a_mentors_channel_nor_waits_for_leave_or_hours(town: Town, how: str) -> None:
    lucia, martin, today = person(town, "lucia"), person(town, "martin"), NIGHT.date()
    with town.store.write() as session:
        if how == "deputy of a leave":
            session.add(Leave(person_id=lucia.id, deputy_id=martin.id, first=today, last=today, at=NIGHT))
            helena = person(town, "helena")
            session.add(Leave(person_id=helena.id, first=today, last=today + timedelta(days=9), at=NIGHT))
    if how == "closed channel":
        changed(town, lucia, channel="slack:C0WEST")
    for _hour in range(26):
        town.tick(hours=1, minutes=1)
    seen = everything_shown(town, "U0LUCIA", "U0HELENA", "tg-amina")
    assert WORDS not in seen and "eport 1" not in seen and "Nobody has taken this" not in seen
    assert not town.transcript("U0MARTIN") and WORDS in town.transcript("U0HELENA")
    assert town.transcript("U0LUCIA").count("Nobody has taken this yet") == 24
    acted = [row for row in rows(town, DueNote) if row.kind == "grave.untaken"]
    assert [row.state for row in acted] == [DueState.SAID] * 24


def test_deputy_reads_it_when_who_was_told_has_left_the_programme(town: Town) -> None:
    changed(town, person(town, "lucia"), active=False)
    town.tick(hours=1, minutes=1)
    assert WORDS in town.transcript("U0HELENA")


def test_talk_goes_both_ways_to_each_who_may_read_it(town: Town, amina: Talker, lucia: Talker, helena: Talker) -> None:
    town.tick(hours=1, minutes=1)
    lucia.say("When can I call you?", reply_to=ref(town, "ticket/1/thread"))
    assert "When can I call you?" in town.transcript("tg-amina")
    amina.send(Said("After six"), message="77")
    assert "After six" in town.transcript("U0LUCIA") and "After six" in town.transcript("U0HELENA")
    amina.send(Changed("After seven"), message="77")
    assert "After seven" in town.transcript("U0LUCIA") and "After seven" in town.transcript("U0HELENA")
    amina.press("r:grave.add:1")
    assert "to nobody else (report 1)" in amina.say("He did it again")
    assert "He did it again" in town.transcript("U0HELENA")
    amina.tap("Take it back")
    gone = [one["of"] for place, one in town.shown if one["kind"] == "delete" and place.startswith("U0")]
    assert gone == ["ticket/1/4", f"ticket/1/4@{person(town, 'helena').id}"]


@pytest.mark.parametrize("who", ["U0MARTIN", "U0HELENA"])
def test_another_mentor_and_a_manager_without_the_right_see_and_do_nothing(town: Town, who: str) -> None:
    other = town.slack(who)
    other.send(Happened("home_opened"))
    for name, argument in (("tickets", ""), ("status", ""), ("supplier", "Song Cau"), ("summary", "2026-W47")):
        other.command(name, argument)
    for route in ("ticket.show", "grave.take", "ticket.close", "ticket.assign", "ticket.ask", "ticket.reopen"):
        other.press(f"r:{route}:1")
        assert "This is for somebody else." in other.toast
    other.say("Tell me", reply_to=ref(town, "ticket/1/thread"))
    seen = everything_shown(town, "U0LUCIA", "tg-amina")
    assert WORDS not in seen and "Report 1" not in seen and "arassment" not in seen
    assert rows(town, Ticket)[0].state is TicketState.OPEN


def test_guest_and_the_sites_own_manager_see_nothing(town: Town) -> None:
    guest, duc = town.slack("U0GUEST", "C0ASIA"), town.joined("duc")
    for talker in (guest, duc):
        talker.press("r:ticket.show:1")
        talker.press("r:grave.take:1")
        talker.command("tickets")
    seen = town.transcript("C0ASIA") + town.transcript("tg-duc")
    assert WORDS not in seen and "Report 1" not in seen and "arassment" not in seen


def test_it_is_in_no_export_no_count_and_no_pdf(town: Town) -> None:
    town.slack("U0LUCIA").command("summary")
    with town.store.read() as session:
        exported = io.StringIO()
        for what in EXPORTS:
            write_csv(session, what, exported)
    assert WORDS not in exported.getvalue() and "arassment" not in exported.getvalue()
    (drawn,) = [row.payload for row in rows(town, OutboxRow) if row.payload.get("attachments")]
    assert WORDS not in str(drawn) and "Open problems: 0" in str(drawn)


def test_without_a_name_nobody_learns_who_it_is_and_the_talk_goes_on(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.command("safe")
    amina.tap("Violence")
    amina.tap("Without my name")
    assert "your site is small" in blank.transcript("tg-amina")
    amina.tap("Go on without my name")
    assert "without knowing who you are" in amina.say(WORDS)
    assert WORDS in blank.transcript("U0LUCIA") and "Amina" not in blank.transcript("U0LUCIA")
    lucia = blank.slack("U0LUCIA")
    assert lucia.labels == ["I have it; I will answer today"] and "call them" not in blank.transcript("U0LUCIA")
    lucia.tap("I have it")
    assert "will answer you here today" in blank.transcript("tg-amina")
    lucia.say("Are you safe now?", reply_to=ref(blank, "ticket/1/thread"))
    amina.say("Yes, for today")
    assert "Yes, for today" in blank.transcript("U0LUCIA")
    (found,) = rows(blank, Ticket)
    assert (found.person_id, found.kind) == (None, TicketKind.GRAVE)


def test_supplier_on_slack_goes_the_same_way(blank: Town) -> None:
    with blank.store.write() as session:
        rosa = people.by_key(session, "rosa")
        assert rosa is not None
        rosa.language, rosa.privacy_version = "en", "2026-01"
        people.connect(session, rosa, "slack", "U0ROSA", "U0ROSA", blank.clock.now())
    talker = blank.slack("U0ROSA")
    talker.command("safe")
    talker.tap("People are made to work")
    assert "Helena Costa has it, nobody else" in talker.say("They keep our passports")
    helena = blank.slack("U0HELENA")
    helena.tap("I have it")
    helena.say("I call you at noon", reply_to=ref(blank, "ticket/1/thread"))
    assert "I call you at noon" in blank.transcript("U0ROSA")
    assert "passports" not in blank.transcript("C0WEST")


@pytest.mark.parametrize("way", ["blue", "obstacle"])
def test_words_that_name_it_are_offered_the_way_to_one_person_before_anything_is_sent(blank: Town, way: str) -> None:
    amina = blank.joined("amina")
    if way == "obstacle":
        amina.command("obstacle")
        amina.tap("Machines")
    shown = amina.say("There is child labour in the dye house")
    assert "sounds grave" in shown and "Helena Costa alone" in shown and not rows(blank, Ticket)
    assert "Helena Costa has it" in amina.tap("Yes, to Helena Costa alone")
    assert "child labour" not in blank.transcript("C0ASIA") and "child labour" in blank.transcript("U0HELENA")


def test_words_in_a_talk_that_has_begun_are_kept_back_too(blank: Town) -> None:
    amina = blank.joined("amina")
    obstacle_reported(amina)
    lucia = blank.slack("U0LUCIA", "C0ASIA", ref(blank, "ticket/1/thread"))
    lucia.say("Since when?")
    assert "sounds grave" in amina.say("Since the boss hits the workers") and "hits" not in blank.transcript("C0ASIA")
    amina.tap("It is not about that")
    assert "Since the boss hits the workers" in blank.transcript("C0ASIA")
    lucia.say("Who does?")
    amina.say("He hits me", reply_to=ref(blank, "ticket/1/4"))
    assert "Lucia Moreno has it" in amina.tap("Yes, to Lucia Moreno alone")
    assert "He hits me" not in blank.transcript("C0ASIA") and "He hits me" in blank.transcript("U0LUCIA")


def test_words_said_while_it_is_asked_are_kept_with_the_first(blank: Town) -> None:
    amina = blank.joined("amina")
    obstacle_reported(amina)
    blank.slack("U0LUCIA", "C0ASIA", ref(blank, "ticket/1/thread")).say("Since when?")
    quoted = ref(blank, "ticket/1/2")
    amina.say("The boss hits the workers", reply_to=quoted)
    amina.say("He hits me too", reply_to=quoted)
    amina.tap("It is not about that")
    assert "The boss hits the workers\nHe hits me too" in blank.transcript("C0ASIA")


@pytest.fixture(params=["telegram", "slack"])
def rewriter(request: pytest.FixtureRequest, blank: Town) -> Talker:
    """Somebody in a talk about a problem, who has answered "Since Monday" in their message 77."""
    talker, mentor, channel = blank.joined("amina"), "U0LUCIA", "C0ASIA"
    if request.param == "slack":
        with blank.store.write() as session:
            rosa = people.by_key(session, "rosa")
            assert rosa is not None
            rosa.language, rosa.privacy_version = "en", "2026-01"
            people.connect(session, rosa, "slack", "U0ROSA", "U0ROSA", blank.clock.now())
        talker, mentor, channel = blank.slack("U0ROSA"), "U0MARTIN", "C0WEST"
    obstacle_reported(talker)
    blank.slack(mentor, channel, ref(blank, "ticket/1/thread")).say("Since when?")
    talker.send(Said("Since Monday"), message="77")
    return talker


def test_edit_that_names_it_is_kept_back_and_goes_to_one_person_alone(blank: Town, rewriter: Talker) -> None:
    assert "sounds grave" in rewriter.send(Changed("Since the boss hits the workers"), message="77")
    assert "hits" not in everything_shown(blank, rewriter.at.conversation)
    assert "nobody else" in rewriter.tap("Yes, to")
    read = [place for place, one in blank.shown if "hits the workers" in str(one) and place != rewriter.at.conversation]
    assert read and not set(read) & {"C0ASIA", "C0WEST"}
    assert [(row.kind.value, row.words) for row in rows(blank, Ticket)][1:] == [
        ("grave", "Since the boss hits the workers")
    ]
    assert rows(blank, TicketMessage)[2].words == "Since Monday"


def test_edit_goes_to_the_mentor_if_it_is_not_about_that(blank: Town, rewriter: Talker) -> None:
    rewriter.send(Changed("Since the boss hits the workers"), message="77")
    assert "reads your new words now" in rewriter.tap("It is not about that")
    shown = blank.transcript("C0ASIA") + blank.transcript("C0WEST")
    assert shown.count("[edit]") >= 1 and "Since the boss hits the workers" in shown
    assert len(rows(blank, TicketMessage)) == 3
    # The mentor has read it by now: another edit asks nothing.
    rewriter.send(Changed("Since Tuesday the boss hits the workers"), message="77")
    assert rows(blank, TicketMessage)[2].words == "Since Tuesday the boss hits the workers"


@pytest.mark.parametrize("after", ["changed", "taken back"])
def test_edit_that_was_asked_about_does_not_undo_what_came_after_it(blank: Town, rewriter: Talker, after: str) -> None:
    rewriter.send(Changed("Since the boss hits the workers"), message="77")
    if after == "changed":
        rewriter.send(Changed("Since Tuesday"), message="77")
    else:
        rewriter.press("r:ticket.back:3")
    assert "stays as it is now" in rewriter.tap("It is not about that")
    assert rows(blank, TicketMessage)[2].words == ("Since Tuesday" if after == "changed" else "")
    assert "hits" not in everything_shown(blank, rewriter.at.conversation)


@pytest.fixture
def nameless(blank: Town) -> Talker:
    """Amina, in a talk about a problem that she has reported without her name."""
    amina = blank.joined("amina")
    amina.command("obstacle")
    for label in ("Without my name", "Go on without my name", "Machines"):
        amina.tap(label)
    amina.say("The fan is broken")
    amina.tap("No photo")
    amina.tap("Yes, send it")
    blank.slack("U0LUCIA", "C0ASIA", ref(blank, "ticket/1/thread")).say("Since when?")
    return amina


def test_words_in_a_nameless_talk_are_held_under_seal_and_asked_about_without_a_dialog(
    blank: Town, nameless: Talker
) -> None:
    assert "sounds grave" in nameless.say("Since the boss hits the workers")
    assert not rows(blank, DialogRow) and rows(blank, TicketMessage)[-1].words == ""
    blank.slack("U0LUCIA").press("r:ticket.show:1")
    nameless.command("status")
    nameless.press("r:ticket.show:1")
    assert "hits" not in everything_shown(blank) and "(a file)" not in everything_shown(blank)
    assert "Lucia Moreno has it and answers you here" in nameless.press("r:grave.give:3")
    assert "hits the workers" in blank.transcript("U0LUCIA") and "hits" not in blank.transcript("C0ASIA")
    assert [(row.kind, row.person_id) for row in rows(blank, Ticket)][1:] == [(TicketKind.GRAVE, None)]
    nameless.press("r:grave.give:3")
    assert len(rows(blank, Ticket)) == 2


def test_edit_in_a_nameless_talk_is_held_and_changes_its_message_or_goes_to_one_person(
    blank: Town, nameless: Talker
) -> None:
    nameless.send(Said("Since Monday"), message="77")
    assert "sounds grave" in nameless.send(Changed("Since the boss hits me"), message="77")
    assert not rows(blank, DialogRow) and "hits" not in everything_shown(blank)
    assert "reads your new words now" in nameless.tap("It is not about that")
    assert "Since the boss hits me" in blank.transcript("C0ASIA")
    assert [row.words for row in rows(blank, TicketMessage)][2:] == ["Since the boss hits me"]
    nameless.send(Said("It is loud"), message="78")
    nameless.send(Changed("They keep our passports"), message="78")
    assert "Helena Costa has it" in nameless.tap("Yes, to Helena Costa alone")
    assert "passports" in blank.transcript("U0HELENA") and "passports" not in blank.transcript("C0ASIA")
    assert {row.person_id for row in rows(blank, Ticket)} == {None}


def test_words_that_were_held_can_still_be_changed_where_they_were_written(blank: Town, nameless: Talker) -> None:
    nameless.send(Said("Since the boss hits the workers"), message="77")
    nameless.tap("It is not about that")
    nameless.send(Changed("Since Monday"), message="77")
    assert [row.words for row in rows(blank, TicketMessage)][2:] == ["Since Monday"]


def test_held_words_go_on_to_the_mentor_if_it_is_not_about_that(blank: Town, nameless: Talker) -> None:
    nameless.say("Since the boss hits the workers")
    blank.joined("duc").press("r:grave.give:3")
    assert "hits" not in everything_shown(blank)
    nameless.tap("It is not about that")
    assert "Since the boss hits the workers" in blank.transcript("C0ASIA") and len(rows(blank, Ticket)) == 1
    assert [row.person_id for row in rows(blank, TicketMessage)][::2] == [None, None]


def test_words_that_only_sound_so_go_on_as_usual(blank: Town) -> None:
    amina = blank.joined("amina")
    amina.say("When is the course about child labour?")
    amina.tap("It is not about that")
    amina.tap("A question")
    assert "child labour" in blank.transcript("C0ASIA")


def test_closed_by_who_has_it_the_reporter_is_asked_and_may_open_it_again(town: Town, lucia: Talker) -> None:
    lucia.tap("I have it")
    lucia.tap("Close", trigger="t")
    lucia.submit({"reason": "solved"})
    assert "Lucia Moreno has closed your report 1. Did it help you?" in town.transcript("tg-amina")
    town.phone("tg-amina").tap("No, open it again")
    assert rows(town, Ticket)[0].state is TicketState.OPEN
    assert timedelta(0) == town.clock.moment - NIGHT


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("there are children working in the dye house", "child_labour"),
        ("Hay niños que trabajan en la tintorería", "child_labour"),
        ("ở xưởng có trẻ em làm việc", "child_labour"),
        ("o xuong co tre em lam viec", "child_labour"),
        ("they took our passports", "forced_labour"),
        ("Nos quitaron el pasaporte", "forced_labour"),
        ("họ giữ hộ chiếu của chúng tôi", "forced_labour"),
        ("the boss touches the girls, he touched me", "harassment"),
        ("acoso sexual en la línea 3", "harassment"),
        ("tôi bị quấy rối", "harassment"),
        ("Fire! We are trapped in hall 3", "danger"),
        ("hay un incendio y estamos atrapados", "danger"),
        ("cháy rồi, chúng tôi bị mắc kẹt", "danger"),
        ("The compressor leaks and the children of the village play there", ""),
        ("La máquina pega la etiqueta mal", ""),
        ("We were hit by the new energy price", ""),
        ("Máy bị hỏng, phải làm việc lại", ""),
        ("The fire extinguisher is missing", ""),
    ],
)
def test_words_that_clearly_name_something_grave_are_known(words: str, category: str) -> None:
    assert category_of(words) == category
