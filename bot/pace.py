"""Keeps to a platform's budget: when may the next message go, in all and in one chat."""

from dataclasses import dataclass, field
from time import monotonic

from bot.channel import Budget


@dataclass
class Bucket:
    """Holds up to `burst` tokens and gains one every `interval_s` seconds."""

    interval_s: float
    burst: int
    tokens: float = field(init=False)
    filled_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.tokens, self.filled_at = float(self.burst), monotonic()

    def wait(self) -> float:
        """Seconds until a token is there; 0 if one is."""
        now = monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) / self.interval_s)
        self.filled_at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) * self.interval_s

    def take(self) -> None:
        """Use a token."""
        self.wait()
        self.tokens -= 1


class Pace:
    """The budget of one channel. A part of it is kept for answers: a fifth of what may go at once, and one at least."""

    KEPT_FOR_ANSWERS = 0.2

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        # A small burst: what is sent in one second from rest stays near the rate too.
        self._all = Bucket(1 / budget.per_second, max(2, int(budget.per_second / 5)))
        self._chats: dict[str, Bucket] = {}
        self._halted_until: dict[str, float] = {}

    def held(self) -> list[str]:
        """The chats that may not be written to at the moment; those that are rested are forgotten."""
        now = monotonic()
        self._halted_until = {chat: until for chat, until in self._halted_until.items() if until > now}
        self._chats = {chat: one for chat, one in self._chats.items() if one.wait() > 0 or one.tokens < one.burst}
        resting = [chat for chat, bucket in self._chats.items() if bucket.wait() > 0]
        return [*resting, *self._halted_until]

    def room(self, *, answers_only: bool = False) -> int:
        """How many messages may go now in all."""
        if self._halted_until.get("", 0.0) > monotonic():
            return 0
        self._all.wait()
        kept = 0 if answers_only else max(1, self._all.burst * self.KEPT_FOR_ANSWERS)
        return max(0, int(self._all.tokens - kept))

    def took(self, chat: str, group: bool) -> None:
        """Note that a message goes to a chat."""
        budget = self.budget
        if chat not in self._chats:
            interval, burst = (
                (budget.group_interval_s, budget.group_burst) if group else (budget.chat_interval_s, budget.chat_burst)
            )
            self._chats[chat] = Bucket(interval, burst)
        self._chats[chat].take()
        self._all.take()

    def halt(self, chat: str, seconds: float) -> None:
        """Write nothing to a chat ("" for all of them) for so many seconds."""
        self._halted_until[chat] = max(self._halted_until.get(chat, 0.0), monotonic() + seconds)
