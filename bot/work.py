"""Does what is too slow for a turn: fetches files, draws reports and charts, and has words translated."""

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.channel import Channel, SendError
from bot.clock import ProgrammeClock, real_now
from bot.csv_file import csv_bytes
from bot.render.card import card_png
from bot.render.certificate import certificate_pdf
from bot.render.chart import chart_png
from bot.render.filetype import sniff
from bot.render.pdf import summary_pdf
from bot.render.picture import PictureFault, clean_picture
from bot.threads import in_thread
from bot.translate import Engine, Translated, TranslateError
from courses.pictures import Pictures
from handlers.bridge.files import BROKEN, LOST, TOO_LARGE, WRONG_KIND
from handlers.fetched import belongs_to, carry, refuse_file
from handlers.house import House
from handlers.programme.settings import stored_settings
from handlers.status.card import card_from
from handlers.summaries.chart import chart_from
from handlers.summaries.report import report_from
from handlers.training.certificate import certificate_from
from handlers.translated import arrived, words_of
from handlers.turn import Turn
from locales.text import Phrase
from storage import files, outbox, work
from storage.engine import Store
from storage.locks import Lock
from storage.tables.queues import WorkRow

log = structlog.get_logger()
T = TypeVar("T")

POLL_S = 0.25
FETCH_S = 60.0
MOST_ATTEMPTS = 6
FILE_LIMIT = 10_000_000
PICTURES = ("image/jpeg", "image/png", "image/webp")
KEPT = (*PICTURES, "application/pdf", "audio/ogg")


