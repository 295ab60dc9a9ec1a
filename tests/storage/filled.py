"""A store with rows in every table: what Amina did and was told, beside others whom it does not concern."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, SQLModel, select

from storage import files
from storage.tables.audit import AuditRow
from storage.tables.benchmarks import Benchmark, BenchmarkMember, BenchmarkRound
from storage.tables.capas import Capa, CapaEvent, CapaExtension, CapaStep, Owed
from storage.tables.committee import Decision, Voice
from storage.tables.definitions import KnownMetric
from storage.tables.documents import DocumentReading
from storage.tables.figures import Absence, AbsenceKind, AbsenceState, Basis, Breach, Submission
from storage.tables.meters import Meter, MeterReading
from storage.tables.people import Contact, Duty, Handover, Invite, Membership, Person, Role
from storage.tables.planning import CalendarDay, DueNote
from storage.tables.programme import Programme, ProposalState, Site, Supplier, TierProposal
from storage.tables.queues import Lane, OutboxRow, SendState, WorkRow
from storage.tables.talks import Delivery, DeliveryState, DialogRow
from storage.tables.tickets import Side, Ticket, TicketColleague, TicketMessage
from storage.tables.time_off import Closure, Leave
from storage.tables.tips import Tip, TipVote, Translation
from storage.tables.training import Assignment, AssignmentState, CourseResult, Learner, LessonResult, Reason, ReviewCard
from storage.tables.urgent import UrgentReport
from storage.tables.workshops import Seat, Workshop, WorkshopKind

NOW = datetime(2026, 11, 18, 3, 30, 15, 250_000, tzinfo=UTC)
DAY = timedelta(days=1)
PERIOD = "2026-10"

NAME = "Amina Trần"
ACCOUNT = "7700123456"
# Whatever of Amina's must be gone after erasure, wherever it stood.
WORDS = (
    NAME,
    "Amina",
    "amina",
    ACCOUNT,
    "zwölftausend kilowatt",
    "Máy phát điện hỏng",
    "the spare part is late",
    "we have called the electrician",
    "hashed-token-of-hers",
    "privacy-2026",
    "the labels are late",
    "photo of the generator",
)
PHOTO = b"\x89PNG photo of the generator"
SHARED = b"%PDF-1.7 the safety plan"


@dataclass(frozen=True)
class Cast:
    """The numbers of those who take part."""

    amina: int
    linh: int
    mentor: int
    site: int
    photo: str
    shared: str


def fill(session: Session) -> Cast:
    """Put the whole cast into an empty store."""
    amina, linh, mentor = _people(session)
    site = _programme(session, mentor)
    _duties(session, site, amina, linh, mentor)
    _figures(session, site, amina, mentor)
    told = UrgentReport(site_id=site, metric="deaths", person_id=amina, at=NOW, spoken_by_id=mentor, spoken_at=NOW)
    _add(session, told, KnownMetric(metric="electricity", version=2))
    _compared(session, site)
    photo, shared = _obstacle(session, site, amina, linh, mentor)
    _talks(session, amina, linh, mentor)
    _queues(session, amina, linh, mentor)
    _training(session, site, amina, mentor)
    _planning(session, amina, linh)
    _time_off(session, site, amina, linh)
    _decision(session, amina, mentor)
    return Cast(amina, linh, mentor, site, photo, shared)


def _add(session: Session, *rows: SQLModel) -> None:
    session.add_all(rows)
    session.flush()


def _people(session: Session) -> tuple[int, int, int]:
    amina = Person(
        key="amina",
        name=NAME,
        role=Role.SUPPLIER,
        language="vi",
        hour=14,
        privacy_version="privacy-2026",
        privacy_at=NOW,
    )
    linh = Person(key="linh", name="Linh Vu", role=Role.SUPPLIER, language="vi")
    mentor = Person(key="lucia", name="Lucia Moreno", role=Role.MENTOR, channel="slack:C01")
    _add(session, amina, linh, mentor)
    return amina.id or 0, linh.id or 0, mentor.id or 0


def _programme(session: Session, mentor: int) -> int:
    settings = {"committee": ["amina", "lucia"], "targets": {"electricity": "8.5"}}
    supplier = Supplier(key="song-cau", name="Song Cau", spend_band="A", tier="high")
    _add(session, Programme(name="Example", settings=settings, digest="d1", imported_at=NOW), supplier)
    site = Site(
        key="song-cau",
        supplier_id=supplier.id or 0,
        name="Song Cau",
        country="VN",
        timezone="Asia/Ho_Chi_Minh",
        weekend="sun",
        languages="vi",
        calendar="vn",
        mentor_id=mentor,
    )
    _add(session, site)
    proposal = TierProposal(
        supplier_id=supplier.id,
        from_tier="high",
        to_tier="low",
        since="2026-01",
        until="2026-06",
        state=ProposalState.DECLINED,
        at=NOW,
        decided_by_id=mentor,
        decided_at=NOW,
        why="Amina is on leave",
    )
    _add(session, proposal)
    return site.id or 0


def _duties(session: Session, site: int, amina: int, linh: int, mentor: int) -> None:
    invite: dict[str, Any] = {"made_by_id": mentor, "made_at": NOW, "expires_at": NOW + DAY}
    _add(
        session,
        Membership(person_id=amina, site_id=site, duty=Duty.DATA_OWNER),
        Membership(person_id=linh, site_id=site, duty=Duty.DEPUTY),
        Contact(person_id=amina, channel="telegram", account=ACCOUNT, conversation=ACCOUNT, seen_at=NOW),
        Contact(person_id=linh, channel="telegram", account="7700999", conversation="7700999"),
        Contact(person_id=mentor, channel="slack", account="U01", conversation="D01"),
        Invite(person_id=amina, token_hash="hashed-token-of-hers", used_at=NOW, **invite),
        Invite(person_id=linh, token_hash="hashed-token-of-linh", **invite),
        Handover(
            from_id=linh, to_id=amina, made_by_id=mentor, code_hash="hashed-code", made_at=NOW, expires_at=NOW + DAY
        ),
        AuditRow(at=NOW, actor_id=amina, what="figure given", object="submission", object_id=1),
    )


def _figures(session: Session, site: int, amina: int, mentor: int) -> None:
    figure = Submission(
        site_id=site,
        metric="electricity",
        period=PERIOD,
        version=1,
        value=Decimal("12.5"),
        unit="MWh",
        base_value=Decimal("12500"),
        base_unit="kWh",
        metric_version=1,
        basis=Basis.ESTIMATED,
        grade="C",
        method="from the bill of the year, as Amina said",
        reason="the boiler ran all night",
        returned_why="no paper was sent",
        returned_by_id=mentor,
        returned_at=NOW,
        typed="zwölftausend kilowatt",
        person_id=amina,
        at=NOW,
    )
    _add(session, figure)
    breach = Breach(
        site_id=site,
        metric="electricity",
        period=PERIOD,
        submission_id=figure.id or 0,
        value=Decimal(12500),
        threshold=Decimal("11000.000001"),
        at=NOW,
    )
    _add(session, breach, _absence(site, amina, mentor))
    meter = Meter(site_id=site, metric="electricity", unit="kWh", digits=6, at=NOW)
    _add(session, meter)
    _add(session, MeterReading(meter_id=meter.id, day=NOW.date(), index_value=Decimal(48_200), person_id=amina, at=NOW))
    _capa(session, site, amina, mentor, breach.id)


def _capa(session: Session, site: int, amina: int, mentor: int, breach: int) -> None:
    capa = Capa(
        site_id=site,
        breach_id=breach,
        finding="Amina measured at the wrong meter",
        severity="major",
        owner_id=amina,
        due_on=date(2026, 12, 1),
        whys=["because Amina was ill"],
        cause="nobody told Amina which meter is ours",
        submitted_by_id=amina,
        verified_by_id=mentor,
        opened_by_id=mentor,
        opened_at=NOW,
    )
    _add(session, capa)
    mine = CapaEvent(capa_id=capa.id or 0, at=NOW, person_id=amina, what="progress", note="the spare part is late")
    his = CapaEvent(
        capa_id=capa.id or 0,
        at=NOW,
        person_id=mentor,
        what="extended",
        note=f"Granted to {NAME}.",
        detail={"who": [NAME]},
    )
    _add(session, mine, his)
    step = CapaStep(
        capa_id=capa.id, place=1, text="Amina labels the meters", owner_id=amina, due_on=capa.due_on, done_by_id=amina
    )
    more = CapaExtension(
        capa_id=capa.id,
        owed=Owed.CLOSE,
        owed_on=capa.due_on,
        until=date(2026, 12, 15),
        reason="the labels are late",
        asked_by_id=amina,
        asked_at=NOW,
        decided_by_id=mentor,
        decided_why="Amina asked in time",
    )
    _add(session, step, more)


def _compared(session: Session, site: int) -> None:
    done = BenchmarkRound(metric="energy-intensity", period=PERIOD, unit="1", made_at=NOW)
    _add(session, done)
    marks = {"lower": Decimal("1.25"), "middle": Decimal(2), "upper": Decimal("3.15")}
    group = Benchmark(round_id=done.id, country="VN", tier="high", kind="electricity+output", **marks)
    _add(session, group)
    member = {"round_id": done.id, "benchmark_id": group.id, "site_id": site}
    _add(session, BenchmarkMember(value=Decimal("1.737"), estimated=True, **member))


def _absence(site: int, amina: int, mentor: int) -> Absence:
    return Absence(
        site_id=site,
        metric="water",
        period=PERIOD,
        kind=AbsenceKind.NOT_APPLICABLE,
        reason="we have no meter, the neighbour has",
        person_id=amina,
        at=NOW,
        state=AbsenceState.REFUSED,
        decided_by_id=mentor,
        decided_at=NOW,
        decided_why="the landlord has the bill",
    )


def _obstacle(session: Session, site: int, amina: int, linh: int, mentor: int) -> tuple[str, str]:
    hers = Ticket(site_id=site, person_id=amina, category="equipment", words="Máy phát điện hỏng", at=NOW)
    other = Ticket(site_id=site, person_id=linh, category="training", words="Ask Amina; no trainer here", at=NOW)
    veiled = Ticket(site_id=site, anonymous=True, sealed="a sealed word", category="other", words="It smells", at=NOW)
    _add(session, hers, other, veiled)
    # The two point at each other: the ticket is about the CAPA that it led to.
    capa = session.exec(select(Capa)).one()
    hers.capa_id, capa.ticket_id, capa.blocked_by_id = capa.id, hers.id, other.id
    _add(session, TicketColleague(ticket_id=hers.id or 0, person_id=mentor, at=NOW))
    talk = [
        TicketMessage(
            ticket_id=hers.id or 0,
            person_id=amina,
            side=Side.SITE,
            words="we have called the electrician",
            source=f"{ACCOUNT}:4",
            at=NOW,
        ),
        TicketMessage(
            ticket_id=hers.id or 0, person_id=mentor, side=Side.BUYER, words="Thank you, Amina", source="9.1", at=NOW
        ),
        TicketMessage(ticket_id=other.id or 0, person_id=linh, side=Side.SITE, words="Nobody came", at=NOW),
    ]
    _add(session, *talk)
    _learnt(session, hers, talk[0], mentor)
    photo, shared = files.keep(session, PHOTO, "image/png", NOW), files.keep(session, SHARED, "application/pdf", NOW)
    files.link(session, photo, {"ticket_message_id": talk[0].id or 0}, amina)
    files.link(session, shared, {"ticket_message_id": talk[0].id or 0}, amina)
    files.link(session, shared, {"ticket_message_id": talk[2].id or 0}, linh)
    return photo, shared


def _learnt(session: Session, ticket: Ticket, message: TicketMessage, mentor: int) -> None:
    tip = Tip(ticket_id=ticket.id, author_id=mentor, words="Amina says: call early", topic="category/equipment", at=NOW)
    _add(session, tip)
    _add(session, TipVote(tip_id=tip.id, voter="a keyed hash"))
    _add(session, Translation(message_id=message.id, language="en", words="we have called the electrician"))
    _add(session, Translation(tip_id=tip.id, language="vi", words="goi som"))


def _talks(session: Session, amina: int, linh: int, mentor: int) -> None:
    at: dict[str, Any] = {"began_at": NOW, "touched_at": NOW}
    _add(
        session,
        DialogRow(
            name="submit",
            channel="telegram",
            conversation=ACCOUNT,
            person_id=amina,
            answers=[["amount", "r1", "zwölftausend kilowatt"]],
            **at,
        ),
        DialogRow(name="submit", channel="telegram", conversation="7700999", person_id=linh, **at),
        DialogRow(
            name="open", channel="slack", conversation="D01", person_id=mentor, answers=[["owner", "r1", NAME]], **at
        ),
        Delivery(
            id="telegram:1",
            at=NOW,
            state=DeliveryState.FAILED,
            channel="telegram",
            account=ACCOUNT,
            content={"text": "zwölftausend kilowatt"},
            error="KeyError",
        ),
        Delivery(id="telegram:2", at=NOW, channel="telegram", account="7700999"),
    )


def _queues(session: Session, amina: int, linh: int, mentor: int) -> None:
    def row(key: str, channel: str, place: str, text: str, state: SendState, **who: int) -> OutboxRow:
        sent = state is SendState.SENT
        return OutboxRow(
            key=key,
            lane=Lane.ALERT,
            channel=channel,
            conversation=place,
            kind="message",
            payload={} if sent else {"text": text},
            state=state,
            ready_at=NOW,
            made_at=NOW,
            ref=f"ref of {key}" if sent else "",
            person_id=who["to"],
            about_id=who.get("about"),
        )

    _add(
        session,
        row("sent to her", "telegram", ACCOUNT, "", SendState.SENT, to=amina),
        row("unsent to her", "telegram", ACCOUNT, "Hello Amina", SendState.NEW, to=amina),
        row("about her", "slack", "C01", f"{NAME}: 12 500 kWh", SendState.NEW, to=mentor, about=amina),
        row("thread", "slack", "C01", "", SendState.SENT, to=mentor, about=amina),
        row("names her", "slack", "C02", f"CAPA 1 was taken up by {NAME}", SendState.NEW, to=mentor),
        row("to linh", "telegram", "7700999", "Your figures are due", SendState.NEW, to=linh),
        WorkRow(
            key="fetch/1", kind="fetch", argument={"name": "photo of the generator"}, person_id=amina, ready_at=NOW
        ),
        WorkRow(key="fetch/2", kind="fetch", argument={"name": "plan.pdf"}, person_id=linh, ready_at=NOW),
    )


def _training(session: Session, site: int, amina: int, mentor: int) -> None:
    course: dict[str, Any] = {"person_id": amina, "course": "energy"}
    today = NOW.date()
    workshop = Workshop(
        kind=WorkshopKind.COACHING,
        topic="energy",
        title="Metering with Amina",
        place="At the boiler, where Amina is",
        day=today,
        places=5,
        site_id=site,
        mentor_id=mentor,
        offered_at=NOW,
    )
    _add(session, workshop)
    _add(
        session,
        LessonResult(**course, course_version=1, lesson="meter", digest="d", asked=3, right=2, finished_at=NOW),
        Assignment(
            **course,
            round="first",
            reason=Reason.MENTOR,
            assigned_by_id=mentor,
            assigned_at=NOW,
            due_on=today,
            state=AssignmentState.OPEN,
        ),
        CourseResult(**course, version=1, asked=3, right=2, passed_at=NOW, passed_on=today, valid_until=today),
        ReviewCard(**course, lesson="meter", question="q", due_on=today, answered_at=NOW),
        Learner(person_id=amina, lesson_on=today, review_on=today),
        DocumentReading(person_id=amina, document="code", version=1, made_at=NOW, ask_on=today),
        Seat(workshop_id=workshop.id or 0, person_id=amina, joined_at=NOW),
    )


def _planning(session: Session, amina: int, linh: int) -> None:
    window: dict[str, Any] = {"opens_at": NOW, "closes_at": NOW + DAY}
    note: dict[str, Any] = {"kind": "capa.due", "object_id": 1, "step": "3 days before", "day": NOW.date(), **window}
    today = CalendarDay(
        calendar="vn",
        day=NOW.date(),
        ordinal=NOW.date().toordinal(),
        working=True,
        working_number=7,
        learns_at=NOW,
        **window,
    )
    _add(session, today, DueNote(person_id=amina, **note), DueNote(person_id=linh, **note))


def _time_off(session: Session, site: int, amina: int, linh: int) -> None:
    days: dict[str, Any] = {"first": NOW.date(), "last": (NOW + DAY).date(), "at": NOW}
    _add(
        session,
        Closure(site_id=site, person_id=amina, **days),
        Leave(person_id=amina, deputy_id=linh, **days),
        Leave(person_id=linh, deputy_id=amina, **days),
    )


def _decision(session: Session, amina: int, mentor: int) -> None:
    made = Decision(
        right="extension",
        words=f"{NAME} gets four more weeks",
        why="the maker is late",
        held_on=NOW.date(),
        recorded_by_id=mentor,
        at=NOW,
    )
    _add(session, made)
    _add(session, Voice(decision_id=made.id, person_id=amina), Voice(decision_id=made.id, person_id=mentor))
