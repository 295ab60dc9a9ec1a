import socket
from threading import Event, Thread
from time import monotonic
from urllib.request import ProxyHandler, build_opener

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.playground.serve import serve

OPENER = build_opener(ProxyHandler({}))


async def hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


def test_app_answers_on_a_free_port_and_gives_it_back() -> None:
    with serve(Starlette(routes=[Route("/", hello)])) as served:
        assert OPENER.open(f"{served.url}/", timeout=5).read() == b"hello"
    again = socket.create_server(("127.0.0.1", served.port))
    again.close()


def test_held_call_does_not_hold_up_the_end() -> None:
    held = Event()

    async def hold(request: Request) -> PlainTextResponse:
        held.set()
        while (await request.receive())["type"] != "http.disconnect":
            pass
        return PlainTextResponse("too late")

    served = serve(Starlette(routes=[Route("/", hold)]))
    caller = Thread(target=_ask, args=(served.url,))
    caller.start()
    assert held.wait(5)
    begun = monotonic()
    served.close()
    assert monotonic() - begun < 1.0
    caller.join(5)


def test_port_that_is_taken_is_said_so() -> None:
    with serve(Starlette()) as served, pytest.raises(OSError, match="in use"):
        serve(Starlette(), served.port)


def _ask(url: str) -> None:
    with pytest.raises(OSError):
        OPENER.open(url, timeout=5).read()
