"""Finds the CAPA that a button or command is about, and sees to it that nobody decides on what they have not seen."""

from handlers.capa.history import event_line
from handlers.router import number
from handlers.tickets import ticket
from handlers.turn import Refused, Turn
from locales.text import _
from storage import capas
from storage.tables.capas import Capa


def numbered(argument: str) -> int | None:
    """The number of the CAPA in `12`, `12.3` (with the version that was seen) or `12.3.4` (with something of it)."""
    return number(argument.partition(".")[0])


def site_of(turn: Turn, argument: str) -> int | None:
    """The site that a button is about, so that nobody acts on a site that is not theirs."""
    found = numbered(argument)
    capa = capas.capa(turn.session, found) if found is not None else None
    return capa.site_id if capa else None


def meant(turn: Turn, argument: str) -> Capa:
    """The CAPA of a button."""
    found = numbered(argument)
    capa = capas.capa(turn.session, found) if found is not None else None
    if capa is None:
        raise Refused(_("This no longer exists."))
    return capa


def seen(turn: Turn, argument: str) -> Capa:
    """The CAPA of a button if it stands as it did when the button was shown; else `Refused` says what has changed."""
    capa = meant(turn, argument)
    version = number(argument.split(".")[1]) if "." in argument else None
    if version is not None:
        check_version(turn, capa, version)
    return capa


def check_version(turn: Turn, capa: Capa, version: int) -> None:
    """Return if nothing has changed since this version; else raise `Refused` with the newest change."""
    if capa.version == version:
        return
    newest = capas.events(turn.session, capa.id)[-1]
    raise Refused(
        _(
            "CAPA {number} has changed since you saw it. {change} Please look at it again before you decide.",
            number=ticket(capa.id),
            change=event_line(turn, newest),
        )
    )


def part(argument: str) -> int | None:
    """The last number of `12.3.4`: a step, an extension, another CAPA."""
    pieces = argument.split(".")
    return number(pieces[2]) if len(pieces) > 2 else None
