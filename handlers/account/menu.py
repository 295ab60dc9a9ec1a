"""The command menu of a person, in the language they chose."""

from handlers.message import Menu
from handlers.turn import Turn


def show_menu(turn: Turn) -> None:
    """Show the commands of the person's role, where the channel has a menu for each chat."""
    if not turn.capabilities.command_menu:
        return
    lines = [(route.name, route.menu) for route in turn.house.router.menu(turn.me.role) if route.menu is not None]
    turn.reply(Menu(tuple(lines)), suffix=f"menu/{turn.count}")
