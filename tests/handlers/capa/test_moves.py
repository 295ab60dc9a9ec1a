"""Every move of a CAPA, allowed and forbidden: in each state, for everybody who might try; and what each needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from handlers.capa.moving import Given, check, check_fits, move
from handlers.capa.states import BY_NAME, MOVES, Actor
from handlers.programme.settings import stored_settings
from handlers.turn import Refused, Turn
from storage import people
from storage.tables.capas import Capa, CapaEvent, CapaState, CapaStep, Owed
from tests.handlers.deeds import capa_opened, changed, person, rows
from tests.handlers.stage import Stage
from tests.talks import Town

# O: the owner and the manager of the site. M: the mentor of the site. P: a manager of the programme.
# The states from left to right: draft, plan requested, plan submitted, in progress, evidence submitted, watching,
# closed, cancelled.
TABLE = """
request           MP  .   .   .   .   .   .   .
start             MP  .   .   .   .   .   .   .
submit_plan       .   O   .   .   .   .   .   .
approve_plan      .   .   MP  .   .   .   .   .
return_plan       .   .   MP  .   .   .   .   .
submit_evidence   .   .   .   O   .   .   .   .
verify            .   .   .   .   MP  .   .   .
accept            .   .   .   .   MP  .   .   .
return_evidence   .   .   .   .   MP  .   .   .
effective         .   .   .   .   .   MP  .   .
replan            .   .   .   .   .   MP  .   .
rework            .   .   .   .   .   MP  .   .
reopen_plan       .   .   .   .   .   .   MP  MP
reopen_work       .   .   .   .   .   .   MP  MP
cancel            MP  MP  MP  MP  MP  MP  .   .
contain           .   O   .   O   .   .   .   .
do_step           .   .   .   O   .   .   .   .
ask_extension     .   O   .   O   .   .   .   .
decide_extension  .   MP  .   MP  .   .   .   .
block             .   O   .   O   .   .   .   .
unblock           .   OMP .   OMP .   .   .   .
change_owner      MP  MP  MP  MP  MP  MP  .   .
link              MP  MP  MP  MP  MP  MP  MP  MP
"""
ALLOWED = {line.split()[0]: dict(zip(CapaState, line.split()[1:], strict=True)) for line in TABLE.split("\n") if line}
WHO = {"amina": "O", "duc": "O", "lucia": "M", "helena": "P", "martin": "", "linh": ""}


@pytest.fixture
def town(stage: Stage) -> Town:
    """Lucia has opened a CAPA that Amina owns; Duc manages the site, Martin and Linh have nothing to do with it."""
    return stage.after(capa_opened)


@contextmanager
def turn_of(town: Town, key: str) -> Iterator[tuple[Turn, Capa]]:
    """A turn of somebody with the CAPA; what is done in it is not kept."""
    with town.store.read() as session:
        who = people.by_key(session, key)
        turn = Turn(town.house, session, stored_settings(session), town.clock.now(), town.clock.now(), person=who)
        yield turn, session.exec(select(Capa)).one()


def test_the_table_has_every_move_and_every_state() -> None:
    assert list(ALLOWED) == [one.name for one in MOVES]
    assert all(len(states) == len(CapaState) for states in ALLOWED.values())


@pytest.mark.parametrize("key", WHO)
def test_move_is_allowed_by_the_table_and_else_refused(town: Town, key: str) -> None:
    with turn_of(town, key) as (turn, capa):
        for name, states in ALLOWED.items():
            made = []
            for state in states:
                capa.state = state
                made += [state.value] if is_allowed(turn, capa, name) else []
            mine = [state.value for state, letters in states.items() if WHO[key] and WHO[key] in letters]
            assert made == mine, f"{name} by {key}"


def is_allowed(turn: Turn, capa: Capa, name: str) -> bool:
    try:
        check_fits(turn, capa, BY_NAME[name])
    except Refused as refused:
        assert refused.text.id
        return False
    return True


@pytest.mark.parametrize("state", CapaState)
def test_figures_move_only_what_is_watched(town: Town, state: CapaState) -> None:
    with turn_of(town, "lucia") as (turn, capa):
        capa.state = state
        moved = []
        for one in MOVES:
            try:
                check_fits(turn, capa, one, by_figures=True)
                moved.append(one.name)
            except Refused:
                continue
        assert moved == (["effective", "replan", "rework"] if state is CapaState.WATCHING else [])
        assert all(Actor.FIGURES in BY_NAME[name].who for name in moved)


# Move, state, who, the CAPA as it is, the words that come along, and the reason of the refusal ("" if it is made).
NEEDS = [
    ("request", "draft", "lucia", {"owner_id": None}, "", "has no owner yet"),
    ("request", "draft", "lucia", {}, "", ""),
    ("request", "draft", "lucia", {"severity": "observation"}, "", "needs no plan"),
    ("start", "draft", "lucia", {}, "", "needs a plan first"),
    ("start", "draft", "lucia", {"severity": "observation"}, "", ""),
    ("submit_plan", "plan_requested", "amina", {}, "", "a cause, an action and at least one step"),
    ("submit_plan", "plan_requested", "amina", {"cause": "c", "corrective": "a"}, "", ""),
    ("submit_plan", "plan_requested", "amina", {"contain_on": date(2026, 12, 1)}, "", "what was done at once"),
    ("submit_plan", "plan_requested", "amina", {"severity": "zero_tolerance"}, "", "for the mentor of the site"),
    ("submit_plan", "plan_requested", "lucia", {"severity": "zero_tolerance"}, "", "what was done at once"),
    ("approve_plan", "plan_submitted", "lucia", {"submitted_by_id": "lucia"}, "", "Somebody else has to look"),
    ("approve_plan", "plan_submitted", "lucia", {"owner_id": "lucia"}, "", "Somebody else has to look"),
    ("approve_plan", "plan_submitted", "lucia", {"submitted_by_id": "amina"}, "", ""),
    ("approve_plan", "plan_submitted", "lucia", {"severity": "zero_tolerance"}, "", "decided by whoever has the right"),
    ("approve_plan", "plan_submitted", "helena", {"severity": "zero_tolerance"}, "", ""),
    ("return_plan", "plan_submitted", "lucia", {}, " ", "give a reason"),
    ("return_plan", "plan_submitted", "lucia", {}, "Too vague", ""),
    ("submit_evidence", "in_progress", "amina", {}, "Come and see", "Not all steps"),
    ("verify", "evidence_submitted", "lucia", {"submitted_by_id": "lucia"}, "", "Somebody else has to look"),
    ("verify", "evidence_submitted", "lucia", {"submitted_by_id": "amina"}, "", ""),
    ("verify", "evidence_submitted", "lucia", {"severity": "observation"}, "", "closed once its work is done"),
    ("accept", "evidence_submitted", "lucia", {}, "", "we watch first"),
    ("return_evidence", "evidence_submitted", "lucia", {}, "", "give a reason"),
    ("replan", "watching", "lucia", {}, "", "give a reason"),
    ("rework", "watching", "lucia", {}, "It leaks", "needs a plan first"),
    ("cancel", "in_progress", "lucia", {}, "", "give a reason"),
    ("reopen_work", "closed", "lucia", {}, "", "give a reason"),
]


@pytest.mark.parametrize(("name", "state", "key", "values", "note", "reason"), NEEDS)
def test_move_needs_what_it_needs(
    town: Town, name: str, state: str, key: str, values: dict[str, Any], note: str, reason: str
) -> None:
    with turn_of(town, key) as (turn, capa):
        capa.state = CapaState(state)
        for column, value in values.items():
            is_person = column.endswith("_id") and value is not None
            setattr(capa, column, person(town, str(value)).id if is_person else value)
        turn.session.add(CapaStep(capa_id=capa.id, place=1, text="A light", due_on=capa.due_on))
        turn.session.flush()
        if reason:
            with pytest.raises(Refused) as refused:
                check(turn, capa, BY_NAME[name], Given(note))
            assert reason in turn.read.plain(refused.value.text, "en")
        else:
            check(turn, capa, BY_NAME[name], Given(note))


def test_work_needs_something_that_shows_it(town: Town) -> None:
    with turn_of(town, "amina") as (turn, capa):
        capa.state = CapaState.IN_PROGRESS
        done = BY_NAME["submit_evidence"]
        with pytest.raises(Refused):
            check(turn, capa, done)
        check(turn, capa, done, Given("Come and see"))
        check(turn, capa, done, Given(detail={"files": 1}))


# What the owner owes in each state, and by which of the days.
OWED = {
    CapaState.DRAFT: (Owed.NOTHING, None),
    CapaState.PLAN_REQUESTED: (Owed.PLAN, "plan_on"),
    CapaState.PLAN_SUBMITTED: (Owed.NOTHING, None),
    CapaState.IN_PROGRESS: (Owed.CLOSE, "due_on"),
    CapaState.EVIDENCE_SUBMITTED: (Owed.NOTHING, None),
    CapaState.WATCHING: (Owed.NOTHING, None),
    CapaState.CLOSED: (Owed.NOTHING, None),
    CapaState.CANCELLED: (Owed.NOTHING, None),
}


@pytest.mark.parametrize("state", CapaState)
def test_what_is_owed_follows_the_state(town: Town, state: CapaState) -> None:
    with turn_of(town, "lucia") as (turn, capa):
        capa.state = state
        move(turn, capa, "link")
        owed, column = OWED[state]
        assert (capa.owed, capa.owed_on) == (owed, getattr(capa, column) if column else None)


def test_every_change_has_its_version_and_its_event(town: Town) -> None:
    changed(town, rows(town, Capa)[0], state=CapaState.DRAFT, owed=Owed.NOTHING, owed_on=None)
    town.slack("U0LUCIA").press("r:capa.request:1.1")
    (capa,) = rows(town, Capa)
    assert (capa.version, capa.state, capa.owed) == (2, CapaState.PLAN_REQUESTED, Owed.PLAN)
    assert [row.what for row in rows(town, CapaEvent)] == ["opened", "request"]
    assert [row.person_id for row in rows(town, CapaEvent)] == [person(town, "lucia").id] * 2
