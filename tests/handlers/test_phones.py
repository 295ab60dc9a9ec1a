"""Shared phones, people who leave, and people who cannot be reached: everything goes on, and to the right one."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from handlers.message import Pressed
from storage import people, training
from storage.pushes import KIND as DAILY
from storage.tables.audit import AuditRow
from storage.tables.capas import Capa
from storage.tables.people import Contact, Duty, Handover, Membership
from storage.tables.planning import DueNote, DueState
from storage.tables.tickets import Ticket
from storage.tables.training import Assignment, AssignmentState, Learner, PausedBy, Reason, ReviewCard
from tests.handlers.deeds import capa_opened, changed, figure_sent, obstacle_reported, person, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town


def shared(town: Town) -> None:
    """Duc has joined on Amina's phone by an invitation of his own."""
    amina = town.joined("amina")
    link = town.slack("U0LUCIA").command("invite", "duc")
    amina.command("start", link.rpartition("start=")[2].strip())
    amina.tap("Yes, Duc Pham uses it too")
    amina.tap("English")
    amina.tap("Yes, I agree")


@pytest.fixture
def town(stage: Stage) -> Town:
    return stage.after(shared)


@pytest.fixture
def phone(town: Town) -> Talker:
    return town.phone("tg-amina")


def speaker(town: Town) -> str:
    with town.store.read() as session:
        found = people.by_account(session, "telegram", "tg-amina")
        return found.key if found else ""


def test_second_person_joins_a_phone_only_with_its_owners_word(town: Town, phone: Talker) -> None:
    assert "Then each reads what the other is sent here" in town.transcript("tg-amina")
    assert speaker(town) == "duc"
    assert [(row.account, row.speaking) for row in rows(town, Contact) if row.channel == "telegram"] == [
        ("tg-amina", False),
        ("tg-amina", True),
    ]


def test_every_question_on_a_shared_phone_names_who_is_asked_and_where(phone: Talker) -> None:
    phone.command("figures")
    assert phone.tap("Electricity, October 2026").startswith("<b>Duc Pham, Song Cau Bac Ninh</b>")


def test_question_to_somebody_with_several_sites_names_the_site(blank: Town) -> None:
    amina = blank.joined("amina")
    with blank.store.write() as session:
        site = next(row.site_id for row in rows(blank, Membership) if row.person_id == person(blank, "linh").id)
        session.add(Membership(person_id=person(blank, "amina").id, site_id=site, duty=Duty.DATA_OWNER))
    amina.command("obstacle")
    amina.tap("Ha Long")
    assert amina.tap("Machines").startswith("<b>Ha Long Quang Ninh</b>")


def test_phone_that_was_idle_asks_who_is_speaking_and_then_goes_on(town: Town, phone: Talker) -> None:
    town.tick(hours=1)
    assert phone.command("figures").startswith("Who is speaking?")
    assert phone.labels[:2] == ["Amina Tran", "Duc Pham"]
    assert "Which figure do you want to send?" in phone.tap("Amina Tran")
    assert speaker(town) == "amina"
    figure_sent(phone, "12500 kWh")
    assert "Which figure" in phone.command("figures")


def test_switch_changes_the_speaker_and_keeps_what_each_had_begun(town: Town, phone: Talker) -> None:
    phone.command("figures")
    phone.tap("Electricity, October 2026")
    phone.command("switch")
    phone.tap("Amina Tran")
    phone.command("switch")
    assert "How much electricity" in phone.tap("Duc Pham")


def test_button_belongs_to_the_person_it_was_shown_to(town: Town, phone: Talker) -> None:
    phone.command("figures")
    dialog = phone.find("Electricity, October 2026")
    phone.command("switch")
    phone.tap("Amina Tran")
    phone.send(Pressed(dialog, "tap"))
    assert "This is for Duc Pham. Write /switch if you are Duc Pham." in phone.toast


def test_nobody_speaks_on_a_phone_that_is_not_theirs(town: Town) -> None:
    linh = town.joined("linh")
    for number in (person(town, "amina").id, person(town, "linh").id + 50):
        linh.press(f"r:speak:{number}/figures")
        assert "This is for somebody else." in linh.toast
    assert "Only you use this phone" in linh.command("switch")
    assert speaker(town) == "duc"


