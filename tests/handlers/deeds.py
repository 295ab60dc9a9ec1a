"""What tests do again and again: a figure sent, a CAPA opened, an obstacle reported, and a look into the store."""

from typing import Any, TypeVar

from sqlmodel import SQLModel, select

from handlers.message import FileRef
from storage import outbox, people
from storage.tables.people import Person
from tests.talks import Talker, Town

R = TypeVar("R", bound=SQLModel)
ELECTRICITY = "Electricity, October 2026"


def imported(town: Town) -> None:
    """The example programme is imported; Lucia has chosen English."""
    town.import_example()
    with town.store.write() as session:
        lucia = people.by_key(session, "lucia")
        assert lucia is not None
        lucia.language = "en"


def rows(town: Town, table: type[R]) -> list[R]:
    """All rows of a table in the order in which they came."""
    with town.store.read() as session:
        return sorted(session.exec(select(table)), key=lambda row: row.id)  # type: ignore[attr-defined]


def changed(town: Town, row: SQLModel, **values: Any) -> None:
    """A row with other values, as an import or an operator would leave it."""
    with town.store.write() as session:
        session.merge(row).sqlmodel_update(values)


def person(town: Town, key: str) -> Person:
    """A person by their key in the programme folder."""
    return next(row for row in rows(town, Person) if row.key == key)


def ref(town: Town, key: str) -> str:
    """The platform's id of the message that was sent under an outbox key."""
    with town.store.read() as session:
        row = outbox.by_key(session, key)
    assert row is not None and row.ref, key
    return row.ref


def figure_sent(talker: Talker, typed: str = "16500 kWh", which: str = ELECTRICITY) -> str:
    """A figure sent to its receipt; what was shown last."""
    talker.command("figures")
    talker.tap(which)
    talker.say(typed)
    return talker.tap("Yes, send it")


def capa_opened(
    town: Town, due: str = "2026-12-10", finding: str = "Too much power", severity: str = "major"
) -> Talker:
    """A breach at Amina's site that Lucia answered with a CAPA; Lucia in her channel."""
    breached(town)
    return capa_from_alert(town, due, finding, severity)


def capa_from_alert(
    town: Town, due: str = "2026-12-10", finding: str = "Too much power", severity: str = "major"
) -> Talker:
    """The alert in Lucia's channel answered with a CAPA; Lucia in her channel."""
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.tap("Open a CAPA", trigger="t")
    lucia.submit(terms(lucia, due=due, finding=finding, severity=severity))
    return lucia


def capa_cancelled(mentor: Talker, capa: str = "1.1") -> str:
    """The CAPA with this number and version cancelled by a mentor."""
    mentor.press(f"r:capa.cancel:{capa}", trigger="t")
    return mentor.submit({"why": "It was a mistake of ours."})


def plan_made(owner: Talker, due: str = "2026-12-01", capa: int = 1) -> str:
    """A plan with one step handed in by the owner; what was shown last."""
    owner.press(f"r:capa.plan:{capa}")
    owner.say("Nobody sees from outside that it runs")
    owner.tap("This is the root cause")
    owner.say("A light shows it")
    owner.tap("Nowhere else")
    owner.say("Hang a light above the door")
    owner.tap("Amina Tran")
    owner.say(due)
    owner.tap("That is all")
    return owner.tap("Yes, send it")


def work_done(owner: Talker, *photos: FileRef, capa: int = 1) -> str:
    """The only step done and the work handed in; what was shown last."""
    owner.command("capa", str(capa))
    owner.tap("Step 1 is done")
    if photos:
        owner.say("", *photos)
        owner.tap("That is all")
    else:
        owner.tap("I have none")
    owner.tap("Hand in the work")
    owner.tap("I have none")
    return owner.tap("No, hand it in") if photos else owner.say("The light hangs there; come and see.")


def terms(mentor: Talker, **given: str) -> dict[str, str]:
    """The form's values as a mentor would leave them, with some of their own."""
    owner = next(field for field in mentor.form["fields"] if field["key"] == "owner")
    usual = {"finding": "Too much power", "severity": "major", "owner": owner["options"][0][0], "due": "2026-12-10"}
    return usual | given


def asked(town: Town) -> Talker:
    """Amina, asked how much electricity the site used."""
    amina = town.joined("amina")
    amina.command("figures")
    amina.tap(ELECTRICITY)
    return amina


def breached(town: Town) -> None:
    """Amina has sent a figure above the limit, and Lucia's channel has the alert."""
    figure_sent(town.joined("amina"))


def reported(town: Town) -> None:
    """Amina has reported that the compressor leaks."""
    obstacle_reported(town.joined("amina"))


def obstacle_reported(talker: Talker, words: str = "The compressor leaks", *photos: FileRef) -> str:
    """An obstacle reported to its number; what was shown last."""
    talker.command("obstacle")
    talker.tap("Machines")
    talker.say(words)
    if "No, none of these" in talker.labels:
        talker.tap("No, none of these")
    if photos:
        talker.say("", *photos)
    else:
        talker.tap("No photo")
    return talker.tap("Yes, send it")
