"""Slack's way in without a public address: we open a socket, and Slack sends what it would have posted."""

import asyncio

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.channel import SendError
from bot.config import ConfigError
from bot.slack.api import Api
from bot.slack.errors import CURES

log = structlog.get_logger()

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0
LOOK_S, BEARABLE_LOOKS = 15.0, 4


async def listen(app: AsyncApp, api: Api, app_token: str) -> None:
    """Take in deliveries until cancelled. Raises `ConfigError` if Slack does not accept the token."""
    wait = FIRST_WAIT_S
    while True:
        try:
            address = await api.socket_address(app_token)
        except SendError as error:
            if error.permanent:
                raise ConfigError([f"SLACK_APP_TOKEN: is refused by Slack ({error}); {_cure(error)}"]) from error
            log.warning("no socket yet", cause=str(error), wait_s=error.retry_after_s or wait)
            await asyncio.sleep(error.retry_after_s or wait)
            wait = min(wait * 2, LONGEST_WAIT_S)
            continue
        wait = FIRST_WAIT_S
        await _listen_at(address, app, api, app_token)


async def _listen_at(address: str, app: AsyncApp, api: Api, app_token: str) -> None:
    """Hold a socket until it is lost for good; the library renews it by itself, and tells nobody when it cannot."""
    handler = AsyncSocketModeHandler(app, app_token, web_client=api.client)
    if api.is_local:
        handler.client.proxy = None
    handler.client.wss_uri = address
    connecting = asyncio.create_task(handler.client.connect())  # type: ignore[no-untyped-call]
    try:
        missed = 0
        while missed < BEARABLE_LOOKS:
            await asyncio.sleep(LOOK_S)
            missed = 0 if await handler.client.is_connected() else missed + 1
        log.warning("socket lost")
    finally:
        connecting.cancel()
        await handler.client.close()  # type: ignore[no-untyped-call]


def _cure(error: SendError) -> str:
    word = str(error).rpartition(": ")[2]
    return CURES["not_allowed_token_type"] if word in ("invalid_auth", "not_authed") else CURES.get(word, "")
