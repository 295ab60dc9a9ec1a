"""The sign for how things stand, in words: nobody has to tell colours apart."""

from handlers.status.rules import Standing
from locales.text import Phrase, p_

SIGNS: dict[Standing, Phrase] = {
    Standing.ACT_NOW: p_("how things stand", "act now"),
    Standing.SOMETHING_OPEN: p_("how things stand", "something is open"),
    Standing.IN_ORDER: p_("how things stand", "in order"),
}
