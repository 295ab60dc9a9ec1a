"""The main job step by step, as its people live it. Each step waits for its effect: a restart may come between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from PIL import Image
from sqlmodel import select

from bot.playground.slack.seen import SeenMessage
from handlers.bridge.find import thread_key
from handlers.metrics.rules import month_before
from locales.text import Catalogue, Phrase, _
from storage import calendar, outbox, people, programme
from storage.tables.capas import Capa
from storage.tables.figures import Submission
from storage.tables.planning import DueNote
from storage.tables.tickets import Ticket, TicketMessage
from storage.tables.training import LessonResult
from tests.whole.world import World

ANSWER = "We send a technician on Thursday."
THANKS = "Thank you, I will wait for him."
OBSTACLE = "The compressor leaks & <nobody> has the part."


@dataclass
class Story:
    """Plays the story in a world. `between` runs before each step."""

    world: World
    between: Callable[[], None] = lambda: None
    due: date = field(init=False)
    began: date = field(init=False)

    def __post_init__(self) -> None:
        self.began = datetime.now(UTC).date()

    def play(self) -> None:
        """All steps in order."""
        for step in (
            self.joins,
            self.takes_a_lesson,
            self.sends_a_figure,
            self.mentor_opens_a_capa,
            self.owner_is_told,
            self.is_reminded,
            self.reports_an_obstacle,
            self.talks_with_the_mentor,
            self.manager_gets_the_summary,
        ):
            self.between()
            step()

    # --- steps ---

    def joins(self) -> None:
        """Lucia invites from Slack; Amina opens the link, chooses English, accepts."""
        world = self.world
        self.slack(lambda: world.lucia.command("/causeway", "invite amina"), lambda: bool(self.link()), "a link")
        world.amina.start(self.link().partition("start=")[2])
        self.phone("Which language do you prefer?")
        self.tap("English", "keep your name")
        self.tap("Yes, I agree", "You are in")

    def takes_a_lesson(self) -> None:
        """Three screens, a question answered right, a result."""
        self.tap("Take a lesson", "The main meter tells you")
        self.tap("Next", "The meter shows a number")
        self.tap("Next", "One number alone says little")
        self.tap("Next", "How much did it use in October?")
        self.tap("12,500 kWh", "1 of 1 question right")

    def sends_a_figure(self) -> None:
        """Electricity of last month, typed as people type, confirmed; the channel is alerted."""
        self.world.amina.say("/figures")
        self.phone("Which figure do you want to send?")
        label = next(
            label for one in self.world.amina.messages() for label in one.labels() if label.startswith("Electricity,")
        )
        self.tap(label, "How much electricity")
        self.world.amina.say("16,5 MWh")
        self.phone("16,500 kWh. Is that right?")
        self.tap("Yes, send it", "Stored:")
        self.channel("10 %")

    def mentor_opens_a_capa(self) -> None:
        """The button of the alert opens a modal; a past date is refused in it; then the CAPA is open."""
        world = self.world
        self.slack(
            lambda: world.lucia.press(in_lucias_words(_("Open a CAPA"))),
            world.lucia.view,
            "a modal",
        )
        today = world.clock.now().astimezone(UTC).date()
        self.due = _weekday(today + timedelta(days=21))
        fields = {field.block_id: field for field in self.view().fields}
        self.slack(
            lambda: world.lucia.submit({**self.terms(fields), "due": "2020-01-01"}),
            lambda: any(field.block_id == "due" and field.error for field in self.view().fields),
            "an error at the date",
        )
        self.slack(
            lambda: (
                world.lucia.submit({**self.terms(fields), "due": self.due.isoformat()}) if world.lucia.view() else None
            ),
            lambda: self.count(Capa) == 1,
            "a CAPA",
        )
        if world.lucia.view() is not None:
            world.lucia.close_view()

    def owner_is_told(self) -> None:
        """Amina reads of it in her working hours."""
        self.jump_to("capa.opened")
        self.phone(f"(CAPA {self.number(Capa)})")

    def is_reminded(self) -> None:
        """A week before it is due Amina is reminded; after it Lucia is told; each once."""
        self.move_into(self.working_day("amina", -7))
        self.phone(f"A reminder: CAPA {self.number(Capa)}")
        self.move_into(self.working_day("lucia", 1))
        tops = self.world.lucia.messages
        self.world.wait(
            lambda: any(f"CAPA {self.number(Capa)}" in one.text for one in tops("C0ASIA")), "that it is overdue"
        )

    def reports_an_obstacle(self) -> None:
        """In her own words, with a photo; it becomes a thread in the channel."""
        self.world.amina.say("/obstacle")
        self.phone("What kind of problem is it?")
        self.tap("Machines or equipment", "in your own words")
        self.says_what_is_wrong(OBSTACLE)
        self.world.amina.send_photo(picture())
        self.phone("Shall I send it?")
        self.tap("Yes, send it", "Your mentor answers you here")
        self.world.wait(lambda: any(one.files for one in self.thread()), "the photo in the thread")

    def says_what_is_wrong(self, words: str) -> None:
        """The words of a problem, to the question for a photo; what it may be about is asked if there is anything."""
        newest, about, photo = self.world.amina.messages, "Is it about one of these?", "send a photo"
        self.world.amina.say(words)
        self.world.wait(lambda: any(text in newest()[-1].text for text in (about, photo)), "what is asked next")
        if about in newest()[-1].text:
            self.tap("No, none of these", photo)

    def reports(self, words: str) -> None:
        """A problem in so many words, with nothing else to it."""
        self.world.amina.say("/obstacle")
        self.phone("What kind of problem is it?")
        self.tap("Machines or equipment", "in your own words")
        self.says_what_is_wrong(words)
        self.tap("No photo", "Shall I send it?")
        self.tap("Yes, send it", "Your mentor answers you here")
        self.world.wait(self.root, "the thread")

    def talks_with_the_mentor(self) -> None:
        """Lucia answers in the thread; the phone shows it; Amina's reply comes into the thread."""
        self.world.lucia.say("C0ASIA", ANSWER, thread_ts=self.root())
        self.phone(ANSWER)
        self.world.amina.say(THANKS)
        self.world.wait(lambda: any(THANKS in one.text for one in self.thread()), "her reply in the thread")

    def manager_gets_the_summary(self) -> None:
        """Helena asks in Slack, reads three lines and a picture, and taps for the PDF."""
        helena, whole = self.world.helena, "The whole report (PDF)"
        self.slack(
            lambda: helena.command("/causeway", "summary"),
            lambda: any(whole in str(one.blocks) for one in helena.messages()),
            "the summary's three lines",
        )
        self.slack(
            lambda: helena.press(whole),
            lambda: any(file.data[:5] == b"%PDF-" for one in helena.messages() for file in one.files),
            "the summary's PDF",
        )

    # --- how people act and look ---

    def tap(self, label: str, shows: str) -> None:
        """Press a button on the phone and wait for what it brings."""
        before = self.times(shows)
        self.world.amina.tap(label)
        self.world.wait(lambda: self.times(shows) > before, f"{shows!r} after {label!r}")

    def times(self, text: str) -> int:
        """How often the bot has said this on the phone."""
        return sum(one.from_bot and text in one.text for one in self.world.amina.messages())

    def phone(self, text: str) -> None:
        """Wait until the phone shows this as the bot's."""
        self.world.wait(lambda: self.world.phone_shows(text), f"{text!r} on the phone")

    def channel(self, text: str) -> None:
        """Wait until the channel shows this as the bot's."""
        self.world.wait(lambda: self.world.channel_shows(text), f"{text!r} in the channel")

    def slack(self, deed: Callable[[], object], ready: Callable[[], object], what: str) -> None:
        """Do something in Slack; Slack does not send again what got no answer, so the person does it again."""
        for _again in range(15):
            deed()
            if self.world.playground.log.wait_for(ready, 3):
                return
        self.world.wait(ready, what)

    def jump_to(self, kind: str) -> None:
        """Move the programme's clock an hour into the window of the first planned note of a kind."""
        with self.world.store.read() as session:
            windows = session.exec(select(DueNote.opens_at).where(DueNote.kind == kind)).all()
        self.move_into(min(windows))

    def working_day(self, key: str, days: int) -> datetime:
        """When a person's allowed hours open so many days from what is owed: before it on the last day they work up to
        then, after it on the first they work after as many working days of the site."""
        with self.world.store.read() as session:
            capa = session.exec(select(Capa)).one()
            person = people.by_key(session, key)
            assert capa.owed_on is not None and person is not None
            if days < 0:
                day = calendar.working_day_before(session, person.calendar, capa.owed_on + timedelta(days=days + 1))
            else:
                site = programme.site(session, capa.site_id)
                late = calendar.working_day_after(session, site.calendar, capa.owed_on, days)
                day = calendar.working_day_from(session, person.calendar, late)
        assert day is not None
        return day.opens_at

    def move_into(self, opens_at: datetime) -> None:
        """Move the programme's clock, which never goes back, an hour into allowed hours."""
        self.world.clock.move_to(max(opens_at + timedelta(hours=1), self.world.clock.now()))

    def link(self) -> str:
        """The invitation link that Lucia got last."""
        links = [word for one in self.world.lucia.messages() for word in one.text.split() if "start=" in word]
        return links[-1].strip("<>") if links else ""

    def view(self):  # type: ignore[no-untyped-def]
        view = self.world.lucia.view()
        assert view is not None
        return view

    def terms(self, fields) -> dict[str, object]:  # type: ignore[no-untyped-def]
        """What Lucia fills into the modal."""
        return {
            "finding": "Electricity far above the limit",
            "severity": fields["severity"].choices[2],
            "owner": "Amina Tran",
        }

    def root(self) -> str:
        """The timestamp of the obstacle's thread; a repeated first message leaves an idle one beside it."""
        with self.world.store.read() as session:
            row = outbox.by_key(session, thread_key(self.number(Ticket)))
        return row.ref if row else ""

    def thread(self) -> list[SeenMessage]:
        """The obstacle's thread."""
        root = self.root()
        return self.world.lucia.messages("C0ASIA", root) if root else []

    def number(self, table: type) -> int:
        """The number of the one row of a table; PostgreSQL leaves out numbers of transactions that died."""
        with self.world.store.read() as session:
            return next(iter(session.exec(select(table.id)).all()), 0)

    def count(self, table: type) -> int:
        """How many rows a table has."""
        with self.world.store.read() as session:
            return len(session.exec(select(table)).all())

    def check_store(self) -> None:
        """Everything is there, and once."""
        month = month_before(self.began)
        with self.world.store.read() as session:
            figures = session.exec(select(Submission)).all()
            assert [(row.metric, row.period, int(row.base_value)) for row in figures] == [("electricity", month, 16500)]
            assert len(session.exec(select(LessonResult)).all()) == 1
            assert len(session.exec(select(Capa)).all()) == 1
            assert [row.words for row in session.exec(select(Ticket)).all()] == [OBSTACLE]
            talk = session.exec(select(TicketMessage).order_by(TicketMessage.id)).all()
            assert [row.words for row in talk] == [OBSTACLE, ANSWER, THANKS]


def in_lucias_words(phrase: Phrase) -> str:
    """A sentence as Lucia reads it."""
    return Catalogue().plain(phrase, ["es", "en"])


def _weekday(day: date) -> date:
    """This day, or the next that is worked in Viet Nam and in Spain."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def picture() -> bytes:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "steelblue").save(out, "JPEG")
    return out.getvalue()
