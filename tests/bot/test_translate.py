"""Translation: LibreTranslate's API spoken, its faults taken, and both sides of a talk read in their own language."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot import work as worker_module
from bot.translate import LibreTranslate, Translated, TranslateError
from bot.work import Worker
from handlers.message import Changed, Said
from storage.tables.people import Person
from storage.tables.queues import WorkRow, WorkState
from storage.tables.tickets import TicketMessage
from storage.tables.tips import Translation
from tests.bot.libre import Libre, libre
from tests.bot.wire import PATIENCE_S, FakeChannel
from tests.handlers.deeds import changed, imported, obstacle_reported, person, ref, rows
from tests.handlers.stage import Stage, opened
from tests.talks import Talker, Town

LEAKS = "Máy nén khí bị rò rỉ từ thứ hai tuần trước rồi ạ"
SEND = "We send a technician to you on Monday morning"
IN_ENGLISH, IN_VIETNAMESE = "The compressor has leaked since Monday", "Chúng tôi gửi một kỹ thuật viên"


def with_engine(deed: Callable[[LibreTranslate, Libre], Coroutine[Any, Any, Any]], **given: Any) -> Any:
    """What a deed gives that speaks to a stand-in."""

    async def play() -> Any:
        async with libre(**given) as there:
            engine = LibreTranslate(there.url, "a key", answer_s=1)
            try:
                return await deed(engine, there)
            finally:
                await engine.close()

    return asyncio.run(play())


def test_words_are_translated_with_the_operators_key() -> None:
    def deed(engine: LibreTranslate, _there: Libre) -> Any:
        return engine.translate(LEAKS, "vi", "en")

    assert with_engine(deed, key="a key") == Translated(IN_ENGLISH, "vi")


def test_engine_gets_the_words_and_two_codes_and_nothing_else() -> None:
    async def deed(engine: LibreTranslate, there: Libre) -> Any:
        await engine.translate(LEAKS, "vi", "en")
        return there.asked

    assert with_engine(deed) == [
        {"q": LEAKS, "source": "vi", "target": "en", "format": "text", "api_key": "a key"},
    ]


def test_language_that_is_not_known_is_found_out_by_the_engine() -> None:
    def deed(engine: LibreTranslate, _there: Libre) -> Any:
        return engine.translate(LEAKS, "", "en")

    assert with_engine(deed) == Translated(IN_ENGLISH, "vi")


@pytest.mark.parametrize(("source", "target"), [("zh-CN", "en"), ("zh", "vi"), ("en-GB", "zh")])
def test_codes_are_matched_without_their_region(source: str, target: str) -> None:
    def deed(engine: LibreTranslate, _there: Libre) -> Any:
        return engine.translate("Hello", source, target)

    assert with_engine(deed).words == "Hello"


@pytest.mark.parametrize(("source", "target"), [("bn", "en"), ("en", "bn"), ("es", "vi")])
def test_pair_that_is_not_supported_is_refused_without_being_sent(source: str, target: str) -> None:
    async def deed(engine: LibreTranslate, there: Libre) -> Any:
        with pytest.raises(TranslateError) as refused:
            await engine.translate("Hello", source, target)
        return refused.value.permanent, there.asked

    assert with_engine(deed) == (True, [])


@pytest.mark.parametrize(
    ("given", "permanent"),
    [
        ({"fails": [400]}, True),
        ({"fails": [429]}, False),
        ({"fails": [500]}, False),
        ({"fails": [302]}, True),
        ({"key": "another key"}, True),
        ({"raw": "<html>"}, False),
        ({"raw": "[]"}, False),
        ({"raw": '{"translatedText": ""}'}, False),
    ],
    ids=str,
)
def test_faults_are_told_apart_and_no_redirect_is_followed(given: dict[str, Any], permanent: bool) -> None:
    async def deed(engine: LibreTranslate, there: Libre) -> Any:
        with pytest.raises(TranslateError) as refused:
            await engine.translate(LEAKS, "vi", "en")
        assert LEAKS not in str(refused.value)
        return refused.value.permanent, len(there.asked)

    assert with_engine(deed, **given) == (permanent, 1)


def test_engine_that_is_not_there_is_tried_again_later() -> None:
    async def deed() -> bool:
        engine = LibreTranslate("http://127.0.0.1:9")
        with pytest.raises(TranslateError) as refused:
            await engine.translate(LEAKS, "vi", "en")
        await engine.close()
        return refused.value.permanent

    assert asyncio.run(deed()) is False


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with opened("sqlite", tmp_path_factory.mktemp("translate")) as made:
        yield made


@pytest.fixture
def town(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town with an engine; Amina reads Vietnamese, Lucia English."""
    monkeypatch.setattr(worker_module, "POLL_S", 0.01)
    town = stage.put_back(imported)
    return Town(town.store, house=replace(town.house, translates=True), clock=town.clock)


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.joined("amina", "vi")


def report(amina: Talker, words: str = LEAKS) -> None:
    changed(amina.town, person(amina.town, "amina"), language="en")
    obstacle_reported(amina, words)
    changed(amina.town, person(amina.town, "amina"), language="vi")


def work_off(town: Town, **given: Any) -> Libre:
    """Let the worker translate whatever waits; what the stand-in was asked."""

    async def play() -> Libre:
        async with libre(**given) as there:
            engine, clock = LibreTranslate(there.url), town.clock
            channels = {"telegram": FakeChannel(name="telegram"), "slack": FakeChannel(name="slack")}
            worker = Worker(
                town.store,
                town.house,
                clock,  # type: ignore[arg-type]
                channels,  # type: ignore[arg-type]
                town.intake.executor,
                lambda: None,
                engine,
            )
            task = asyncio.create_task(worker.run())
            async with asyncio.timeout(PATIENCE_S):
                while any(row.state not in (WorkState.DONE, WorkState.FAILED) for row in rows(town, WorkRow)):
                    await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await engine.close()
            return there

    there = asyncio.run(play())
    town.deliver()
    return there


