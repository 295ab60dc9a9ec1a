import pytest
from structlog.testing import capture_logs
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.telegram.errors import NoTextThere, is_done, send_error
from bot.telegram.floods import Floods
from bot.telegram.request import TooMany

GONE = [
    Forbidden("Forbidden: bot was blocked by the user"),
    Forbidden("Forbidden: user is deactivated"),
    Forbidden("Forbidden: bot was kicked from the group chat"),
    BadRequest("Bad Request: chat not found"),
    BadRequest("Bad Request: PEER_ID_INVALID"),
    BadRequest("Bad Request: not enough rights to send text messages to the chat"),
]
PERMANENT = [
    BadRequest("Bad Request: message is too long"),
    BadRequest("Bad Request: BUTTON_DATA_INVALID"),
    BadRequest("Bad Request: file is too big"),
    NetworkError("Request Entity Too Large"),
]
PASSING = [
    TimedOut(),
    NetworkError("ServerDisconnectedError"),
    NetworkError("Internal Server Error"),
    NetworkError("Bad Gateway"),
    Conflict("Conflict: terminated by other getUpdates request"),
    TelegramError("invalid server response"),
    BadRequest("Bad Request: wrong file_id or the file is temporarily unavailable"),
]
DONE = [
    BadRequest("Bad Request: message is not modified: specified new message content and reply markup are the same"),
    BadRequest("Bad Request: message to edit not found"),
    BadRequest("Bad Request: message can't be edited"),
    BadRequest("Bad Request: message to delete not found"),
    BadRequest("Bad Request: message can't be deleted for everyone"),
    BadRequest("Bad Request: message to react not found"),
    BadRequest("Bad Request: query is too old and response timeout expired or query ID is invalid"),
]


@pytest.mark.parametrize("error", GONE, ids=str)
def test_closed_chat_is_gone(error: TelegramError) -> None:
    refused = send_error("send_message", error)
    assert (refused.gone, refused.permanent, is_done(error)) == (True, True, False)


@pytest.mark.parametrize("error", PERMANENT, ids=str)
def test_what_no_second_try_helps_is_permanent(error: TelegramError) -> None:
    refused = send_error("send_message", error)
    assert (refused.gone, refused.permanent, is_done(error)) == (False, True, False)


@pytest.mark.parametrize("error", PASSING, ids=str)
def test_trouble_on_the_line_is_tried_again(error: TelegramError) -> None:
    refused = send_error("send_message", error)
    assert (refused.permanent, refused.retry_after_s, is_done(error)) == (False, None, False)


@pytest.mark.parametrize("error", DONE, ids=str)
def test_what_is_so_already_is_done(error: TelegramError) -> None:
    assert is_done(error)


def test_group_that_moved_tells_its_new_id() -> None:
    assert send_error("send_message", ChatMigrated(-1002000000001)).moved_to == "-1002000000001"


def test_flood_tells_how_long_to_wait() -> None:
    assert send_error("send_message", TooMany(7)).retry_after_s == 7


@pytest.mark.parametrize("error", [InvalidToken(), EndPointNotFound("no such method")], ids=["token", "method"])
def test_wrong_token_loses_no_message_and_is_logged_with_its_cure(error: TelegramError) -> None:
    with capture_logs() as logged:
        refused = send_error("send_message", error)
    assert "@BotFather" in logged[0]["cure"]
    assert (refused.permanent, refused.retry_after_s, refused.scope) == (False, 60, "channel")


def test_caption_is_told_from_a_text() -> None:
    assert isinstance(
        send_error("edit_message_text", BadRequest("Bad Request: there is no text in the message to edit")), NoTextThere
    )


def test_error_quotes_nothing_that_was_sent() -> None:
    error = BadRequest('Bad Request: can\'t parse entities: unsupported start tag "amina" at byte offset 3')
    assert str(send_error("send_message", error)) == "send_message: can't parse entities"


def test_second_chat_that_is_refused_at_once_halts_all() -> None:
    floods = Floods()
    assert [floods.scope("1", 10.0), floods.scope("1", 10.5), floods.scope("2", 11.0)] == ["chat", "chat", "channel"]


def test_later_refusals_are_of_their_own_chat() -> None:
    floods = Floods()
    assert [floods.scope("1", 10.0), floods.scope("2", 12.5)] == ["chat", "chat"]


def test_refusal_about_no_chat_halts_all() -> None:
    assert Floods().scope("", 10.0) == "channel"
