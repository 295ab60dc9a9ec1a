"""What the Bot API refuses, refused in its own words."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Conflict, EndPointNotFound, Forbidden, InvalidToken

from tests.playground.telegram_line import Line, picture


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


OK = {"text": "Yes", "callback_data": "y"}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"colour": "red"}, "unknown parameter colour", id="unknown"),
        pytest.param({"text": ""}, "Message text is empty", id="empty"),
        pytest.param({"text": " \n "}, "Message text is empty", id="blank"),
        pytest.param({"text": "<b> </b>", "parse_mode": "HTML"}, "Message text is empty", id="blank-inside-tags"),
        pytest.param({"text": "x" * 4097}, "Message is too long", id="long"),
        pytest.param({"text": "<b>x", "parse_mode": "HTML"}, "Can't find end tag", id="open-tag"),
        pytest.param({"text": "a < b", "parse_mode": "HTML"}, 'Unsupported start tag ""', id="bare-less-than"),
        pytest.param({"text": "x", "parse_mode": "Wiki"}, "Unsupported parse_mode", id="parse-mode"),
        pytest.param({"chat_id": "nobody"}, "Chat not found", id="chat"),
        pytest.param({"chat_id": None}, "Chat_id is empty", id="no-chat"),
        pytest.param({"disable_notification": "perhaps"}, "must be of type Boolean", id="boolean"),
        pytest.param({"reply_markup": "[1"}, "Object expected as reply markup", id="markup-json"),
        pytest.param({"reply_markup": {"inline_keyboard": [OK]}}, "Array of Arrays", id="flat-keyboard"),
        pytest.param({"reply_markup": inline([OK] * 9)}, "Reply markup is too long", id="nine-in-a-row"),
        pytest.param({"reply_markup": inline(*[[OK]] * 101)}, "Reply markup is too long", id="hundred-and-one"),
        pytest.param({"reply_markup": inline([{"text": "Yes"}])}, "Text buttons are unallowed", id="no-action"),
        pytest.param({"reply_markup": inline([{**OK, "text": " "}])}, "must be non-empty", id="no-label"),
        pytest.param({"reply_markup": inline([{**OK, "url": "https://a.example"}])}, "one action", id="two-actions"),
        pytest.param({"reply_markup": inline([{**OK, "callback_data": "é" * 33}])}, "Button_data", id="66-bytes"),
        pytest.param({"reply_markup": inline([{**OK, "callback_data": ""}])}, "Button_data", id="no-data"),
        pytest.param({"reply_markup": inline([{**OK, "colour": "red"}])}, "unknown field", id="button-field"),
        pytest.param({"reply_markup": inline([{"text": "Go", "url": "ftp://a.example"}])}, "Wrong HTTP", id="url"),
        pytest.param({"reply_markup": {"keyboard": [[{"text": ""}]]}}, "non-empty", id="reply-label"),
        pytest.param({"reply_parameters": {"message_id": 1}}, "Message to be replied not found", id="reply"),
    ],
)
def test_message_that_the_platform_would_not_take_is_refused(line: Line, fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)" + reason):
        line.raw("sendMessage", **{"chat_id": line.amina.id, "text": "Good morning", **fields})
    assert [fault.refused for fault in line.log.faults()] == [line.log.calls[-1].refused]
    assert line.amina.last() is None


def test_text_is_measured_without_its_markup(line: Line) -> None:
    line.send("<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    shown = line.amina.last()
    assert shown and len(shown.text) == 4096


def test_caption_is_measured_without_its_markup(line: Line) -> None:
    line.run(line.bot.send_photo(line.amina.id, picture(), caption="<i>" + "x" * 1024 + "</i>", parse_mode="HTML"))
    with pytest.raises(BadRequest, match="caption is too long"):
        line.run(line.bot.send_photo(line.amina.id, picture(), caption="x" * 1025))


def test_person_who_never_wrote_cannot_be_written_to(line: Line) -> None:
    stranger = line.phone.person("Bao", "vi")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        line.run(line.bot.send_message(stranger.id, "Hello"))


def test_blocked_bot_is_told_so_until_it_is_unblocked(line: Line) -> None:
    line.amina.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        line.send()
    line.amina.unblock()
    line.send("Welcome back")
    changes = [update.my_chat_member for update in line.updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


def test_deleted_account_is_named_as_such(line: Line) -> None:
    line.amina.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        line.send()


def test_migrated_group_names_its_new_id(line: Line) -> None:
    group = line.amina.add_to_group("Line 4")
    old = group.id
    new = group.migrate()
    with pytest.raises(ChatMigrated) as refusal:
        line.run(line.bot.send_message(old, "Hello"))
    assert refusal.value.new_chat_id == new == group.id
    line.run(line.bot.send_message(new, "Hello again"))
    assert group.messages()[-1].text == "Hello again"


def test_removed_bot_may_not_write_to_the_group(line: Line) -> None:
    group = line.amina.add_to_group("Line 4")
    group.remove_bot()
    with pytest.raises(Forbidden, match="kicked from the group chat"):
        line.run(line.bot.send_message(group.id, "Hello"))


def test_bot_that_left_is_no_member(line: Line) -> None:
    group = line.amina.add_to_group("Line 4")
    line.run(line.bot.leave_chat(group.id))
    with pytest.raises(Forbidden, match="not a member of the group chat"):
        line.run(line.bot.send_message(group.id, "Hello"))


def test_edit_of_unknown_or_unchanged_message_is_refused(line: Line) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
    message = line.send("One", reply_markup=markup)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        line.run(line.bot.edit_message_text("Two", line.amina.id, message.message_id + 900))
    with pytest.raises(BadRequest, match="not modified"):
        line.run(line.bot.edit_message_text("One", line.amina.id, message.message_id, reply_markup=markup))
    with pytest.raises(BadRequest, match="no caption in the message"):
        line.run(line.bot.edit_message_caption(line.amina.id, message.message_id, caption="Two"))
    with pytest.raises(BadRequest, match="can't be edited"):
        line.run(line.bot.edit_message_text("Two", line.amina.id, line.amina.say("Mine")))


def test_message_older_than_two_days_stays(line: Line) -> None:
    message = line.send()
    line.clock.ahead = timedelta(hours=48, seconds=1)
    with pytest.raises(BadRequest, match="can't be deleted for everyone"):
        line.run(line.bot.delete_message(line.amina.id, message.message_id))
    with pytest.raises(BadRequest, match="Message to delete not found"):
        line.run(line.bot.delete_message(line.amina.id, message.message_id + 900))


def test_tap_is_answered_once_and_soon(line: Line) -> None:
    line.send(reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]]))
    first, second = line.amina.tap("Yes"), line.amina.tap("Yes")
    line.run(line.bot.answer_callback_query(first.query.id))
    line.clock.ahead = timedelta(seconds=16)
    for query_id in (first.query.id, second.query.id, "12345"):
        with pytest.raises(BadRequest, match="Query is too old"):
            line.run(line.bot.answer_callback_query(query_id))


@pytest.mark.parametrize(
    ("command", "description", "reason"),
    [
        pytest.param("Help", "What I can do", "Bot_command_invalid", id="capital"),
        pytest.param("x" * 33, "What I can do", "Bot_command_invalid", id="33"),
        pytest.param("help", "", "Bot_command_description_invalid", id="no-description"),
        pytest.param("help", "x" * 257, "Bot_command_description_invalid", id="257"),
    ],
)
def test_command_out_of_shape_is_refused(line: Line, command: str, description: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)" + reason):
        line.raw("setMyCommands", commands=[{"command": command, "description": description}])


def test_hundred_commands_are_the_most(line: Line) -> None:
    menu = [(f"c{number}", "A command") for number in range(101)]
    line.run(line.bot.set_my_commands(menu[:100]))
    with pytest.raises(BadRequest, match=r"(?i)commands_too_much"):
        line.run(line.bot.set_my_commands(menu))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"url": "http://bot.example/hook"}, "An HTTPS URL must be provided", id="plain-http"),
        pytest.param({"url": "https://bot.example:9000/hook"}, "only on ports 80, 88, 443 or 8443", id="port"),
        pytest.param({"url": "https://bot.example/hook", "secret_token": "a b"}, "unallowed characters", id="secret"),
        pytest.param({"url": "https://bot.example/hook", "secret_token": "a" * 257}, "too long", id="long-secret"),
    ],
)
def test_webhook_out_of_shape_is_refused(line: Line, fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadRequest, match=r"(?i)" + reason):
        line.run(line.bot.set_webhook(**fields))


def test_polling_is_refused_while_a_webhook_is_set(line: Line) -> None:
    line.run(line.bot.set_webhook("https://bot.example/hook", drop_pending_updates=True))
    with pytest.raises(Conflict, match="while webhook is active"):
        line.updates()
    line.run(line.bot.delete_webhook())
    assert line.updates() == []


def test_unknown_method_is_not_found(line: Line) -> None:
    with pytest.raises(EndPointNotFound):
        line.raw("sendTelepathy", chat_id=line.amina.id)


def test_wrong_token_is_unauthorized(line: Line) -> None:
    async def ask() -> None:
        async with Bot("8100001:another", base_url=f"{line.url}/bot") as stranger:
            await stranger.get_me()

    with pytest.raises(InvalidToken):
        line.run(ask())
    assert line.log.calls[-1].refused == "Unauthorized"


def test_reaction_that_telegram_does_not_offer_is_refused(line: Line) -> None:
    theirs = line.amina.say("Sent")
    line.run(line.bot.set_message_reaction(line.amina.id, theirs, "👍"))
    assert line.amina.messages()[-1].reactions == ("👍",)
    with pytest.raises(BadRequest, match=r"(?i)reaction_invalid"):
        line.run(line.bot.set_message_reaction(line.amina.id, theirs, "🧾"))
