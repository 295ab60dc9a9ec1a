"""What the bot asked of a stand-in platform, in the order it arrived: the second witness of every test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Condition
from typing import Any


@dataclass
class Call:
    """One call of the bot: `answer` is None until the stand-in has answered, `refused` says why it was refused.

    `planned` marks a refusal that a test asked for (a full queue, a blocked chat); only the others are the bot's fault.
    """

    platform: str
    method: str
    params: dict[str, Any]
    at: datetime
    answer: dict[str, Any] | None = None
    refused: str | None = None
    planned: bool = False


@dataclass
class CallLog:
    """The calls so far, a condition that wakes whoever waits for more, bells that are rung at each change, and hooks.

    `arrived` runs before a call has any effect and `answered` after the effect but before the answer leaves, both in
    the server's thread: a test kills the bot there, or holds the call back.
    """

    calls: list[Call] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)
    bells: set[Callable[[], None]] = field(default_factory=set)
    arrived: Callable[[Call], None] | None = None
    answered: Callable[[Call], None] | None = None

    def open(self, platform: str, method: str, params: dict[str, Any]) -> Call:
        """The new call, noted before it has any effect."""
        call = Call(platform, method, params, datetime.now(UTC))
        with self.changed:
            self.calls.append(call)
            self.notify()
        if self.arrived:
            self.arrived(call)
        return call

    def close(self, call: Call, answer: dict[str, Any], refused: str | None = None, planned: bool = False) -> None:
        """Note what was answered and wake those who wait for it."""
        call.answer, call.refused, call.planned = answer, refused, planned
        if self.answered:
            self.answered(call)
        self.notify()

    def notify(self) -> None:
        """Wake whoever waits: something changed."""
        with self.changed:
            self.changed.notify_all()
            for bell in [*self.bells]:
                bell()

    def faults(self) -> list[Call]:
        """The calls that the real platform would have refused and no test had planned."""
        return [call for call in self.calls if call.refused and not call.planned]

    def wait_for(self, ready: Callable[[], object], seconds: float = 10.0) -> object:
        """What `ready` gives as soon as it is true, or its last false value after `seconds` of real time."""
        with self.changed:
            return self.changed.wait_for(ready, timeout=seconds)
