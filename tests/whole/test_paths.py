"""Every dialog path through the real libraries, on a phone with Telegram and in Slack alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path as Folder

import pytest
from sqlmodel import Session, col, select

from bot.playground.cast import phone_of
from storage import people
from storage.tables.figures import Submission
from storage.tables.files import FileLink
from storage.tables.meters import Meter, MeterReading
from storage.tables.people import Duty, Membership, Person, Role
from storage.tables.programme import Programme, Site, Supplier
from tests.stores import fresh_url
from tests.whole.paths import LIMIT, PATHS, YEAR, YEARS, Path, Step
from tests.whole.seats import MentorSeat, PhoneSeat, Seat, SlackSeat, times
from tests.whole.story import picture
from tests.whole.world import Way, World, whole_world

MONDAY = datetime(YEAR, 11, 22, 4, 0, tzinfo=UTC)
"""A working hour in the east of Asia, where those sites are to which something is planned."""
TIER = {"metrics": ["electricity", "water", "injuries", "deaths", "corruption-fines"], "evidence": ["water"]}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SHOWN_S = 30.0


@dataclass
class Player:
    """Somebody who plays a path: their seat, their site, and the mentor who looks at it."""

    world: World
    seat: Seat
    mentor: MentorSeat
    site_id: int

    def play(self, path: Path) -> None:
        for step in path.steps:
            self.take(step)

    def take(self, step: Step) -> None:
        """Do what the step says, and wait for what it brings."""
        texts, deed = self._deed(step)
        before = times(texts, step.shows)
        seen = step.deed == "channel" and self._about(step.shows)
        deed()
        if step.shows and not seen:
            self._wait(lambda: times(texts, step.shows) > before, f"{step.shows!r} after {step.deed} {step.what!r}")

    def _deed(self, step: Step) -> tuple[Callable[[], list[str]], Callable[[], object]]:
        """Whose messages show the effect, and what is done."""
        seat, mentor = self.seat, self.mentor
        match step.deed:
            case "say":
                return seat.texts, lambda: seat.say(step.what)
            case "tap":
                return seat.texts, lambda: seat.tap(step.what)
            case "command":
                return seat.texts, lambda: seat.command(step.what)
            case "photo":
                return seat.texts, lambda: seat.send("bill.jpg", "image/jpeg", picture())
            case "pdf":
                return seat.texts, lambda: seat.send("bill.pdf", "application/pdf", PDF)
            case "picture":
                return seat.texts, self._look
            case "hour":
                return seat.texts, self._later
            case "ask":
                return seat.texts, lambda: self._fill(step.what)
            case "fill":
                return mentor.texts, lambda: self._fill(step.what)
            case "channel":
                return mentor.texts, lambda: None
            case "mentor" if step.what == "supplier":
                return mentor.direct, lambda: mentor.member.command("/causeway", f"supplier {mentor.site}")
        return mentor.texts, lambda: mentor.press(step.what)

    def _about(self, shows: str) -> bool:
        """Wait for an alert about this site."""
        self._wait(lambda: any(shows in one.text for one in self.mentor.about()), f"{shows!r} in the channel")
        return True

    def _look(self) -> None:
        before = self.seat.pictures()
        self.seat.command("status")
        self._wait(lambda: self.seat.pictures() > before, "the card")

    def _later(self) -> None:
        """Let some minutes pass, so that what was planned for the next allowed hour is said."""
        self.world.clock.move_to(self.world.clock.now() + timedelta(minutes=2))

    def _fill(self, given: str) -> None:
        member, (key, _equals, value) = self.mentor.member, given.partition("=")
        self._wait(member.view, "a modal")
        view = member.view()
        assert view is not None
        terms = {field.block_id: field.choices[0] for field in view.fields if field.choices}
        member.submit({**terms, key: value})
        self._wait(lambda: member.view() is None, "the modal closed")

    def _wait(self, ready: Callable[[], object], what: str) -> None:
        found = self.world.playground.log.wait_for(ready, SHOWN_S)
        assert found, f"in vain: {what}\nseat: {self.seat.texts()[-4:]}\nchannel: {self.mentor.texts()[-4:]}"


@dataclass
class Stage:
    """A running world with a player for each path."""

    world: World
    players: dict[str, Player]

    def stored(self, site_id: int, metric: str) -> list[str]:
        """The versions of a figure as they were given for last October, or for last year; money with its currency."""
        query = select(Submission).where(Submission.site_id == site_id, Submission.metric == metric)
        query = query.where(col(Submission.period).in_((f"{YEAR}-10", str(YEAR - 1))))
        with self.world.store.read() as session:
            rows = session.exec(query.order_by(col(Submission.version))).all()
        return [f"{row.base_value} {row.unit}" if row.unit.isupper() else str(row.base_value) for row in rows]

    def papers(self, site_id: int) -> int:
        """How many papers are kept with a site's figures."""
        of_figure = select(FileLink).join(Submission, col(Submission.id) == FileLink.submission_id)
        with self.world.store.read() as session:
            return len(session.exec(of_figure.where(Submission.site_id == site_id)).all())


