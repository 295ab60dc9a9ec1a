"""Two sites with six people each, who do this and that all day; some of them report without their name.

Some reports are grave, some words are held back for it; words are translated, a tip is made, the clock brings notes.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlmodel import Session, col, select

from bot.clock import real_now
from handlers.bridge.translating import arrived
from handlers.message import Changed, FileRef, Said
from handlers.programme.settings import stored_settings
from handlers.turn import Turn
from storage import people
from storage.tables.people import Duty, Membership, Person, Role
from storage.tables.planning import DueNote, DueState
from storage.tables.programme import Site
from storage.tables.tickets import Ticket, TicketMessage
from storage.tables.tips import Tip, Translation
from tests.handlers.deeds import ref, rows
from tests.talks import Talker, Town

NAMES = ("Amina Tran", "Duc Pham", "Linh Vu", "Rafiq Hossain", "Nasrin Akter", "Selvi Raman")
WORDS = ("The light in the hall is broken", "The fan makes a noise", "The soap is missing again", "The door is locked")
SITES = ("song-cau", "ha-long")
TIP_AFTER = 3


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
    held: int = 0
    photos: int = 0

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
            timezone=site.timezone,
            calendar=site.calendar,
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

    def bustle(self, times: int = 2, busy: Talker | None = None) -> None:
        """Others, and the reporter as well unless they are busy, do what people do all day."""
        everybody = [one for one in sorted(self.keys) if busy is None or self.phone(one).account != busy.account]
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
        """Somebody reports without their name, every third time something grave, while life goes on; then they talk."""
        site = self.chance.choice(sorted(self.staff))
        reporter = self.chance.choice(self.staff[site])
        phone, known = self.phone(reporter), {row.id for row in rows(self.town, Ticket)}
        self.bustle()
        if self.chance.random() < 0.3:
            # Somebody has a question open that is put aside for the report.
            phone.command("figures")
        grave = len(known) % 3 == 2
        tell = self._tell_grave if grave else self._tell_problem
        tell(phone, f"file-{reporter}-{len(known)}" if len(known) % 5 != 4 else "")
        (number,) = {row.id for row in rows(self.town, Ticket)} - known
        self.truth[number], self.site_of[number] = reporter, site
        self.photos += not grave and len(known) % 5 != 4
        self.bustle()
        self._talk(number, phone, grave)
        if len(known) == TIP_AFTER:
            self._make_a_tip(number)

    def _tell_problem(self, phone: Talker, photo: str) -> None:
        phone.command("obstacle")
        self.bustle(1, phone)
        phone.tap("Without my name")
        phone.tap("Go on without my name")
        phone.tap("Machines")
        self.bustle(1, phone)
        phone.say(self.chance.choice(WORDS))
        if photo:
            phone.say("", FileRef(photo, "photo"))
        else:
            phone.tap("No photo")
        phone.tap("Yes, send it")

    def _tell_grave(self, phone: Talker, _photo: str) -> None:
        phone.command("safe")
        self.bustle(1, phone)
        phone.tap("Violence")
        phone.tap("Without my name")
        phone.tap("Go on without my name")
        self.bustle(1, phone)
        phone.say(self.chance.choice(WORDS))

    def _make_a_tip(self, number: int) -> None:
        """Lucia makes a tip of a report; the clock brings it to the other site, and somebody there votes."""
        lucia = self.town.slack("U0LUCIA", "C0ASIA")
        lucia.press(f"r:tip.make:{number}", trigger="t")
        lucia.submit({"words": "Look at it by night, when all is quiet.", "topic": "all/", "narrow": ""})
        lucia.tap("Yes, send it")
        (tip,) = rows(self.town, Tip)
        while not (told := self._told()):
            # It waits for a working hour there, and the next day may be a public holiday.
            self.town.tick(hours=6)
        self.phone(self.chance.choice(told)).press(f"r:tip.vote:{tip.id}")

    def _told(self) -> list[int]:
        """Those who have been told the tip; somebody must have been, or be about to."""
        notes = [row for row in rows(self.town, DueNote) if row.kind == "tip" and row.person_id in self.keys]
        assert any(row.state in (DueState.PLANNED, DueState.SAID) for row in notes)
        return [row.person_id for row in notes if row.state is DueState.SAID]

    def _talk(self, number: int, phone: Talker, grave: bool) -> None:
        """The mentor asks, the reporter answers, corrects it, and takes something back."""
        root = ref(self.town, f"ticket/{number}/thread")
        private = self.town.slack("U0LUCIA")
        thread = private if grave else self.town.slack("U0LUCIA", "C0ASIA", root)
        thread.say("Since when?", reply_to=root if grave else "")
        self._translate()
        self.bustle(1, phone)
        phone.send(Said("Since Monday"), message=f"s{number}")
        phone.send(Changed("Since Tuesday"), message=f"s{number}")
        self.bustle(1, phone)
        phone.say("And it gets worse")
        phone.tap("Take it back")
        # Words that name something grave are held back first, and go on to the mentor in the end.
        if not grave and "sounds grave" in phone.say("The boss hits the workers"):
            self.held += 1
            self.bustle(1, phone)
            phone.tap("It is not about that")
        self._translate()

    def _translate(self) -> None:
        """What an engine would make of the words of all talks, as its work writes it down."""
        with self.town.store.write() as session:
            turn = Turn(self.town.house, session, stored_settings(session), self.town.clock.now(), real_now())
            done = {row.message_id for row in session.exec(select(Translation))}
            for row in session.exec(select(TicketMessage)).all():
                if row.words and row.id not in done:
                    arrived(turn, row.id, {"vi": f"vi: {row.words}"}, row.words, "en")
        self.town.deliver()

    def _while(self) -> timedelta:
        return timedelta(seconds=self.chance.randint(5, 90))


def lived(town: Town, reports: int, seed: int = 7) -> Village:
    """A village after so many anonymous reports."""
    town.house = replace(town.house, translates=True)
    town.intake.house = town.house
    village = Village(town, random.Random(seed))
    village.settle()
    for _number in range(reports):
        village.report()
    return village
