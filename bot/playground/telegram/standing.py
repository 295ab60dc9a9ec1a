"""The bot's standing in a chat, and the update that tells it of a change."""

from typing import Any, Literal

from bot.playground.telegram.chat import Chat, User
from bot.playground.telegram.state import State

Standing = Literal["member", "kicked", "left"]


def standing_changed(state: State, chat: Chat, by: User, standing: Standing) -> None:
    """Let the bot be a member or be thrown out; in a private chat that is to be unblocked or blocked."""
    before, chat.standing = chat.standing, standing
    state.tell(
        "my_chat_member",
        {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(state.clock().timestamp()),
            "old_chat_member": _member(state, before),
            "new_chat_member": _member(state, standing),
        },
    )


def _member(state: State, standing: Standing) -> dict[str, Any]:
    member: dict[str, Any] = {"user": state.bot.as_json(), "status": standing}
    return {**member, "until_date": 0} if standing == "kicked" else member
