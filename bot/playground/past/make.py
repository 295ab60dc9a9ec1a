"""Makes a past in an empty store: people talk through the intake, the clock strikes every hour, nothing is written by
hand."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.playground.past.chance import chance_by
from bot.playground.past.figures import plan_figures
from bot.playground.past.history import History
from bot.playground.past.joining import plan_joining
from bot.playground.past.lessons import plan_lessons
from bot.playground.past.obstacles import plan_obstacles
from bot.playground.past.span import Span
from bot.playground.past.staff import workers
from bot.playground.past.town import Town, made_house
from handlers.programme.folder import read_folder
from storage.engine import Store
from storage.migrate import upgrade

SEED = 2026
STRIKE = timedelta(hours=1)


def make_past(store: Store, programme: Path, secret_key: str, span: Span, seed: int = SEED) -> Town:
    """The town after the span's weeks. The same seed, span and programme give the same rows.

    Raises RuntimeError if a turn failed.
    """
    upgrade(store)
    chance = chance_by(seed)
    town = Town(store, made_house(chance, secret_key), span.begin)
    folder = read_folder(programme, town.house.library.metrics, tuple(town.house.texts.languages()))
    town.bring_in(folder)
    with store.read() as session:
        history = History(town, chance, span, workers(session, folder.settings), folder.settings.languages)
    for plan in (plan_joining, plan_figures, plan_lessons, plan_obstacles):
        plan(history)
    _live(history)
    town.check()
    return town


def _live(history: History) -> None:
    """Hour after hour: what people do in it, then what the clock brings."""
    hour: datetime = history.span.begin
    while hour < history.span.end:
        hour += STRIKE
        for deed in history.due(hour):
            deed()
        history.town.tick(hour)
