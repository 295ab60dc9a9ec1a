"""Both stand-in platforms as one ASGI app on loopback: what the real libraries talk to in the demo and in the tests."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.playground.calls import CallLog
from bot.playground.slack.courier import Pace
from bot.playground.slack.stand_in import SlackStandIn
from bot.playground.telegram.stand_in import TelegramStandIn

TELEGRAM_TOKEN = "12345:playground-token-that-opens-nothing"  # noqa: S105  (it opens nothing)
SLACK_BOT_TOKEN = "xoxb-playground"  # noqa: S105
SLACK_APP_TOKEN = "xapp-playground"  # noqa: S105
SLACK_SIGNING_SECRET = "playground-signing-secret"  # noqa: S105
MANIFEST = Path(__file__).parents[2] / "manifest.json"


class Playground:
    """A Telegram and a Slack that exist in memory only; `log` is what the bot asked of either.

    `pace` says how often this Slack sends an event again that got no answer.
    """

    def __init__(self, pace: Pace | None = None) -> None:
        manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
        self.log = CallLog()
        self.telegram = TelegramStandIn(TELEGRAM_TOKEN, self.log)
        self.slack = SlackStandIn(
            SLACK_BOT_TOKEN,
            SLACK_APP_TOKEN,
            SLACK_SIGNING_SECRET,
            self.log,
            manifest["oauth_config"]["scopes"]["bot"],
            manifest["settings"]["event_subscriptions"]["bot_events"],
            pace=pace,
        )

    def reset(self) -> None:
        """Empty both platforms: no chats, no messages; the people of the next programme are put in anew."""
        self.telegram.reset()
        self.slack.reset()

    def asgi(self, more: Sequence[BaseRoute] = ()) -> Starlette:
        """The app that serves both platforms, and `more` routes beside them."""

        @asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            await self.telegram.start()
            await self.slack.start()
            yield
            await self.slack.stop()
            await self.telegram.stop()

        return Starlette(routes=[*self.telegram.routes(), *self.slack.routes(), *more], lifespan=lifespan)

    def environment(self, url: str) -> dict[str, Any]:
        """The settings by which Causeway talks to this playground, served at `url`: polling and Socket Mode."""
        self.slack.url = url
        return {
            "telegram_bot_token": TELEGRAM_TOKEN,
            "telegram_api_url": url,
            "slack_bot_token": SLACK_BOT_TOKEN,
            "slack_app_token": SLACK_APP_TOKEN,
            "slack_signing_secret": SLACK_SIGNING_SECRET,
            "slack_api_url": url,
        }
