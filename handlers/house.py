"""What is the same for every turn: texts, definitions, routes, channels and secrets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from courses.load import Library
from handlers.message import Capabilities
from handlers.reminders.router import Notices
from handlers.router import Router
from locales.text import Catalogue


class Seals(Protocol):
    """Hides words from whoever reads the store; `is_safe` is false where there is no secret to hide them with."""

    is_safe: bool

    def seal(self, words: str) -> str:
        """The words so that only `unseal` reads them; never the same twice."""

    def unseal(self, sealed: str) -> str:
        """The words that were sealed. Raises ValueError for others."""


@dataclass(frozen=True)
class House:
    """What is the same for every turn.

    `token` draws a new random token of 48 characters; `pseudonym` gives the keyed hash of a word; `link` makes the deep
    link that carries a token; `seals` hides what no reader of the store may see; `translates` tells of an engine.
    """

    texts: Catalogue
    library: Library
    router: Router
    notices: Notices
    channels: Mapping[str, Capabilities]
    token: Callable[[], str]
    pseudonym: Callable[[str], str]
    link: Callable[[str], str]
    seals: Seals
    translates: bool = False
