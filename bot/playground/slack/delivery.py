"""Something that Slack hands to the bot: an event, an interaction or a command, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Literal

DeliveryKind = Literal["events_api", "interactive", "slash_commands"]
Outcome = Literal["waiting", "acknowledged", "failed"]

LONGEST_WAIT_S = 10.0


@dataclass
class Delivery:
    """`answer` is what came with the acknowledgement; `failures` the reasons of the attempts that failed, in order.

    `settle` runs once, as soon as the outcome is known.
    """

    kind: DeliveryKind
    payload: dict[str, Any]
    person: str | None = None
    settle: Callable[["Delivery"], None] | None = None
    outcome: Outcome = "waiting"
    answer: Any = None
    failures: list[str] = field(default_factory=list)
    settled: Event = field(default_factory=Event)

    @property
    def comes_again(self) -> bool:
        """Whether it is sent again if an attempt fails: only events are."""
        return self.payload.get("type") == "event_callback"

    def end(self, outcome: Outcome, answer: Any = None) -> None:
        """Note how it went and let those who wait go on."""
        self.outcome, self.answer = outcome, answer
        if self.settle:
            self.settle(self)
        self.settled.set()

    def wait(self, seconds: float = LONGEST_WAIT_S) -> "Delivery":
        """This delivery, once acknowledged or given up. Not to be called in the server's own thread."""
        if not self.settled.wait(seconds):
            raise TimeoutError(f"{self.kind} was not settled within {seconds} s")
        return self

    def copy(self) -> "Delivery":
        """The same delivery once more, ids and all; what the bot answers to it has no effect."""
        return Delivery(self.kind, self.payload, self.person)
