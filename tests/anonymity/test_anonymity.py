"""An anonymous report stays anonymous to whoever has everything but the key; and the attack is one that works."""

import io
import json
import random
from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2  # type: ignore[import-untyped]
import pytest

from bot.export import EXPORTS, write_csv
from bot.render.pdf import summary_pdf
from bot.seals import Seals
from handlers import veil
from handlers.message import Address
from handlers.router import action
from handlers.summaries.report import report_from
from handlers.summaries.week import week_of
from handlers.turn import Turn
from storage import work
from storage.all_tables import tables
from storage.rows import plain
from storage.tables.queues import Lane
from tests.anonymity.attack import STRATEGIES, Loot, Strategy, Suspect, by_files, by_order, by_time, by_what_is_written
from tests.anonymity.village import Village, lived
from tests.talks import Town

REPORTS, FEW, MANY = 12, 5, 60
PHONES = "tg-"


def loot_of(town: Town, log: str) -> Loot:
    """Everything that somebody with the store, the exports, the log and Slack has."""
    slack = [
        json.dumps(one, default=str, ensure_ascii=False) for place, one in town.shown if not place.startswith(PHONES)
    ]
    with town.store.read() as session:
        dumped = {table.name: [plain(row) for row in session.execute(table.select()).mappings()] for table in tables()}
        exports = []
        for what in EXPORTS:
            out = io.StringIO()
            write_csv(session, what, out)
            exports += [f"{what}: {line}" for line in out.getvalue().splitlines()]
    return Loot(dumped, [*slack, *log.splitlines(), *exports, *pdf_of(town)])


def pdf_of(town: Town) -> list[str]:
    """The pages of the week's summary, as a manager has it."""
    week = week_of(town.clock.now(), ZoneInfo("Europe/Madrid"))
    town.slack("U0HELENA").press(action("summary.pdf", week))
    with town.store.read() as session:
        rows = session.execute(next(one for one in tables() if one.name == "outbox").select()).mappings()
        values = [
            file["values"]
            for row in rows
            for file in row["payload"].get("attachments", ())
            if file["draw"] == "summary"
        ]
    with pypdfium2.PdfDocument(summary_pdf(report_from(values[0]))) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def suspects(village: Village, ticket: int) -> list[Suspect]:
    """The people of the ticket's site, with what they are called."""
    return [Suspect(one, village.names[one]) for one in village.staff[village.site_of[ticket]]]


def hits(strategy: Strategy, village: Village, loot: Loot) -> int:
    """How many reporters a strategy finds; where it has no idea it guesses."""
    stream = random.Random(1)
    found = 0
    for ticket, truth in village.truth.items():
        among = suspects(village, ticket)
        guess = strategy(loot, ticket, among)
        found += (stream.choice(among).id if guess is None else guess) == truth
    return found


def luck(village: Village) -> float:
    """The most that guessing finds but in one of a thousand times: three deviations above its mean."""
    count, share = len(village.truth), 1 / 6
    return count * share + 3 * float(count * share * (1 - share)) ** 0.5


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    return lambda: "".join(capsys.readouterr())


def test_nobody_without_the_key_finds_reporters_more_often_than_by_guessing(
    blank: Town, log: Callable[[], str], subtests: pytest.Subtests
) -> None:
    village = lived(blank, REPORTS)
    loot = loot_of(blank, log())
    assert len(village.truth) == REPORTS and any(f"report {REPORTS}:" in one for one in loot.said)
    assert village.held and loot.tables["tips"] and loot.tables["tip_votes"] and loot.tables["translations"]
    for strategy in STRATEGIES:
        with subtests.test(strategy=strategy.__name__):
            assert hits(strategy, village, loot) <= luck(village)
    for ticket in village.truth:
        assert by_what_is_written(loot, ticket, suspects(village, ticket)) is None
    assert not [row for row in loot.tables["dialogs"] if row["name"] == "obstacle"]


@pytest.mark.soak
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_many_reports_are_found_no_more_often_than_by_guessing(
    blank: Town, log: Callable[[], str], seed: int, subtests: pytest.Subtests
) -> None:
    village = lived(blank, MANY, seed)
    loot = loot_of(blank, log())
    for strategy in STRATEGIES:
        with subtests.test(strategy=strategy.__name__):
            assert hits(strategy, village, loot) <= luck(village)


def no_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are kept as they are."""
    monkeypatch.setattr(Seals, "seal", lambda _self, words: f"sealed:{words}")
    monkeypatch.setattr(Seals, "unseal", lambda _self, sealed: sealed.removeprefix("sealed:"))


def no_veil(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said to a reporter goes to their chat like all else, and nothing is taken away afterwards."""

    def put_plain(turn: Turn, key: str, lane: Lane, channel: str, outgoing: Any, person: Any, _veil: str = "") -> None:
        veiled, turn.veiled = turn.veiled, False
        turn.put(key, lane, Address(channel, turn.chat_of(person, channel)), outgoing, person)
        turn.veiled = veiled

    def work_plain(turn: Turn, key: str, kind: str, argument: dict[str, Any]) -> None:
        work.put(turn.session, key, kind, argument, turn.real, turn.me.id)

    monkeypatch.setattr(Turn, "put_sealed", put_plain)
    monkeypatch.setattr(Turn, "work", work_plain)
    monkeypatch.setattr(veil, "_forget_said", lambda _turn, _span: None)


@pytest.mark.parametrize(
    ("switch", "strategies"),
    [(no_seals, [by_what_is_written]), (no_veil, [by_what_is_written, by_time, by_order, by_files])],
    ids=["no seals", "no veil"],
)
def test_attack_wins_once_the_protection_is_switched_off(
    blank: Town,
    log: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    switch: Callable[[pytest.MonkeyPatch], None],
    strategies: Sequence[Strategy],
) -> None:
    switch(monkeypatch)
    village = lived(blank, FEW)
    loot = loot_of(blank, log())
    for strategy in strategies:
        # Files tell of those alone who sent some.
        least = village.photos if strategy is by_files else FEW - 1
        assert least > 1 and hits(strategy, village, loot) >= least, strategy.__name__
