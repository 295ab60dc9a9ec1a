"""How often each method was called, and where that broke Slack's published rates."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

POST_PER_S, POST_BURST = 1.0, 5.0
WINDOW_S = 60.0


@dataclass(frozen=True)
class Breach:
    """A call that came too soon: for its channel or, without one, for its method's tier. It is let through."""

    method: str
    channel: str | None
    at: datetime


@dataclass
class Rates:
    """A bucket for each channel that is posted to, and a window of moments for each method with a tier."""

    breaches: list[Breach] = field(default_factory=list)
    buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    windows: dict[str, deque[float]] = field(default_factory=dict)

    def count(self, method: str, per_minute: int | None, at: datetime) -> None:
        """Note one call of a method that allows so many in a minute; None for a method outside the tiers."""
        if per_minute is not None and not self._room(method, at.timestamp(), per_minute):
            self.breaches.append(Breach(method, None, at))

    def posted(self, channel: str, at: datetime) -> None:
        """Note one message of chat.postMessage in this channel."""
        level, seen = self.buckets.get(channel, (POST_BURST, at.timestamp()))
        level = min(POST_BURST, level + (at.timestamp() - seen) * POST_PER_S)
        self.buckets[channel] = (max(0.0, level - 1.0), at.timestamp())
        if level < 1.0:
            self.breaches.append(Breach("chat.postMessage", channel, at))

    def _room(self, method: str, now: float, most: int) -> bool:
        window = self.windows.setdefault(method, deque())
        while window and window[0] <= now - WINDOW_S:
            window.popleft()
        window.append(now)
        return len(window) <= most