@contextmanager
def running(channel: str, folder: Folder) -> Iterator[Stage]:
    """The world as it runs, everybody of a supplier on this channel."""
    with fresh_url("sqlite", folder) as url, whole_world(url, folder, Way(webhook=True, socket=False)) as world:
        with world.store.write() as session:
            players = _cast(session, world, channel)
        world.clock.move_to(MONDAY)
        world.bot.start()
        yield Stage(world, players)
        world.settle()
        world.check_nothing_went_wrong()


def _cast(session: Session, world: World, channel: str) -> dict[str, Player]:
    """One tier for all, one mentor, and for each path a data owner who has joined."""
    row = session.exec(select(Programme)).one()
    limit = {"metric": "electricity", "limit": LIMIT, "site": "", "tier": "all"}
    row.settings = row.settings | {"tiers": {"all": TIER}, "thresholds": [limit], "targets": []}
    lucia = session.exec(select(Person).where(Person.key == "lucia")).one()
    lucia.language = "en"
    home = session.exec(select(Site).where(Site.key == "song-cau")).one()
    players = {}
    for number, path in enumerate(PATHS, 1):
        person, site = _household(session, home, number, lucia)
        _past(session, path, site)
        person.language, person.privacy_version = ("en", "2026-01") if path.joined else ("", "")
        seat = _seat(session, world, person, channel)
        players[path.name] = Player(world, seat, MentorSeat(world.lucia, "C0ASIA", site.name), site.id)
    return players


def _household(session: Session, home: Site, number: int, mentor: Person) -> tuple[Person, Site]:
    """A site of a supplier of its own, as Amina's is, and its data owner."""
    name = f"Song Cau {number:02}"
    supplier = Supplier(key=f"song-cau-{number}", name=name, spend_band="A", tier="all")
    person = Person(key=f"amina{number}", name="Amina Tran", role=Role.SUPPLIER, timezone=home.timezone)
    session.add_all([supplier, person])
    session.flush()
    like_home = home.model_dump(exclude={"id", "key", "name", "supplier_id", "mentor_id"})
    site = Site(key=supplier.key, name=name, supplier_id=supplier.id, mentor_id=mentor.id, **like_home)
    session.add(site)
    session.flush()
    person.calendar = site.calendar
    session.add(Membership(person_id=person.id, site_id=site.id, duty=Duty.DATA_OWNER))
    return person, site


def _seat(session: Session, world: World, person: Person, channel: str) -> Seat:
    if channel == "telegram":
        account = str(phone_of(person))
        people.connect(session, person, channel, account, account, MONDAY)
        return PhoneSeat(world.playground.telegram.person(person.name, "en", id=int(account)))
    account = f"U0{person.key.upper()}"
    people.connect(session, person, channel, account, account, MONDAY)
    return SlackSeat(world.playground.slack.person(person.name, tz=person.timezone, user_id=account))


def _past(session: Session, path: Path, site: Site) -> None:
    """Two years of electricity, and a meter that was read on the first of October."""
    for back, value in enumerate(reversed(YEARS), start=1) if path.past else ():
        month = YEAR * 12 + 9 - back
        given = {"value": Decimal(value), "unit": "kWh", "base_value": Decimal(value), "base_unit": "kWh"}
        period = f"{month // 12}-{month % 12 + 1:02d}"
        about = {"site_id": site.id, "metric": "electricity", "period": period, "version": 1, "metric_version": 1}
        session.add(Submission(**given, **about, at=MONDAY))
    if path.index is not None:
        meter = Meter(site_id=site.id, metric="electricity", unit="kWh", digits=5, at=MONDAY)
        session.add(meter)
        session.flush()
        day = date(YEAR, 10, 1)
        session.add(MeterReading(meter_id=meter.id, day=day, index_value=Decimal(path.index), at=MONDAY))


@pytest.mark.whole
@pytest.mark.parametrize("channel", ["telegram", "slack"])
def test_every_path_is_played_to_its_end(channel: str, tmp_path: Folder, subtests: pytest.Subtests) -> None:
    with running(channel, tmp_path) as stage:
        for path in PATHS:
            with subtests.test(path=path.name):
                player = stage.players[path.name]
                player.play(path)
                for metric, versions in path.stored.items():
                    assert stage.stored(player.site_id, metric) == versions
        stage.world.settle()
        for path in PATHS:
            assert stage.papers(stage.players[path.name].site_id) == path.papers, path.name
