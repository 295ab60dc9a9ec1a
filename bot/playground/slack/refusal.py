"""A no from Slack: the error's name, and what Slack adds for the caller to act on."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Refusal(Exception):
    """Goes out as HTTP 200 with `ok` false, unless `status` says otherwise; `planned` when a test asked for it."""

    error: str
    more: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    planned: bool = False

    def as_json(self) -> dict[str, Any]:
        """The answer as it goes over the wire."""
        return {"ok": False, "error": self.error, **self.more}


def bad_arguments(faults: list[str]) -> Refusal:
    """Arguments of the wrong name, shape or type; each fault in Slack's words."""
    return Refusal("invalid_arguments", _messages(faults))


def bad_blocks(faults: list[str]) -> Refusal:
    """Blocks of a message that Slack would not show; each fault ends in a JSON pointer."""
    return Refusal("invalid_blocks", {"errors": faults, **_messages(faults)})


def missing_scope(needed: str, provided: frozenset[str]) -> Refusal:
    """A method that the token's scopes do not cover."""
    return Refusal("missing_scope", {"needed": needed, "provided": ",".join(sorted(provided))})


def too_many(seconds: int) -> Refusal:
    """A call that came too soon: HTTP 429, with the seconds to wait."""
    return Refusal("ratelimited", status=429, headers={"Retry-After": str(seconds)})


def _messages(faults: list[str]) -> dict[str, Any]:
    return {"response_metadata": {"messages": [f"[ERROR] {fault}" for fault in faults]}}
