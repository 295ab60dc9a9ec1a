"""What every command needs: a built Causeway on a migrated store, or a clear end."""

import asyncio
import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, NoReturn

import structlog
import typer
from sqlalchemy.exc import DBAPIError

from bot.app import App, build
from bot.config import ConfigError, read_settings
from courses.faults import ContentError
from storage.migrate import upgrade


def set_up_logs() -> None:
    """One JSON line for each event on standard error; the libraries' own lines only from warnings on."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    # The HTTP libraries put addresses into their lines, and the address of a bot holds its token.
    for name in ("httpx", "httpcore", "telegram", "slack_sdk", "slack_bolt", "aiohttp.access", "apscheduler"):
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            where_it_broke,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def end(*lines: str) -> NoReturn:
    """End the command with these lines on standard error."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(1)


def where_it_broke(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The event with kind and place of its exception, without the exception's own words: they may be a person's."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["exception"] = type(error).__name__
        event["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


@contextmanager
def causeway(**given: object) -> Iterator[App]:
    """A built Causeway whose store has the right schema; what cannot work ends the command with its cause and cure."""
    set_up_logs()
    try:
        app = build(read_settings(**given))
    except ConfigError as error:
        end(*error.faults)
    except ContentError as error:
        end(*map(str, error.faults))
    try:
        upgrade(app.store)
        yield app
    except DBAPIError as error:
        cause = type(error.orig).__name__
        end(f"DATABASE_URL: the store cannot be reached ({cause}); is it running, and is the name right?")
    except OSError as error:
        if error.filename is None:
            raise
        end(f"{error.filename}: {error.strerror}")
    finally:
        app.store.close()


def know_the_bot(app: App) -> None:
    """Ask Telegram for the bot's name, which deep links need."""
    if app.telegram is not None:
        try:
            asyncio.run(app.telegram.introduce())
        except ConfigError as error:
            end(*error.faults)
