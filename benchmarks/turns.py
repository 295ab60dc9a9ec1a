"""What a turn costs against the bare transaction below it, and what a replay costs against plain calls."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import col, select

from benchmarks.figure import Figure, paired
from handlers.dialog import Answer, Dialog, Talk, replay
from handlers.message import Capabilities
from handlers.questions import Choice
from storage.engine import Store
from storage.once import insert_once
from storage.tables.people import Person
from storage.tables.talks import Delivery
from tests.stores import fresh_url
from tests.talks import Town

TURNS, REPLAYS = 100, 2_000


def turn_against_bare_transaction() -> Figure:
    """A whole turn (a question answered by its help) against one transaction that reads and inserts a row."""
    with TemporaryDirectory() as folder, fresh_url("sqlite", Path(folder)) as url, closing(Store(url)) as store:
        town = Town(store)
        town.import_example()
        amina, numbers = town.joined("amina"), count()

        def turns() -> None:
            for _one in range(TURNS):
                amina.command("help")

        def bare() -> None:
            for _one in range(TURNS):
                with store.write() as session:
                    session.exec(select(Person).where(col(Person.key) == "amina")).one()
                    row = Delivery(id=f"bare:{next(numbers)}", at=datetime.now(UTC), channel="telegram")
                    insert_once(session, Delivery, row.model_dump())

        spent, baseline = paired(turns, bare)
    return Figure("turn, answered and delivered", spent / TURNS * 1000, "ms", baseline / TURNS * 1000)


def replay_against_plain_calls() -> Figure:
    """A dialog of four answers replayed, against making and reading the same four questions without the engine."""
    questions = [Choice(f"q{place}", "?", [("a", "A"), ("b", "B")]) for place in range(4)]

    def dialog(_talk: Talk) -> Dialog[None]:
        for question in questions:
            yield from question

    recorded = [Answer(one.key, one.revision(), "a") for one in questions]
    talk = _talk()

    def replays() -> None:
        for _one in range(REPLAYS):
            replay(dialog, talk, recorded)

    def plain() -> None:
        for _one in range(REPLAYS):
            for question in questions:
                question.revision()
                question.load("a")

    spent, baseline = paired(replays, plain)
    return Figure("replay of four answers", spent / REPLAYS * 1e6, "µs", baseline / REPLAYS * 1e6)


def _talk() -> Talk:
    nothing: Callable[[Any], None] = lambda _command: None  # noqa: E731
    person = Person(key="amina", name="Amina", role="supplier")
    reader: Any = None
    return Talk(person, datetime.now(UTC), {}, Capabilities(), "en", reader, nothing)
