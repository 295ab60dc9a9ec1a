"""What one site has learnt reaches others without a name; who told it hears what became of it; ideas are voted on."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.learning.rules import Bottleneck, bottlenecks, named_in
from storage.tables.audit import AuditRow
from storage.tables.tickets import Stage, Ticket, TicketKind, TicketState
from storage.tables.tips import Tip, TipVote
from tests.handlers.deeds import obstacle_reported, person, rows
from tests.handlers.stage import Stage as Scenes
from tests.talks import Talker, Town

TIP = "A leak is found by night, when all machines are off: walk along the pipes and listen."
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def shared(town: Town) -> None:
    """Amina and Jorge have reported a leak; Linh, Jorge and Duc have joined."""
    for key in ("duc", "linh", "jorge"):
        town.joined(key)
    obstacle_reported(town.joined("amina"))
    obstacle_reported(town.phone("tg-jorge"), "The boiler leaks")


@pytest.fixture
def town(stage: Scenes) -> Town:
    return stage.after(shared)


@pytest.fixture
def lucia(town: Town) -> Talker:
    return town.slack("U0LUCIA", "C0ASIA")


def publish(lucia: Talker, words: str = TIP, topic: str = "category/equipment", narrow: str = "") -> str:
    lucia.press("r:tip.make:1", trigger="t")
    return lucia.submit({"words": words, "topic": topic, "narrow": narrow})


def test_tip_is_looked_at_before_it_goes_to_sites_with_the_same_problem(town: Town, lucia: Talker) -> None:
    shown = publish(lucia)
    assert "1 person will read this, without knowing where it comes from" in shown and TIP in shown
    assert not rows(town, Tip)
    assert "1 person gets it in their working hours." in lucia.tap("Yes, send it")
    town.tick(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    assert "A tip from another site" in town.transcript("tg-jorge") and TIP in town.transcript("tg-jorge")
    assert TIP not in town.transcript("tg-linh") and TIP not in town.transcript("tg-duc")
    assert "Amina" not in town.transcript("tg-jorge") and "Song Cau" not in town.transcript("tg-jorge")


def test_tip_waits_for_working_hours_and_is_told_once(town: Town, lucia: Talker) -> None:
    town.clock.moment = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    publish(lucia)
    lucia.tap("Yes, send it")
    town.tick(minutes=30)
    assert TIP not in town.transcript("tg-jorge")
    town.tick(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    town.tick(hours=1)
    assert town.transcript("tg-jorge").count(TIP) == 1


@pytest.mark.parametrize(
    ("topic", "narrow", "count"),
    [("all/", "", 2), ("all/", "country", 1), ("all/", "tier", 0), ("category/equipment", "country", 0)],
)
def test_circle_is_as_wide_as_the_mentor_says(lucia: Talker, topic: str, narrow: str, count: int) -> None:
    shown = publish(lucia, topic=topic, narrow=narrow)
    assert (f"{count} pe" in shown) if count else ("Nobody fits that" in shown)


@pytest.mark.parametrize("words", ["Ask Amina how", "ask DUC PHAM", "At Song Cau they listen", "in Bac  Ninh it works"])
def test_tip_that_names_somebody_or_the_site_stays_in_the_form(town: Town, lucia: Talker, words: str) -> None:
    publish(lucia, words)
    assert "Please leave out the names" in lucia.errors["words"]
    assert not rows(town, Tip)


def test_reporter_is_told_what_others_learn_because_of_them(town: Town, lucia: Talker) -> None:
    publish(lucia)
    lucia.tap("Yes, send it")
    shown = town.transcript("tg-amina")
    assert "Because you told us about your problem 1, others can learn from it now" in shown and TIP in shown


def test_reporter_is_told_what_was_changed_because_of_them(town: Town, lucia: Talker) -> None:
    lucia.press("r:ticket.outcome:1", trigger="t")
    lucia.submit({"changed": "All sites get a leak detector"})
    shown = town.transcript("tg-amina")
    assert "Because you told us about your problem 1, this was changed:\n\nAll sites get a leak detector" in shown
    assert "All sites get a leak detector" in town.phone("tg-amina").press("r:ticket.show:1")


def idea(town: Town) -> Talker:
    """Amina's idea, number 3, shared with the others; Jorge, to whom it was told."""
    amina, lucia = town.phone("tg-amina"), town.slack("U0LUCIA", "C0ASIA")
    amina.command("idea")
    amina.tap("Save energy")
    amina.say("Switch the lamps off at noon")
    amina.tap("No photo")
    amina.tap("Yes, send it")
    lucia.press("r:tip.make:3", trigger="t")
    lucia.submit({"words": "Switch the lamps off at noon", "topic": "all/", "narrow": ""})
    lucia.tap("Yes, send it")
    town.tick(datetime(2026, 11, 23, 16, 0, tzinfo=UTC))
    return town.phone("tg-jorge")


