"""Two sites with six people each, who do this and that all day; some of them report without their name."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session, col, select

from handlers.message import Changed, FileRef, Said
from storage import people
from storage.tables.people import Duty, Membership, Person, Role
from storage.tables.programme import Site
from storage.tables.tickets import Ticket
from tests.handlers.deeds import ref, rows
from tests.talks import Talker, Town

NAMES = ("Amina Tran", "Duc Pham", "Linh Vu", "Rafiq Hossain", "Nasrin Akter", "Selvi Raman")
WORDS = ("The light in the hall is broken", "The fan makes a noise", "The soap is missing again", "The door is locked")
SITES = ("song-cau", "ha-long")


@dataclass
class Village:
    """Everybody there, and who reported which ticket: what the attacker would like to know."""

    town: Town
    chance: random.Random
    staff: dict[int, list[int]] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    names: dict[int, tuple[str, ...]] = field(default_factory=dict)
    truth: dict[int, int] = field(default_factory=dict)
    site_of: dict[int, int] = field(default_factory=dict)

    def settle(self) -> None:
        """Six people at each of two sites, all of whom have joined."""
        with self.town.store.write() as session:
            for site in session.exec(select(Site).where(col(Site.key).in_(SITES))).all():
                self.staff[site.id] = [self._add(session, site, name) for name in NAMES]

    def _add(self, session: Session, site: Site, name: str) -> int:
        key = f"{name.split()[0].lower()}-of-{site.key}"
        person = Person(
            key=key,
            name=f"{name} {site.key}",
            role=Role.SUPPLIER,
            language="en",
            privacy_version="2026-01",
            privacy_at=self.town.clock.now(),
        )
        session.add(person)
        session.flush()
        session.add(Membership(person_id=person.id, site_id=site.id, duty=Duty.DATA_OWNER))
        people.connect(session, person, "telegram", f"tg-{key}", f"tg-{key}", self.town.clock.now())
        self.keys[person.id] = key
        self.names[person.id] = (key, person.name, f"tg-{key}")
        return int(person.id)

    def phone(self, person_id: int) -> Talker:
        return self.town.phone(f"tg-{self.keys[person_id]}")

    def bustle(self, times: int = 2) -> None:
        """Others, and the reporter as well, do what people do all day."""
        everybody = sorted(self.keys)
        deeds: tuple[Callable[[Talker], object], ...] = (
            lambda one: one.command("help"),
            lambda one: one.command("status"),
            lambda one: one.command("capas"),
            lambda one: (one.command("figures"), one.command("cancel")),
            lambda one: one.command("language"),
        )
        for _time in range(times):
            self.chance.choice(deeds)(self.phone(self.chance.choice(everybody)))
            self.town.clock.moment += self._while()

    def report(self) -> None:
        """Somebody reports without their name, with a photo or without, while life goes on; mentor and they talk."""
        site = self.chance.choice(sorted(self.staff))
        reporter = self.chance.choice(self.staff[site])
        phone, known = self.phone(reporter), {row.id for row in rows(self.town, Ticket)}
        self.bustle()
        if self.chance.random() < 0.3:
            # Somebody has a question open that is put aside for the report.
            phone.command("figures")
        phone.command("obstacle")
        self.bustle(1)
        phone.tap("Without my name")
        phone.tap("Go on without my name")
        phone.tap("Machines")
        self.bustle(1)
        phone.say(self.chance.choice(WORDS))
        if len(known) % 5 != 4:
            phone.say("", FileRef(f"file-{reporter}-{len(known)}", "photo"))
        else:
            phone.tap("No photo")
        phone.tap("Yes, send it")
        (number,) = {row.id for row in rows(self.town, Ticket)} - known
        self.truth[number], self.site_of[number] = reporter, site
        self.bustle()
        self._talk(number, phone)

    def _talk(self, number: int, phone: Talker) -> None:
        """The mentor asks, the reporter answers, corrects it, and takes something back."""
        thread = self.town.slack("U0LUCIA", "C0ASIA", ref(self.town, f"ticket/{number}/thread"))
        thread.say("Since when?")
        self.bustle(1)
        phone.send(Said("Since Monday"), message=f"s{number}")
        phone.send(Changed("Since Tuesday"), message=f"s{number}")
        self.bustle(1)
        phone.say("And it gets worse")
        phone.tap("Take it back")

    def _while(self) -> timedelta:
        return timedelta(seconds=self.chance.randint(5, 90))


def lived(town: Town, reports: int, seed: int = 7) -> Village:
    """A village after so many anonymous reports."""
    village = Village(town, random.Random(seed))
    village.settle()
    for _number in range(reports):
        village.report()
    return village
