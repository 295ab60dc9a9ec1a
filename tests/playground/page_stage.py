"""A stage for the page without Causeway: both stand-ins, a store with the example programme, and a scripted bot."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import select

from bot.playground.app import SLACK_BOT_TOKEN, TELEGRAM_TOKEN, Playground
from bot.playground.cast import members, phones
from bot.playground.page.routes import page_routes
from bot.playground.serve import serve
from bot.playground.slack.people import Person as Member
from bot.playground.telegram.people import Person as Phone
from bot.pseudonym import pseudonym_by
from courses.load import load
from handlers.programme.folder import read_folder
from handlers.programme.importing import import_folder
from locales.text import Catalogue
from storage.engine import Store
from storage.migrate import upgrade
from storage.tables.people import Person
from tests.paths import EXAMPLE

NOWHERE = "http://127.0.0.1:1"


@dataclass
class House:
    """What stands for Causeway: a store."""

    store: Store


@dataclass
class TestStage:
    """A stage whose clock is moved without anything happening by it; `walked` are the moments it went to."""

    __test__ = False

    app: House
    playground: Playground = field(default_factory=Playground)
    walked: list[datetime] = field(default_factory=list)
    phones: dict[str, Phone] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    beginnings: int = 0

    def __post_init__(self) -> None:
        self.playground.slack.url = NOWHERE
        self.ahead = timedelta()
        self._cast()

    def _cast(self) -> None:
        with self.app.store.read() as session:
            self.phones, self.members = phones(session, self.playground), members(session, self.playground)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def walk_to(self, moment: datetime) -> None:
        self.walked.append(moment)
        self.ahead = moment - datetime.now(UTC)

    def start_over(self) -> None:
        self.beginnings += 1
        self.playground.reset()
        self._cast()


@dataclass
class Visitor:
    """A browser's requests to the page, and the scripted bot's calls beside them."""

    stage: TestStage
    client: httpx.Client

    def do(self, path: str, **fields: Any) -> Any:
        """The answer to a deed that succeeds."""
        response = self.client.post(f"/playground/{path}", json=fields)
        assert response.status_code == 200, response.text
        return response.json()

    def refused(self, path: str, **fields: Any) -> str:
        """Why a deed was refused."""
        response = self.client.post(f"/playground/{path}", json=fields)
        assert response.status_code == 409, response.text
        return str(response.json()["error"])

    def on_telegram(self, method: str, **fields: Any) -> Any:
        """What a call of the bot gives."""
        answer = self.client.post(f"/bot{TELEGRAM_TOKEN}/{method}", json=fields).json()
        assert answer["ok"], answer
        return answer["result"]

    def in_slack(self, method: str, **fields: Any) -> Any:
        """What a call of the bot gives."""
        headers = {"Authorization": f"Bearer {SLACK_BOT_TOKEN}"}
        answer = self.client.post(f"/api/{method}", json=fields, headers=headers).json()
        assert answer["ok"], answer
        return answer


def prepare(path: Path) -> None:
    """Make a store with the example programme at `path`, to be copied for each test."""
    with closing(Store(f"sqlite:///{path}")) as store:
        upgrade(store)
        programme = read_folder(EXAMPLE, load().metrics, tuple(Catalogue().languages()))
        with store.write() as session:
            import_folder(session, programme, datetime.now(UTC), pseudonym_by("a key for tests, long enough"))
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def made_stage(prepared: Path, folder: Path) -> Iterator[TestStage]:
    """A stage on a copy of the prepared store."""
    path = shutil.copy(prepared, folder / "stage.db")
    with closing(Store(f"sqlite:///{path}")) as store:
        yield TestStage(House(store))


@contextmanager
def visiting(stage: TestStage) -> Iterator[Visitor]:
    """A visitor of that stage's page."""
    with serve(stage.playground.asgi(page_routes(stage))) as served, httpx.Client(base_url=served.url) as client:
        stage.playground.slack.url = served.url
        yield Visitor(stage, client)


def speaks(stage: TestStage, key: str, language: str) -> None:
    """Let a person have chosen a language."""
    with stage.app.store.write() as session:
        person = session.exec(select(Person).where(Person.key == key)).one()
        person.language = language
        session.add(person)
