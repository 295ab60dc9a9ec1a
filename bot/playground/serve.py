"""An ASGI app on a free loopback port, in a thread of its own: what a stand-in platform or a bot under test needs."""

import socket
from threading import Event, Thread
from types import TracebackType
from typing import Any

import uvicorn

HOST = "127.0.0.1"
STARTING_S = 10.0
LEAVING_S = 5.0


class _Announcing(uvicorn.Server):
    """A server that says when it listens, so that nobody has to ask again and again."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()


class Served:
    """A running server: `url` has no slash at its end. `close`, or the end of a `with`, stops it within a second."""

    def __init__(self, app: Any, port: int = 0) -> None:
        self._socket = _listening(port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{HOST}:{self.port}"
        self._server = _Announcing(_config(app))
        self._thread = Thread(target=self._server.run, args=([self._socket],), name=f"serve-{self.port}", daemon=True)
        self._thread.start()
        if not self._server.ready.wait(STARTING_S) or not self._server.started:
            self.close()
            raise RuntimeError(f"the app did not start on port {self.port}")

    def __enter__(self) -> "Served":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop, and give the port back. A call that is still held open is cut off."""
        self._server.should_exit = True
        self._thread.join(LEAVING_S)
        self._socket.close()


def serve(app: Any, port: int = 0) -> Served:
    """`app` being served; port 0 takes a free one."""
    return Served(app, port)


def _listening(port: int) -> socket.socket:
    # asyncio sends small answers at once only where the socket names its protocol; otherwise each takes 40 ms more.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _config(app: Any) -> uvicorn.Config:
    # A client that polls for a minute must not hold up the end, hence the short grace. The legacy websockets
    # server warns that it goes away, hence the other one.
    config = uvicorn.Config(
        app, interface="asgi3", ws="websockets-sansio", log_config=None, log_level="critical", access_log=False
    )
    config.timeout_graceful_shutdown = 0.3  # type: ignore[assignment]
    return config
