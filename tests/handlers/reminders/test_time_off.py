"""Leave with a deputy, days on which a site is closed, and an hour of one's own: nothing is doubled by a change."""

import pytest

from storage.tables.audit import AuditRow
from storage.tables.planning import DueNote, DueState
from storage.tables.programme import Site
from tests.handlers.deeds import capa_opened, person, rows
from tests.handlers.reminders.moments import at, reach
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

REMINDER = "A reminder: CAPA 1"


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina has a CAPA that is due on Thursday the 10th of December; Duc manages her site."""
    town = stage.after(capa_opened)
    town.joined("duc")
    town.tick(minutes=1)
    return town


def away(town: Town, first: str, last: str, deputy: str = "Duc") -> Talker:
    """Amina says that she is away."""
    amina = town.phone("tg-amina")
    amina.command("leave")
    amina.say(first)
    amina.say(last)
    amina.tap(deputy)
    amina.tap("Yes, that is right")
    return amina


def closed(town: Town, first: str, last: str) -> Talker:
    """Duc says that the site is closed."""
    duc = town.phone("tg-duc")
    duc.command("closed")
    duc.say(first)
    duc.say(last)
    duc.tap("Yes, that is right")
    return duc


def test_deputy_is_told_and_gets_the_reminders_meanwhile(town: Town) -> None:
    away(town, "2026-12-01", "2026-12-05")
    assert "Amina Tran is away from" in town.transcript("tg-duc")
    reach(town, "2026-12-03")
    assert REMINDER in town.transcript("tg-duc") and "who is away until" in town.transcript("tg-duc")
    assert REMINDER not in town.transcript("tg-amina")
    reach(town, "2026-12-09")
    assert REMINDER in town.transcript("tg-amina")


def test_who_is_back_early_gets_the_reminders_again_and_the_deputy_is_told(town: Town) -> None:
    amina = away(town, "2026-12-01", "2026-12-12")
    amina.command("leave")
    amina.tap("I am not away from")
    assert "is not away any more" in town.transcript("tg-duc")
    reach(town, "2026-12-03")
    assert REMINDER in town.transcript("tg-amina") and REMINDER not in town.transcript("tg-duc")


def test_without_a_deputy_what_may_be_late_waits_and_the_rest_is_dropped(town: Town) -> None:
    away(town, "2026-12-09", "2026-12-12", "Nobody")
    for day in ("2026-12-09", "2026-12-10", "2026-12-11", "2026-12-12"):
        reach(town, day)
    assert REMINDER not in town.transcript("tg-amina")
    reach(town, "2026-12-14")
    assert "CAPA 1 is late" in town.transcript("tg-amina").replace("<b>", "").replace("</b>", "")


def test_closed_days_move_what_was_planned_and_nothing_is_said_twice(town: Town) -> None:
    town.tick(at("2026-12-08", 9))
    closed(town, "2026-12-09", "2026-12-12")
    for day in ("2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11", "2026-12-12", "2026-12-14"):
        reach(town, day, 10)
    days = [
        str(row.day)
        for row in rows(town, DueNote)
        if row.state is DueState.SAID and row.kind == "capa.due" and row.person_id == person(town, "amina").id
    ]
    assert "2026-12-08" in days and not {"2026-12-09", "2026-12-10", "2026-12-11", "2026-12-12"} & set(days)
    steps = [(row.kind, row.object_id, row.step, row.person_id) for row in rows(town, DueNote)]
    assert len(steps) == len(set(steps))
    assert "closed" in town.transcript("C0ASIA")


def test_site_that_is_open_after_all_has_its_days_back(town: Town) -> None:
    before = next(site.calendar for site in rows(town, Site) if site.key == "song-cau")
    duc = closed(town, "2026-12-09", "2026-12-12")
    assert next(site.calendar for site in rows(town, Site) if site.key == "song-cau") != before
    duc.command("closed")
    duc.tap("Open from")
    assert next(site.calendar for site in rows(town, Site) if site.key == "song-cau") == before
    reach(town, "2026-12-09")
    assert REMINDER in town.transcript("tg-amina")


def test_import_leaves_closed_days_as_they_are(town: Town) -> None:
    closed(town, "2026-12-09", "2026-12-12")
    calendar = next(site.calendar for site in rows(town, Site) if site.key == "song-cau")
    town.import_example()
    assert next(site.calendar for site in rows(town, Site) if site.key == "song-cau") == calendar
    assert person(town, "amina").calendar == calendar


def test_only_the_manager_of_a_site_can_close_it(town: Town) -> None:
    assert "Only the manager of a site" in town.phone("tg-amina").command("closed")


def test_reminders_come_from_the_hour_that_somebody_chose(town: Town) -> None:
    amina = town.phone("tg-amina")
    amina.command("hour")
    amina.tap("14:00")
    reach(town, "2026-12-03", 13)
    assert REMINDER not in town.transcript("tg-amina")
    town.tick(at("2026-12-03", 14))
    assert town.transcript("tg-amina").count(REMINDER) == 1


def test_changes_are_in_the_trail(town: Town) -> None:
    away(town, "2026-12-01", "2026-12-05")
    closed(town, "2026-12-09", "2026-12-12")
    assert {"leave told", "site closed"} <= {row.what for row in rows(town, AuditRow)}
