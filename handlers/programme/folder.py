"""Reads a programme folder and checks all of it before anything is changed."""

import re
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from courses.faults import ContentError, Fault
from courses.model import Metric
from handlers.programme.rows import PersonRow, ProgrammeFolder, SiteRow
from handlers.programme.settings import ProgrammeSettings
from handlers.programme.table import Row, read_table
from handlers.reminders.calendars import WEEKDAYS
from storage.tables.people import Duty, Role

SITE_COLUMNS = (
    "supplier",
    "supplier_name",
    "spend_band",
    "tier",
    "site",
    "site_name",
    "country",
    "timezone",
    "languages",
)
SITE_OPTIONAL = ("weekend", "mentor")
PERSON_COLUMNS = ("key", "name", "role")
PERSON_OPTIONAL = ("site", "duty", "language", "timezone", "slack", "telegram", "channel")
SPEND_BANDS = ("A", "B", "C")


def read_folder(path: Path, metrics: Mapping[str, Metric], languages: tuple[str, ...]) -> ProgrammeFolder:
    """The folder's content; raises `ContentError` with every fault. `languages` are those that are ready."""
    faults: list[Fault] = []
    if not path.is_dir():
        raise ContentError([Fault(str(path), 0, "is not a folder")])
    settings = _read_settings(path / "programme.toml", metrics, languages, faults)
    tiers = set(settings.tiers) if settings else set()
    people = [_person(row) for row in read_table(path / "people.csv", PERSON_COLUMNS, PERSON_OPTIONAL, faults)]
    sites = [
        _site(row, tiers if settings else {row.cells.get("tier", "")})
        for row in read_table(path / "suppliers.csv", SITE_COLUMNS, SITE_OPTIONAL, faults)
    ]
    _check_together(
        [one for one, _row in sites],
        [one for one, _row in people],
        [row for _o, row in sites],
        [row for _o, row in people],
    )
    if faults or settings is None:
        raise ContentError(sorted(faults))
    files = [path / name for name in ("programme.toml", "suppliers.csv", "people.csv")]
    digest = sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    return ProgrammeFolder(settings, tuple(one for one, _row in sites), tuple(one for one, _row in people), digest)


def _read_settings(
    path: Path, metrics: Mapping[str, Metric], languages: tuple[str, ...], faults: list[Fault]
) -> ProgrammeSettings | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
        settings = ProgrammeSettings.model_validate(tomllib.loads(text))
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "is missing"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = re.search(r"line (\d+)", str(error))
        faults.append(Fault(path.name, int(place[1]) if place else 0, f"is not TOML in UTF-8: {error}"))
    except ValidationError as error:
        for one in error.errors():
            faults.append(
                Fault(path.name, _line_of(text, one["loc"]), f"{'.'.join(map(str, one['loc']))}: {one['msg']}")
            )
    else:
        _check_settings(path.name, text, settings, metrics, languages, faults)
        return settings
    return None


def _check_settings(
    file: str,
    text: str,
    settings: ProgrammeSettings,
    metrics: Mapping[str, Metric],
    languages: tuple[str, ...],
    faults: list[Fault],
) -> None:
    for language in settings.languages:
        if language not in languages:
            line = _line_of(text, ("languages",))
            faults.append(Fault(file, line, f"languages: '{language}' is not ready; ready: {', '.join(languages)}"))
    for name, tier in settings.tiers.items():
        for metric in tier.metrics:
            if metric not in metrics:
                faults.append(
                    Fault(file, _line_of(text, ("tiers", name)), f"tier {name}: no metric is called '{metric}'")
                )
    for place, threshold in enumerate(settings.thresholds):
        if threshold.metric not in metrics:
            line = _line_of(text, ("thresholds", place))
            faults.append(Fault(file, line, f"threshold {place + 1}: no metric is called '{threshold.metric}'"))


