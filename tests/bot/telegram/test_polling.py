from threading import Event

import pytest
from structlog.testing import capture_logs

from bot.config import ConfigError
from bot.playground.telegram.trouble import Drop, Hang, ServerError, TooMany
from bot.telegram.methods import KINDS
from handlers.message import Happened
from tests.bot.telegram.line import Line
from tests.playground.telegram_line import picture


def offsets(line: Line) -> list[int | None]:
    return [params.get("offset") for params in line.calls("getUpdates")]


def test_what_was_said_before_we_listened_is_taken_in_order(line: Line) -> None:
    for word in ("One", "Two", "Three"):
        line.amina.say(word)
    with line.listening():
        line.intake.wait("Three")
    assert line.intake.words() == ["start", "One", "Two", "Three"]


def test_webhook_is_taken_away_and_nothing_that_waits_is_dropped(line: Line) -> None:
    line.wire.run(line.channel._api.bot.set_webhook("http://127.0.0.1:1/hook"))
    line.amina.say("One")
    with line.listening():
        assert line.intake.wait("One") == ["start", "One"]
    assert line.phone.state.webhook is None


def test_only_kinds_that_are_read_are_asked_for(line: Line) -> None:
    with line.listening():
        line.intake.wait("start")
    assert line.calls("getUpdates")[0]["allowed_updates"] == list(KINDS)


def test_chat_keeps_its_order_and_does_not_wait_for_another(line: Line) -> None:
    binh = line.phone.person("Binh", "vi")
    binh.say("B1")
    line.amina.say("A1")
    line.amina.say("A2")
    binh.say("B2")
    line.intake.held["A1"] = Event()
    with line.listening():
        assert line.intake.wait("B2") == ["start", "B1", "B2"] or line.intake.words() == ["B1", "start", "B2"]
        line.intake.held["A1"].set()
        line.intake.wait("A2")
    assert [word for word in line.intake.words() if word.startswith("A")] == ["A1", "A2"]


def test_next_batch_is_asked_for_only_when_every_turn_is_committed(line: Line) -> None:
    line.intake.held["start"] = Event()
    with line.listening():
        line.log.wait_for(lambda: line.intake.offered, 30)
        assert offsets(line) == [None]
        line.intake.held["start"].set()
        line.log.wait_for(lambda: len(offsets(line)) == 2, 30)
    update_id = int(line.intake.taken[0].delivery.rpartition(":")[2])
    assert offsets(line) == [None, update_id + 1]


def test_store_out_of_reach_leaves_the_batch_with_telegram(line: Line) -> None:
    line.amina.say("One")
    line.intake.away = 2
    with line.listening():
        line.intake.wait("One")
        line.log.wait_for(lambda: len(offsets(line)) == 4, 30)
    assert offsets(line)[:3] == [None, None, None]
    assert line.intake.words() == ["start", "One"]


def test_failure_in_one_chat_holds_the_rest_of_that_chat_only(line: Line) -> None:
    binh = line.phone.person("Binh", "vi")
    line.intake.held["start"] = Event()
    line.amina.say("One")
    binh.say("Hello")
    line.intake.away = 1
    line.intake.held["Hello"] = Event()
    with line.listening():
        line.log.wait_for(lambda: len(line.intake.offered) == 2, 30)
        line.intake.held["start"].set()
        line.log.wait_for(lambda: not line.intake.away, 30)
        line.intake.held["Hello"].set()
        line.intake.wait("One", "Hello")
    assert [word for word in line.intake.words() if word != "Hello"] == ["start", "One"]


def test_what_was_not_committed_before_a_crash_is_offered_again(line: Line) -> None:
    line.amina.say("One")
    line.intake.held["One"] = Event()
    with line.listening():
        line.log.wait_for(lambda: len(line.intake.offered) == 2, 30)
    line.intake.away = 1
    line.intake.held.pop("One").set()
    line.log.wait_for(lambda: not line.intake.away, 30)
    assert line.intake.words() == ["start"]
    with line.listening():
        line.intake.wait("One")
    assert line.intake.words() == ["start", "One"]


