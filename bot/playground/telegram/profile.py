"""What the bot says about itself and asks about others: its account, menus, descriptions, chats, files."""

import re
from typing import Any

from bot.playground.telegram.files import check_download
from bot.playground.telegram.refusal import bad
from bot.playground.telegram.sending import Params
from bot.playground.telegram.state import State

COMMANDS_MOST = 100
DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT = 512, 120
_GROUP_SCOPES = ("all_group_chats", "all_chat_administrators", "chat_administrators", "chat_member")
SCOPES = frozenset(("default", "all_private_chats", "chat", *_GROUP_SCOPES))
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}|")


def get_me(state: State, params: Params) -> dict[str, Any]:
    """The bot's account with what it may do. Privacy mode is on: in groups it sees only what is meant for it."""
    return {
        **state.bot.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def close(state: State, params: Params) -> bool:
    """True: there is no other server to move to."""
    return True


def get_chat(state: State, params: Params) -> dict[str, Any]:
    """The chat as the bot sees it."""
    chat = state.chat(params["chat_id"])
    return {**chat.as_json(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _gifts()}


def leave_chat(state: State, params: Params) -> bool:
    """True once the bot is out of the group."""
    chat = state.open_chat(params["chat_id"])
    if chat.person:
        raise bad("chat member status can't be changed in private chats")
    chat.standing = "left"
    return True


def get_file(state: State, params: Params) -> dict[str, Any]:
    """The file with the path under which it can be fetched."""
    file = state.shelf.find(params["file_id"])
    if file is None:
        raise bad("invalid file_id")
    check_download(len(file.upload.content))
    return {**file.as_json(), "file_path": file.path}


def set_my_commands(state: State, params: Params) -> bool:
    """True once this scope and language has this menu."""
    commands = params["commands"]
    if len(commands) > COMMANDS_MOST:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    state.menus.put(_scope(state, params), _language(params), commands)
    return True


def delete_my_commands(state: State, params: Params) -> bool:
    """True once this scope and language has no menu of its own."""
    state.menus.remove(_scope(state, params), _language(params))
    return True


def get_my_commands(state: State, params: Params) -> list[dict[str, str]]:
    """The menu of exactly this scope and language."""
    return state.menus.get(_scope(state, params), _language(params))


def set_my_description(state: State, params: Params) -> bool:
    """True once the empty chat shows this text."""
    return _describe(state, params, "description", DESCRIPTION_LIMIT)


def set_my_short_description(state: State, params: Params) -> bool:
    """True once the bot's profile shows this text."""
    return _describe(state, params, "short_description", SHORT_DESCRIPTION_LIMIT)


def set_chat_menu_button(state: State, params: Params) -> bool:
    """True once the button beside the text field is this one."""
    button = params.get("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse menu button: MenuButton has unsupported type")
    if params.get("chat_id") is None:
        state.menu_button = button
    else:
        state.open_chat(params["chat_id"]).menu_button = button
    return True


def _gifts() -> dict[str, bool]:
    kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return dict.fromkeys(kinds, False)


def _check_command(command: Any) -> None:
    if not isinstance(command, dict) or not isinstance(command.get("command"), str):
        raise bad("can't parse BotCommand: expected an Object with a command")
    if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description") or "").strip()) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def _scope(state: State, params: Params) -> dict[str, Any]:
    scope: dict[str, Any] = params.get("scope") or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if str(scope["type"]).startswith("chat"):
        if "chat_id" not in scope:
            raise bad("can't parse BotCommandScope: Empty chat_id specified")
        return {**scope, "chat_id": state.chat(scope["chat_id"]).id}
    return scope


def _language(params: Params) -> str:
    language = str(params.get("language_code") or "")
    if not _LANGUAGE.fullmatch(language):
        raise bad("invalid language code specified")
    return language


def _describe(state: State, params: Params, field: str, limit: int) -> bool:
    text = params.get(field) or ""
    if len(text) > limit:
        raise bad(f"{field.upper()}_TOO_LONG")
    state.descriptions[field, _language(params)] = text
    return True
