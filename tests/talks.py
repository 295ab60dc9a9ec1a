"""The recording channel: people talk with the assistant through the intake, and what they are shown is kept."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from itertools import count
from typing import Any

from sqlmodel import col, select

from bot.channel import Now
from bot.clock import real_now
from bot.envelope import address, content, is_sealed
from bot.incoming import Intake
from bot.measures import Measures
from bot.pseudonym import pseudonym_by
from bot.schedule import Ticker
from bot.seals import Seals
from courses.load import Library, load
from handlers.bridge.receipts import is_told_of, settled
from handlers.house import House
from handlers.message import (
    Address,
    Capabilities,
    Commanded,
    Content,
    FileRef,
    Happened,
    Incoming,
    Pressed,
    Said,
    Submitted,
)
from handlers.programme.folder import read_folder
from handlers.programme.importing import import_folder
from handlers.programme.settings import stored_settings
from handlers.router import Router
from handlers.routes import all_notices, all_routes
from handlers.turn import Turn
from locales.text import Catalogue
from storage import outbox, people
from storage.engine import Store
from storage.tables.queues import OutboxRow, SendState
from tests.paths import EXAMPLE

PHONE = Capabilities(shared=True, command_menu=True, quotes=True, delete_hours=48)
SLACK = Capabilities(modals=True, threads=True, home=True, signs=True, command_prefix="/causeway ")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANNELS = {"telegram": PHONE, "slack": SLACK}


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    moment: datetime = MONDAY

    def now(self) -> datetime:
        return self.moment

    def move_to(self, moment: datetime) -> None:
        self.moment = moment


# Read once for all tests: nothing changes them.
_library, _catalogue = cache(load), cache(Catalogue)


def made_house(library: Library | None = None, texts: Catalogue | None = None, router: Router | None = None) -> House:
    """A house with our own routes, whose tokens are numbered."""
    numbers = count(1)
    return House(
        texts=texts or _catalogue(),
        library=library or _library(),
        router=router or all_routes(),
        notices=all_notices(),
        channels=CHANNELS,
        token=lambda: f"token-{next(numbers)}",
        pseudonym=pseudonym_by("a key for tests"),
        link=lambda token: f"https://t.me/test_bot?start={token}",
        seals=Seals("a key for tests"),
    )


@dataclass
class Town:
    """A store with the example programme, an intake and a ticker: everything but the platforms."""

    store: Store
    house: House = field(default_factory=made_house)
    clock: Clock = field(default_factory=Clock)
    shown: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    given: list[Now] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.measures = Measures()
        pool = ThreadPoolExecutor(1)
        clock: Any = self.clock
        self.intake = Intake(self.store, self.house, clock, pool, lambda: None, self.measures)
        self.ticker = Ticker(self.store, self.house, clock, all_notices(), pool, lambda: None, self.measures)

    def import_example(self) -> None:
        """Bring in the example programme."""
        folder = read_folder(EXAMPLE, self.house.library.metrics, tuple(Catalogue().languages()))
        with self.store.write() as session:
            import_folder(session, folder, self.clock.now(), self.house.pseudonym)

    def phone(self, account: str) -> "Talker":
        """A phone with this account, whoever it belongs to."""
        return Talker(self, Address("telegram", account), account)

    def joined(self, key: str, language: str = "en") -> "Talker":
        """The phone of a person who has joined: connected, language chosen, privacy notice accepted."""
        with self.store.write() as session:
            person = people.by_key(session, key)
            assert person is not None
            person.language, person.privacy_version, person.privacy_at = language, "2026-01", self.clock.now()
            people.connect(session, person, "telegram", f"tg-{key}", f"tg-{key}", self.clock.now())
        return self.phone(f"tg-{key}")

    def slack(self, account: str, channel: str = "", thread: str = "") -> "Talker":
        """A member of the workspace, in their private chat or in a channel."""
        return Talker(self, Address("slack", channel or account, thread), account)

    def tick(self, moment: datetime | None = None, **later: float) -> None:
        """Move the clock, run what is due, and deliver it."""
        self.clock.moment = moment or self.clock.moment + timedelta(**later)
        self.ticker.run_due(self.clock.moment)
        self.deliver()

    def deliver(self) -> None:
        """Hand out everything that can be sent, answers first, as a platform would, and keep it."""
        while self._deliver():
            pass

    def _deliver(self) -> int:
        """How many rows were handed out; what became of them may cause more."""
        unsent = select(OutboxRow).where(OutboxRow.state == SendState.NEW)
        seals: Any = self.house.seals
        with self.store.write() as session:
            rows = session.exec(unsent.order_by(col(OutboxRow.lane), col(OutboxRow.id))).all()
            for row in rows:
                said = content(seals, row)
                shown = {"kind": row.kind, "key": row.key, **said, "thread": row.thread, "lane": row.lane}
                self.shown.append((address(session, seals, row), shown))
                ref = f"ref-{row.id}"
                outbox.sent(session, row.id, seals.seal(ref) if is_sealed(row) else ref, real_now())
                if row.kind == "message" and is_told_of(row.key):
                    turn = Turn(self.house, session, stored_settings(session), self.clock.now(), self.clock.now())
                    settled(turn, row.key, ref, "")
        return len(rows)

    def transcript(self, conversation: str) -> str:
        """Everything one chat was shown, for a test that failed."""
        lines = []
        for place, one in self.shown:
            if place == conversation and one["kind"] in ("message", "edit"):
                lines.append(f"[{one['kind']}] {unescape(one['text'])}")
                lines += [f"    <{button['label']}>" for row in one["buttons"] for button in row]
        return "\n".join(lines)


@dataclass
class Talker:
    """One person in one place. Each deed gives what that place was shown because of it, as plain text."""

    town: Town
    at: Address
    account: str
    language_hint: str = ""

    def say(self, text: str, *files: FileRef, reply_to: str = "") -> str:
        return self.send(Said(text, tuple(files), reply_to))

    def command(self, name: str, argument: str = "", trigger: str = "") -> str:
        return self.send(Commanded(name, argument), trigger=trigger)

    def tap(self, label: str, trigger: str = "") -> str:
        """Press the newest button of this label in this place."""
        return self.press(self.find(label), trigger=trigger)

    def press(self, action: str, trigger: str = "") -> str:
        return self.send(Pressed(action, tap=f"tap-{next(self.town.numbers)}"), trigger=trigger)

    def submit(self, values: Mapping[str, str]) -> str:
        """Hand in the modal that was opened last."""
        return self.send(Submitted(self.form["action"], dict(values)))

    def happen(self, what: Any) -> str:
        return self.send(Happened(what))

    def find(self, label: str) -> str:
        """The action of the newest button whose label begins so."""
        for place, one in reversed(self.town.shown):
            if place == self.at.conversation:
                for button in (button for row in one.get("buttons", ()) for button in row):
                    if button["label"].startswith(label):
                        return str(button["action"])
        raise AssertionError(f"no button {label!r} in:\n{self.town.transcript(self.at.conversation)}")

    def send(self, content: Content, trigger: str = "", delivery: str = "", message: str = "", album: str = "") -> str:
        before = len(self.town.shown)
        number = next(self.town.numbers)
        private = self.at.conversation == self.account
        incoming = Incoming(
            delivery or f"test:{number}",
            self.at,
            self.account,
            self.town.clock.now(),
            content,
            message or f"m{number}",
            private,
            self.language_hint,
            trigger,
            album,
        )
        outcome = self.town.intake.take_now(incoming)
        if outcome.now:
            self.town.given.append(outcome.now)
        self.town.deliver()
        new = [
            one for place, one in self.town.shown[before:] if place == self.at.conversation and one["kind"] == "message"
        ]
        return "\n".join(unescape(one["text"]) for one in new)

    @property
    def form(self) -> dict[str, Any]:
        """The modal that was opened last, by whomever."""
        return next(now.modal for now in reversed(self.town.given) if now.modal)

    @property
    def errors(self) -> dict[str, str]:
        """What was wrong with the form that was handed in last, by field."""
        return self.town.given[-1].errors if self.town.given else {}

    @property
    def toast(self) -> str:
        """The passing note that was given last."""
        return next((now.toast[0] for now in reversed(self.town.given) if now.toast), "")

    @property
    def labels(self) -> list[str]:
        """The buttons of the newest message in this place."""
        for place, one in reversed(self.town.shown):
            if place == self.at.conversation and one["kind"] == "message":
                return [button["label"] for row in one["buttons"] for button in row]
        return []
