"""Scenes to begin a test from: each is played once and then put back as it stood, which takes a tenth of the time."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from storage.engine import Store
from tests.handlers.deeds import imported
from tests.stores import fresh_url, postgres
from tests.talks import Clock, Town

Deed = Callable[[Town], object]


@dataclass(frozen=True)
class Scene:
    """A town as it stood: a copy of its store, its clock, and what had been shown in it."""

    copy: str
    moment: datetime
    shown: list[tuple[str, dict[str, Any]]]
    given: list[Any]


@dataclass
class Stage:
    """One store for all tests, because an engine keeps what it has compiled; what is in it is put back for each."""

    store: Store
    scenes: dict[Deed, Scene] = field(default_factory=dict)

    def after(self, deed: Deed, before: Deed = imported) -> Town:
        """The town after this deed, which was done in the scene after the deed `before`."""
        if deed not in self.scenes:
            town = self.put_back(before)
            deed(town)
            self.keep(deed, town)
        return self.put_back(deed)

    def keep(self, deed: Deed, town: Town) -> None:
        """Keep the town as it stands now as the scene after this deed."""
        copy = f"{self.store.url.database}_scene_{len(self.scenes)}"
        self._copied(str(self.store.url.database), copy)
        self.scenes[deed] = Scene(copy, town.clock.moment, list(town.shown), list(town.given))

    def put_back(self, deed: Deed) -> Town:
        """A town as it stood after this deed."""
        scene = self.scenes[deed]
        self._copied(scene.copy, str(self.store.url.database))
        numbers = count(1000 * len(self.scenes))
        clock = Clock(scene.moment)
        return Town(self.store, clock=clock, shown=list(scene.shown), given=list(scene.given), numbers=numbers)

    def _copied(self, source: str, target: str) -> None:
        self.store.close()
        if self.store.is_sqlite:
            shutil.copyfile(source, target)
        else:
            postgres().run(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
            postgres().run(f"CREATE DATABASE {target} TEMPLATE {source}")


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Stage]:
    """A stage whose first scene is the imported programme."""
    with fresh_url(kind, folder) as url, closing(Store(url)) as store:
        if store.is_sqlite:
            event.listen(store.engine, "connect", _careless)
        stage, town = Stage(store), Town(store)
        imported(town)
        stage.keep(imported, town)
        yield stage


def _careless(connection: Any, _record: Any) -> None:
    """A test's store may go with the power: nothing has to reach the disk."""
    connection.execute("PRAGMA synchronous=OFF")
