"""Tells Telegram where to call us."""

import re
from functools import partial

from telegram.error import BadRequest

from bot.config import ConfigError
from bot.telegram.api import Api
from bot.telegram.errors import reason
from bot.telegram.insist import insist
from bot.telegram.methods import KINDS

PATH = "/telegram/webhook"
AT_ONCE = 40
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def announce(api: Api, public_url: str, secret: str) -> None:
    """Have updates posted to our address; what waited for us is kept. Raises `ConfigError` if it is not accepted."""
    if not _SECRET.fullmatch(secret):
        raise ConfigError(["TELEGRAM_WEBHOOK_SECRET: must have 1 to 256 of A-Z, a-z, 0-9, _ and -"])
    await insist(partial(_set_webhook, api, public_url.rstrip("/") + PATH, secret), "set the webhook")


async def _set_webhook(api: Api, address: str, secret: str) -> None:
    try:
        await api.bot.set_webhook(address, allowed_updates=KINDS, secret_token=secret, max_connections=AT_ONCE)
    except BadRequest as error:
        raise ConfigError([f"PUBLIC_URL: Telegram does not take {address} ({reason(error)})"]) from error
