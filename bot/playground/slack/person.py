"""A person's side of Slack: what they do and what they see. Safe to call from any thread but the server's own."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from bot.playground.slack import events, files, payloads
from bot.playground.slack.channel import Channel, Message
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.desktop import Desktop, Place, Submission
from bot.playground.slack.posting import named, place, remove, thread_of
from bot.playground.slack.seen import SeenMessage, SeenView, see_message, see_view
from bot.playground.slack.state import BOT_USER, TEAM, State
from bot.playground.slack.typed import sent

Attached = tuple[str, bytes, str]


class HasTs(Protocol):
    """A message, by whatever stands for it."""

    @property
    def ts(self) -> str: ...


class Person:
    """`id` as the bot knows it. A channel is given as itself, its id or its name; None is the direct message with the bot.

    A message is given by its timestamp or by anything that has one (`ts`).
    """

    def __init__(self, state: State, user_id: str) -> None:
        self.state, self.id = state, user_id
        self._desktop = Desktop(state, user_id)

    def __repr__(self) -> str:
        return f"Person({self.id})"
