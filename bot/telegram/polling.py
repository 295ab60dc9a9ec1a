"""Telegram's way in without a public address: we ask for updates, and asking further on acknowledges them."""

from functools import partial

from bot.incoming import Intake
from bot.telegram.api import Api
from bot.telegram.insist import insist
from bot.telegram.reception import Reception


async def poll(api: Api, reception: Reception, intake: Intake) -> None:
    """Take in updates until cancelled. Raises `ConfigError` if Telegram does not accept the token."""
    # Telegram gives nothing to those who ask while a webhook is set; what waits for the webhook is kept.
    await insist(api.bot.delete_webhook, "take the webhook away")
    offset: int | None = None
    while True:
        offset = await insist(partial(_round, api, reception, intake, offset), "poll")


async def _round(api: Api, reception: Reception, intake: Intake, offset: int | None) -> int | None:
    """Where to ask on, which is beyond a batch only when every turn of it has been committed."""
    updates = await api.updates(offset)
    await reception.receive(updates, intake)
    return max((update["update_id"] + 1 for update in updates), default=offset)
