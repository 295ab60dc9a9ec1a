"""Socket Mode: the open sockets of the bot, and envelopes that wait for their acknowledgement."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.slack.delivery import Delivery
from bot.playground.slack.state import APP, State

MOST_SOCKETS = 10
REFUSED = 4401


@dataclass(eq=False)
class _Line:
    """One socket and the envelopes it has not acknowledged yet."""

    socket: WebSocket
    waiting: dict[str, "asyncio.Future[Any]"] = field(default_factory=dict)

    def acknowledge(self, message: dict[str, Any]) -> None:
        future = self.waiting.pop(str(message.get("envelope_id")), None)
        if future and not future.done():
            future.set_result(message.get("payload"))

    def break_off(self) -> None:
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the socket has closed"))


class Sockets:
    """One envelope goes to one socket, in turn; if that socket closes, the envelope has to be sent again."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.lines: list[_Line] = []
        self._turn = 0

    @property
    def connected(self) -> bool:
        """Whether the bot holds a socket open."""
        return bool(self.lines)

    async def link(self, socket: WebSocket) -> None:
        """Serve one socket until it closes."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self.state.tickets.sockets or len(self.lines) >= MOST_SOCKETS:
            await socket.close(REFUSED)
            return
        self.state.tickets.sockets.discard(ticket)
        await socket.accept()
        line = _Line(socket)
        self.lines.append(line)
        try:
            await socket.send_json(self._hello())
            self.state.log.notify()
            while True:
                line.acknowledge(json.loads(await socket.receive_text()))
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(line)

    async def deliver(self, delivery: Delivery) -> Any:
        """What came with the acknowledgement. Raises ConnectionError if the socket closes first."""
        self._turn += 1
        line = self.lines[self._turn % len(self.lines)]
        envelope_id = str(uuid4())
        future = line.waiting[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            await line.socket.send_json(_envelope(delivery, envelope_id))
            return await future
        except (RuntimeError, WebSocketDisconnect) as error:
            raise ConnectionError("the socket has closed") from error
        finally:
            line.waiting.pop(envelope_id, None)

    async def refresh(self) -> None:
        """Ask the bot to connect anew, as Slack does every few hours. The old sockets still take acknowledgements."""
        lines, self.lines = self.lines, []
        for line in lines:
            await line.socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    async def cut(self) -> None:
        """Close all sockets without a word."""
        for line in [*self.lines]:
            self._forget(line)
            await line.socket.close()

    def _forget(self, line: _Line) -> None:
        if line in self.lines:
            self.lines.remove(line)
        line.break_off()
        self.state.log.notify()

    def _hello(self) -> dict[str, Any]:
        debug = {"host": "applink", "build_number": 1, "approximate_connection_time": 18_060}
        return {
            "type": "hello",
            "num_connections": len(self.lines),
            "debug_info": debug,
            "connection_info": {"app_id": APP},
        }


def _envelope(delivery: Delivery, envelope_id: str) -> dict[str, Any]:
    envelope: dict[str, Any] = {
        "type": delivery.kind,
        "envelope_id": envelope_id,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        reason = "timeout" if delivery.failures else ""
        envelope |= {"retry_attempt": len(delivery.failures), "retry_reason": reason}
    return envelope
