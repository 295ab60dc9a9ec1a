"""What somebody could do that no honest phone does: press a button that is not theirs, send a message of any shape."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.playground.slack.delivery import Delivery
from bot.playground.telegram.people import Person as Phone
from bot.playground.telegram.state import Query
from bot.playground.telegram.tap import Tap
from tests.whole.world import World


def press_button_of_another(world: World, phone: Phone, action: str) -> Tap:
    """Send the press of a button that this phone was never shown, under the newest message of its own chat."""
    state = world.playground.telegram.state
    with state.lock:
        query = Query(str(state.next_message_id() << 32), state.clock(), phone.user)
        state.queries[query.id] = query
        body = {
            "id": query.id,
            "from": phone.user.as_json(),
            "message": phone.chat.message_json(phone.chat.live()[-1]),
            "chat_instance": str(phone.chat.id),
            "data": action,
        }
        return Tap(state, query, state.tell("callback_query", body))


def say_in_one_piece(world: World, phone: Phone, text: str) -> None:
    """Send a text that a phone would have cut up, as one message."""
    state = world.playground.telegram.state
    with state.lock:
        message = state.post(phone.chat, phone.user, {"text": text})
        state.tell("message", phone.chat.message_json(message))


@contextmanager
def slack_delivers(world: World, times: int) -> Iterator[list[Delivery]]:
    """Whatever Slack delivers comes so many times at once; the copies, as they are made."""
    state = world.playground.slack.state
    send, copies = state.send, list[Delivery]()

    def send_all(delivery: Delivery) -> None:
        more = [delivery.copy() for _again in range(times - 1)]
        copies.extend(more)
        for one in (delivery, *more):
            send(one)

    state.send = send_all
    try:
        yield copies
    finally:
        state.send = send
