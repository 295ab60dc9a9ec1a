"""Findings of audits that come in with the programme folder: each becomes a CAPA once, by rule."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from handlers.capa.card import look_button
from handlers.capa.opening import BY_RULE, put, usual_owner
from handlers.capa.telling import show_in_thread
from handlers.programme.findings_file import FindingRow
from handlers.programme.settings import ProgrammeSettings
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import _
from storage import audit, calendar, capas, due, people, programme
from storage.tables.capas import Capa, CapaSource, CapaState
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.programme import Site

notices = Notices()


def bring_in(
    session: Session,
    findings: Iterable[FindingRow],
    sites: Mapping[str, Site],
    settings: ProgrammeSettings,
    now: datetime,
) -> None:
    """Open a CAPA for each finding that is new; what chat has made of the others stays as it is.

    Critical, major and minor findings go to the site at once. Zero tolerance and observations are drafts: a mentor
    looks at them first.
    """
    for row in findings:
        site = sites[row.site]
        if capas.of_reference(session, site.id, row.reference) is None:
            _open(session, row, site, settings, now)


def _open(session: Session, row: FindingRow, site: Site, settings: ProgrammeSettings, now: datetime) -> None:
    owner = usual_owner(session, site.id)
    capa = Capa(
        site_id=site.id,
        source=CapaSource.FINDING,
        finding=row.finding,
        requirement=row.requirement,
        found_on=row.found_on,
        auditor=row.auditor,
        reference=row.reference,
        severity=row.severity,
        owner_id=owner.id if owner else None,
        opened_at=now,
        due_on=now.date(),
    )
    put(session, settings, capa, now, draft=row.severity not in BY_RULE, imported=True)
    audit.note(session, now, None, "capa opened", "capa", capa.id, severity=row.severity)
    mentor = people.by_id(session, site.mentor_id) if site.mentor_id is not None else None
    if mentor is not None:
        _plan(session, mentor, mentor.calendar, "capa.found", capa, now)
    if owner is not None and capa.state is not CapaState.DRAFT:
        _plan(session, owner, site.calendar, "capa.opened", capa, now)


def _plan(session: Session, person: Person, name: str, kind: str, capa: Capa, now: datetime) -> None:
    """Plan to tell somebody at their next allowed hour: an import says nothing by itself."""
    window = calendar.next_window(session, name, now)
    if window is not None:
        opens = max(window.opens_at, now)
        note = DueNote(
            person_id=person.id,
            kind=kind,
            object_id=capa.id,
            step="opened",
            day=window.day,
            opens_at=opens,
            closes_at=window.closes_at,
        )
        due.plan(session, note)


@notices.kind("capa.found")
def found(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To the mentor: a finding has come in; it has a thread of its own from now on."""
    capa, number = capas.capa(turn.session, note.object_id), ticket(note.object_id)
    if capa is None or programme.site(turn.session, capa.site_id).mentor_id != person.id:
        return None
    show_in_thread(turn, capa)
    site = programme.site(turn.session, capa.site_id).name
    text = _("A finding has come in: CAPA {number}, {site}.", number=number, site=site)
    why = _("You are the mentor of {site}, and this finding came with the programme's files.", site=site)
    return Notice(_("CAPA {number}", number=number), (text,), why, ((look_button(capa),),))
