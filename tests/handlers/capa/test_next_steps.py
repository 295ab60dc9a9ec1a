"""What comes next on the ladders of many CAPAs is what each of them says by itself, for a few statements in all."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from handlers.capa.ladder import SOON, ladder, next_steps
from handlers.programme.settings import stored_settings
from handlers.turn import Turn
from storage.tables.capas import Capa, CapaState, Owed
from storage.tables.people import Person
from storage.tables.programme import Site
from tests.handlers.deeds import rows
from tests.handlers.stage import Stage
from tests.talks import Town

TODAY = date(2026, 11, 23)
DUE = [TODAY + timedelta(days=days) for days in (-7, -3, -1, 1, 31)]
SITES = ("song-cau", "meghna", "levante", "sierra")


def crowded(town: Town) -> None:
    """CAPAs of three severities at sites in four calendars, due on days around today."""
    sites = {row.key: row.id for row in rows(town, Site)}
    owners = {row.key: row.id for row in rows(town, Person)}
    with town.store.write() as session:
        for number, due in enumerate(DUE):
            session.add(
                Capa(
                    site_id=sites[SITES[number % len(SITES)]],
                    finding="Too much power",
                    severity=("critical", "major", "minor")[number % 3],
                    owner_id=owners[("amina", "rafiq", "jorge", "duc")[number % 4]],
                    state=CapaState.IN_PROGRESS,
                    owed=Owed.CLOSE,
                    owed_on=due,
                    due_on=due,
                    opened_at=town.clock.now() - timedelta(days=230),
                )
            )


@pytest.fixture
def town(stage: Stage) -> Town:
    return stage.after(crowded)


def turn_of(town: Town, session: Any) -> Turn:
    return Turn(town.house, session, stored_settings(session), town.clock.now(), town.clock.now())


def test_next_step_and_escalation_are_those_of_the_ladder(town: Town) -> None:
    owners = {row.id: row.name for row in rows(town, Person)}
    with town.store.read() as session:
        turn = turn_of(town, session)
        capas = [session.get_one(Capa, row.id) for row in rows(town, Capa)]
        found = next_steps(turn, [capa.id for capa in capas])
        for capa in capas:
            steps = [step for step in ladder(turn, capa) if step.day <= TODAY + SOON]
            owner = owners[capa.owner_id]
            above = [step for step in steps if set(step.names) != {owner}]
            ahead = found.get(capa.id)
            assert (ahead.next if ahead else None) == (steps[0] if steps else None)
            if ahead is not None and ahead.escalation is not None:
                assert (ahead.escalation.day, ahead.escalation.rung) == (above[0].day, above[0].rung)
                assert owner not in ahead.escalation.names
            else:
                assert not above or above[0] == steps[0]
    assert len(found) == len(DUE)
    assert any(one.escalation for one in found.values()) and not all(one.escalation for one in found.values())


def test_statements_do_not_grow_with_the_capas(town: Town) -> None:
    assert len(statements(town, [2, 3])) == len(statements(town, range(1, 6)))
    assert statements(town, []) == []


def statements(town: Town, capa_ids: Sequence[int]) -> list[str]:
    """What is asked of the store for these CAPAs."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    with town.store.read() as session:
        turn = turn_of(town, session)
        event.listen(town.store.engine, "before_cursor_execute", note)
        next_steps(turn, capa_ids)
        event.remove(town.store.engine, "before_cursor_execute", note)
    return seen
