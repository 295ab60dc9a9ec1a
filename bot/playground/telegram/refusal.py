"""A no from the platform: HTTP status, the words the Bot API uses, and what it adds for the bot to act on."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Refusal(Exception):
    """`parameters` may carry `retry_after` (seconds) or `migrate_to_chat_id`; `planned` when a test asked for it."""

    code: int
    description: str
    parameters: dict[str, int] = field(default_factory=dict)
    planned: bool = False

    def as_json(self) -> dict[str, Any]:
        """The answer as it goes over the wire."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad(reason: str) -> Refusal:
    """A call that cannot be carried out as it stands: 400."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """A chat that the bot may not write to: 403."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """Two ways of receiving updates at once: 409."""
    return Refusal(409, f"Conflict: {reason}")


def migrated(chat_id: int) -> Refusal:
    """A group that lives on as a supergroup: 400, with its new id."""
    return Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat_id})


def too_many(seconds: int) -> Refusal:
    """A call that came too soon: 429, with the seconds to wait."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
