"""A modal or a home tab as Slack keeps it, with what the person has filled in so far."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.slack.blocks import Block, elements
from bot.playground.slack.layouts import Surface
from bot.playground.slack.values import initial, state_value

Filled = dict[tuple[str, str], Any]


@dataclass
class View:
    """`source` is the bot's view with every block and action named; `errors` by block id, as the person reads them."""

    id: str
    person: str
    kind: Surface
    source: dict[str, Any]
    hash: str
    previous: str | None = None
    root: str = ""
    filled: Filled = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def replace(self, source: dict[str, Any], new_hash: str) -> None:
        """Show `source` from now on. A value stays where block id, action id and type do, as in Slack."""
        before = _types(self.source["blocks"])
        kept = {key for key, kind in _types(source["blocks"]).items() if before.get(key) == kind}
        self.filled = {key: value for key, value in self.filled.items() if key in kept}
        self.source, self.hash, self.errors = source, new_hash, {}

    def state(self) -> dict[str, Any]:
        """`state.values` as Slack sends it: by block id, then action id."""
        return state_of(self.source["blocks"], self.filled)

    def as_json(self, app: dict[str, str]) -> dict[str, Any]:
        """The view as it stands in answers and payloads; `app` names workspace, app and bot."""
        about: dict[str, Any] = {
            "id": self.id,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "state": {"values": self.state()},
            "hash": self.hash,
            "previous_view_id": self.previous,
            "root_view_id": self.root or self.id,
            "app_installed_team_id": app["team_id"],
            **app,
        }
        if self.kind == "modal":
            about |= {"close": None, "submit": None, "clear_on_close": False, "notify_on_close": False}
        return about | self.source


def state_of(blocks: list[Block], filled: Filled) -> dict[str, Any]:
    """The values of all elements that have one: chosen by the person, or else what the bot put there."""
    values: dict[str, Any] = {}
    for block in blocks:
        for element in elements(block):
            key = (block["block_id"], element["action_id"])
            value = filled[key] if key in filled else initial(element)
            if (shown := state_value(element, value)) is not None:
                values.setdefault(block["block_id"], {})[element["action_id"]] = shown
    return values


def _types(blocks: list[Block]) -> dict[tuple[str, str], str]:
    return {
        (block["block_id"], element["action_id"]): element["type"] for block in blocks for element in elements(block)
    }