def test_invitation_shares_no_phone_in_slack_nor_with_a_used_link(town: Town, phone: Talker) -> None:
    link = town.slack("U0LUCIA").command("invite", "linh").rpartition("start=")[2].strip()
    town.slack("U0MARTIN").command("start", link)
    town.slack("U0MARTIN").press(f"r:share:{link}")
    assert not [row for row in rows(town, Contact) if row.person_id == person(town, "linh").id]
    phone.press("r:share:token-1")
    assert "no longer in use" in phone.toast


def test_what_is_pushed_to_a_shared_phone_says_for_whom_it_is(town: Town) -> None:
    capa_opened_for(town, "amina")
    assert "For Amina Tran:" in town.transcript("tg-amina")


def capa_opened_for(town: Town, key: str) -> None:
    """A CAPA of that person, through an alert."""
    phone = town.phone("tg-amina")
    figure_sent(phone, "16500 kWh")
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.tap("Open a CAPA", trigger="t")
    owner = next(field for field in lucia.form["fields"] if field["key"] == "owner")
    chosen = next(value for value, label in owner["options"] if label == person(town, key).name)
    lucia.submit({"finding": "Too much", "severity": "major", "owner": chosen, "due": "2026-12-10"})
    town.tick(minutes=1)


# --- people who leave ---


def code_of(shown: str) -> str:
    return shown.partition("This is the code: ")[2].split()[0]


def left(town: Town) -> None:
    """Amina, with a CAPA, a problem and an anonymous one, has made a code."""
    capa_opened(town)
    amina = town.phone("tg-amina")
    obstacle_reported(amina)
    amina.command("safe")
    amina.tap("Violence")
    amina.say("My own boss")
    amina.command("handover")
    amina.tap("Yes, make the code")


@pytest.fixture
def leaving(stage: Stage) -> Town:
    return stage.after(left)


def test_successor_enters_the_code_and_the_work_moves_along(leaving: Town) -> None:
    duc = leaving.joined("duc")
    code = code_of(leaving.transcript("tg-amina"))
    shown = duc.say(f"takeover {code}")
    assert "You have taken over from Amina Tran. Corrective actions: 1. Open problems: 1." in shown
    amina, heir = person(leaving, "amina"), person(leaving, "duc")
    assert [row.owner_id for row in rows(leaving, Capa)] == [heir.id]
    assert [row.person_id for row in rows(leaving, Ticket)] == [heir.id, amina.id]
    duties = [row.duty for row in rows(leaving, Membership) if row.person_id == heir.id]
    assert set(duties) == {Duty.SITE_MANAGER, Duty.DATA_OWNER}
    planned = {row.person_id for row in rows(leaving, DueNote) if row.state is DueState.PLANNED}
    assert amina.id not in planned and heir.id in planned
    assert "Duc Pham has taken over your work" in leaving.transcript("tg-amina")
    assert "Duc Pham has taken over the work of Amina Tran." in leaving.transcript("C0ASIA")
    assert [row.object_id for row in rows(leaving, AuditRow) if row.what == "work handed over"] == [amina.id]
    assert "Your mentor" not in duc.press("r:ticket.show:2") and "My own boss" not in leaving.transcript("tg-duc")


def test_courses_move_along_and_lessons_come_to_who_has_left_no_more(leaving: Town) -> None:
    amina, duc = person(leaving, "amina"), leaving.joined("duc")
    heir, now = person(leaving, "duc"), leaving.clock.now()
    with leaving.store.write() as session:
        for row in session.exec(select(Assignment)):
            session.delete(row)
        session.flush()
        for who, course, round, reason in (
            (amina, "measuring-energy", "breach/1", Reason.BREACH),
            (amina, "water", "first", Reason.DUTY),
            (amina, "waste-and-chemicals", "own/1", Reason.OWN),
            (heir, "water", "first", Reason.DUTY),
        ):
            row = Assignment(person_id=who.id, course=course, round=round, reason=reason, assigned_at=now)
            row.state = AssignmentState.OPEN if course == "measuring-energy" else AssignmentState.QUEUED
            session.add(row)
        training.learner(session, amina.id).lesson_on = now.date()
        card = {
            "course": "measuring-energy",
            "lesson": "meter",
            "question": "q",
            "answered_at": now,
            "due_on": now.date(),
        }
        session.add(ReviewCard(person_id=amina.id, **card))
    duc.say(f"takeover {code_of(leaving.transcript('tg-amina'))}")
    assert [(row.person_id, row.course, row.state.value) for row in rows(leaving, Assignment)] == [
        (heir.id, "measuring-energy", "queued"),
        (amina.id, "water", "done"),
        (amina.id, "waste-and-chemicals", "queued"),
        (heir.id, "water", "queued"),
    ]
    (pace,) = [row for row in rows(leaving, Learner) if row.person_id == amina.id]
    assert (pace.lesson_on, pace.paused_by) == (None, PausedBy.PERSON)
    for _day in range(3):
        leaving.tick(days=1)
    assert not [row for row in rows(leaving, DueNote) if row.person_id == amina.id and row.state is DueState.PLANNED]
    pushed = [row for row in rows(leaving, DueNote) if (row.kind, row.state) == (DAILY, DueState.SAID)]
    assert pushed and {row.person_id for row in pushed} == {heir.id} == {row.told_id for row in pushed}


