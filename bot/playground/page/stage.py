"""What the page needs of a running demo."""

from datetime import datetime
from typing import Protocol

from bot.playground.app import Playground
from bot.playground.slack.people import Person as Member
from bot.playground.telegram.people import Person as Phone
from storage.engine import Store


class Housed(Protocol):
    """A Causeway with a store, in which the page only reads."""

    @property
    def store(self) -> Store:
        """The store."""
        ...


class Stage(Protocol):
    """Both platforms, the programme's people on them by key, and the programme's clock.

    `app` is None until Causeway has been started; `walk_to` and `start_over` take their time.
    """

    @property
    def playground(self) -> Playground:
        """The stand-ins."""
        ...

    @property
    def phones(self) -> dict[str, Phone]:
        """The suppliers' people."""
        ...

    @property
    def members(self) -> dict[str, Member]:
        """Mentors and managers."""
        ...

    @property
    def app(self) -> Housed | None:
        """Causeway itself."""
        ...

    def now(self) -> datetime:
        """The programme's moment, aware, in UTC."""
        ...

    def walk_to(self, moment: datetime) -> None:
        """Move the programme's clock forward; what happens on the way happens in order."""
        ...

    def start_over(self) -> None:
        """Forget everything and begin again."""
        ...
