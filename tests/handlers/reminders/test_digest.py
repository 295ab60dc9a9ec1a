"""Several notes of a day are one message; it can be put off, it says why it came, and there are few a day."""

from typing import Any

import pytest

from storage.tables.planning import DueNote, DueState
from tests.handlers.deeds import capa_opened, person, rows
from tests.handlers.reminders.moments import another_capa, at, reach
from tests.handlers.stage import Stage
from tests.talks import Town


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina has been told of a CAPA that is due on Thursday the 10th of December."""
    town = stage.after(capa_opened)
    town.tick(minutes=1)
    return town


def messages(town: Town, place: str = "tg-amina") -> list[dict[str, Any]]:
    """The messages that one chat has been shown."""
    return [one for where, one in town.shown if where == place and one["kind"] == "message"]


def said(town: Town, kind: str) -> list[DueNote]:
    return [row for row in rows(town, DueNote) if row.kind == kind and row.state is DueState.SAID]


def test_notes_of_one_day_come_in_one_message(town: Town) -> None:
    another_capa(town)
    before = len(messages(town))
    reach(town, "2026-12-03")
    new = messages(town)[before:]
    assert len([one for one in new if "CAPA 1" in one["text"]]) == 1
    assert "things for today" in new[-1]["text"] and "Too much power" in new[-1]["text"]
    assert "No fire drill" in new[-1]["text"]


def test_message_with_one_note_has_no_heading(town: Town) -> None:
    reach(town, "2026-12-03")
    assert messages(town)[-1]["text"].startswith("A reminder: CAPA 1")


def test_why_names_the_rule_the_object_since_when_who_else_and_how_it_stops(town: Town) -> None:
    reach(town, "2026-12-03")
    why = town.phone("tg-amina").tap("Why this message?")
    assert "owner of CAPA 1, opened on" in why and "Nobody else is told" in why and "It stops when" in why


def test_overdue_says_who_else_was_told(town: Town) -> None:
    for day in ("2026-12-11", "2026-12-12", "2026-12-14"):
        reach(town, day, 15)
        town.tick(hours=3)
    alert = next(one for one in messages(town, "C0ASIA") if "is overdue" in one["text"])
    assert "Also told: " in alert["text"] and "Amina" in alert["text"]
    lucia = town.slack("U0LUCIA", "C0ASIA")
    assert "the ladder of the programme tells you 1 working day after" in lucia.tap("Why this message?")


def test_two_notes_about_the_same_thing_say_it_once(stage: Stage) -> None:
    town = stage.after(capa_opened)
    town.tick(at("2026-12-02", 19))
    opened = [one["text"] for one in messages(town) if "A corrective action" in one["text"]]
    reach(town, "2026-12-03")
    last = messages(town)[-1]["text"]
    assert not opened and last.count("CAPA 1") == 1 and "A corrective action" in last


def test_note_that_was_put_off_comes_on_that_day_and_not_before(town: Town) -> None:
    reach(town, "2026-12-09")
    amina = town.phone("tg-amina")
    amina.tap("Remind me later")
    assert "I will remind you on" in amina.tap("In three days")
    count = len(said(town, "capa.due"))
    reach(town, "2026-12-10")
    assert len(said(town, "capa.due")) == count
    reach(town, "2026-12-12")
    assert [row.step for row in said(town, "capa.due")][-1].endswith("+2026-12-12")


def test_in_a_message_of_several_one_is_chosen_to_be_put_off(town: Town) -> None:
    another_capa(town)
    reach(town, "2026-12-09")
    amina = town.phone("tg-amina")
    assert "Which one" in amina.tap("Remind me later")
    assert "CAPA 2" in amina.tap("CAPA 2")
    amina.tap("Tomorrow")
    put_off = [row for row in rows(town, DueNote) if "+" in row.step]
    assert [(row.object_id, str(row.day)) for row in put_off] == [(2, "2026-12-10")]


def test_others_are_told_though_the_owner_has_put_it_off(town: Town) -> None:
    town.joined("duc")
    reach(town, "2026-12-10")
    amina = town.phone("tg-amina")
    amina.tap("Remind me later")
    amina.tap("Next week")
    reach(town, "2026-12-11", 15)
    assert "is overdue" in town.transcript("tg-duc")


def test_somebody_elses_reminder_cannot_be_looked_into(town: Town) -> None:
    reach(town, "2026-12-03")
    action = town.phone("tg-amina").find("Why this message?")
    duc = town.joined("duc")
    duc.press(action)
    assert duc.toast == "This no longer exists."


def test_more_messages_than_the_cap_wait_for_the_next_day(town: Town) -> None:
    reach(town, "2026-12-09")
    note, amina = rows(town, DueNote)[-1], person(town, "amina")
    values = note.model_dump(exclude={"id", "person_id", "kind", "object_id", "step"})
    now = town.clock.moment
    with town.store.write() as session:
        for number in range(3):
            told = values | {"state": DueState.SAID, "told_id": amina.id, "said_at": now, "message": f"m{number}"}
            session.add(DueNote(**told, person_id=amina.id, kind="capa.opened", object_id=50, step=str(number)))
        late = values | {"state": DueState.PLANNED, "opens_at": now, "closes_at": at("2026-12-09", 18), "message": ""}
        session.add(DueNote(**late, person_id=amina.id, kind="capa.overdue", object_id=1, step="close/2026-12-10/day"))
        session.add(DueNote(**late, person_id=amina.id, kind="capa.opened", object_id=1, step="again"))
    town.tick(minutes=1)
    waiting = next(row for row in rows(town, DueNote) if row.kind == "capa.opened" and row.step == "again")
    assert waiting.state is DueState.PLANNED and waiting.opens_at == at("2026-12-10", 8)


def test_today_shows_what_the_morning_has_said_as_long_as_it_is_owed(town: Town) -> None:
    reach(town, "2026-12-03")
    amina = town.phone("tg-amina")
    assert "A reminder: CAPA 1" in amina.command("today")
    town.slack("U0LUCIA", "C0ASIA").press("r:capa.cancel:1")
    assert "There is nothing for today." in town.joined("linh").command("today")
