"""The demo's past: made by talking, the same each time, and loaded without a message being sent."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlmodel import SQLModel, col, func, select

from bot.playground.demo import EXAMPLE, PAST, SECRET_KEY, Demo
from bot.playground.past.amounts import Place, true_amount
from bot.playground.past.chance import chance_by
from bot.playground.past.load import NoPast, load_past
from bot.playground.past.make import SEED, make_past
from bot.playground.past.span import WHOLE, Span
from bot.playground.serve import serve
from handlers.bridge.relay import LIVELY
from storage.backup import backup
from storage.engine import Store
from storage.migrate import upgrade
from storage.tables.audit import AuditRow
from storage.tables.capas import SETTLED, Capa, CapaState
from storage.tables.figures import Breach, Submission
from storage.tables.planning import DueNote, DueState
from storage.tables.programme import Programme, Site, Supplier
from storage.tables.queues import OutboxRow, SendState, WorkRow, WorkState
from storage.tables.talks import Delivery, DeliveryState
from storage.tables.tickets import Side, Ticket, TicketMessage
from storage.tables.training import LessonResult

SHORT = Span(date(2026, 6, 1), 1)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store into which the shipped past has been loaded."""
    with closing(empty_store(tmp_path_factory.mktemp("past"))) as store:
        assert load_past(store, PAST) == WHOLE.end
        yield store


def empty_store(folder: Path) -> Store:
    """A store with a schema and nothing else."""
    store = Store(f"sqlite:///{folder / 'past.db'}")
    upgrade(store)
    return store


def made(folder: Path, seed: int) -> bytes:
    """The backup of a short past."""
    folder.mkdir()
    with closing(Store(f"sqlite:///{folder / 'past.db'}")) as store:
        make_past(store, EXAMPLE, SECRET_KEY, SHORT, seed)
        rows = backup(store, folder / "past.zip")
    assert rows["submissions"] and rows["invites"]
    return (folder / "past.zip").read_bytes()


def test_same_seed_gives_the_same_past(tmp_path: Path) -> None:
    assert made(tmp_path / "one", SEED) == made(tmp_path / "other", SEED)


def test_another_seed_gives_other_amounts() -> None:
    kaveri = Place("kaveri", "high", "IN")
    amounts = {true_amount(kaveri, "electricity", 7, chance_by(seed)) for seed in range(5)}
    assert len(amounts) == 5


