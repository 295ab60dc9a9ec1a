"""A stand-in that speaks LibreTranslate's API on loopback: /languages, /detect, /translate, keys and errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

NAMES = {"en": "English", "vi": "Vietnamese", "es": "Spanish", "zh-Hans": "Chinese"}
SAYS = {
    ("vi", "en"): "The compressor has leaked since Monday",
    ("en", "vi"): "Chúng tôi gửi một kỹ thuật viên",
    ("es", "en"): "Since when?",
}


@dataclass
class Libre:
    """What it knows, what it was asked, and how it misbehaves: `fails` are the status codes of the next answers."""

    key: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    fails: list[int] = field(default_factory=list)
    raw: str = ""
    url: str = ""

    async def languages(self, _request: web.Request) -> web.Response:
        everything = list(NAMES)
        return web.json_response(
            [{"code": code, "name": name, "targets": everything} for code, name in NAMES.items() if code != "es"]
            + [{"code": "es", "name": "Spanish", "targets": ["es", "en"]}]
        )

    async def detect(self, request: web.Request) -> web.Response:
        given = await request.json()
        return web.json_response([{"confidence": 90.0, "language": guessed(given["q"])}])

    async def translate(self, request: web.Request) -> web.Response:
        given = await request.json()
        self.asked.append(given)
        if self.fails:
            status = self.fails.pop(0)
            where = {"Location": f"{self.url}/elsewhere"} if 300 <= status < 400 else {}
            return web.json_response({"error": f"status {status}"}, status=status, headers=where)
        if self.raw:
            return web.Response(text=self.raw, content_type="application/json")
        if self.key and given.get("api_key") != self.key:
            return web.json_response({"error": "Invalid API key"}, status=403)
        source = guessed(given["q"]) if given["source"] == "auto" else given["source"]
        said: dict[str, Any] = {"translatedText": SAYS.get((source, given["target"]), given["q"])}
        if given["source"] == "auto":
            said["detectedLanguage"] = {"confidence": 90.0, "language": source}
        return web.json_response(said)

    async def elsewhere(self, _request: web.Request) -> web.Response:
        self.asked.append({"q": "followed a redirect"})
        return web.json_response({"translatedText": "taken from elsewhere"})


def guessed(words: str) -> str:
    """The language, by a letter that only one of them has."""
    return "vi" if any(letter in words for letter in "ạảịữ") else "es" if "¿" in words else "en"


@asynccontextmanager
async def libre(**given: Any) -> AsyncIterator[Libre]:
    """A stand-in that listens."""
    made, app = Libre(**given), web.Application()
    app.add_routes([web.get("/languages", made.languages), web.post("/detect", made.detect)])
    app.add_routes([web.post("/translate", made.translate), web.route("*", "/elsewhere", made.elsewhere)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield made
    finally:
        await runner.cleanup()
