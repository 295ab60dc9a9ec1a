"""A Causeway with a fault, to see what a fault does."""

from dataclasses import replace
from typing import NoReturn

from bot.app import App


def break_capas(built: App) -> None:
    """The list of corrective actions fails, as a fault of ours would."""
    routes = built.house.router.routes
    routes["command", "capas"] = replace(routes["command", "capas"], function=_fail)


def _fail(_turn: object, _argument: str) -> NoReturn:
    raise LookupError("a fault of ours")
