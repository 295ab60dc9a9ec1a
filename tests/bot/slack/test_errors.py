from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.errors import CURES, send_error
from bot.slack.methods import Method


def refusal(error: str, status: int = 200, **headers: str) -> SlackApiError:
    data: dict[str, Any] = {"ok": False, "error": error} if error else {}
    response = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="https://slack.com/api/x",
        req_args={},
        data=data,
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)


@pytest.mark.parametrize(
    ("error", "gone", "permanent"),
    [
        ("channel_not_found", True, True),
        ("is_archived", True, True),
        ("user_not_found", True, True),
        ("user_disabled", True, True),
        ("cannot_dm_bot", True, True),
        ("not_in_channel", False, True),
        ("account_inactive", False, True),
        ("invalid_auth", False, True),
        ("token_revoked", False, True),
        ("missing_scope", False, True),
        ("msg_too_long", False, True),
        ("invalid_blocks", False, True),
        ("message_not_found", False, True),
        ("expired_trigger_id", False, True),
        ("internal_error", False, False),
        ("fatal_error", False, False),
        ("something_new", False, False),
    ],
)
def test_refusal_is_understood(error: str, gone: bool, permanent: bool) -> None:
    made = send_error("chat.postMessage", refusal(error))

    assert (made.gone, made.permanent, made.retry_after_s) == (gone, permanent, None)
    assert str(made) == f"chat.postMessage: {error}"


@pytest.mark.parametrize(
    ("method", "scope"), [("chat.postMessage", "chat"), ("chat.update", "channel"), ("views.publish", "channel")]
)
def test_too_many_calls_wait_where_slack_counts_them(method: Method, scope: str) -> None:
    made = send_error(method, refusal("ratelimited", 429, **{"Retry-After": "7"}))

    assert (made.retry_after_s, made.scope, made.permanent) == (7.0, scope, False)


def test_too_many_messages_in_the_workspace_stop_all_messages() -> None:
    made = send_error("chat.postMessage", refusal("message_limit_exceeded"))

    assert (made.retry_after_s, made.scope) == (30.0, "channel")


@pytest.mark.parametrize("status", [500, 503])
def test_trouble_at_slack_is_tried_again(status: int) -> None:
    made = send_error("chat.postMessage", refusal("", status))

    assert (made.permanent, made.gone) == (False, False)
    assert str(made) == f"chat.postMessage: {status}"


def test_answer_that_is_no_json_is_tried_again() -> None:
    assert not send_error("chat.postMessage", SlackApiError("unreadable", {"status": 200})).permanent


def test_every_cure_says_what_to_do() -> None:
    assert all(len(cure) > 20 for cure in CURES.values())
