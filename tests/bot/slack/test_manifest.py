import json
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.slack.methods import Method

ROOT = Path(__file__).parents[3]
# What Slack's reference asks for, None for methods that any bot may call.
METHOD_SCOPES: dict[Method, str | None] = {
    "apps.connections.open": None,
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.open": "im:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "reactions.add": "reactions:write",
    "views.open": None,
    "views.publish": None,
}
EVENT_SCOPES = {
    "app_home_opened": None,
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
}


@pytest.fixture
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text())
    return loaded


def test_every_method_we_call_is_in_the_table() -> None:
    assert set(METHOD_SCOPES) == set(get_args(Method))


def test_every_method_is_called() -> None:
    sources = [path.read_text() for path in (ROOT / "bot" / "slack").glob("*.py") if path.name != "methods.py"]

    assert [name for name in get_args(Method) if not any(f'"{name}"' in text for text in sources)] == []


def test_manifest_asks_for_the_scopes_in_use_and_no_more(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    features = manifest["features"]
    used = {scope for scope in METHOD_SCOPES.values() if scope} | {EVENT_SCOPES[event] for event in events}
    used |= {"commands"} if features["slash_commands"] or features["shortcuts"] else set()

    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == sorted(used - {None})


def test_manifest_subscribes_to_what_is_read(manifest: dict[str, Any]) -> None:
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == set(EVENT_SCOPES)


def test_manifest_keeps_to_slacks_limits(manifest: dict[str, Any]) -> None:
    shown, features = manifest["display_information"], manifest["features"]

    assert len(shown["name"]) <= 35 and len(shown["description"]) <= 140
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in features["shortcuts"])
    assert [one["command"] for one in features["slash_commands"]] == ["/causeway"]
    assert features["app_home"]["home_tab_enabled"] and features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
