"""Reads a programme folder and checks all of it before anything is changed."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from courses.faults import ContentError, Fault
from courses.model import Metric
from handlers.programme.findings_file import FILE as FINDINGS
from handlers.programme.findings_file import read_findings
from handlers.programme.named_people import check_people_named
from handlers.programme.people_file import read_people
from handlers.programme.rows import ProgrammeFolder
from handlers.programme.settings_file import check_guardians_named, check_sites_named, read_settings
from handlers.programme.suppliers_file import read_sites

FILES = ("programme.toml", "suppliers.csv", "people.csv")


def read_folder(
    path: Path, metrics: Mapping[str, Metric], languages: tuple[str, ...], courses: Collection[str] | None = None
) -> ProgrammeFolder:
    """The folder's content; raises `ContentError` with every fault. `languages` are those that are ready.

    It may name these metrics and `courses`; without them, any course.
    """
    if not path.is_dir():
        raise ContentError([Fault(str(path), 0, "is not a folder")])
    faults: list[Fault] = []
    written = read_settings(path / FILES[0], metrics, courses, languages, faults)
    sites = read_sites(path / FILES[1], written.settings.tiers if written else None, faults)
    people = read_people(path / FILES[2], {site.site for site, _row in sites}, faults)
    mentors = people.mentors()
    for site, row in sites:
        if site.mentor and site.mentor not in mentors:
            row.fault(f"mentor '{site.mentor}' is not a mentor in people.csv")
    findings = read_findings(path / FINDINGS, {site.site for site, _row in sites}, faults)
    if written:
        check_sites_named(written, {site.site for site, _row in sites}, faults)
        check_people_named(written, {person.key for person in people.rows()}, faults)
        check_guardians_named(written, people.buyers(), {site.country for site, _row in sites}, faults)
    if faults or written is None:
        raise ContentError(sorted(faults))
    there = [path / name for name in (*FILES, FINDINGS) if (path / name).exists()]
    digest = sha256(b"\0".join(one.read_bytes() for one in there)).hexdigest()
    return ProgrammeFolder(written.settings, tuple(site for site, _row in sites), people.rows(), digest, findings)
