"""Commands, buttons, dialogs and events by name, each with who may use it. A capability registers its own next to the
functions; `handlers/routes.py` merges them in one visible list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from handlers.dialog import DialogFunction
from locales.text import Phrase
from storage.tables.people import Role

Kind = Literal["command", "button", "event"]
ANYONE: frozenset[Role] = frozenset(Role)
SUPPLIER = frozenset({Role.SUPPLIER})
MENTOR = frozenset({Role.MENTOR})
BUYER = frozenset({Role.MENTOR, Role.MANAGER})
MANAGER = frozenset({Role.MANAGER})


@dataclass(frozen=True)
class Route:
    """One thing that can be asked for.

    `roles` may use it; `strangers` too if it is for people we do not know yet. `site` gives the site that an argument
    is about, so that nobody acts on a site that is not theirs. Where the site alone does not decide, `mine` does:
    whether the person may have to do with what the argument names, None if that does not exist. `before_privacy`: also
    before the privacy notice has been accepted. `menu` is its line in the command menu.
    """

    kind: Kind
    name: str
    function: Callable[[Any, str], None]
    roles: frozenset[Role]
    site: Callable[[Any, str], int | None] | None = None
    mine: Callable[[Any, str], bool | None] | None = None
    strangers: bool = False
    before_privacy: bool = False
    menu: Phrase | None = None


@dataclass(frozen=True)
class DialogRoute:
    """A dialog by the name its row carries; `title` names it when the person is asked whether to go on with it."""

    name: str
    function: DialogFunction
    title: Phrase


Function = Callable[[Any, str], None]


@dataclass
class Router:
    """Routes and dialogs by name; a name is taken once."""

    routes: dict[tuple[Kind, str], Route] = field(default_factory=dict)
    dialogs: dict[str, DialogRoute] = field(default_factory=dict)

    @classmethod
    def merged(cls, routers: Iterable["Router"]) -> "Router":
        """All routes of several routers, in their order."""
        whole = cls()
        for router in routers:
            for route in router.routes.values():
                whole._add(route)
            for dialog in router.dialogs.values():
                whole._add_dialog(dialog)
        return whole

    def command(self, name: str, roles: frozenset[Role], **more: Any) -> Callable[[Function], Function]:
        """Register `function(turn, argument)` for a command."""
        return self._registered("command", name, roles, more)

    def button(self, name: str, roles: frozenset[Role], **more: Any) -> Callable[[Function], Function]:
        """Register `function(turn, argument)` for a button whose action is `action(name, argument)`."""
        return self._registered("button", name, roles, more)

    def event(self, name: str, roles: frozenset[Role], **more: Any) -> Callable[[Function], Function]:
        """Register `function(turn, "")` for something that happened."""
        return self._registered("event", name, roles, more)

    def dialog(self, name: str, title: Phrase) -> Callable[[DialogFunction], DialogFunction]:
        """Register a dialog function under the name its row will carry."""

        def register(function: DialogFunction) -> DialogFunction:
            self._add_dialog(DialogRoute(name, function, title))
            return function

        return register

    def find(self, kind: Kind, name: str) -> Route | None:
        """What would answer this, None if nothing would."""
        return self.routes.get((kind, name))

    def menu(self, role: Role) -> list[Route]:
        """The commands that a role sees in its menu, in order."""
        return [route for route in self.routes.values() if route.menu is not None and role in route.roles]

    def _registered(
        self, kind: Kind, name: str, roles: frozenset[Role], more: dict[str, Any]
    ) -> Callable[[Function], Function]:
        def register(function: Function) -> Function:
            self._add(Route(kind, name, function, roles, **more))
            return function

        return register

    def _add(self, route: Route) -> None:
        if (route.kind, route.name) in self.routes:
            raise ValueError(f"two routes for the {route.kind} {route.name!r}")
        self.routes[route.kind, route.name] = route

    def _add_dialog(self, dialog: DialogRoute) -> None:
        if dialog.name in self.dialogs:
            raise ValueError(f"two dialogs are called {dialog.name!r}")
        self.dialogs[dialog.name] = dialog


def number(argument: str) -> int | None:
    """The number that a button's argument or a word holds; None for junk and for what is far too long to be one."""
    return int(argument) if argument.isdecimal() and len(argument) < 10 else None


def action(name: str, argument: object = "") -> str:
    """The action of a button that leads to the route `name`; at most 64 bytes, which Telegram allows."""
    made = f"r:{name}:{argument}"
    if len(made.encode()) > 64:
        raise ValueError(f"a button's action is over 64 bytes: {made}")
    return made
