"""The intake: each delivery has one effect, whatever fails, and nothing that came in is lost."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import incoming
from bot.channel import Now, SendError
from bot.incoming import Outcome, StoreUnreachable
from handlers.message import Commanded, Incoming, Pressed, Said, Submitted
from storage.engine import Store
from storage.tables.capas import Capa
from storage.tables.figures import Breach, Submission
from storage.tables.queues import OutboxRow
from storage.tables.talks import Delivery, DeliveryState, DialogRow
from tests.handlers.deeds import ELECTRICITY, breached, imported, rows, terms
from tests.handlers.stage import Stage, opened
from tests.stores import KINDS
from tests.talks import Talker, Town

SORRY = "Something went wrong on our side"


@pytest.fixture(scope="module", params=KINDS)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The example programme, on both stores."""
    with opened(request.param, tmp_path_factory.mktemp("intake")) as made:
        yield made


@pytest.fixture
def town(stage: Stage) -> Town:
    return stage.put_back(imported)


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.joined("amina")


@pytest.fixture
def broken(town: Town, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The command `lesson` has a bug; undone, it is mended."""

    def fail(_turn: Any, _argument: str) -> None:
        raise ZeroDivisionError

    route = town.house.router.routes["command", "lesson"]
    monkeypatch.setitem(
        town.house.router.routes, ("command", "lesson"), type(route)(route.kind, route.name, fail, route.roles)
    )
    return monkeypatch


def heard(talker: Talker, content: Any, delivery: str) -> Incoming:
    return Incoming(delivery, talker.at, talker.account, talker.town.clock.now(), content, trigger="t")


def failed(town: Town) -> list[Delivery]:
    return [row for row in rows(town, Delivery) if row.state is DeliveryState.FAILED]


# --- repeats ---


def test_same_delivery_five_times_at_once_has_one_effect(town: Town, amina: Talker) -> None:
    amina.command("figures")
    amina.tap(ELECTRICITY)
    amina.say("99 kWh")
    press = heard(amina, Pressed(amina.find("Yes, send it"), "tap"), "telegram:7")
    with ThreadPoolExecutor(5) as pool:
        outcomes = list(pool.map(town.intake.take_now, [press] * 5))
    assert sorted(outcome.repeat for outcome in outcomes) == [False, True, True, True, True]
    assert len(rows(town, Submission)) == 1
    assert sum(row.key.startswith("reply/telegram:7/0") for row in rows(town, OutboxRow)) == 1


def test_two_answers_of_one_person_at_once_are_taken_one_after_the_other(town: Town, amina: Talker) -> None:
    amina.command("figures")
    amina.tap(ELECTRICITY)
    amina.say("99 kWh")
    yes = Pressed(amina.find("Yes, send it"), "tap")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: town.intake.take_now(heard(amina, yes, f"telegram:{number}")), range(4)))
    assert len(rows(town, Submission)) == 1
    assert failed(town) == []


def test_two_people_who_break_the_same_limit_at_once_raise_one_alert(town: Town, amina: Talker) -> None:
    talkers = [amina, town.joined("duc")]
    for talker in talkers:
        talker.command("figures")
        talker.tap(ELECTRICITY)
        talker.say("16500 kWh")
    presses = [heard(one, Pressed(one.find("Yes, send it"), "tap"), f"telegram:{one.account}") for one in talkers]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(town.intake.take_now, presses))
    assert failed(town) == []
    assert [row.version for row in rows(town, Submission)] == [1, 2]
    assert len(rows(town, Breach)) == 1


def test_two_mentors_who_hand_in_at_once_open_one_capa(town: Town) -> None:
    breached(town)
    lucia = town.slack("U0LUCIA", "C0ASIA")
    forms: list[Incoming] = []
    for _device in range(2):
        lucia.press("r:capa.open:1", trigger="t")
        forms.append(heard(lucia, Submitted(lucia.form["action"], terms(lucia)), f"slack:{len(forms)}"))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(town.intake.take_now, forms))
    assert len(rows(town, Capa)) == 1
    assert failed(town) == []


def test_repeat_of_a_form_gets_the_same_errors_again(town: Town) -> None:
    breached(town)
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.press("r:capa.open:1", trigger="t")
    form = heard(lucia, Submitted(lucia.form["action"], terms(lucia, due="2020-01-01")), "slack:1")
    first, repeat = town.intake.take_now(form), town.intake.take_now(form)
    assert repeat.repeat and first.now and repeat.now
    assert first.now.errors == repeat.now.errors != {}


# --- bugs ---


def test_bug_keeps_the_delivery_says_sorry_and_leaves_nothing_half_done(
    town: Town, amina: Talker, broken: pytest.MonkeyPatch
) -> None:
    assert SORRY in amina.command("lesson")
    (row,) = failed(town)
    kept = json.loads(town.house.seals.unseal(row.content["sealed"])) if row.content else {}
    assert (row.error, kept["content"]["name"]) == ("ZeroDivisionError", "lesson")
    assert "tg-amina" not in row.model_dump_json()
    assert rows(town, DialogRow) == []


def test_sorry_is_said_in_the_persons_language(town: Town, broken: pytest.MonkeyPatch) -> None:
    jorge = town.joined("jorge", "es")
    shown = jorge.command("lesson")
    assert shown and SORRY not in shown


def test_repeat_of_a_failed_delivery_is_not_tried_again_by_the_platform(
    town: Town, amina: Talker, broken: pytest.MonkeyPatch
) -> None:
    command = heard(amina, Commanded("lesson"), "telegram:7")
    town.intake.take_now(command)
    assert town.intake.take_now(command).repeat
    assert sum(row.key.startswith("sorry/") for row in rows(town, OutboxRow)) == 1


def test_failed_delivery_plays_after_the_bug_is_mended(town: Town, amina: Talker, broken: pytest.MonkeyPatch) -> None:
    amina.command("lesson")
    assert town.intake.requeue() == (0, 1)
    broken.undo()
    assert town.intake.requeue() == (1, 0)
    assert [row.name for row in rows(town, DialogRow)] == ["lesson"]
    assert town.intake.requeue() == (0, 0)


def test_failed_deliveries_play_in_the_order_in_which_they_came(
    town: Town, amina: Talker, broken: pytest.MonkeyPatch
) -> None:
    for number in (3, 1, 2):
        town.clock.moment = town.clock.moment.replace(minute=number)
        town.intake.take_now(heard(amina, Commanded("lesson"), f"telegram:{number}"))
    order: list[str] = []
    take = town.intake.take_now

    def noted(one: Incoming, **more: bool) -> Outcome:
        order.append(one.delivery)
        return take(one, **more)

    broken.setattr(town.intake, "take_now", noted)
    town.intake.requeue()
    assert order == ["telegram:1", "telegram:2", "telegram:3"]


def test_store_lost_while_a_failed_delivery_plays_loses_nothing(
    town: Town, amina: Talker, broken: pytest.MonkeyPatch
) -> None:
    amina.command("lesson")
    broken.undo()
    broken.setattr(incoming, "respond", _unreachable)
    with pytest.raises(StoreUnreachable):
        town.intake.requeue()
    broken.undo()
    assert town.intake.requeue() == (1, 0)


def _unreachable(*_arguments: Any) -> None:
    raise OperationalError("", {}, Exception())


# --- the store out of reach ---


def test_store_out_of_reach_is_not_acknowledged_and_the_turn_happens_once_it_is_back(
    town: Town, amina: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = heard(amina, Commanded("figures"), "telegram:7")
    monkeypatch.setattr(incoming, "respond", _unreachable)
    with pytest.raises(StoreUnreachable):
        town.intake.take_now(command)
    monkeypatch.undo()
    assert not town.intake.take_now(command).repeat
    assert len(rows(town, DialogRow)) == 1
    assert failed(town) == []


def test_store_lost_while_a_failure_is_kept_is_not_acknowledged(
    town: Town, amina: Talker, broken: pytest.MonkeyPatch
) -> None:
    broken.setattr(town.intake, "_say_sorry", _unreachable)
    with pytest.raises(StoreUnreachable):
        town.intake.take_now(heard(amina, Commanded("lesson"), "telegram:7"))
    assert failed(town) == []


def test_store_that_cannot_be_opened_is_out_of_reach(
    town: Town, amina: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = Store("sqlite:////nowhere/at/all.db" if town.store.is_sqlite else "postgresql://u@127.0.0.1:1/none")
    monkeypatch.setattr(town.intake, "store", nowhere)
    with pytest.raises(StoreUnreachable):
        town.intake.take_now(heard(amina, Said("hello"), "telegram:7"))


# --- what must be given at once ---


def test_every_tap_is_answered(town: Town, amina: Talker) -> None:
    amina.command("figures")
    outcome = town.intake.take_now(heard(amina, Pressed(amina.find("Electricity"), "tap-9"), "telegram:7"))
    assert outcome.now is not None and (outcome.now.tap, outcome.now.toast) == ("tap-9", None)


class Late:
    """A channel that cannot give anything at once."""

    name = "slack"

    def __init__(self) -> None:
        self.tried = 0

    async def perform(self, _now: Now) -> None:
        self.tried += 1
        raise SendError("too late", permanent=True)


def test_modal_that_comes_too_late_is_offered_by_a_message(town: Town) -> None:
    breached(town)
    lucia, late = town.slack("U0LUCIA", "C0ASIA"), Late()
    lucia.press("r:capa.open:1", trigger="t")
    channel: Any = late
    asyncio.run(town.intake.give(channel, town.given[-1]))
    town.deliver()
    assert late.tried == 1
    lucia.tap("Open the form", trigger="t")
    assert "CAPA 1 is open" in lucia.submit(terms(lucia))
