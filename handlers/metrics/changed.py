"""A definition that has changed: those whose sites are asked for it are told once what is new, and from when."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.reminders.notice import Notice
from handlers.reminders.planning import plan_soon
from handlers.reminders.router import Notices
from handlers.turn import Turn
from locales.text import Phrase, _, p_
from storage import definitions, people, programme
from storage.tables.definitions import KnownMetric
from storage.tables.people import Duty, Person
from storage.tables.planning import DueNote
from storage.tables.programme import Site

notices = Notices()


def plan_changed(turn: Turn) -> None:
    """Plan the notes about metrics whose version has grown; a metric that is seen for the first time is only noted."""
    known = definitions.known_metrics(turn.session)
    grown = []
    for key, metric in turn.house.library.asked().items():
        row = known.get(key)
        if row is None:
            turn.session.add(KnownMetric(metric=key, version=metric.version))
        elif row.version < metric.version:
            grown.append((row, f"{row.version}>{metric.version}"))
            row.version = metric.version
            turn.session.add(row)
    for row, step in grown:
        for reader in _readers(turn, row.metric):
            plan_soon(turn, reader.person, reader.calendar, "metric.changed", row.id, step)


@dataclass(frozen=True)
class _Reader:
    """Somebody whom a change concerns, and the calendar by which they may be told."""

    person: Person
    calendar: str


def _readers(turn: Turn, key: str) -> list[_Reader]:
    """The data owners of the sites that are asked for a metric, and the mentors of these sites, each once."""
    found: dict[int, _Reader] = {}
    for site in _sites(turn, key):
        for owner in programme.staff(turn.session, site.id, Duty.DATA_OWNER):
            found.setdefault(owner.id, _Reader(owner, site.calendar))
        if site.mentor_id is not None:
            mentor = people.by_id(turn.session, site.mentor_id)
            if mentor.calendar:
                found.setdefault(mentor.id, _Reader(mentor, mentor.calendar))
    return list(found.values())


def _sites(turn: Turn, key: str) -> Iterator[Site]:
    """The sites that are asked for a metric. A part that changed with its metric is told of there, if that is asked."""
    library, metric = turn.house.library.metrics, turn.read.metric(key)
    head = metric.part_of if metric.part_of and library[metric.part_of].changed == metric.changed else ""
    for site in programme.active_sites(turn.session):
        asked = turn.read.metrics_of(site)
        if key in asked and head not in asked:
            yield site


@notices.kind("metric.changed")
def changed(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To a data owner or a mentor: what is new in a definition, and from when it holds."""
    row = definitions.known_metric(turn.session, note.object_id)
    metric = turn.house.library.metrics.get(row.metric) if row else None
    if metric is None:
        return None
    known = int(note.rung.partition(">")[0])
    changes = turn.read.metric_changes(metric.key, known)
    if not changes:
        return None
    name = turn.read.metric_text(metric.key, "name")
    head = _("<b>{metric}</b> is asked in a new way, for figures from {day} on.", metric=name, day=metric.valid_from)
    last = _for_mentor() if person.channel else _for_owner()
    why = _("A site of yours is asked for this figure, and its definition has changed. You are told once.")
    return Notice(name, (head, *changes, last), why)


def _for_owner() -> Phrase:
    return _("Figures that you have sent stay as they are. You need not do anything now.")


def _for_mentor() -> Phrase:
    return p_("to a mentor", "The data owners of your sites are told as well. Figures that are in stay as they are.")
