"""What lies in a person's reach: their conversations, the messages they see, the elements they can use."""

from collections.abc import Collection, Iterator
from typing import Protocol

from bot.playground.slack.blocks import Block, elements
from bot.playground.slack.channel import Channel, Message
from bot.playground.slack.payloads import Spot
from bot.playground.slack.state import State
from bot.playground.slack.view import View


class HasTs(Protocol):
    """A message, by whatever stands for it."""

    @property
    def ts(self) -> str:
        """Its timestamp."""
        ...


Place = Channel | str | None
Which = HasTs | str


def ts_of(which: Which) -> str:
    """The timestamp of the message meant."""
    return which if isinstance(which, str) else which.ts


def channel_of(state: State, person: str, place: Place) -> Channel:
    """The conversation meant: by itself, its id or its name; None is the direct message with the bot."""
    if place is None:
        return state.direct(person)
    for channel in state.channels.values():
        if channel is place or place in (channel.id, channel.name, f"#{channel.name}"):
            if person in channel.members:
                return channel
            raise LookupError(f"{person} is not in {channel.name}")
    raise LookupError(f"no conversation {place!r}")


def visible(channel: Channel, person: str) -> list[Message]:
    """The messages that this person sees there, oldest first, replies included."""
    return [message for message in channel.messages.values() if message.only_for in (None, person)]


def message_of(state: State, person: str, which: Which) -> tuple[Channel, Message]:
    """The message meant and its conversation."""
    for channel in state.channels.values():
        message = channel.messages.get(ts_of(which))
        if message and person in channel.members and message.only_for in (None, person):
            return channel, message
    raise LookupError(f"{person} sees no message {ts_of(which)}")


def open_modal(state: State, person: str) -> View | None:
    """The modal on top, if one is open."""
    stack = state.stacks.get(person)
    return stack[-1] if stack else None


def find(state: State, person: str, name: str, kinds: Collection[str], which: Which | None) -> Spot:
    """The element of these types with this label or action id: in that message or view, else the newest in reach."""
    seen: list[str] = []
    for spot in _spots(state, person, which):
        if spot.element["type"] not in kinds:
            continue
        if name in labels(spot.element):
            return spot
        seen += labels(spot.element)
    raise LookupError(f"{person} sees no {name!r}, only {seen}")


def labels(element: Block) -> list[str]:
    """What a person may call the element."""
    texts = [element[part]["text"] for part in ("text", "placeholder") if part in element]
    return [*texts, element["action_id"]]


def _spots(state: State, person: str, which: Which | None) -> Iterator[Spot]:
    modal = open_modal(state, person)
    if which is not None:
        named = [view for view in (modal, state.homes.get(person)) if view and view.id == ts_of(which)]
        yield from _in_view(named[0]) if named else _in_message(*message_of(state, person, which))
        return
    if modal:
        yield from _in_view(modal)
    channels = [channel for channel in state.channels.values() if person in channel.members]
    reachable = [(channel, message) for channel in channels for message in visible(channel, person)]
    for channel, message in sorted(reachable, key=lambda pair: pair[1].ts, reverse=True):
        yield from _in_message(channel, message)
    if person in state.homes:
        yield from _in_view(state.homes[person])


def _in_message(channel: Channel, message: Message) -> Iterator[Spot]:
    for block in message.blocks:
        for element in elements(block):
            if "action_id" in element:
                yield Spot(element, block["block_id"], channel, message)


def _in_view(view: View) -> Iterator[Spot]:
    for block in view.source["blocks"]:
        for element in elements(block):
            if "action_id" in element:
                yield Spot(element, block["block_id"], view=view)