def newest(town: Town, place: str) -> dict[str, Any]:
    return next(one for at, one in reversed(town.shown) if at == place and one["kind"] in ("message", "edit"))


def labels(one: dict[str, Any]) -> list[str]:
    return [button["label"] for row in one["buttons"] for button in row]


def test_report_goes_out_at_once_as_it_was_written_and_then_in_the_mentors_language(town: Town, amina: Talker) -> None:
    report(amina)
    first = newest(town, "C0ASIA")
    assert LEAKS in first["text"] and "Written in Tiếng Việt." in first["text"]
    work_off(town)
    then = newest(town, "C0ASIA")
    assert then["kind"] == "edit" and IN_ENGLISH in then["text"] and LEAKS not in then["text"]
    assert "Translated from Tiếng Việt by a machine." in then["text"] and labels(then)[0] == "Show original"
    assert LEAKS in town.slack("U0LUCIA", "C0ASIA").tap("Show original")
    assert rows(town, TicketMessage)[0].words == LEAKS


def test_both_directions_of_a_talk_are_translated(town: Town, amina: Talker) -> None:
    report(amina)
    lucia = town.slack("U0LUCIA", "C0ASIA", ref(town, "ticket/1/thread"))
    lucia.say(SEND)
    assert SEND in newest(town, "tg-amina")["text"]
    work_off(town)
    shown = newest(town, "tg-amina")
    assert shown["kind"] == "edit" and IN_VIETNAMESE in shown["text"] and "English" in shown["text"]
    amina.say(LEAKS)
    work_off(town)
    assert newest(town, "C0ASIA")["of"] == "ticket/1/3" and IN_ENGLISH in newest(town, "C0ASIA")["text"]
    assert "translated by a machine" in lucia.press("r:ticket.show:1")


def test_words_that_the_reader_reads_anyway_are_not_sent_to_the_engine(town: Town, amina: Talker) -> None:
    report(amina, "The compressor has been leaking since Monday of last week")
    assert not rows(town, WorkRow) and "Written in" not in newest(town, "C0ASIA")["text"]


@pytest.mark.parametrize("given", [{"fails": [400] * 9}, {"key": "another"}], ids=["refused", "wrong key"])
def test_without_a_translation_the_original_stays_with_its_language(
    town: Town, amina: Talker, given: dict[str, Any]
) -> None:
    report(amina)
    work_off(town, **given)
    shown = newest(town, "C0ASIA")
    assert shown["kind"] == "message" and LEAKS in shown["text"] and "Written in Tiếng Việt." in shown["text"]
    assert not rows(town, Translation)


def test_engine_that_stumbles_is_asked_again(town: Town, amina: Talker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "timedelta", lambda **_later: timedelta())
    report(amina)
    assert len(work_off(town, fails=[500, 429]).asked) == 3
    assert IN_ENGLISH in newest(town, "C0ASIA")["text"]


def test_edited_words_are_translated_anew_and_taken_back_ones_go_in_every_language(town: Town, amina: Talker) -> None:
    report(amina)
    lucia = town.slack("U0LUCIA", "C0ASIA", ref(town, "ticket/1/thread"))
    lucia.send(Said(SEND), message="1.1")
    work_off(town)
    lucia.send(Changed("We send two technicians to you on Monday"), message="1.1")
    assert "two technicians" in newest(town, "tg-amina")["text"]
    assert work_off(town).asked[0]["q"] == "We send two technicians to you on Monday"
    amina.send(Said(LEAKS), message="77")
    work_off(town)
    amina.press("r:ticket.back:3")
    assert [row.message_id for row in rows(town, Translation)] == [1, 2]


def test_of_an_anonymous_reporter_the_engine_and_the_store_learn_no_language(town: Town, amina: Talker) -> None:
    changed(town, person(town, "amina"), language="en")
    amina.command("obstacle")
    amina.tap("Without my name")
    amina.tap("Go on without my name")
    amina.tap("Machines")
    amina.say(LEAKS)
    amina.tap("No photo")
    amina.tap("Yes, send it")
    changed(town, person(town, "amina"), language="vi")
    assert "amina" not in str([row.argument for row in rows(town, WorkRow)]).lower()
    asked = work_off(town).asked
    lucia = town.slack("U0LUCIA", "C0ASIA", ref(town, "ticket/1/thread"))
    lucia.say(SEND)
    argument = rows(town, WorkRow)[-1].argument
    spoken = sorted({row.language or row.home_language for row in rows(town, Person) if row.key in ("amina", "duc")})
    assert argument["to"] == [one for one in spoken if one != "en"]
    asked += work_off(town).asked
    assert IN_VIETNAMESE in newest(town, "tg-amina")["text"]
    assert {key for one in asked for key in one} == {"q", "source", "target", "format"}
    assert "Amina" not in str(asked) and "Song Cau" not in str(asked)


def test_nobody_else_reads_an_original(town: Town, amina: Talker) -> None:
    report(amina)
    work_off(town)
    for other in (town.slack("U0MARTIN", "C0ASIA"), town.joined("linh"), town.joined("duc")):
        shown = other.press("r:ticket.original:1")
        assert LEAKS not in shown and "This is for somebody else." in other.toast
