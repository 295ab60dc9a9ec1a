"""The rows of a programme folder, read and checked."""

from dataclasses import dataclass

from handlers.programme.findings_file import FindingRow
from handlers.programme.settings import ProgrammeSettings
from storage.tables.people import Duty, Role


@dataclass(frozen=True)
class SiteRow:
    """A line of suppliers.csv: a site and the company it belongs to."""

    supplier: str
    supplier_name: str
    spend_band: str
    tier: str
    site: str
    site_name: str
    country: str
    timezone: str
    weekend: str
    languages: tuple[str, ...]
    mentor: str


@dataclass(frozen=True)
class PersonRow:
    """A line of people.csv; `channel` is `slack:C…` for mentors, `slack` and `telegram` are account ids or ""."""

    key: str
    name: str
    role: Role
    site: str
    duty: Duty | None
    language: str
    timezone: str
    slack: str
    telegram: str
    channel: str
    country: str = ""


@dataclass(frozen=True)
class ProgrammeFolder:
    """A folder that was read whole without a fault; `digest` tells its content from another's."""

    settings: ProgrammeSettings
    sites: tuple[SiteRow, ...]
    people: tuple[PersonRow, ...]
    digest: str
    findings: tuple[FindingRow, ...] = ()
