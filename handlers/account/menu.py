"""The command menu of a person, in the language they chose."""

from handlers.message import Menu
from handlers.router import Router
from handlers.turn import Turn
from storage.tables.people import Role


def show_menu(turn: Turn) -> None:
    """Show the commands of the person's role, where the channel has a menu for each chat."""
    if turn.capabilities.command_menu:
        turn.reply(menu_of(turn.house.router, turn.me.role), suffix=f"menu/{turn.count}")


def menu_of(router: Router, role: Role) -> Menu:
    """The commands of a role, in order."""
    return Menu(tuple((route.name, route.menu) for route in router.menu(role) if route.menu is not None))
