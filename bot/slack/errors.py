"""What Slack's refusals mean for us: try again, wait, give up, or write no more to this chat."""

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channel import SendError
from bot.slack.methods import Method

log = structlog.get_logger()

WAIT_S = 30.0
TOO_MANY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})

# The chat is closed to us and stays so.
GONE = frozenset({"channel_not_found", "is_archived", "user_not_found", "user_disabled", "cannot_dm_bot"})

# What was asked for is so already.
DONE = frozenset(
    {("reactions.add", "already_reacted"), ("reactions.add", "message_not_found"), ("chat.delete", "message_not_found")}
)

CURES = {
    "not_in_channel": "invite the app to the channel: /invite @Causeway",
    "not_enabled": "switch on the home tab of the app, as manifest.json does",
    "messages_tab_disabled": "switch on the messages tab of the app's home, as manifest.json does",
    "missing_scope": "give the app the scopes of manifest.json and install it again",
    "invalid_auth": "SLACK_BOT_TOKEN is not accepted: copy it anew from the app's OAuth page",
    "not_authed": "SLACK_BOT_TOKEN is missing",
    "token_revoked": "the app was taken off the workspace: install it again and set the new SLACK_BOT_TOKEN",
    "token_expired": "switch token rotation off, as manifest.json does, and install the app again",
    "account_inactive": "the token's workspace or bot user is switched off: install the app again",
    "not_allowed_token_type": "SLACK_BOT_TOKEN must begin with xoxb-, SLACK_APP_TOKEN with xapp-",
    "restricted_action": "the workspace does not let apps write here: ask its owner",
}

PERMANENT = frozenset(CURES) | {
    "cant_delete_message",
    "cant_update_message",
    "edit_window_closed",
    "exchanged_trigger_id",
    "expired_trigger_id",
    "file_deleted",
    "file_not_found",
    "invalid_arguments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_name",
    "invalid_trigger_id",
    "message_not_found",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_permission",
    "no_reaction",
    "no_text",
    "not_found",
    "thread_not_found",
    "trigger_expired",
    "user_not_in_channel",
    "view_too_large",
}


def code(error: SlackApiError) -> str:
    """Slack's word for what went wrong; "" if it gave none."""
    response = error.response
    return str(response.get("error") or "") if isinstance(response, AsyncSlackResponse) else ""


def send_error(method: Method, error: SlackApiError) -> SendError:
    """The refusal in our terms. What an operator can cure is logged with the cure."""
    word, status = code(error), getattr(error.response, "status_code", 0)
    text = f"{method}: {word or status}"
    if word in TOO_MANY or status == 429:
        return _too_many(method, text, error)
    if word in CURES:
        log.error("slack refused", method=method, code=word, cure=CURES[word], needed=error.response.get("needed"))
    return SendError(text, permanent=word in PERMANENT, gone=word in GONE)


def _too_many(method: Method, text: str, error: SlackApiError) -> SendError:
    """Messages are counted for each channel, other methods for the whole workspace."""
    asked = str(error.response.headers.get("Retry-After", ""))
    wait = float(asked) if asked.isdecimal() else WAIT_S
    of_chat = method == "chat.postMessage" and code(error) != "message_limit_exceeded"
    return SendError(text, retry_after_s=wait, scope="chat" if of_chat else "channel")
