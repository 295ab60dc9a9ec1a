"""Words that an engine translates: which they are, and where the translation goes."""

from typing import Any

from handlers.bridge import translating
from handlers.learning import giving
from handlers.turn import Turn
from storage import tips


def words_of(turn: Turn, argument: dict[str, Any]) -> tuple[str, str]:
    """The words that a piece of work is about, and their language as far as it is known."""
    if "tip" in argument:
        row = tips.by_id(turn.session, argument["tip"])
        return (row.words, row.language) if row else ("", "")
    return translating.source(turn, argument["message"])


def arrived(turn: Turn, argument: dict[str, Any], made: dict[str, str], words: str, detected: str) -> None:
    """Show what the engine made of the words, by language, to those who read them."""
    if "tip" in argument:
        giving.arrived(turn, argument["tip"], made, words, detected)
        return
    translating.arrived(turn, argument["message"], made, words, detected)
