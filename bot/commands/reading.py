"""The command `read`: what Causeway takes a typed figure for."""

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial

import typer

from bot.commands.common import end
from bot.config import ConfigError, read_settings
from courses.faults import ContentError
from courses.load import BUILT_IN, load
from locales.numbers import Reading, Readings, readings
from locales.text import Catalogue, Phrase
from locales.units import Unit, unit

app = typer.Typer()
ASKED = 3
"""The exit code for a text with two readings, of which a person would be asked for the right one."""
REFUSED = 4
"""The exit code for a text that is not taken."""
# A figure below nought begins with a minus, as an option does.
_MINUS = {"ignore_unknown_options": True}


@app.command(context_settings=_MINUS)
def read(
    text: str = typer.Argument("", help="the figure as it is typed; lines of standard input if left out"),
    lang: str = typer.Option(help="the language the text is in"),
    metric: str = typer.Option(help="the metric's key"),
) -> None:
    """Read a figure as people type it: the exit code is 0 for one reading, 3 for two, 4 for none.

    Without a text each line of standard input is read, and answered by one JSON line.
    """
    units = _units(metric)
    understand = partial(readings, language=lang, units=units, default=units[0])
    say = partial(Catalogue().plain, language=lang)
    if not text:
        for line in sys.stdin:
            typer.echo(_as_json(understand(line.rstrip("\n")), say))
        return
    result = understand(text)
    for said in _told(result, say):
        typer.echo(said)
    raise typer.Exit(REFUSED if result.refused else ASKED if len(result.readings) > 1 else 0)


def _units(metric: str) -> Sequence[Unit]:
    """The units of a metric, built in or of the programme; ends the command if there is none of this key."""
    try:
        overlay = read_settings().programme
        known = load((BUILT_IN, overlay) if overlay else (BUILT_IN,)).metrics.get(metric)
    except ConfigError as error:
        end(*error.faults)
    except ContentError as error:
        end(*map(str, error.faults))
    if known is None:
        end(f"--metric: no metric is called {metric}")
    return [one for symbol in known.units if (one := unit(symbol))]


def _told(result: Readings, say: Callable[[Phrase], str]) -> list[str]:
    """A line for each reading, with a decimal point and no groups; or the refusal as the person gets it."""
    if result.refused is not None:
        return [say(result.refused)]
    return [_line(one) for one in result.readings]


def _line(one: Reading) -> str:
    given, worth = f"{one.value} {one.unit}", f"{one.base_value} {one.base_unit}"
    return given if given == worth else f"{given} = {worth}"


def _as_json(result: Readings, say: Callable[[Phrase], str]) -> str:
    found = [
        {"value": str(one.value), "unit": one.unit, "base_value": str(one.base_value), "base_unit": one.base_unit}
        for one in result.readings
    ]
    refused = say(result.refused) if result.refused else None
    return json.dumps({"text": result.text, "readings": found, "refused": refused}, ensure_ascii=False)
