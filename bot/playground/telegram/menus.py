"""The bot's command menus by scope and language, and which one a person sees."""

from dataclasses import dataclass, field
from typing import Any

Command = dict[str, str]


@dataclass
class Menus:
    """Menus by (scope, chat, language); the chat is 0 where the scope has none, the language "" where it is for all."""

    entries: dict[tuple[str, int, str], list[Command]] = field(default_factory=dict)

    def put(self, scope: dict[str, Any] | None, language: str, commands: list[Command]) -> None:
        """Set a menu; an empty one takes it away."""
        if commands:
            self.entries[_key(scope, language)] = commands
        else:
            self.remove(scope, language)

    def remove(self, scope: dict[str, Any] | None, language: str) -> None:
        """Take a menu away."""
        self.entries.pop(_key(scope, language), None)

    def forget_chats(self) -> None:
        """Keep only the menus that are for everybody."""
        self.entries = {key: menu for key, menu in self.entries.items() if not key[1]}

    def get(self, scope: dict[str, Any] | None, language: str) -> list[Command]:
        """Exactly this menu, without falling back."""
        return self.entries.get(_key(scope, language), [])

    def seen(self, chat_id: int, language_code: str | None) -> list[Command]:
        """What the phone shows in a private chat: the narrowest scope first, within it the phone's language first."""
        language = (language_code or "").partition("-")[0].lower()
        for scope, chat in (("chat", chat_id), ("all_private_chats", 0), ("default", 0)):
            for tongue in (language, ""):
                if menu := self.entries.get((scope, chat, tongue)):
                    return menu
        return []


def _key(scope: dict[str, Any] | None, language: str) -> tuple[str, int, str]:
    scope = scope or {"type": "default"}
    return scope["type"], int(scope.get("chat_id", 0)), language
