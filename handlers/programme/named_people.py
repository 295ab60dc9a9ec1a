"""Checks what programme.toml names elsewhere: the people of the committee, and the tiers of ladders."""

from collections.abc import Collection, Iterator

from courses.faults import Fault
from handlers.programme.settings_file import Written


def check_people_named(written: Written, people: Collection[str], faults: list[Fault]) -> None:
    """Note the members of the committee that people.csv does not have, and ladders for tiers that there are not."""
    committee = written.settings.committee
    for key in committee.members if committee else ():
        if key not in people:
            faults.append(written.fault(("committee", "members"), f"committee: '{key}' is not in people.csv"))
    faults += _ladder_faults(written)


def _ladder_faults(written: Written) -> Iterator[Fault]:
    for table, ladders in (("capa", written.settings.capa.ladders), ("reporting", written.settings.reporting.ladders)):
        for place, ladder in enumerate(ladders):
            for tier in ladder.tiers:
                if tier not in written.settings.tiers:
                    at = (table, "ladders", place, "tiers")
                    yield written.fault(at, f"{table}: ladder {place + 1}: no tier is called '{tier}'")
