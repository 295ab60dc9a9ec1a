"""The Bot API through the library, its refusals in our terms."""

import logging
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import TelegramError

from bot.config import ConfigError
from bot.telegram.errors import is_done, send_error
from bot.telegram.floods import Floods
from bot.telegram.methods import KINDS, Method
from bot.telegram.request import Request

TELEGRAM = "https://api.telegram.org"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLL_S, LATE_S = 30, 10


class Api:
    """The API at `url`, spoken to as the bot. Nothing is opened before the first call; `close` ends it."""

    def __init__(self, token: str, url: str | None) -> None:
        self.url, self.token = (url or TELEGRAM).rstrip("/"), token
        self.bot_id = _bot_id(token)
        self.username = ""
        # At debug level the library would write words, names and addresses with the token in them.
        logging.getLogger("telegram").setLevel(logging.WARNING)
        self.request = self._new_request()
        self.bot = self._bot_over(self.request)
        self._floods = Floods()

    async def call(self, method: Method, params: dict[str, Any], chat: str = "") -> Any:
        """What Telegram answered; None if nothing is left to do about it. Raises `SendError`."""
        try:
            return await getattr(self.bot, method)(**params)
        except TelegramError as error:
            if is_done(error):
                return None
            refused = send_error(method, error)
            if refused.retry_after_s is not None and refused.scope == "chat":
                refused.scope = self._floods.scope(chat, monotonic())
            raise refused from error

    async def introduce(self) -> None:
        """Learn the bot's username, over a connection of its own that is closed again. Raises `TelegramError`."""
        request = self._new_request()
        try:
            me = await self._bot_over(request).get_me()
        finally:
            await request.shutdown()
        self.username = me.username or ""

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """The next updates as they came, after half a minute none. Raises `TelegramError`.

        The library's own method gives nothing if one of them is of a shape it does not know. It warns if that method is
        passed by; in lower case, which Telegram takes too, the name is not one of its methods.
        """
        asked = {"offset": offset, "timeout": POLL_S, "allowed_updates": KINDS}
        return list(await self.bot.do_api_request("getupdates", api_kwargs=asked, read_timeout=POLL_S + LATE_S))

    async def close(self) -> None:
        """Close the connections."""
        await self.request.shutdown()

    def _new_request(self) -> Request:
        return Request(is_local=urlsplit(self.url).hostname in LOOPBACK)

    def _bot_over(self, request: Request) -> Bot:
        return Bot(
            self.token,
            base_url=f"{self.url}/bot",
            base_file_url=f"{self.url}/file/bot",
            request=request,
            get_updates_request=request,
        )


def _bot_id(token: str) -> int:
    number, colon, secret = token.partition(":")
    if not (number.isascii() and number.isdecimal() and colon and secret):
        raise ConfigError(
            ["TELEGRAM_BOT_TOKEN: is not a token; it looks like 123456:ABC-DEF and comes from @BotFather"]
        )
    return int(number)
