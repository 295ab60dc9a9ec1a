"""What Telegram's refusals mean for us: try again, wait, give up, or write no more to this chat."""

import structlog
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from bot.channel import SendError
from bot.telegram.methods import Method
from bot.telegram.request import TooMany

log = structlog.get_logger()

UNTIL_CURED_S = 60.0
BAD_TOKEN = (InvalidToken, EndPointNotFound)
BAD_TOKEN_FAULT = "TELEGRAM_BOT_TOKEN: is refused by Telegram; copy it anew from @BotFather"  # noqa: S105  (advice)

# What was asked for is so already, or can never be: there is nothing left to do.
DONE = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message to react not found",
    "message_id_invalid",
    "reaction_invalid",
    "query is too old",
)

# The chat is closed to us and stays so.
GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "group chat was deactivated",
    "have no rights to send",
    "not enough rights to send",
)

NO_TEXT = "there is no text in the message to edit"
PASSING = ("wrong file_id or the file is temporarily unavailable",)
TOO_LARGE = "request entity too large"


class NoTextThere(SendError):
    """The message to be edited is a file: its words are a caption."""


def reason(error: TelegramError) -> str:
    """Telegram's words for what went wrong, in lower case, up to where they begin to quote what was sent."""
    return error.message.lower().partition(":")[0]


def is_done(error: TelegramError) -> bool:
    """Whether nothing is left to do about what was refused."""
    return isinstance(error, BadRequest) and reason(error).startswith(DONE)


def send_error(method: Method, error: TelegramError) -> SendError:
    """The refusal in our terms; the scope of a wait is for the caller to say. A wrong token is logged with its cure."""
    text = f"{method}: {reason(error)}"
    match error:
        case TooMany(retry_after_s=wait):
            return SendError(text, retry_after_s=wait)
        case ChatMigrated(new_chat_id=chat):
            return SendError(text, moved_to=str(chat))
        case Forbidden():
            return SendError(text, gone=True)
        case InvalidToken() | EndPointNotFound():
            log.error("telegram refused", method=method, cure=BAD_TOKEN_FAULT)
            return SendError(text, retry_after_s=UNTIL_CURED_S, scope="channel")
        case BadRequest() if reason(error) == NO_TEXT:
            return NoTextThere(text, permanent=True)
        case BadRequest():
            return SendError(text, permanent=not reason(error).startswith(PASSING), gone=reason(error).startswith(GONE))
        case _:
            return SendError(text, permanent=reason(error) == TOO_LARGE)
