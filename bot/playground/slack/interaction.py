"""What a person does with the app, and what the app's acknowledgement then does: press, choose, submit, close, call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.slack import answering, payloads, views
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.form import fill
from bot.playground.slack.reach import Place, Which, channel_of, find, message_of, open_modal
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.seen import SeenView, see_view
from bot.playground.slack.state import State
from bot.playground.slack.tickets import ReplyAddress
from bot.playground.slack.values import HOLDS, chosen
from bot.playground.slack.view import View

PRESSED = {"button"}
CHOSEN = {*HOLDS, "overflow"} - {"file_input"}


@dataclass(frozen=True)
class Submission:
    """How a modal was sent off: `errors` by block id, from Slack's client or from the bot; `view` is what is open now.

    `delivery` is None if Slack's client did not send it.
    """

    errors: dict[str, str]
    view: SeenView | None
    delivery: Delivery | None


def press(state: State, person: str, name: str, which: Which | None) -> Delivery:
    """The press of a button."""
    spot = find(state, person, name, PRESSED, which)
    return _interact(state, person, payloads.block_actions(state, person, spot, {}))


def choose(state: State, person: str, name: str, value: Any, which: Which | None) -> Delivery:
    """The choice made in a select, a picker, a set of checkboxes or an overflow menu."""
    spot = find(state, person, name, CHOSEN, which)
    picked = chosen(spot.element, value)
    holder = spot.view.filled if spot.view else spot.message.chosen if spot.message else {}
    holder[(spot.block_id, spot.element["action_id"])] = picked
    held = {HOLDS.get(spot.element["type"], ("selected_option", ""))[0]: picked}
    return _interact(state, person, payloads.block_actions(state, person, spot, held))


def submit(state: State, person: str, values: Mapping[str, Any]) -> Submission:
    """The modal on top, filled in and sent off. Waits for the bot."""
    with state.lock:
        view = open_modal(state, person)
        if view is None:
            raise LookupError(f"{person} has no modal open")
        if "submit" not in view.source:
            raise LookupError(f"the modal {view.source['title']['text']!r} has nothing to send off")
        if fill(view, values):
            return Submission(dict(view.errors), see_view(view), None)
        payload = payloads.submission(state, view)
        delivery = _interact(state, person, payload, lambda answer: views.acknowledged(state, view, answer))
    delivery.wait()
    with state.lock:
        now = open_modal(state, person)
        return Submission(dict(view.errors), see_view(now) if now else None, delivery)


def close(state: State, person: str) -> Delivery | None:
    """The modal on top put away; the bot hears of it if it asked to."""
    view = open_modal(state, person)
    if view is None:
        raise LookupError(f"{person} has no modal open")
    cleared = bool(view.source.get("clear_on_close"))
    gone = [*state.stacks[person]] if cleared else [view]
    state.stacks[person] = [other for other in state.stacks[person] if other not in gone]
    state.log.notify()
    told = [_closed(state, person, other, cleared) for other in reversed(gone) if other.source.get("notify_on_close")]
    return told[0] if told else None


def command(state: State, person: str, name: str, text: str, place: Place) -> Delivery | None:
    """A slash command; None if the app has no right to any."""
    if "commands" not in state.scopes:
        state.notice(person, "invalid_command")
        return None
    channel = channel_of(state, person, place)
    address = ReplyAddress(person, channel.id, state.clock())
    payload = payloads.command(state, person, name, text, channel)

    def answered(answer: Any) -> None:
        if answer:
            answering.answer(state, address, answer if isinstance(answer, dict) else {"text": str(answer)})

    return _send(state, person, Delivery("slash_commands", payload, person), answered)


def shortcut(state: State, person: str, callback_id: str) -> Delivery:
    """A global shortcut."""
    return _interact(state, person, payloads.shortcut(state, person, callback_id))


def message_shortcut(state: State, person: str, callback_id: str, which: Which) -> Delivery:
    """A shortcut on a message."""
    channel, message = message_of(state, person, which)
    return _interact(state, person, payloads.message_shortcut(state, person, callback_id, channel, message))


def _closed(state: State, person: str, view: View, cleared: bool) -> Delivery:
    return _interact(state, person, payloads.closing(state, view, cleared))


def _interact(
    state: State, person: str, payload: dict[str, Any], answered: Callable[[Any], None] | None = None
) -> Delivery:
    return _send(state, person, Delivery("interactive", payload, person), answered)


def _send(state: State, person: str, delivery: Delivery, answered: Callable[[Any], None] | None) -> Delivery:
    def settle(settled: Delivery) -> None:
        if settled.outcome == "failed":
            timed_out = settled.failures[-1] == "http_timeout"
            state.notice(person, "operation_timeout" if timed_out else "dispatch_failed")
        elif answered:
            _apply(state, person, settled, answered)

    delivery.settle = settle
    state.send(delivery)
    return delivery


def _apply(state: State, person: str, delivery: Delivery, answered: Callable[[Any], None]) -> None:
    """Do what the acknowledgement asks for. One that Slack would not take is noted as a refused call of the bot."""
    try:
        with state.lock:
            answered(delivery.answer)
    except Refusal as refusal:
        answer = delivery.answer if isinstance(delivery.answer, dict) else {"text": delivery.answer}
        call = state.log.open("slack", "acknowledgement", answer)
        state.log.close(call, refusal.as_json(), refusal.error)
        state.notice(person, "dispatch_failed")
