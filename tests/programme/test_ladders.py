"""Ladders as data: their rungs in order, which of several holds, and the short keys of older folders."""

from typing import Any

import pytest

from handlers.programme.ladders import Ladder, Level
from handlers.programme.settings import CapaRules, ProgrammeSettings, Tier


def settings(**capa: Any) -> ProgrammeSettings:
    tiers = {name: Tier(metrics=("electricity",)) for name in ("high", "low")}
    return ProgrammeSettings(
        name="P", languages=("en",), contact="c", privacy_version="1", tiers=tiers, capa=CapaRules(**capa)
    )


def steps(ladder: Ladder, who: str) -> list[str]:
    return [rung.step for rung in ladder.rungs() if rung.who == who]


def test_usual_ladder_goes_from_the_owner_up_to_the_committee() -> None:
    usual = settings().capa_ladder("major", "high")
    owner = steps(usual, "owner")
    assert owner[:7] == ["before/30", "before/7", "before/1", "day", "after/1", "after/2", "after/3"]
    assert owner[7:9] == ["after/3/1", "after/3/2"] and len(owner) == 33
    levels = {who: steps(usual, who) for who in ("site_manager", "mentor", "manager", "committee")}
    assert levels == {
        "site_manager": ["after/2"],
        "mentor": ["after/2"],
        "manager": ["after/5"],
        "committee": ["after/15"],
    }


def test_only_the_first_note_of_a_level_above_the_owner_is_planned_late() -> None:
    ladder = Ladder(levels=(Level(tell=("owner", "mentor"), after=2, days=2, weeks=1),))
    assert [(rung.who, rung.step) for rung in ladder.rungs() if rung.late] == [("mentor", "after/2")]


def test_short_keys_of_older_folders_change_the_usual_ladder() -> None:
    ladder = settings(reminders_before=(7, 1, 0), overdue_after=3).capa_ladder("minor", "low")
    assert steps(ladder, "owner")[:3] == ["before/7", "before/1", "day"]
    assert steps(ladder, "mentor") == ["after/3"] and steps(ladder, "manager") == ["after/5"]


@pytest.mark.parametrize(
    ("severity", "tier", "before"),
    [("minor", "low", 4), ("minor", "high", 3), ("critical", "low", 2), ("critical", "high", 1)],
    ids=["all", "tier", "severity", "both"],
)
def test_the_narrowest_ladder_holds(severity: str, tier: str, before: int) -> None:
    ladders = (
        Ladder(before=(4,)),
        Ladder(before=(3,), tiers=("high",)),
        Ladder(before=(2,), severities=("critical",)),
        Ladder(before=(1,), tiers=("high",), severities=("critical",)),
    )
    assert settings(ladders=ladders).capa_ladder(severity, tier).before == (before,)