def test_idea_is_voted_on_once_by_each_and_nobody_can_tell_by_whom(town: Town) -> None:
    jorge = idea(town)
    assert "An idea from another site" in town.transcript("tg-jorge")
    jorge.tap("I would like that")
    assert "1 vote so far" in jorge.toast and "Votes: 1" in town.transcript("C0ASIA")
    (vote,) = rows(town, TipVote)
    ids = {str(row.id) for row in [person(town, "jorge")]}
    assert vote.voter not in ids and "jorge" not in vote.voter and len(vote.voter) >= 16
    assert not [row for row in rows(town, AuditRow) if "vote" in row.what]
    jorge.tap("I would like that")
    assert "taken back" in jorge.toast and not rows(town, TipVote)


def test_nobody_votes_on_what_they_were_not_given(town: Town) -> None:
    idea(town)
    for key in ("duc", "amina"):
        talker = town.phone(f"tg-{key}")
        talker.press("r:tip.vote:1")
        assert "This is for somebody else." in talker.toast
    assert not rows(town, TipVote)


def test_author_hears_what_becomes_of_an_idea_and_why(town: Town, lucia: Talker) -> None:
    idea(town)
    lucia.press("r:idea.stage:3", trigger="t")
    lucia.submit({"stage": "not_now", "why": "The hall has no windows"})
    assert "About your idea 3: not now.\n<i>The hall has no windows</i>" in town.transcript("tg-amina")
    assert "What becomes of it: not now" in town.transcript("C0ASIA")
    assert rows(town, Ticket)[2].stage is Stage.NOT_NOW
    lucia.press("r:idea.stage:1", trigger="t")
    assert "This is no idea." in lucia.toast


def test_bottlenecks_are_told_for_the_readers_own_sites(town: Town) -> None:
    town.clock.moment += timedelta(days=12)
    shown = town.slack("U0LUCIA").command("bottlenecks")
    assert "Machines or equipment, Vietnam: 1 open, for 12 days." in shown and "Mexico" not in shown
    assert "Mexico: 1 open" in town.slack("U0HELENA").command("bottlenecks")


def ticket(number: int, site: int, days: int, kind: TicketKind = TicketKind.OBSTACLE, what: str = "money") -> Ticket:
    return Ticket(id=number, site_id=site, kind=kind, category=what, words="", at=NOW - timedelta(days=days))


def test_bottlenecks_are_ranked_by_the_days_that_are_lost() -> None:
    open_ones = [ticket(1, 1, 30), ticket(2, 2, 10), ticket(3, 2, 15), ticket(4, 2, 8), ticket(5, 1, 5, what="skills")]
    others = [ticket(6, 1, 90, TicketKind.IDEA), ticket(7, 9, 90)]
    assert bottlenecks([*open_ones, *others], {1: "VN", 2: "BD"}, NOW) == [
        Bottleneck("money", "BD", 3, 33, 15, 10),
        Bottleneck("money", "VN", 1, 30, 30, 30),
        Bottleneck("skills", "VN", 1, 5, 5, 5),
    ]
    assert all(one.state is TicketState.OPEN for one in open_ones)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ask amina tran or Duc", ["Amina Tran", "Duc"]),
        ("The song of the machine, and cau cau", []),
        ("Duct tape helps", []),
        ("Go to Bac Ninh", ["Bac Ninh"]),
        ("SONG CAU BAC NINH", ["Song Cau Bac Ninh"]),
        ("Ly said so", []),
    ],
)
def test_names_are_found_by_whole_words(words: str, found: list[str]) -> None:
    assert named_in(words, ["Amina Tran", "Duc Pham", "Ly Vo"], ["Song Cau Bac Ninh"]) == found
