"""The library's requests over aiohttp: a send costs about a quarter of what it costs over the library's own client."""

import json
from io import BytesIO
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_S, ANSWER_S, UPLOAD_S = 5.0, 15.0, 60.0
WAIT_S = 5.0


class TooMany(TelegramError):
    """Telegram asks to wait `retry_after_s` seconds. The library's own error warns of itself whenever it is made."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("too many requests")
        self.retry_after_s = retry_after_s


class Request(BaseRequest):
    """Requests over one pool of connections, opened at the first use. `is_local`: no proxy leads to the API."""

    def __init__(self, is_local: bool) -> None:
        self.is_local = is_local
        self._session: ClientSession | None = None

    @property
    def session(self) -> ClientSession:
        """The connections, made in the running loop."""
        if self._session is None:
            self._session = ClientSession(trust_env=not self.is_local)
        return self._session

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return ANSWER_S

    async def initialize(self) -> None:
        """Nothing: connections are opened when they are needed."""

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
        self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; unlike the library's reader this one does not write what it could not read into the log."""
        try:
            answer = json.loads(payload)
        except ValueError as error:
            raise TelegramError("invalid server response") from error
        if not isinstance(answer, dict):
            raise TelegramError("invalid server response")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Of the timeouts only `read_timeout` is heard, in seconds."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else ANSWER_S
        if request_data and request_data.contains_files:
            seconds = UPLOAD_S
        limit = ClientTimeout(total=seconds, connect=CONNECT_S)
        try:
            async with self.session.request(method, url, data=_body(request_data), timeout=limit) as response:
                status, payload = response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (ClientError, OSError) as error:
            # Its text may hold the address, and with it the token.
            raise NetworkError(type(error).__name__) from None
        if status == 429:
            raise TooMany(_wait(payload))
        return status, payload


def _body(data: RequestData | None) -> FormData | dict[str, str] | None:
    if data is None or not data.contains_files:
        return data.json_parameters if data else None
    form = FormData(data.json_parameters)
    for name, (file_name, content, media_type) in data.multipart_data.items():
        # Bytes would be written in one go, which holds up everything else; a file is written bit by bit.
        whole = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, whole, filename=file_name, content_type=media_type)
    return form


def _wait(payload: bytes) -> float:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, LookupError, TypeError):
        return WAIT_S