class FileRefused(Exception):
    """A file that is not taken; `reason` is told to who sent it."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.id)
        self.reason = reason


class Worker:
    """The one worker of a store. `wake` is called when something has become ready to be sent."""

    def __init__(
        self,
        store: Store,
        house: House,
        clock: ProgrammeClock,
        channels: Mapping[str, Channel],
        executor: Executor,
        wake: Callable[[], None],
        engine: Engine | None = None,
    ) -> None:
        self.engine = engine
        self.store, self.house, self.clock, self.channels = store, house, clock, channels
        self.executor, self.wake = executor, wake
        self.lock = Lock(store, "work")
        self.woken = asyncio.Event()

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            while not await self._in_thread(self.lock.take):
                await asyncio.sleep(POLL_S)
            await self._in_thread(self._take_over)
            while True:
                await self._once()
        finally:
            self.lock.release()

    def _take_over(self) -> None:
        with self.store.write() as session:
            work.take_over(session)

    async def _once(self) -> None:
        self.woken.clear()
        try:
            row = await self._in_thread(self._claim)
        except DBAPIError as error:
            log.error("store unreachable", task="work", cause=type(error).__name__)
            row = None
        if row is not None:
            await self._do(row)
            return
        try:
            # Not wait_for: before Python 3.12 it can swallow the cancellation that ends the worker.
            async with asyncio.timeout(POLL_S):
                await self.woken.wait()
        except TimeoutError:
            return

    def _claim(self) -> WorkRow | None:
        if not self.lock.take():
            return None
        with self.store.read() as session:
            if not work.is_anything_ready(session, real_now()):
                return None
        with self.store.write() as session:
            return work.claim(session, real_now())

    async def _do(self, row: WorkRow) -> None:
        """Do one piece of work; a fault is tried again with a growing wait, and given up after six tries."""
        try:
            self._open(row)
            match row.kind:
                case "fetch":
                    await self._fetch(row)
                case "draw":
                    await self._in_thread(self._draw, row)
                case "translate":
                    await self._translate(row)
                case _:
                    raise LookupError(f"no work is called {row.kind}")
        except FileRefused as refused:
            await self._in_thread(self._refuse, row, refused.reason)
        except Exception as error:  # noqa: BLE001  (work that breaks must not stop the worker)
            log.warning("work failed", work=row.id, kind=row.kind, attempts=row.attempts, cause=type(error).__name__)
            await self._in_thread(self._put_off, row, type(error).__name__)
        self.wake()

    def _open(self, row: WorkRow) -> None:
        """Let this process read a sealed argument; in the store it stays sealed."""
        if "sealed" in row.argument:
            row.argument = json.loads(self.house.seals.unseal(row.argument["sealed"]))

    async def _fetch(self, row: WorkRow) -> None:
        channel = self.channels[row.argument["channel"]]
        if (row.argument.get("size") or 0) > FILE_LIMIT:
            raise FileRefused(TOO_LARGE)
        try:
            async with asyncio.timeout(FETCH_S):
                data = await channel.fetch(row.argument["file"], FILE_LIMIT)
        except SendError as error:
            if error.permanent:
                raise FileRefused(TOO_LARGE if "large" in str(error) or "big" in str(error) else LOST) from error
            raise
        await self._in_thread(self._keep, row, data)

    def _keep(self, row: WorkRow, data: bytes) -> None:
        """Check a file by its content, clean it, keep it, and carry it on."""
        media_type, data = checked(data)
        argument = row.argument
        with self.store.write() as session:
            if not work.is_still_wanted(session, row.id):
                return
            sha256 = files.keep(session, data, media_type, self.clock.now())
            files.link(session, sha256, belongs_to(argument), row.person_id)
            name = argument["name"] or f"file.{media_type.rpartition('/')[2]}"
            carry(self._turn(session), argument, name, sha256)
            work.settle(session, row.id)

    async def _translate(self, row: WorkRow) -> None:
        """Have words translated into each language that is wanted, outside any transaction; then show them."""
        words, source = await self._in_thread(self._words_of, row)
        made: dict[str, str] = {}
        detected = source
        for language in row.argument["to"] if words else ():
            translated = await self._translated(row, words, source, language)
            if translated is not None:
                made[language], detected = translated.words, translated.source
        await self._in_thread(self._keep_translated, row, made, words, detected)

    async def _translated(self, row: WorkRow, words: str, source: str, language: str) -> Translated | None:
        """The words in one language; None where that cannot be, and then they are read as they were written."""
        try:
            return await self.engine.translate(words, source, language) if self.engine is not None else None
        except TranslateError as error:
            if not error.permanent:
                raise
            log.warning("not translated", work=row.id, cause=str(error))
            return None

    def _words_of(self, row: WorkRow) -> tuple[str, str]:
        with self.store.read() as session:
            return words_of(self._turn(session), row.argument)

    def _keep_translated(self, row: WorkRow, made: dict[str, str], words: str, detected: str) -> None:
        with self.store.write() as session:
            if made and work.is_still_wanted(session, row.id):
                arrived(self._turn(session), row.argument, made, words, detected)
            work.settle(session, row.id)

    def _draw(self, row: WorkRow) -> None:
        """Draw the attachments of a waiting message and let it go."""
        with self.store.read() as session:
            waiting = outbox.by_key(session, row.argument["key"])
            wanted = list(waiting.payload["attachments"]) if waiting else []
        pictures = self.house.library.pictures
        made = [(file, *drawn(file, pictures)) if file["draw"] else (file, b"", "") for file in wanted]
        with self.store.write() as session:
            attachments = []
            for file, data, media_type in made:
                sha256 = files.keep(session, data, media_type, self.clock.now()) if data else file["sha256"]
                attachments.append({"name": file["name"], "sha256": sha256, "draw": "", "values": {}})
            outbox.drawn(session, row.argument["key"], attachments)
            work.settle(session, row.id)

    def _refuse(self, row: WorkRow, reason: Phrase) -> None:
        with self.store.write() as session:
            refuse_file(self._turn(session), row.argument, reason)
            work.settle(session, row.id, "refused")

    def _put_off(self, row: WorkRow, error: str) -> None:
        with self.store.write() as session:
            if row.attempts < MOST_ATTEMPTS:
                work.again(session, row.id, real_now() + timedelta(seconds=2**row.attempts), error)
                return
            work.settle(session, row.id, error)
            if row.kind == "fetch":
                refuse_file(self._turn(session), row.argument, LOST)

    def _turn(self, session: Session) -> Turn:
        return Turn(self.house, session, stored_settings(session), self.clock.now(), real_now())

    async def _in_thread(self, function: Callable[..., T], *arguments: object) -> T:
        return await in_thread(self.executor, function, *arguments)


def checked(data: bytes) -> tuple[str, bytes]:
    """The media type by the content, and the bytes as they are kept: pictures anew, without where they were taken."""
    if len(data) > FILE_LIMIT:
        raise FileRefused(TOO_LARGE)
    media_type = sniff(data)
    if media_type not in KEPT:
        raise FileRefused(WRONG_KIND)
    if media_type in PICTURES:
        try:
            data = clean_picture(data)
            return str(sniff(data)), data
        except PictureFault as fault:
            raise FileRefused(BROKEN) from fault
    return str(media_type), data


def drawn(file: dict[str, Any], pictures: Pictures) -> tuple[bytes, str]:
    """The bytes and the media type of an attachment that is to be drawn."""
    values = file["values"]
    match file["draw"]:
        case "summary":
            return summary_pdf(report_from(values)), "application/pdf"
        case "certificate":
            return certificate_pdf(certificate_from(values)), "application/pdf"
        case "card":
            return card_png(card_from(values)), "image/png"
        case "csv":
            return csv_bytes(values["header"], values["rows"]), "text/csv"
        case "picture":
            data = pictures.bytes(values["name"])
            return data, str(sniff(data))
    return chart_png(chart_from(values)), "image/png"
