"""The updates that wait for the bot, those it has had, and the kinds it asked for."""

from dataclasses import dataclass, field
from typing import Any

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Updates:
    """A queue by update id. `again` holds updates to be offered once more, whatever the bot has confirmed."""

    next_id: int
    pending: dict[int, dict[str, Any]] = field(default_factory=dict)
    history: dict[int, dict[str, Any]] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def wants(self, kind: str) -> bool:
        """Whether the bot has asked for this kind."""
        return kind in self.allowed if self.allowed else kind not in UNASKED

    def add(self, body: dict[str, Any]) -> int:
        """The id of the new update; one that stands in `body` is kept."""
        update_id = int(body.get("update_id", self.next_id))
        self.next_id = max(self.next_id, update_id + 1)
        self.history[update_id] = self.pending[update_id] = {"update_id": update_id, **body}
        return update_id

    def allow(self, kinds: list[str] | None) -> None:
        """Keep only these kinds from now on; an empty list is the default set, None changes nothing."""
        if kinds is not None:
            self.allowed = list(kinds)

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps that many of the newest."""
        first = offset if offset >= 0 else min(sorted(self.pending)[offset:], default=0)
        for update_id in [known for known in self.pending if known < first]:
            del self.pending[update_id]

    def offer(self, limit: int) -> list[dict[str, Any]]:
        """The next updates for a poll, oldest first."""
        repeated = [self.history[update_id] for update_id in self.again[:limit]]
        self.again = self.again[limit:]
        waiting = [self.pending[update_id] for update_id in sorted(self.pending)]
        return (repeated + waiting)[:limit]

    def done(self, update_id: int) -> None:
        """Forget an update that a webhook has answered."""
        self.pending.pop(update_id, None)

    def drop(self) -> None:
        """Forget all that waits."""
        self.pending.clear()
        self.again.clear()


def chat_of(update: dict[str, Any]) -> object:
    """What keeps this update in order with others: its chat, else its person, else nothing but itself."""
    for body in update.values():
        if isinstance(body, dict):
            about = body.get("message", body)
            return about.get("chat", body.get("from", {})).get("id", update["update_id"])
    return update["update_id"]