def test_import_leaves_handed_over_duties_with_the_successor(leaving: Town) -> None:
    leaving.joined("duc").say(f"takeover {code_of(leaving.transcript('tg-amina'))}")
    leaving.import_example()
    owners = {row.person_id for row in rows(leaving, Membership) if row.duty is Duty.DATA_OWNER}
    assert person(leaving, "amina").id not in owners and person(leaving, "duc").id in owners


@pytest.mark.parametrize("how", ["used", "expired", "mine", "another company", "wrong", "withdrawn"])
def test_code_works_once_in_time_and_for_the_right_one(leaving: Town, how: str) -> None:
    code, duc = code_of(leaving.transcript("tg-amina")), leaving.joined("duc")
    talker = {"mine": leaving.phone("tg-amina"), "another company": leaving.joined("linh")}.get(how, duc)
    if how == "used":
        duc.say(f"takeover {code}")
    if how == "expired":
        changed(leaving, rows(leaving, Handover)[0], expires_at=leaving.clock.now())
    if how == "withdrawn":
        leaving.phone("tg-amina").command("handover")
        leaving.phone("tg-amina").tap("Yes, make the code")
    before = [row.used_at for row in rows(leaving, Handover)]
    shown = talker.command("takeover", "junk" if how == "wrong" else code)
    assert "code" in shown and "taken over" not in shown
    assert [row.used_at for row in rows(leaving, Handover)] == before


def test_site_manager_makes_the_code_for_somebody_of_the_site(blank: Town) -> None:
    duc = blank.joined("duc")
    duc.command("handover")
    assert duc.labels[:2] == ["Duc Pham", "Amina Tran"]
    duc.tap("Amina Tran")
    duc.tap("Yes, make the code")
    assert rows(blank, Handover)[0].from_id == person(blank, "amina").id


# --- people who cannot be reached ---


def test_notes_of_somebody_who_blocked_the_bot_go_to_the_site_manager_until_they_write_again(blank: Town) -> None:
    duc, _lucia = blank.joined("duc"), capa_opened(blank)
    amina = blank.phone("tg-amina")
    amina.happen("blocked")
    assert "Until then Duc Pham gets their notes." in blank.transcript("C0ASIA")
    blank.tick(datetime(2026, 12, 3, 3, 0, tzinfo=UTC))
    assert "CAPA 1" in blank.transcript("tg-duc") and "CAPA 1" not in blank.transcript("tg-amina").split("reminder")[-1]
    amina.command("status")
    assert person(blank, "amina").reachable and duc.account == "tg-duc"
    # What falls due is planned a day and a half ahead.
    for day in (8, 9):
        blank.tick(datetime(2026, 12, day, 3, 0, tzinfo=UTC))
    assert "CAPA 1" in blank.transcript("tg-amina")


def test_what_waited_in_a_blocked_chat_goes_to_the_other_account(blank: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    capa_opened(blank)
    with blank.store.write() as session:
        amina = people.by_key(session, "amina")
        assert amina is not None
        session.add(Contact(person_id=amina.id, channel="slack", account="U0AMINA", conversation="U0AMINA"))
    with monkeypatch.context() as held:
        held.setattr(blank, "deliver", lambda: None)
        blank.tick(datetime(2026, 12, 3, 3, 0, tzinfo=UTC))
        blank.phone("tg-amina").happen("blocked")
    blank.deliver()
    assert "CAPA 1" in blank.transcript("U0AMINA") and "cannot be reached" not in blank.transcript("U0AMINA")
    assert person(blank, "amina").reachable
