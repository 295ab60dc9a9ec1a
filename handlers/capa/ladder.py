"""The ladder of a CAPA as both sides see it: the steps ahead, and who will be told on each."""

from handlers.turn import Turn
from locales.text import Phrase
from storage.tables.capas import Capa


def ladder_lines(turn: Turn, capa: Capa) -> list[Phrase]:
    """A line for each step ahead: local date, what is said then, to whom. None once nothing is owed."""
    return []