def _line_of(text: str, place: tuple[int | str, ...]) -> int:
    """The line on which a key, or the table it belongs to, stands; 1 if neither is there."""
    lines = text.split("\n")
    for depth in range(len(place), 0, -1):
        name = re.escape(str(place[depth - 1]))
        found = [
            number for number, line in enumerate(lines, 1) if re.match(rf"\s*(\[+([\w.]+\.)?)?{name}\s*(=|\])", line)
        ]
        count = next((one for one in place[depth:] if isinstance(one, int)), 0)
        if found:
            return found[min(count, len(found) - 1)]
    return 1


def _site(row: Row, tiers: set[str]) -> tuple[SiteRow, Row]:
    spoken = tuple(code.strip() for code in row.text("languages").split("+"))
    weekend = row.optional("weekend")
    if weekend and any(day not in WEEKDAYS for day in weekend.split("+")):
        row.fault(f"weekend '{weekend}' must name days like sat+sun or fri+sat")
    site = SiteRow(
        supplier=row.text("supplier"),
        supplier_name=row.text("supplier_name"),
        spend_band=row.one_of("spend_band", SPEND_BANDS),
        tier=row.one_of("tier", tiers),
        site=row.text("site"),
        site_name=row.text("site_name"),
        country=row.country("country"),
        timezone=row.timezone("timezone"),
        weekend=weekend,
        languages=spoken,
        mentor=row.optional("mentor"),
    )
    return site, row


def _person(row: Row) -> tuple[PersonRow, Row]:
    role = row.one_of("role", [one.value for one in Role])
    duty = row.one_of("duty", [one.value for one in Duty], empty=role != Role.SUPPLIER)
    known = role in [one.value for one in Role]
    person = PersonRow(
        key=row.text("key"),
        name=row.text("name"),
        role=Role(role) if known else Role.SUPPLIER,
        site=row.optional("site"),
        duty=Duty(duty) if duty in [one.value for one in Duty] else None,
        language=row.optional("language"),
        timezone=row.timezone("timezone") if row.optional("timezone") else "",
        slack=row.optional("slack"),
        telegram=row.optional("telegram"),
        channel=row.optional("channel"),
    )
    return person, row


def _check_together(
    sites: list[SiteRow], people: list[PersonRow], site_rows: list[Row], person_rows: list[Row]
) -> None:
    """What can only be seen across lines: keys that come twice, sites and mentors that nobody knows."""
    mentors = {person.key for person in people if person.role is Role.MENTOR}
    known_sites = {site.site for site in sites}
    seen: dict[str, int] = {}
    for site, row in zip(sites, site_rows, strict=True):
        if site.site in seen:
            row.fault(f"the site '{site.site}' is on line {seen[site.site]} already")
        seen.setdefault(site.site, row.line)
        if site.mentor and site.mentor not in mentors:
            row.fault(f"mentor '{site.mentor}' is not a mentor in people.csv")
    _check_people(people, person_rows, known_sites)


def _check_people(people: list[PersonRow], rows: list[Row], known_sites: set[str]) -> None:
    names: dict[str, tuple[str, int]] = {}
    accounts: dict[str, str] = {}
    for person, row in zip(people, rows, strict=True):
        if person.role is Role.SUPPLIER and person.site not in known_sites:
            row.fault(f"site '{person.site}' is not in suppliers.csv")
        if person.role is Role.MENTOR and not person.channel.startswith("slack:"):
            row.fault("a mentor needs a channel for alerts, like slack:C0123456789")
        name, line = names.setdefault(person.key, (person.name, row.line))
        if name != person.name:
            row.fault(f"the key '{person.key}' belongs to another name on line {line}")
        for account in filter(
            None, (person.slack and f"slack {person.slack}", person.telegram and f"telegram {person.telegram}")
        ):
            if accounts.setdefault(account, person.key) != person.key:
                row.fault(f"the account {account} belongs to '{accounts[account]}' already")
