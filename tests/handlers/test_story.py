"""The main job without the platforms: what each person is shown, from the invitation to the overdue CAPA."""

from datetime import UTC, datetime

from handlers.message import FileRef
from tests.talks import Town


def test_invited_person_chooses_a_language_and_accepts_the_privacy_notice(town: Town) -> None:
    lucia = town.slack("U0LUCIA")
    assert "amina" in lucia.command("invite", "amina").lower() or "Amina" in lucia.command("invite", "amina")
    link = lucia.command("invite", "amina").rsplit(" ", 1)[-1]
    amina = town.phone("tg-1")
    assert "Which language" in amina.command("start", link.partition("start=")[2])
    assert "keep your name" in amina.tap("English")
    assert "You are in" in amina.tap("Yes, I agree")


def test_lesson_is_taken_to_its_result(town: Town) -> None:
    amina = town.joined("amina")
    amina.command("lesson")
    for _screen in range(3):
        amina.tap("Next")
    assert "That is right" in amina.tap("12,500 kWh")
    assert "1 of 1" in town.transcript("tg-amina")


def test_figure_is_read_back_stored_and_raises_an_alert_that_opens_a_capa(town: Town) -> None:
    amina, lucia = town.joined("amina"), town.slack("U0LUCIA", "C0ASIA")
    amina.command("figures")
    amina.tap("Electricity, October 2026")
    assert "16,500 kWh" in amina.say("16,5 MWh")
    assert "Stored" in amina.tap("Yes, send it")
    assert "10 %" in town.transcript("C0ASIA")
    lucia.tap("Open a CAPA" if "Open a CAPA" in town.transcript("C0ASIA") else "Abrir", trigger="t")
    modal = town.given[-1].modal
    assert modal is not None and [field["key"] for field in modal["fields"]] == ["finding", "severity", "owner", "due"]
    lucia.submit(
        {
            "finding": "Too much power",
            "severity": "major",
            "owner": modal["fields"][2]["options"][0][0],
            "due": "2026-12-10",
        }
    )
    town.tick(minutes=1)
    assert "CAPA 1" in town.transcript("tg-amina")
    before = len(town.shown)
    town.tick(datetime(2026, 12, 3, 3, 0, tzinfo=UTC))
    town.tick(hours=1)
    assert sum("A reminder" in one["text"] for _at, one in town.shown[before:] if one["kind"] == "message") == 1
    town.tick(datetime(2026, 12, 11, 9, 0, tzinfo=UTC))
    town.tick(hours=1)
    assert town.transcript("C0ASIA").count("overdue") == 1


def test_obstacle_goes_to_the_thread_and_the_answer_comes_back(town: Town) -> None:
    amina = town.joined("amina")
    amina.command("obstacle")
    amina.tap("Machines")
    amina.say("The compressor leaks")
    amina.say("", FileRef("file-1", "photo"))
    amina.tap("Yes, send it")
    assert "The compressor leaks" in town.transcript("C0ASIA")
    root = next(one["key"] for at, one in town.shown if at == "C0ASIA" and one["key"].startswith("obstacle/"))
    with town.store.read() as session:
        from storage import outbox

        row = outbox.by_key(session, root)
    assert row is not None
    town.slack("U0LUCIA", "C0ASIA", row.ref).say("We send a technician")
    assert "We send a technician" in town.transcript("tg-amina")
    assert "Sent to your mentor" in amina.say("Thank you")
    assert "Thank you" in town.transcript("C0ASIA")


def test_manager_gets_the_summary(town: Town) -> None:
    helena = town.slack("U0HELENA")
    helena.command("summary")
    with town.store.read() as session:
        from storage import outbox

        assert outbox.counts(session)["waiting"] == 1
