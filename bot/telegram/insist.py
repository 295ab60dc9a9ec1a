"""Tries until it works: what must be done before anything else can be, however long the line is down."""

from asyncio import sleep
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import Conflict, TelegramError

from bot.config import ConfigError
from bot.incoming import StoreUnreachable
from bot.telegram.errors import BAD_TOKEN, BAD_TOKEN_FAULT, reason
from bot.telegram.request import TooMany

log = structlog.get_logger()
T = TypeVar("T")

FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
CONFLICT_CURE = "another program polls with this token or has set a webhook for it: stop it, or use a token of its own"


async def insist(attempt: Callable[[], Awaitable[T]], what: str) -> T:
    """What the attempt gives once it succeeds, with waits that grow to half a minute.

    Raises `ConfigError` if Telegram does not accept the token, since no wait helps there.
    """
    wait = FIRST_WAIT_S
    while True:
        try:
            return await attempt()
        except BAD_TOKEN as error:
            raise ConfigError([BAD_TOKEN_FAULT]) from error
        except (TelegramError, StoreUnreachable) as error:
            pause = max(wait, _asked(error))
            log.warning("not yet", what=what, cause=_cause(error), cure=_cure(error), wait_s=pause)
        await sleep(pause)
        wait = min(wait * 2, LONGEST_WAIT_S)


def _asked(error: Exception) -> float:
    return error.retry_after_s if isinstance(error, TooMany) else 0.0


def _cause(error: Exception) -> str:
    return reason(error) if isinstance(error, TelegramError) else "store unreachable"


def _cure(error: Exception) -> str | None:
    return CONFLICT_CURE if isinstance(error, Conflict) else None
