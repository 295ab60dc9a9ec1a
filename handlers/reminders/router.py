"""Kinds of planned notes by name, each with the function that says one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from handlers.reminders.notice import Notice
from storage.tables.people import Person
from storage.tables.planning import DueNote

Say = Callable[[Any, DueNote, Person], Notice | None]
Deed = Callable[[Any, DueNote, Person], bool]


@dataclass(frozen=True)
class NoticeKind:
    """`say(turn, note, person)` gives what to say to the person, None if there is nothing left to say.

    A note whose window has passed is said in the next one if `late`, else dropped. With a `deed` nothing is said to the
    person: it is done at its moment, at any hour and whoever is away, and tells whether there was anything left to do.
    """

    say: Say
    late: bool
    deed: Deed | None = None


@dataclass
class Notices:
    """The kinds of one capability; `merged` gives those of all."""

    kinds: dict[str, NoticeKind] = field(default_factory=dict)

    @classmethod
    def merged(cls, several: Iterable["Notices"]) -> "Notices":
        """All kinds of several capabilities; a name is taken once."""
        whole = cls()
        for one in several:
            for name, kind in one.kinds.items():
                if name in whole.kinds:
                    raise ValueError(f"two kinds of notes are called {name!r}")
                whole.kinds[name] = kind
        return whole

    def kind(self, name: str, *, late: bool = True) -> Callable[[Say], Say]:
        """Register the function that says a note of this kind."""

        def register(say: Say) -> Say:
            self.kinds[name] = NoticeKind(say, late)
            return say

        return register

    def deed(self, name: str) -> Callable[[Deed], Deed]:
        """Register what is done at the moment of a note of this kind."""

        def register(deed: Deed) -> Deed:
            self.kinds[name] = NoticeKind(_nothing, late=True, deed=deed)
            return deed

        return register


def _nothing(_turn: Any, _note: DueNote, _person: Person) -> Notice | None:
    return None
