"""Rows of buttons as keyboards under a message."""

from collections.abc import Mapping, Sequence
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.html import shortened

Rows = Sequence[Sequence[Mapping[str, Any]]]
LABEL, ABREAST, MOST = 60, 8, 100


def keyboards(rows: Rows) -> list[InlineKeyboardMarkup]:
    """The keyboards that the buttons need: one, or none, or several if they are over a hundred."""
    grouped: list[list[list[InlineKeyboardButton]]] = []
    for row in _rows(rows):
        if not grouped or sum(map(len, grouped[-1])) + len(row) > MOST:
            grouped.append([])
        grouped[-1].append(row)
    return [InlineKeyboardMarkup(group) for group in grouped]


def _rows(rows: Rows) -> list[list[InlineKeyboardButton]]:
    """Rows as they are given, at most eight abreast."""
    return [
        [_button(button) for button in row[start : start + ABREAST]]
        for row in rows
        for start in range(0, len(row), ABREAST)
    ]


def _button(button: Mapping[str, Any]) -> InlineKeyboardButton:
    style = None if button["style"] == "plain" else button["style"]
    return InlineKeyboardButton(shortened(button["label"], LABEL), callback_data=button["action"], style=style)