def test_repeated_update_is_taken_once(line: Line) -> None:
    with line.listening():
        line.intake.wait("start")
        update_id = int(line.intake.taken[0].delivery.rpartition(":")[2])
        line.phone.repeat(update_id, 3)
        line.amina.say("Next")
        line.intake.wait("Next")
    assert line.intake.words() == ["start", "Next"]
    assert len(line.intake.offered) == 5


def test_album_keeps_its_pictures_together_by_name(line: Line) -> None:
    line.amina.send_photos([picture(), picture(colour="red")], "The meters")
    with line.listening():
        line.log.wait_for(lambda: len(line.intake.taken) == 3, 30)
    first, second = line.intake.taken[1:]
    assert first.album == second.album != ""


def test_sticker_and_standing_are_told(line: Line) -> None:
    with line.listening():
        line.amina.send_sticker()
        line.amina.add_to_group("Mill 4")
        line.amina.block()
        line.amina.unblock()
        line.log.wait_for(lambda: len(line.intake.taken) == 5, 30)
    contents = [incoming.content for incoming in line.intake.taken[1:]]
    assert sorted(content.what for content in contents if isinstance(content, Happened)) == [
        "added_to_group",
        "blocked",
        "unblocked",
        "unknown",
    ]


def test_update_that_nobody_can_read_does_not_stop_the_rest(line: Line) -> None:
    line.phone.raw({"message": {"chat": 5, "text": ["odd"]}})
    line.phone.raw({"message": "odd"})
    line.phone.raw({"telepathy": {"id": 1}})
    line.amina.say("One")
    with line.listening():
        assert line.intake.wait("One") == ["start", "One"]
    assert line.unknown == {"odd": 2, "telepathy": 1}


TROUBLES = {"server error": ServerError(), "broken line": Drop(), "lost answer": Drop(effect=True)}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
@pytest.mark.parametrize("method", ["deleteWebhook", "getUpdates"])
def test_trouble_on_the_line_is_outlasted(line: Line, method: str, trouble: ServerError | Drop) -> None:
    line.phone.plan(method, None, trouble, 2)
    with line.listening():
        assert line.intake.wait("start") == ["start"]


def test_poll_waits_as_long_as_telegram_asks(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("bot.telegram.insist.sleep", wait)
    line.phone.plan("getUpdates", None, TooMany(9))
    with line.listening():
        line.intake.wait("start")
    assert 9 in waited


def test_other_program_on_the_same_token_is_named_and_outlasted(line: Line) -> None:
    other = line.channel_of()
    with capture_logs() as logged, line.listening():
        line.log.wait_for(lambda: len(offsets(line)) == 2, 30)
        line.wire.run(other._api.bot.get_updates(timeout=0))
        line.log.wait_for(lambda: len(offsets(line)) >= 4, 30)
        line.amina.say("Still here")
        assert "Still here" in line.intake.wait("Still here")
    assert "stop it" in str(logged[0]["cure"])


def test_token_that_is_withdrawn_ends_the_poll(line: Line) -> None:
    with line.listening() as listening:
        line.log.wait_for(lambda: len(offsets(line)) == 2, 30)
        line.phone.state.token = "8100001:new-token"
        line.amina.say("One")
        with pytest.raises(ConfigError, match="TELEGRAM_BOT_TOKEN"):
            listening.result(5)


def test_log_holds_no_words_and_no_token(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    line.phone.plan("getUpdates", None, ServerError())
    line.phone.plan("getUpdates", None, Drop())
    line.phone.raw({"message": {"chat": 5, "text": ["secret words"]}})
    line.amina.say("secret words")
    with capture_logs() as logged, line.listening():
        line.intake.wait("secret words")
    assert [one["event"] for one in logged] == ["not yet", "not yet", "update of an odd shape"]
    written = str(logged) + caplog.text
    assert "secret words" not in written
    assert "stand-in-token" not in written


def test_slow_answer_of_telegram_is_no_fault(line: Line) -> None:
    line.phone.plan("getUpdates", None, Hang(0.05))
    with line.listening():
        assert line.intake.wait("start") == ["start"]
