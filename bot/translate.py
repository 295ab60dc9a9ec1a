"""A LibreTranslate of the operator's own: words go in, words in another language come out.

Nothing but the words and two language codes goes there: no name, no number, no place.
"""

import json
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import ClientError, ClientSession, ClientTimeout

ANSWER_S = 20.0
MOST_BYTES = 1_000_000


class TranslateError(Exception):
    """An engine did not translate. `permanent`: trying again will not help. The text names a cause, never words."""

    def __init__(self, text: str, *, permanent: bool = False) -> None:
        super().__init__(text)
        self.permanent = permanent


@dataclass(frozen=True)
class Translated:
    """Words in another language, and the language that they were in."""

    words: str
    source: str


class Engine(Protocol):
    """Whatever translates."""

    async def translate(self, words: str, source: str, target: str) -> Translated:
        """The words in another language; "" for `source` lets the engine find out. Raises `TranslateError`."""

    async def close(self) -> None:
        """Let go of what is open."""


class LibreTranslate:
    """Speaks to `/languages` and `/translate` under one address. Redirects are not followed: they lead elsewhere."""

    def __init__(self, url: str, key: str = "", answer_s: float = ANSWER_S) -> None:
        self.url, self.key, self.answer_s = url, key, answer_s
        self._session: ClientSession | None = None
        self._pairs: dict[str, set[str]] = {}

    async def translate(self, words: str, source: str, target: str) -> Translated:
        """The words in another language. Raises `TranslateError`."""
        pairs = await self._known()
        known = _code(source, pairs) if source else "auto"
        wanted = _code(target, pairs[known] if known in pairs else {code for one in pairs.values() for code in one})
        if not known or not wanted:
            raise TranslateError("unsupported pair", permanent=True)
        answer = await self._ask(
            "translate", {"q": words, "source": known, "target": wanted, "format": "text", "api_key": self.key}
        )
        said = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(said, str) or not said.strip():
            raise TranslateError("no translation in the answer")
        found = answer.get("detectedLanguage")
        detected = str(found.get("language", "")) if isinstance(found, dict) else ""
        return Translated(said, source or detected)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def _known(self) -> dict[str, set[str]]:
        """The languages that it reads, each with those it writes; asked once, and again after a fault."""
        if not self._pairs:
            answer = await self._ask("languages", None)
            try:
                self._pairs = {str(one["code"]): {str(code) for code in one["targets"]} for one in answer}
            except (TypeError, KeyError) as error:
                raise TranslateError("languages cannot be read") from error
        return self._pairs

    async def _ask(self, path: str, given: dict[str, str] | None) -> Any:
        try:
            async with self.session.request(
                "POST" if given else "GET",
                f"{self.url}/{path}",
                json={name: value for name, value in (given or {}).items() if value} or None,
                allow_redirects=False,
            ) as response:
                body = await response.content.read(MOST_BYTES)
                status = response.status
        except (TimeoutError, ClientError, OSError) as error:
            raise TranslateError(type(error).__name__) from error
        if status != 200:
            # Too many requests, and faults of the engine, pass; a refusal stays one.
            raise TranslateError(f"status {status}", permanent=300 <= status < 500 and status not in (408, 429))
        try:
            return json.loads(body)
        except ValueError as error:
            raise TranslateError("not JSON") from error

    @property
    def session(self) -> ClientSession:
        """The connections, made in the running loop."""
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=self.answer_s))
        return self._session


def _code(language: str, offered: Any) -> str:
    """The engine's own code of a language: the same, else the same without its script or region; "" for none."""
    base = language.split("-")[0]
    return next((one for one in (language, base) if one in offered), "") or next(
        (one for one in sorted(offered) if one.split("-")[0] == base), ""
    )
