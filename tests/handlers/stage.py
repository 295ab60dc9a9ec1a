"""Scenes to begin a test from: each is played once and then put back as it stood, which takes a tenth of the time."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from storage.engine import Store
from tests.talks import Clock, Town

Deed = Callable[[Town], object]


@dataclass(frozen=True)
class Scene:
    """A town as it stood: its store's file, its clock, and what had been shown in it."""

    file: Path
    moment: datetime
    shown: list[tuple[str, dict[str, Any]]]
    given: list[Any]


@dataclass
class Stage:
    """One store for all tests, because an engine keeps what it has compiled; its file is another one for each test."""

    store: Store
    scenes: dict[Deed, Scene] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """The store's own file."""
        return Path(str(self.store.url.database))

    def keep(self, deed: Deed, town: Town) -> None:
        """Keep the town as it stands now as the scene after this deed."""
        self.store.close()
        copy = shutil.copyfile(self.file, self.file.with_name(f"{len(self.scenes)}.scene"))
        self.scenes[deed] = Scene(copy, town.clock.moment, list(town.shown), list(town.given))

    def after(self, deed: Deed, before: Deed) -> Town:
        """The town after this deed, which was done in the scene after the deed `before`."""
        if deed not in self.scenes:
            town = self.put_back(before)
            deed(town)
            self.keep(deed, town)
        return self.put_back(deed)

    def put_back(self, deed: Deed) -> Town:
        """A town as it stood after this deed."""
        self.store.close()
        scene = self.scenes[deed]
        shutil.copyfile(scene.file, self.file)
        numbers = count(1000 * len(self.scenes))
        clock = Clock(scene.moment)
        return Town(self.store, clock=clock, shown=list(scene.shown), given=list(scene.given), numbers=numbers)
