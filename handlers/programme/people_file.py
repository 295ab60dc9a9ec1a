"""Reads people.csv: one line for each person, or several for somebody with several sites or duties."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from courses.faults import Fault
from handlers.programme.rows import PersonRow
from handlers.programme.table import Row, read_table
from storage.tables.people import Duty, Role

COLUMNS = ("key", "name", "role")
OPTIONAL = ("site", "duty", "language", "timezone", "slack", "telegram", "channel", "country")
ROLES = tuple(role.value for role in Role)
DUTIES = tuple(duty.value for duty in Duty)


@dataclass(frozen=True)
class People:
    """The people with the lines they stand on."""

    lines: list[tuple[PersonRow, Row]]

    def rows(self) -> tuple[PersonRow, ...]:
        """The people as they are listed."""
        return tuple(person for person, _row in self.lines)

    def mentors(self) -> set[str]:
        """The keys of the mentors."""
        return {person.key for person, _row in self.lines if person.role is Role.MENTOR}

    def buyers(self) -> set[str]:
        """The keys of those who work for the buyer."""
        return {person.key for person, _row in self.lines if person.role is not Role.SUPPLIER}


def read_people(path: Path, sites: Collection[str], faults: list[Fault]) -> People:
    """The people of the file, who may work at these sites."""
    people = People([(_person(row), row) for row in read_table(path, COLUMNS, OPTIONAL, faults)])
    for person, row in people.lines:
        _check_role(person, row, sites)
    _check_lines(people)
    _check_accounts(people)
    return people


def _person(row: Row) -> PersonRow:
    role = row.one_of("role", ROLES)
    duty = row.one_of("duty", DUTIES, empty=role != Role.SUPPLIER)
    languages = row.languages("language")
    if len(languages) > 1:
        row.fault("language: name one, or leave it empty")
    return PersonRow(
        key=row.key("key"),
        name=row.text("name"),
        role=Role(role) if role in ROLES else Role.SUPPLIER,
        site=row.optional("site"),
        duty=Duty(duty) if duty in DUTIES else None,
        language=next(iter(languages), ""),
        timezone=row.timezone("timezone", empty=True),
        slack=row.pattern("slack", r"[UW][A-Z0-9]+", "U0123456789, the member id in Slack"),
        telegram=row.pattern("telegram", r"[0-9]{1,19}", "a number, the account id on Telegram"),
        channel=row.pattern("channel", r"slack:[CG][A-Z0-9]+", "slack:C0123456789"),
        country=row.country("country") if row.cells.get("country") else "",
    )


def _check_role(person: PersonRow, row: Row, sites: Collection[str]) -> None:
    """Supplier staff have a site and a duty there; a mentor has a channel; nobody has the other's."""
    if row.cells["role"] == Role.SUPPLIER and person.site not in sites:
        row.fault(f"site '{person.site}' is not in suppliers.csv")
    if person.role is not Role.SUPPLIER and (person.site or person.duty):
        row.fault("only supplier staff have a site and a duty; a mentor's sites are named in suppliers.csv")
    if person.role is Role.SUPPLIER and person.country:
        row.fault("the country of supplier staff is that of their site; leave it empty")
    if person.role is Role.MENTOR and not person.channel:
        row.fault("a mentor needs a channel for alerts, like slack:C0123456789")


def _check_lines(people: People) -> None:
    """Several lines of one person differ in site and duty only."""
    first: dict[str, tuple[PersonRow, int]] = {}
    places: dict[tuple[str, str, Duty | None], int] = {}
    for person, row in people.lines:
        known, line = first.setdefault(person.key, (person, row.line))
        for column in ("name", "role", "language", "timezone", "slack", "telegram", "channel", "country"):
            if getattr(person, column) != getattr(known, column):
                row.fault(f"{column} of '{person.key}' is another on line {line}")
        place = (person.key, person.site, person.duty)
        if place in places:
            row.fault(f"'{person.key}' is on line {places[place]} already")
        places.setdefault(place, row.line)


def _check_accounts(people: People) -> None:
    """An account belongs to one person."""
    owners: dict[tuple[str, str], str] = {}
    for person, row in people.lines:
        for channel, account in (("slack", person.slack), ("telegram", person.telegram)):
            if account and owners.setdefault((channel, account), person.key) != person.key:
                row.fault(f"the {channel} account {account} belongs to '{owners[channel, account]}' already")
