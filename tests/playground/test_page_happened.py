"""What just happened, from the rows that a turn leaves."""

from datetime import UTC, datetime, timedelta

from bot.playground.page.happened import happened_json
from bot.playground.page.timeline import Timeline
from bot.playground.telegram.people import Person as Phone
from storage import audit
from storage.tables.queues import OutboxRow
from storage.tables.talks import Delivery
from tests.playground.page_stage import TestStage


def wrote(stage: TestStage, phone: Phone, text: str) -> str:
    """The delivery that the bot gets of a message."""
    phone.say(text)
    state = stage.playground.telegram.state
    return f"telegram:{state.bot.id}:{max(state.updates.history)}"


def row(key: str, conversation: str, at: datetime, person_id: int | None, kind: str = "message") -> OutboxRow:
    return OutboxRow(
        key=key,
        lane=0,
        channel="telegram",
        conversation=conversation,
        person_id=person_id,
        kind=kind,
        ready_at=at,
        made_at=at,
    )


def test_line_names_who_did_what_with_what_effect(stage: TestStage) -> None:
    at = datetime.now(UTC)
    delivery = wrote(stage, stage.phones["amina"], "16,5 MWh")
    with stage.app.store.write() as session:
        session.add(Delivery(id=delivery, at=at, channel="telegram"))
        audit.note(session, at, 1, "figure stored", "submission", 4, metric="electricity")
        session.add(row(f"reply/{delivery}/0", "5100001", at, 1))
        session.add(row(f"reply/{delivery}/menu/1", "5100001", at, 1, "menu"))
        session.add(row("breach/1/alert", "C0ASIA", at, 14))
    timeline = Timeline(stage.now)
    timeline.note(stage.now())
    line = happened_json(stage, timeline)[0]
    assert (line["who"], line["deed"]) == ("Amina Tran", "wrote “16,5 MWh”")
    assert line["stored"] == ["figure stored (submission 4), metric electricity"]
    assert line["told"] == [
        {"how": "answered", "whom": "Amina Tran"},
        {"how": "told", "whom": "#suppliers-of-lucia"},
    ]


def test_what_the_clock_caused_is_told_of_the_clock(stage: TestStage) -> None:
    at = datetime.now(UTC)
    with stage.app.store.write() as session:
        audit.note(session, at, None, "note said", "capa.due", 1, step="7")
        session.add(row("capa/1/due/7", "5100001", at + timedelta(milliseconds=20), 1))
    line = happened_json(stage, Timeline(stage.now))[0]
    assert (line["who"], line["stored"]) == ("The clock", ["note said (capa.due 1), step 7"])
    assert line["told"] == [{"how": "told", "whom": "Amina Tran"}]


def test_payload_of_an_invitation_is_not_written_down(stage: TestStage) -> None:
    delivery = wrote(stage, stage.phones["amina"], "/start a-secret-of-one-use")
    with stage.app.store.write() as session:
        session.add(Delivery(id=delivery, at=datetime.now(UTC), channel="telegram"))
    lines = happened_json(stage, Timeline(stage.now))
    assert lines[0]["deed"] == "opened an invitation"
    assert "a-secret-of-one-use" not in str(lines)
