"""Slack's Web API over one pooled connection, its refusals in our terms."""

import logging
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channel import SendError
from bot.slack.errors import DONE, code, send_error
from bot.slack.methods import FORMS, Method

SLACK = "https://slack.com"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
TIMEOUT = ClientTimeout(total=20, connect=5)


class Api:
    """The API at `url`, spoken to as the bot. Nothing is opened before the first call; `close` ends it."""

    def __init__(self, token: str, url: str | None) -> None:
        self.token, self.url = token, (url or SLACK).rstrip("/")
        self._client: AsyncWebClient | None = None

    @property
    def client(self) -> AsyncWebClient:
        """The library's client, made in the running loop. It does not try again by itself: the outbox does."""
        if self._client is None:
            session = ClientSession(timeout=TIMEOUT)
            self._client = AsyncWebClient(
                self.token, f"{self.url}/api/", session=session, retry_handlers=[], logger=quiet_logger()
            )
            if self.is_local:
                self._client.proxy = None
        return self._client

    @property
    def is_local(self) -> bool:
        """Whether the API is on this machine, where no proxy leads."""
        return urlsplit(self.url).hostname in LOOPBACK

    @property
    def session(self) -> ClientSession:
        """The connections, for what is not a call of the API: bytes that come and go."""
        session = self.client.session
        if session is None:
            raise LookupError("the client was made without its session")
        return session

    async def call(self, method: Method, params: dict[str, Any]) -> dict[str, Any]:
        """What Slack answered; an empty answer if what was asked for is so already. Raises `SendError`."""
        client = self.client
        try:
            if method in FORMS:
                response = await client.api_call(method, data={name: str(one) for name, one in params.items()})
            else:
                response = await client.api_call(method, json=params)
        except SlackApiError as error:
            if (method, code(error)) in DONE:
                return {}
            raise send_error(method, error) from error
        except (ClientError, OSError) as error:
            raise SendError(f"{method}: {type(error).__name__}") from error
        return dict(response.data) if isinstance(response.data, dict) else {}

    async def socket_address(self, app_token: str) -> str:
        """Where Socket Mode is to connect; it can be used once. Raises `SendError`."""
        try:
            return str((await self.client.apps_connections_open(app_token=app_token))["url"])
        except SlackApiError as error:
            raise send_error("apps.connections.open", error) from error
        except (ClientError, OSError) as error:
            raise SendError(f"apps.connections.open: {type(error).__name__}") from error

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None and self._client.session is not None:
            await self._client.session.close()
        self._client = None


def quiet_logger() -> logging.Logger:
    """A logger for the library that passes on errors alone.

    At debug level it would write words, names and tokens; its warnings are about how we use it, and would tell an
    operator that their SLACK_BOT_TOKEN is ignored.
    """
    logger = logging.getLogger("causeway.slack")
    logger.setLevel(logging.ERROR)
    return logger
