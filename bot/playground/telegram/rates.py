"""Who was sent how much, how fast, and where that broke Telegram's published rates."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

PRIVATE_PER_S, PRIVATE_BURST = 1.0, 5.0
OVERALL_PER_S = 30
GROUP_PER_MIN = 20


@dataclass(frozen=True)
class Breach:
    """A message that came too soon for its scope; the stand-in lets it through and remembers it."""

    scope: Literal["private", "group", "overall"]
    chat_id: int
    at: datetime


@dataclass
class Rates:
    """A bucket for each private chat, and a window of moments for each group and for all together."""

    breaches: list[Breach] = field(default_factory=list)
    buckets: dict[int, tuple[float, float]] = field(default_factory=dict)
    windows: dict[int, deque[float]] = field(default_factory=dict)

    def count(self, chat_id: int, at: datetime) -> None:
        """Note one message to this chat. Groups have negative ids; chat 0 stands for all chats together."""
        now = at.timestamp()
        if chat_id > 0 and not self._drop_left(chat_id, now):
            self.breaches.append(Breach("private", chat_id, at))
        if chat_id < 0 and not self._room(chat_id, now, 60.0, GROUP_PER_MIN):
            self.breaches.append(Breach("group", chat_id, at))
        if not self._room(0, now, 1.0, OVERALL_PER_S):
            self.breaches.append(Breach("overall", chat_id, at))

    def _drop_left(self, chat_id: int, now: float) -> bool:
        level, seen = self.buckets.get(chat_id, (PRIVATE_BURST, now))
        level = min(PRIVATE_BURST, level + (now - seen) * PRIVATE_PER_S)
        self.buckets[chat_id] = (max(0.0, level - 1.0), now)
        return level >= 1.0

    def _room(self, key: int, now: float, seconds: float, most: int) -> bool:
        window = self.windows.setdefault(key, deque())
        while window and window[0] <= now - seconds:
            window.popleft()
        window.append(now)
        return len(window) <= most
