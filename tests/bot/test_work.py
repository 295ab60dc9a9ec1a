"""Work off the turn: files fetched, checked and carried to the other side, and a worker that nothing stops."""

import asyncio
import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from sqlmodel import select

from bot import work as worker_module
from bot.channel import SendError
from bot.clock import real_now
from bot.work import FILE_LIMIT, Worker
from handlers.message import FileRef
from storage import work
from storage.tables.files import Blob
from storage.tables.queues import WorkRow, WorkState
from tests.bot.wire import PATIENCE_S, FakeChannel
from tests.handlers.deeds import imported, obstacle_reported, ref, rows
from tests.handlers.stage import Stage, opened
from tests.talks import Talker, Town

PDF = b"%PDF-1.7\n%%EOF\n"


def photo(colour: str = "red", form: str = "JPEG") -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, form)
    return file.getvalue()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with opened("sqlite", tmp_path_factory.mktemp("work")) as made:
        yield made


@pytest.fixture
def town(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(worker_module, "POLL_S", 0.01)
    return stage.put_back(imported)


@pytest.fixture
def phone(town: Town) -> FakeChannel:
    """What lies with Telegram."""
    return FakeChannel(name="telegram")


@pytest.fixture
def slack(town: Town) -> FakeChannel:
    """What lies with Slack."""
    return FakeChannel(name="slack")


@pytest.fixture
def worker(town: Town, phone: FakeChannel, slack: FakeChannel) -> Worker:
    clock: object = town.clock
    channels = {"telegram": phone, "slack": slack}
    return Worker(town.store, town.house, clock, channels, town.intake.executor, lambda: None)  # type: ignore[arg-type]


def until(worker: Worker, there: Callable[[], object]) -> None:
    """Run the worker until it is so, and hand out what became of it."""

    async def play() -> None:
        task = asyncio.create_task(worker.run())
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not there():
                    await asyncio.sleep(0.005)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(play())


def settled(town: Town) -> bool:
    return all(row.state in (WorkState.DONE, WorkState.FAILED) for row in rows(town, WorkRow))


def report(town: Town, *files: FileRef) -> Talker:
    amina = town.joined("amina")
    obstacle_reported(amina, "It leaks", *files)
    return amina


def carried(town: Town, place: str) -> list[tuple[str, str]]:
    """The files that a place was sent: thread and name."""
    return [
        (one["thread"], file["name"]) for at, one in town.shown if at == place for file in one.get("attachments", ())
    ]


def test_photos_of_a_report_follow_it_into_the_thread(town: Town, phone: FakeChannel, worker: Worker) -> None:
    phone.files = {"F1": photo("red"), "F2": PDF}
    report(town, FileRef("F1", "photo"), FileRef("F2", "document", "bill.pdf"))
    until(worker, lambda: settled(town))
    town.deliver()
    assert carried(town, "C0ASIA") == [("@ticket/1/thread", "file.jpeg"), ("@ticket/1/thread", "bill.pdf")]
    assert sorted(row.media_type for row in blobs(town)) == ["application/pdf", "image/jpeg"]


def blobs(town: Town) -> list[Blob]:
    with town.store.read() as session:
        return list(session.exec(select(Blob)))


def test_file_from_the_thread_reaches_the_phone(town: Town, slack: FakeChannel, worker: Worker) -> None:
    report(town)
    slack.files = {"S1": PDF}
    town.slack("U0LUCIA", "C0ASIA", ref(town, "ticket/1/thread")).say("See", FileRef("S1", "document", "plan.pdf"))
    until(worker, lambda: settled(town))
    town.deliver()
    assert carried(town, "tg-amina") == [("", "plan.pdf")]


REFUSED: list[tuple[str, bytes | Exception, int | None, str]] = [
    ("text that calls itself a photo", b"hello, I am no photo", None, "photos, PDF documents and voice notes only"),
    ("broken photo", photo()[:200], None, "could not be read"),
    ("too large by its size", b"", FILE_LIMIT + 1, "too large"),
    ("too large by its bytes", PDF + b"0" * FILE_LIMIT, None, "too large"),
    ("too large for the platform", SendError("file is too big", permanent=True), None, "too large"),
    ("lost at the platform", SendError("no such file", permanent=True), None, "could not be fetched"),
    ("empty", b"", None, "photos, PDF documents and voice notes only"),
]


@pytest.mark.parametrize(("data", "size", "told"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_file_that_is_not_taken_is_told_to_its_sender_and_nobody_else(
    town: Town, phone: FakeChannel, worker: Worker, data: bytes | Exception, size: int | None, told: str
) -> None:
    phone.files = {"F1": data}
    report(town, FileRef("F1", "photo", "photo.jpg", "image/jpeg", size))
    until(worker, lambda: settled(town))
    town.deliver()
    assert told in town.transcript("tg-amina")
    assert carried(town, "C0ASIA") == [] and "Your file" not in town.transcript("C0ASIA")
    assert blobs(town) == []


def test_file_from_the_thread_that_is_not_taken_is_told_there(town: Town, slack: FakeChannel, worker: Worker) -> None:
    report(town)
    slack.files = {"S1": b"#!/bin/sh"}
    town.slack("U0LUCIA", "C0ASIA", ref(town, "ticket/1/thread")).say("See", FileRef("S1", "document", "plan.pdf"))
    until(worker, lambda: settled(town))
    town.deliver()
    told = next(one for at, one in town.shown if at == "C0ASIA" and "could not be sent on" in one.get("text", ""))
    assert told["thread"] == ref(town, "ticket/1/thread")


def test_fetch_that_fails_is_tried_again_and_then_told(
    town: Town, phone: FakeChannel, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.files = {"F1": SendError("server error")}
    report(town, FileRef("F1", "photo"))
    for _attempt in range(worker_module.MOST_ATTEMPTS):
        row = worker._claim() or _hurried(town, worker)
        assert row is not None
        asyncio.run(worker._do(row))
    town.deliver()
    assert "could not be fetched" in town.transcript("tg-amina")
    assert rows(town, WorkRow)[0].attempts == worker_module.MOST_ATTEMPTS
    worker.lock.release()


def _hurried(town: Town, worker: Worker) -> WorkRow | None:
    """The next piece of work, without waiting for its time."""
    with town.store.write() as session:
        for row in session.exec(select(WorkRow)):
            assert row.ready_at > real_now()
            row.ready_at = real_now()
    return worker._claim()


def test_work_of_an_unknown_kind_does_not_stop_the_worker(town: Town, phone: FakeChannel, worker: Worker) -> None:
    with town.store.write() as session:
        work.put(session, "odd", "odd", {}, real_now())
    phone.files = {"F1": photo()}
    report(town, FileRef("F1", "photo"))
    until(worker, lambda: blobs(town))


def test_work_of_a_worker_that_died_is_done_by_the_next(town: Town, phone: FakeChannel, worker: Worker) -> None:
    phone.files = {"F1": photo()}
    report(town, FileRef("F1", "photo"))
    with town.store.write() as session:
        assert work.claim(session, real_now())
    until(worker, lambda: blobs(town))
    town.deliver()
    assert len(carried(town, "C0ASIA")) == 1


def test_summary_waits_until_it_has_been_drawn(town: Town, worker: Worker) -> None:
    helena = town.slack("U0HELENA")
    helena.command("summary")
    assert carried(town, "U0HELENA") == []
    until(worker, lambda: settled(town))
    town.deliver()
    names = [name for _thread, name in carried(town, "U0HELENA")]
    assert names and all(name.endswith((".pdf", ".png")) for name in names)


def test_card_is_drawn_and_then_goes_out_with_its_words(town: Town, worker: Worker) -> None:
    town.joined("amina").command("status")
    assert not carried(town, "tg-amina")
    until(worker, lambda: settled(town))
    town.deliver()
    assert carried(town, "tg-amina") == [("", "song-cau-2026-10.png")]
    assert [row.media_type for row in blobs(town)] == ["image/png"]
