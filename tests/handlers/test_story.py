"""The main job without the platforms: what each person is shown, from the invitation to the overdue CAPA."""

from datetime import UTC, datetime

from handlers.message import FileRef
from storage import outbox
from tests.handlers.deeds import ELECTRICITY, obstacle_reported, ref, terms
from tests.talks import Town


def test_invited_person_chooses_a_language_and_accepts_the_privacy_notice(town: Town) -> None:
    link = town.slack("U0LUCIA").command("invite", "amina").rsplit(" ", 1)[-1]
    amina = town.phone("tg-1")
    assert "Fair Thread 2026" in amina.command("start", link.partition("start=")[2])
    assert "keep your name" in amina.tap("English")
    assert "You are in" in amina.tap("Yes, I agree")


def test_lesson_is_taken_to_its_result(town: Town) -> None:
    amina = town.joined("amina")
    amina.command("lesson")
    for _screen in range(3):
        amina.tap("Next")
    assert "That is right" in amina.tap("12,500 kWh")
    assert "1 of 1" in town.transcript("tg-amina")


def test_figure_above_the_limit_raises_an_alert_that_opens_a_capa_with_its_reminders(town: Town) -> None:
    amina, lucia = town.joined("amina"), town.slack("U0LUCIA", "C0ASIA")
    amina.command("figures")
    amina.tap(ELECTRICITY)
    assert "16.5 MWh</b>, that is 16,500 kWh" in amina.say("16,5 MWh")
    assert "Stored" in amina.tap("Yes, send it")
    assert "10 % over" in town.transcript("C0ASIA")
    lucia.tap("Open a CAPA", trigger="t")
    lucia.submit(terms(lucia, due="2026-12-10"))
    town.tick(minutes=1)
    assert "CAPA 1" in town.transcript("tg-amina")
    town.tick(datetime(2026, 12, 3, 3, 0, tzinfo=UTC))
    town.tick(hours=1)
    assert town.transcript("tg-amina").count("A reminder") == 1
    town.tick(datetime(2026, 12, 11, 9, 0, tzinfo=UTC))
    town.tick(hours=1)
    assert town.transcript("C0ASIA").count("is overdue") == 1


def test_obstacle_goes_to_the_thread_and_the_answer_comes_back(town: Town) -> None:
    amina = town.joined("amina")
    obstacle_reported(amina, "The compressor leaks", FileRef("file-1", "photo"))
    assert "The compressor leaks" in town.transcript("C0ASIA")
    town.slack("U0LUCIA", "C0ASIA", ref(town, "ticket/1/thread")).say("We send a technician")
    assert "We send a technician" in town.transcript("tg-amina")
    assert "Sent to your mentor" in amina.say("Thank you")
    assert "Thank you" in town.transcript("C0ASIA")


def test_manager_gets_the_summary_once_it_has_been_drawn(town: Town) -> None:
    town.slack("U0HELENA").command("summary")
    with town.store.read() as session:
        assert outbox.counts(session)["waiting"] == 1


def test_mentor_who_answers_under_a_lost_copy_is_told_so(town: Town) -> None:
    town.joined("amina")
    told = town.slack("U0LUCIA", "C0ASIA", "lost").say("We come on Friday", reply_to="lost")
    assert "answer below the newest message" in told
