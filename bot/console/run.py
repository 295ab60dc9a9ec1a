"""The terminal as a channel: an author or operator plays any dialog, with numbers for buttons and no token."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from typing import Any

from sqlmodel import select

from bot.clock import real_now
from bot.incoming import Intake
from handlers.message import Address, Capabilities, Commanded, Content, Incoming, Pressed, Said
from storage import outbox, work
from storage.engine import Store
from storage.tables.queues import Lane, OutboxRow, SendState

CONSOLE = "console"
TAG = re.compile(r"</?[bi]>")


class ConsoleChannel:
    """What the terminal can do."""

    name = CONSOLE
    capabilities = Capabilities(edits=False)


@dataclass
class ConsoleTalk:
    """One person's talk in the terminal. `say` takes what was typed and gives what is answered."""

    intake: Intake
    store: Store
    account: str
    write: Callable[[str], None]
    buttons: list[str] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)

    def say(self, typed: str) -> None:
        """Take a line: a number presses a button, a slash begins a command, anything else is said."""
        number = int(typed) if typed.isdecimal() else 0
        content: Content
        if 1 <= number <= len(self.buttons):
            self.press(self.buttons[number - 1])
            return
        if typed.startswith("/"):
            name, _space, argument = typed[1:].partition(" ")
            content = Commanded(name, argument)
        else:
            content = Said(typed)
        self._take(content)

    def press(self, action: str) -> None:
        """Press a button, whether it was shown or not."""
        self._take(Pressed(action, tap=CONSOLE))

    def _take(self, content: Content) -> None:
        delivery = f"{CONSOLE}:{real_now().timestamp()}:{next(self._numbers)}"
        outcome = self.intake.take_now(
            Incoming(delivery, Address(CONSOLE, self.account), self.account, self.intake.at(), content)
        )
        if outcome.now and outcome.now.toast:
            self.write(f"({outcome.now.toast[0]})")
        self._show_new()

    def _show_new(self) -> None:
        """Print what is in the outbox for this terminal, and mark it as sent."""
        self._leave_undrawn()
        while rows := self._next():
            for kind, payload in rows:
                if kind == "message":
                    self._show(payload)

    def _leave_undrawn(self) -> None:
        """Let messages go that wait for a picture: a terminal names it and shows none."""
        waiting = select(OutboxRow).where(OutboxRow.channel == CONSOLE, OutboxRow.state == SendState.WAITING)
        with self.store.write() as session:
            for row in session.exec(waiting).all():
                files = [{**file, "draw": "", "values": {}} for file in row.payload["attachments"]]
                outbox.drawn(session, row.key, files)
                work.settle_key(session, f"draw/{row.key}")

    def _next(self) -> list[tuple[str, dict[str, Any]]]:
        """Kind and payload of what comes next, marked as sent: that empties the row."""
        with self.store.write() as session:
            rows = outbox.claim(session, CONSOLE, real_now(), 1, (), Lane.PUSH)
            taken = [(row.kind, row.payload) for row in rows]
            for row in rows:
                outbox.sent(session, row.id, row.key, real_now())
        return taken

    def _show(self, payload: dict[str, Any]) -> None:
        self.write(unescape(TAG.sub("", payload["text"])))
        actions = [(button["label"], button["action"]) for line in payload["buttons"] for button in line]
        if actions:
            self.buttons = [action for _label, action in actions]
        for number, (label, _action) in enumerate(actions, start=1):
            self.write(f"  {number}  {label}")
        for file in payload["attachments"]:
            self.write(f"  [{file['name']}]")
