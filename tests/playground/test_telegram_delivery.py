"""Updates on their way: polls, a webhook, repeats, and trouble that a test plans."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.playground.calls import Call
from bot.playground.serve import Served, serve
from bot.playground.telegram.trouble import Blocked, Drop, Hang, ServerError, TooMany
from tests.playground.telegram_line import Line


class Hook:
    """The bot's own web end: notes what comes and answers with the statuses it was given, then 200."""

    def __init__(self, line: Line) -> None:
        self.line, self.statuses = line, list[int]()
        self.seen: list[tuple[int, str | None]] = []
        self.served: Served = serve(Starlette(routes=[Route("/hook", self._take, methods=["POST"])]))

    async def _take(self, request: Request) -> Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.seen.append(((await request.json())["update_id"], secret))
        self.line.log.notify()
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)

    def wait(self, posts: int) -> list[int]:
        self.line.log.wait_for(lambda: len(self.seen) >= posts, 5)
        return [update_id for update_id, _ in self.seen]


@pytest.fixture
def hook(line: Line) -> Iterator[Hook]:
    hook = Hook(line)
    line.run(line.bot.set_webhook(f"{hook.served.url}/hook", secret_token="s-3", drop_pending_updates=True))
    yield hook
    line.run(line.bot.delete_webhook())
    hook.served.close()


def test_poll_waits_until_somebody_writes(line: Line) -> None:
    offset = line.updates()[-1].update_id + 1
    poll = line.begin(line.bot.get_updates(offset=offset, timeout=10))
    line.log.wait_for(lambda: [call.params.get("timeout") for call in line.log.calls][-1:] == [10])
    line.amina.say("Hello")
    assert [update.effective_message.text for update in poll.result(5) if update.effective_message] == ["Hello"]


def test_update_is_offered_until_it_is_confirmed(line: Line) -> None:
    line.amina.say("One")
    line.amina.say("Two")
    start, one, two = line.updates()
    assert [update.update_id for update in line.updates(limit=2)] == [start.update_id, one.update_id]
    assert [update.message.text for update in line.updates(offset=two.update_id)] == ["Two"]
    assert line.updates(offset=two.update_id + 1) == []


def test_kind_that_was_not_asked_for_is_not_kept(line: Line) -> None:
    line.updates(offset=line.updates()[-1].update_id + 1, allowed_updates=["message"])
    line.amina.block()
    line.amina.unblock()
    line.amina.say("Hello")
    assert [update.message.text for update in line.updates()] == ["Hello"]


def test_newer_poll_ends_the_one_that_waits(line: Line) -> None:
    offset = line.updates()[-1].update_id + 1
    older = line.begin(line.bot.get_updates(offset=offset, timeout=10, allowed_updates=["message"]))
    assert line.log.wait_for(lambda: line.phone.state.updates.allowed)
    assert line.raw("getUpdates", offset=offset) == []
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        older.result(5)


def test_poll_of_a_bot_that_died_is_no_fault(line: Line) -> None:
    offset = line.updates()[-1].update_id + 1

    async def give_up() -> None:
        await line.bot.get_updates(offset=offset, timeout=10, read_timeout=0.05 - 10)

    with pytest.raises(TimedOut):
        line.run(give_up())
    assert line.log.wait_for(lambda: line.log.calls[-1].answer)
    assert line.log.faults() == []


def test_repeated_update_is_offered_again_to_a_poll(line: Line) -> None:
    first = line.updates()[0].update_id
    line.updates(offset=first + 1)
    assert line.phone.repeat(first, 2) == []
    assert [update.update_id for update in line.updates(offset=first + 1)] == [first, first]
    assert line.updates(offset=first + 1) == []


def test_update_of_an_unknown_kind_can_be_put_in(line: Line) -> None:
    update_id = line.phone.raw({"hologram": {"from": {"id": line.amina.id}}})
    assert line.raw("getUpdates", offset=update_id) == [
        {"update_id": update_id, "hologram": {"from": {"id": line.amina.id}}}
    ]


def test_webhook_gets_updates_of_a_chat_in_order_with_the_secret(line: Line, hook: Hook) -> None:
    for text in ("One", "Two", "Three"):
        line.amina.say(text)
    ids = hook.wait(3)
    assert ids == sorted(ids) and len(ids) == 3
    assert {secret for _, secret in hook.seen} == {"s-3"}


def test_webhook_is_tried_again_until_it_answers_and_nothing_overtakes(line: Line, hook: Hook) -> None:
    hook.statuses = [500]
    line.amina.say("One")
    line.amina.say("Two")
    one, again, two = hook.wait(3)
    assert one == again < two
    info = line.run(line.bot.get_webhook_info())
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


def test_repeated_update_is_posted_at_once_to_a_webhook(line: Line, hook: Hook) -> None:
    line.amina.say("One")
    update_id = hook.wait(1)[0]
    assert line.phone.repeat(update_id, 5) == [200] * 5
    assert hook.wait(6) == [update_id] * 6


def test_planned_trouble_is_met_as_often_as_planned_and_is_no_fault(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    line.phone.plan("sendMessage", line.amina.id, TooMany(7))
    line.phone.plan("*", None, Blocked())
    line.phone.plan("sendMessage", None, ServerError())
    with pytest.raises(RetryAfter) as refusal:
        line.send()
    assert refusal.value.retry_after == timedelta(seconds=7)
    with pytest.raises(Forbidden, match="blocked"):
        line.send()
    with pytest.raises(NetworkError, match="Internal Server Error"):
        line.send()
    line.send("At last")
    assert line.log.faults() == []
    assert [call.planned for call in line.log.calls] == [True, True, True, False]


def test_trouble_meant_for_another_chat_is_not_met(line: Line) -> None:
    line.phone.plan("sendMessage", line.amina.id + 1, TooMany(7))
    assert line.send().text == "Good morning"


@pytest.mark.parametrize(("effect", "shown"), [(False, 0), (True, 1)], ids=["before", "after"])
def test_dropped_connection_loses_the_call_or_only_its_answer(line: Line, effect: bool, shown: int) -> None:
    line.phone.plan("sendMessage", None, Drop(effect=effect))
    with pytest.raises(NetworkError):
        line.send()
    assert len([message for message in line.amina.messages() if message.from_bot]) == shown
    assert line.log.faults() == []


def test_hanging_call_is_carried_out_late_unless_the_bot_hung_up(line: Line) -> None:
    line.phone.plan("sendMessage", None, Hang(0.1), times=2)
    assert line.send("Late").text == "Late"
    with pytest.raises(TimedOut):
        line.send("Never", read_timeout=0.02)
    assert line.log.wait_for(lambda: line.log.calls[-1].answer)
    shown = line.amina.last()
    assert shown and shown.text == "Late"


def test_call_held_back_holds_no_other(line: Line) -> None:
    held, go = Event(), Event()

    def hold(call: Call) -> None:
        if call.params.get("text") == "Held":
            held.set()
            go.wait(5)

    line.log.arrived = hold
    late = line.begin(line.bot.send_message(line.amina.id, "Held"))
    assert held.wait(5)
    line.send("Free")
    go.set()
    late.result(5)
    assert [message.text for message in line.amina.messages() if message.from_bot] == ["Free", "Held"]


def test_rates_are_counted_and_not_refused(line: Line) -> None:
    for number in range(6):
        line.send(f"Message {number}")
    group = line.amina.add_to_group("Line 4")
    for number in range(21):
        line.run(line.bot.send_message(group.id, f"Message {number}"))
    assert [breach.scope for breach in line.phone.state.rate_breaches] == ["private", "group"]