@pytest.mark.parametrize(
    ("table", "what"),
    [
        (Submission, "figure stored"),
        (Breach, "breach found"),
        (Capa, "capa opened"),
        (LessonResult, "lesson finished"),
        (Ticket, "ticket reported"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_deed_of_the_past_went_through_the_handlers(loaded: Store, table: type[SQLModel], what: str) -> None:
    with loaded.read() as session:
        rows = set(session.exec(select(table.id)))  # type: ignore[attr-defined]
        noted = session.exec(select(AuditRow.object_id).where(AuditRow.what == what)).all()
    assert rows and sorted(rows) == sorted(one or 0 for one in noted)


def test_every_supplier_in_more_than_ten_countries_has_sent_figures(loaded: Store) -> None:
    with loaded.read() as session:
        sites = session.exec(select(Site).where(col(Site.id).in_(select(Submission.site_id)))).all()
        suppliers = session.exec(select(func.count()).select_from(Supplier)).one()
    assert len({site.supplier_id for site in sites}) == suppliers >= 24
    assert len({site.country for site in sites}) > 10


def test_people_did_something_in_each_of_the_26_weeks(loaded: Store) -> None:
    with loaded.read() as session:
        moments = session.exec(select(AuditRow.at).where(col(AuditRow.actor_id).is_not(None))).all()
    assert {(at - WHOLE.begin).days // 7 for at in moments} == set(range(26))
    assert max(moments) < WHOLE.end


def test_figures_are_stored_as_they_were_meant(loaded: Store) -> None:
    """However they were typed: with a slip, a comma, a larger unit, or so that the person had to be asked."""
    chance = chance_by(SEED)
    query = select(Submission, Site, Supplier).join(Site, col(Site.id) == Submission.site_id).join(Supplier)
    with loaded.read() as session:
        for figure, site, supplier in session.exec(query):
            place = Place(site.key, supplier.tier, site.country)
            assert figure.base_value == true_amount(place, figure.metric, int(figure.period[5:]), chance), figure


def test_capas_are_done_in_time_late_or_overdue(loaded: Store) -> None:
    with loaded.read() as session:
        capas = session.exec(select(Capa)).all()
    assert any(capa.verified_at.date() <= capa.due_on for capa in capas if capa.verified_at)
    assert any(capa.verified_at.date() > capa.due_on for capa in capas if capa.verified_at)
    assert {capa.state for capa in capas} >= {CapaState.CLOSED, CapaState.WATCHING, CapaState.IN_PROGRESS}
    still_open = [capa for capa in capas if capa.state not in SETTLED]
    assert any(capa.due_on <= WHOLE.last for capa in still_open)
    assert any(capa.due_on > WHOLE.last for capa in still_open)


def test_clock_has_reminded_people_and_told_mentors_of_overdue_capas(loaded: Store) -> None:
    with loaded.read() as session:
        said = set(session.exec(select(DueNote.kind).where(DueNote.state == DueState.SAID)))
    assert said >= {"capa.opened", "capa.due", "capa.overdue"}


def test_lessons_have_right_and_wrong_answers(loaded: Store) -> None:
    with loaded.read() as session:
        assert {row.right == row.asked for row in session.exec(select(LessonResult))} == {True, False}


def test_obstacles_were_answered_and_no_talk_goes_on_in_a_thread_that_is_gone(loaded: Store) -> None:
    with loaded.read() as session:
        answers = session.exec(select(TicketMessage.at).where(TicketMessage.side == Side.BUYER)).all()
        reports = session.exec(select(func.count()).select_from(Ticket)).one()
    assert len(answers) == reports
    assert max(answers) + LIVELY < WHOLE.end


def test_nothing_of_the_past_is_left_to_be_sent_or_done(loaded: Store) -> None:
    with loaded.read() as session:
        assert set(session.exec(select(OutboxRow.state))) == {SendState.SENT}
        assert session.exec(select(WorkRow).where(WorkRow.state != WorkState.DONE)).all() == []
        assert set(session.exec(select(Delivery.state))) == {DeliveryState.DONE}


def test_past_is_small() -> None:
    assert PAST.stat().st_size < 1_000_000


def test_past_that_is_missing_is_told_in_one_line(tmp_path: Path) -> None:
    with closing(empty_store(tmp_path)) as store, pytest.raises(NoPast, match=r"^nowhere.zip is missing; .*make past$"):
        load_past(store, tmp_path / "nowhere.zip")


def test_past_of_another_schema_is_told_in_one_line_and_changes_nothing(tmp_path: Path) -> None:
    older = tmp_path / "older.zip"
    with ZipFile(PAST) as here, ZipFile(older, "w") as there:
        for name in here.namelist():
            data = here.read(name)
            there.writestr(
                name, data.replace(b'"revision": "0', b'"revision": "9') if name == "manifest.json" else data
            )
    with closing(empty_store(tmp_path)) as store:
        with pytest.raises(NoPast, match=r"older.zip cannot be used: .*schema revision 9") as refused:
            load_past(store, older)
        assert "\n" not in str(refused.value)
        with store.read() as session:
            assert session.exec(select(Programme)).all() == []


@contextmanager
def started(folder: Path, past: Path) -> Iterator[Demo]:
    """A demo with this past, running."""
    demo = Demo(folder, past)
    with serve(demo.playground.asgi()) as served:
        demo.start(served.url)
        try:
            yield demo
        finally:
            demo.stop()


@pytest.mark.whole
def test_demo_goes_on_from_its_past_with_those_who_have_joined(tmp_path: Path) -> None:
    with started(tmp_path, PAST) as demo:
        assert timedelta() <= demo.now() - WHOLE.end < timedelta(minutes=1)
        linh, amina = demo.phones["linh"], demo.phones["amina"]
        assert (linh.chat.opened, amina.chat.opened) == (True, False)
        assert "Gửi số liệu" in [line["description"] for line in linh.commands()]
        linh.say("/language")
        assert linh.wait_for(lambda said: [one for one in said if one.from_bot and "Español" in one.labels()])


@pytest.mark.whole
def test_demo_without_its_past_says_so_and_begins_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with started(tmp_path, tmp_path / "nowhere.zip") as demo:
        assert "amina" in demo.phones
        assert abs(demo.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert "The demo begins without a past: nowhere.zip is missing" in capsys.readouterr().err
