"""Whether "too many requests" is meant for one chat or for the whole bot, which Telegram does not tell."""

from typing import Literal

TOGETHER_S = 2.0


class Floods:
    """Remembers the last refusal: two chats refused within two seconds mean that it is the bot which is too fast."""

    def __init__(self) -> None:
        self._chat, self._at = "", float("-inf")

    def scope(self, chat: str, at: float) -> Literal["chat", "channel"]:
        """What has to wait. `chat` is "" for a call about no chat, `at` is in seconds of a steady clock."""
        elsewhere = chat != self._chat and at - self._at <= TOGETHER_S
        self._chat, self._at = chat, at
        return "channel" if elsewhere or not chat else "chat"
