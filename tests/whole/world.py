"""The whole program: the playground's two platforms, Causeway as a process, and the people of the story."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from bot.clock import ProgrammeClock
from bot.playground.app import Playground
from bot.playground.cast import members
from bot.playground.serve import Served, serve
from bot.playground.slack.courier import Pace
from bot.playground.slack.people import Person as Member
from bot.playground.telegram.people import Person as Phone
from bot.pseudonym import pseudonym_by
from courses.load import load
from handlers.programme.folder import read_folder
from handlers.programme.importing import import_folder
from locales.text import Catalogue
from storage.engine import Store
from storage.outbox import UNSENT
from storage.tables.queues import OutboxRow, WorkRow, WorkState
from tests.paths import EXAMPLE
from tests.whole.bot import Bot

SECRET_KEY = "a secret key for tests, long enough"
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Way:
    """How Causeway is connected: Telegram by webhook or polling, Slack by Socket Mode or HTTP."""

    webhook: bool
    socket: bool

    def __str__(self) -> str:
        return f"{'webhook' if self.webhook else 'polling'}-{'socket' if self.socket else 'http'}"


@dataclass
class World:
    """Everything the story needs; `store` looks into the bot's store from outside."""

    playground: Playground
    served: Served
    bot: Bot
    store: Store
    amina: Phone
    lucia: Member
    helena: Member

    @property
    def clock(self) -> ProgrammeClock:
        """The programme's clock as the store has it."""
        return ProgrammeClock(self.store)

    def wait(self, ready: Callable[[], Any], what: str, seconds: float = PATIENCE_S) -> Any:
        """What `ready` gives once it is true; fails with both chats as they stand."""
        found = self.playground.log.wait_for(ready, seconds)
        assert found, f"in vain: {what}\n{self.transcript()}"
        return found

    def settle(self, seconds: float = PATIENCE_S) -> None:
        """Wait until all that came in has been handled, and all that was to be done or said is done and said."""
        self.watch(lambda: not self.waiting(), "that nothing waits", seconds)

    def watch(self, ready: Callable[[], Any], what: str, seconds: float = PATIENCE_S) -> None:
        """Wait for something that rings no bell, as a commit of the store or a line in the log."""
        until = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < until, f"in vain: {what}; waiting: {self.waiting()}\n{self.transcript()}"
            time.sleep(0.03)

    def waiting(self) -> list[str]:
        """What has come in or is to go out and is not settled yet."""
        playground = self.playground
        with playground.log.changed:
            updates = playground.telegram.state.updates
            found = [f"update {number}" for number in [*updates.pending, *updates.again]]
        found += [one.kind for one in playground.slack.deliveries if one.outcome == "waiting"]
        with self.store.read() as session:
            found += session.exec(select(OutboxRow.key).where(col(OutboxRow.state).in_(UNSENT)))
            undone = col(WorkRow.state).in_((WorkState.NEW, WorkState.DOING))
            found += session.exec(select(WorkRow.key).where(undone))
        return found

    def check_nothing_went_wrong(self) -> None:
        """No call was refused, and the bot's log holds no trace and no error."""
        assert not self.playground.log.faults(), self.transcript()
        lines = self.bot.log.read_text().splitlines() if self.bot.log.exists() else []
        assert not [line for line in lines if "Traceback" in line or '"level": "error"' in line], self.transcript()

    def transcript(self) -> str:
        """What the phone and the channel show, what was refused, and the end of the bot's log."""
        phone = [f"{'bot' if one.from_bot else 'me '} {one.text!r} {one.labels()}" for one in self.amina.messages()]
        channel = [f"{one.author}: {one.text!r}" for one in self.lucia.messages("C0ASIA")]
        refused = [f"{call.method}: {call.refused}" for call in self.playground.log.faults()]
        state = f"{self.bot.state()}; waiting: {self.waiting()}"
        log = self.bot.log.read_text()[-6000:] if self.bot.log.exists() else ""
        return "\n".join(["-- phone", *phone, "-- channel", *channel, "-- refused", *refused, "-- bot", state, log])

    def phone_shows(self, text: str) -> bool:
        """Whether the bot has said this on Amina's phone."""
        return any(one.from_bot and text in one.text for one in self.amina.messages())

    def channel_shows(self, text: str) -> bool:
        """Whether the bot has said this in Lucia's channel, in a thread or not."""
        tops = self.lucia.messages("C0ASIA")
        threads = [reply for top in tops if top.replies for reply in self.lucia.messages("C0ASIA", top.ts)]
        return any(one.from_bot and text in one.text for one in [*tops, *threads])


@contextmanager
def whole_world(url: str, folder: Path, way: Way) -> Iterator[World]:
    """A world on the store at `url`, with the example programme and nobody joined; the bot is not started."""
    # Slack tries for minutes; here the minutes are seconds, and the attempts as many as fit.
    playground = Playground(Pace(retries=(0.3, 1.0, *[2.0] * 25)))
    with serve(playground.asgi()) as served, closing(Store(url)) as store:
        settings: dict[str, Any] = {
            **playground.environment(served.url),
            "database_url": url,
            "secret_key": SECRET_KEY,
        }
        bot = Bot(settings, folder / "bot.log")
        if way.webhook:
            settings |= {"public_url": f"http://127.0.0.1:{bot.port}", "telegram_webhook_secret": "a-webhook-secret"}
        if not way.socket:
            settings["slack_app_token"] = ""
            playground.slack.deliver_to(f"http://127.0.0.1:{bot.port}/slack/events")
        import_example(store)
        with store.read() as session:
            staff = members(session, playground)
        amina = playground.telegram.person("Amina", "en")
        world = World(playground, served, bot, store, amina, staff["lucia"], staff["helena"])
        try:
            yield world
        finally:
            bot.kill()


def import_example(store: Store, now: datetime | None = None) -> None:
    """Bring the example programme into a store."""
    folder = read_folder(EXAMPLE, load().metrics, tuple(Catalogue().languages()))
    with store.write() as session:
        import_folder(session, folder, now or datetime.now(UTC), pseudonym_by(SECRET_KEY))


def morning(day: datetime, zone_hours: int, hour: int = 10) -> datetime:
    """An hour of a local day in a zone so many hours ahead of UTC."""
    return day.replace(hour=hour, minute=0, second=0, microsecond=0) - timedelta(hours=zone_hours)
