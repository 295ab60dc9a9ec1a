"""A Causeway without platforms on a clock that is set by hand: people talk through its intake, and time goes by.

What is said is settled at once, as a platform would have done it then, and forgotten but for its buttons.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from string import ascii_letters, digits

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.channel import Now
from bot.clock import ProgrammeClock
from bot.incoming import Intake
from bot.measures import Measures
from bot.playground.past.chance import Chance
from bot.pseudonym import pseudonym_by
from bot.schedule import Ticker
from bot.seals import Seals
from bot.slack.run import SlackChannel
from bot.telegram.run import TelegramChannel
from courses.load import load
from handlers.bridge.receipts import settled
from handlers.house import House
from handlers.message import Address, Content, Incoming
from handlers.programme.importing import import_folder
from handlers.programme.rows import ProgrammeFolder
from handlers.programme.settings import stored_settings
from handlers.routes import all_notices, all_routes
from handlers.turn import Turn
from locales.text import Catalogue
from storage import deliveries, outbox, work
from storage.engine import Store
from storage.outbox import UNSENT
from storage.tables.queues import OutboxRow, WorkRow, WorkState
from storage.tables.talks import DialogRow, DialogState

TOKEN = re.compile(r"[?]start=([A-Za-z0-9]+)")
TOKEN_LENGTH = 48
PACE = timedelta(seconds=20)
"""How long somebody needs for an answer."""


@dataclass(frozen=True)
class Shown:
    """A message as a platform shows it: `ref` is its id there, `actions` are those of its buttons."""

    ref: str
    text: str
    actions: tuple[str, ...]


@dataclass
class Town:
    """`newest` has the last message of each conversation, `posts` those in channels by their outbox key."""

    store: Store
    house: House
    moment: datetime
    newest: dict[str, Shown] = field(default_factory=dict)
    posts: dict[str, Shown] = field(default_factory=dict)
    turns: int = 0

    def __post_init__(self) -> None:
        clock, pool, measures = ProgrammeClock(self.store), ThreadPoolExecutor(1), Measures()
        self._intake = Intake(self.store, self.house, clock, pool, _nobody_waits, measures)
        self._ticker = Ticker(self.store, self.house, clock, all_notices(), pool, _nobody_waits, measures)

    def bring_in(self, folder: ProgrammeFolder) -> None:
        """Import a programme."""
        with self.store.write() as session:
            import_folder(session, folder, self.moment, self.house.pseudonym)

    def take(self, at: Address, account: str, content: Content, trigger: str = "", hint: str = "") -> Now | None:
        """Let somebody do something; what they must be given at once. Raises RuntimeError if it went wrong."""
        self.turns, self.moment = self.turns + 1, self.moment + PACE
        incoming = Incoming(
            delivery=f"past:{self.turns}",
            address=at,
            sender=account,
            at=self.moment,
            content=content,
            message=f"past-{self.turns}",
            private=at.conversation == account,
            language_hint=hint,
            trigger=trigger,
        )
        outcome = self._intake.take_now(incoming)
        self._settle()
        return outcome.now

    def asked(self, conversation: str) -> str:
        """The key of the question that is open in a chat, "" if none is."""
        waits = select(DialogRow.asked_key).where(DialogRow.conversation == conversation)
        with self.store.read() as session:
            return session.exec(waits.where(DialogRow.state == DialogState.OPEN)).first() or ""

    def tick(self, moment: datetime) -> None:
        """Let the clock strike: what is due by now happens."""
        self.moment = max(moment, self.moment)
        self._ticker.run_due(self.moment)
        self._settle()

    def check(self) -> None:
        """Raise RuntimeError if a turn of anybody has failed."""
        with self.store.read() as session:
            failed = deliveries.failed(session)
        if failed:
            raise RuntimeError(f"{len(failed)} turns failed, the first of them {failed[0].id}: {failed[0].error}")

    def _settle(self) -> None:
        """Send what is to be sent: on a platform of the past, real time was the programme's time."""
        with self.store.write() as session:
            for undone in session.exec(select(WorkRow).where(WorkRow.state == WorkState.NEW)).all():
                # Pictures of the past are not drawn: nobody is shown them any more.
                work.settle(session, undone.id)
                undone.ready_at = self.moment
            while self._send(session):
                session.flush()

    def _send(self, session: Session) -> int:
        """How many rows were sent; what became of them may cause more."""
        unsent = select(OutboxRow).where(col(OutboxRow.state).in_(UNSENT)).order_by(col(OutboxRow.id))
        rows = session.exec(unsent).all()
        for row in rows:
            ref = self._ref(row)
            if row.kind == "message":
                self._show(row, ref)
            outbox.sent(session, row.id, ref, self.moment)
            if row.kind == "message":
                settled(Turn(self.house, session, stored_settings(session), self.moment, self.moment), row.key, ref, "")
            then = update(OutboxRow).where(col(OutboxRow.id) == row.id)
            session.execute(then.values(made_at=self.moment, ready_at=self.moment, attempts=1))
        return len(rows)

    def _ref(self, row: OutboxRow) -> str:
        """An id such as the platform gives: a count on Telegram, a moment on Slack."""
        return f"{int(self.moment.timestamp())}.{row.id:06d}" if row.channel == SlackChannel.name else str(row.id)

    def _show(self, row: OutboxRow, ref: str) -> None:
        actions = tuple(button["action"] for line in row.payload["buttons"] for button in line)
        shown = Shown(ref, row.payload["text"], actions)
        self.newest[row.conversation] = self.posts[row.key] = shown


def made_house(chance: Chance, secret_key: str) -> House:
    """A house with our own routes, whose tokens come from chance."""
    stream = chance("tokens")
    return House(
        texts=Catalogue(),
        library=load(),
        router=all_routes(),
        notices=all_notices(),
        channels={"telegram": TelegramChannel.capabilities, "slack": SlackChannel.capabilities},
        token=lambda: "".join(stream.choices(ascii_letters + digits, k=TOKEN_LENGTH)),
        pseudonym=pseudonym_by(secret_key),
        link=lambda token: f"https://t.me/causeway_demo_bot?start={token}",
        seals=Seals(secret_key),
    )


def _nobody_waits() -> None:
    """There is no sender to be woken."""
