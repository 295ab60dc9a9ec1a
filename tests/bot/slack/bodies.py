"""Deliveries as Slack sends them, with what a test is about put in."""

from typing import Any

TEAM, PERSON, CHANNEL, DIRECT = "T012AB3CD", "U012AB3CD", "C012AB3CD", "D012AB3CD"
TS, ROOT, TRIGGER = "1781172010.000200", "1781172000.000100", "1781172010.2468.abcdef"


def event(inner: dict[str, Any], event_id: str = "Ev0AB12CD") -> dict[str, Any]:
    return {
        "token": "z26uFbvR1xHJEdHE1OQiO6t8",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": "A0AB12CD",
        "event": inner,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": 1781172010,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
        "is_ext_shared_channel": False,
    }


def message(text: str = "hello", channel: str = DIRECT, **more: Any) -> dict[str, Any]:
    said = {
        "type": "message",
        "user": PERSON,
        "ts": TS,
        "client_msg_id": "e1f3a7a0-5c1e-4a58-8f0f-0a5d3c1c2b11",
        "text": text,
        "team": TEAM,
        "blocks": [{"type": "rich_text", "block_id": "a1", "elements": []}],
        "channel": channel,
        "event_ts": TS,
        "channel_type": "im" if channel.startswith("D") else "channel",
    }
    return event({**said, **more})


def changed(after: dict[str, Any], before: dict[str, Any], channel: str = DIRECT) -> dict[str, Any]:
    base = {"type": "message", "user": PERSON, "ts": ROOT, "team": TEAM}
    return event(
        {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "message": {**base, **after},
            "previous_message": {**base, **before},
            "channel": channel,
            "ts": TS,
            "event_ts": TS,
        }
    )


def file(**more: Any) -> dict[str, Any]:
    stored = {
        "id": "F012AB3CD",
        "name": "meter.jpg",
        "mimetype": "image/jpeg",
        "mode": "hosted",
        "size": 20_480,
        "url_private": "https://files.slack.com/files-pri/T012AB3CD-F012AB3CD/meter.jpg",
        "url_private_download": "https://files.slack.com/files-pri/T012AB3CD-F012AB3CD/download/meter.jpg",
    }
    return {**stored, **more}


def interaction(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "user": {"id": PERSON, "username": "mai", "name": "mai", "team_id": TEAM},
        "api_app_id": "A0AB12CD",
        "team": {"id": TEAM, "domain": "buyer"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": TRIGGER,
        **more,
    }


def button(value: str = "r:lesson:3", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "press.0.0", "block_id": "b1", "value": value, "action_ts": TS, **more}


def press(channel: str = CHANNEL, thread: str = "", **more: Any) -> dict[str, Any]:
    threaded = {"thread_ts": thread} if thread else {}
    shown = {"type": "message", "user": "U0BOT", "bot_id": "B0BOT", "ts": TS, "text": "A reading", **threaded}
    container = {"type": "message", "message_ts": TS, "channel_id": channel, "is_ephemeral": False, **threaded}
    made = {"container": container, "channel": {"id": channel}, "message": shown, "actions": [button()]}
    return interaction("block_actions", **{**made, **more})


def submission(values: dict[str, Any], **view: Any) -> dict[str, Any]:
    shown = {
        "id": "V012AB3CD",
        "type": "modal",
        "callback_id": "form",
        "private_metadata": "f:7:abc123",
        "blocks": [{"type": "input", "block_id": key} for key in values],
        "state": {"values": values},
        "hash": "1781172010.abc",
    }
    return interaction("view_submission", view={**shown, **view}, response_urls=[])


def command(text: str, **more: Any) -> dict[str, Any]:
    return {
        "token": "z26uFbvR1xHJEdHE1OQiO6t8",
        "team_id": TEAM,
        "team_domain": "buyer",
        "channel_id": CHANNEL,
        "channel_name": "supplier-alerts",
        "user_id": PERSON,
        "user_name": "mai",
        "command": "/causeway",
        "text": text,
        "api_app_id": "A0AB12CD",
        "is_enterprise_install": "false",
        "trigger_id": TRIGGER,
        **more,
    }
