"""The command menu in every language: a line for each command, which fits a phone and is told from the others."""

import re

import pytest
from telegram.constants import BotCommandLimit

from bot.channel import Sending
from bot.telegram.show import COMMANDS, calls
from handlers.account.menu import menu_of
from handlers.routes import all_routes
from handlers.showing import Shower
from locales.labels import WIDEST, width
from locales.tags import SOURCE
from locales.text import Catalogue
from storage.tables.people import Role

ROUTES, TEXTS = all_routes(), Catalogue()
ALIKE = {"fr": {"Documents"}}
"""Lines that are the same words in English."""


def lines(role: Role, language: str) -> list[tuple[str, str]]:
    """Commands with their lines, as Telegram gets them."""
    payload = Shower(TEXTS, (language,)).payload(menu_of(ROUTES, role))
    (call,) = calls(Sending("menu", payload, "1"))
    return [(command.command, command.description) for command in call.params["commands"]]


@pytest.mark.parametrize("language", TEXTS.languages())
@pytest.mark.parametrize("role", Role)
def test_menu_has_a_line_for_each_command_that_fits_a_phone(role: Role, language: str) -> None:
    found, english = lines(role, language), dict(lines(role, SOURCE))
    assert [name for name, _line in found] == [route.name for route in ROUTES.menu(role)]
    assert 0 < len(found) <= COMMANDS
    for name, line in found:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 0 < width(line) <= WIDEST < BotCommandLimit.MAX_DESCRIPTION, line
        assert language == SOURCE or line != english[name] or line in ALIKE.get(language, ()), line
    assert len({line for _name, line in found}) == len(found)
