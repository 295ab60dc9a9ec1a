"""A lighter tier after clean months: proposed once, decided by a manager, told to all concerned, kept by imports."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from handlers.metrics.periods import last_day
from handlers.tiers.rules import Given, Record, clean_run, last_settled
from locales.text import Catalogue
from locales.translations import BUILT_IN
from storage.tables.audit import AuditRow
from storage.tables.capas import Capa
from storage.tables.figures import Basis, Breach, BreachState, Submission
from storage.tables.programme import Programme, ProposalState, Site, Supplier, TierProposal
from storage.tables.queues import OutboxRow
from tests.handlers.deeds import changed, person, rows
from tests.talks import MONDAY, Talker, Town, made_house

MEDIUM = ("electricity", "water", "injuries", "hours", "output")
MONTHS = ("2026-08", "2026-09", "2026-10")
FACTS = "From August 2026 to October 2026, 3 months in a row, every figure came in time and was measured."


def site(town: Town) -> Site:
    return next(row for row in rows(town, Site) if row.key == "ha-long")


def supplier(town: Town) -> Supplier:
    return next(row for row in rows(town, Supplier) if row.key == "ha-long-knit")


def sent(
    town: Town, months: Iterable[str] = MONTHS, metrics: Iterable[str] = MEDIUM, day: int = 5, **more: Any
) -> None:
    """The figures of these months, each sent on a day of the month after."""
    with town.store.write() as session:
        for month in months:
            for metric in metrics:
                on = last_day(month) + timedelta(days=day)
                session.add(
                    Submission(
                        site_id=site(town).id,
                        metric=metric,
                        period=month,
                        value=Decimal(100),
                        base_value=Decimal(100),
                        unit="kWh",
                        base_unit="kWh",
                        at=datetime(on.year, on.month, on.day, 3, tzinfo=UTC),
                        **{"version": 1, "metric_version": 1, **more},
                    )
                )


def with_lighter(town: Town, **more: Any) -> None:
    """The tier of Linh's site leads to the low one after three clean months."""
    (row,) = rows(town, Programme)
    tiers = row.settings["tiers"]
    medium = {**tiers["medium"], "lighter": "low", "after": 3, **more}
    changed(town, row, settings={**row.settings, "tiers": {**tiers, "medium": medium}})


def looked_at(town: Town, moment: datetime = MONDAY) -> None:
    """The daily look, and the notes that may be said within the hour."""
    town.tick(moment)
    town.tick(minutes=30)


def told(town: Town, place: str, words: str = "could send fewer figures") -> list[str]:
    return [
        one["text"] for where, one in town.shown if where == place and one["kind"] == "message" and words in one["text"]
    ]


VIETNAMESE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Good news: your figures have been complete, in time and in order for months. Thank you."
msgstr "Tin vui"

msgid "So {supplier} needs to send less from now on: {figures}."
msgstr "{supplier}: {figures}."
"""


@pytest.fixture
def proposed(town: Town) -> Town:
    """Ha Long Knit has three clean months; the manager and the mentor have been told."""
    with_lighter(town)
    sent(town)
    looked_at(town)
    return town


@pytest.fixture
def helena(proposed: Town) -> Talker:
    return proposed.slack("U0HELENA")


# --- the proposal ---


def test_manager_gets_the_facts_and_the_buttons_and_the_mentor_the_facts(proposed: Town, helena: Talker) -> None:
    (text,) = told(proposed, "U0HELENA")
    assert "<b>Ha Long Knit could send fewer figures</b>" in text and FACTS in text
    assert (
        "Asked now, in the tier medium: Electricity, Water, Work injuries, Hours worked and Output in pieces." in text
    )
    assert "Asked in the tier low: Electricity and Work injuries." in text
    assert helena.labels == ["Accept", "Not now", "Remind me later", "Why this message?"]
    (heard,) = told(proposed, "C0ASIA")
    assert FACTS in heard and "The managers have been asked." in heard
    assert told(proposed, "tg-linh") == []


def test_proposal_is_made_once_for_a_clean_run(proposed: Town) -> None:
    for days in (1, 2, 30):
        looked_at(proposed, MONDAY + timedelta(days=days))
    sent(proposed, ["2026-11"])
    looked_at(proposed, MONDAY + timedelta(days=30))
    assert len(told(proposed, "U0HELENA")) == 1 and len(rows(proposed, TierProposal)) == 1


def test_nobody_is_told_at_night(town: Town) -> None:
    with_lighter(town)
    sent(town)
    for hour in (20, 22, 23):
        town.tick(datetime(2026, 11, 23, hour, tzinfo=UTC))
    assert told(town, "U0HELENA") == [] and told(town, "C0ASIA") == []
    town.tick(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert len(told(town, "U0HELENA")) == 1 and len(told(town, "C0ASIA")) == 1


def breach(town: Town, state: BreachState = BreachState.TAKEN_UP) -> None:
    row = next(one for one in rows(town, Submission) if (one.metric, one.period) == ("electricity", "2026-09"))
    about = {"site_id": row.site_id, "metric": row.metric, "period": row.period, "submission_id": row.id}
    with town.store.write() as session:
        session.add(Breach(**about, value=Decimal(1), threshold=Decimal(0), state=state, at=MONDAY))


def capa(town: Town, opened: str, closed: str = "") -> None:
    def moment(day: str) -> datetime:
        return datetime.fromisoformat(day).replace(hour=6, tzinfo=UTC)

    with town.store.write() as session:
        session.add(
            Capa(
                site_id=site(town).id,
                finding="Too much",
                severity="minor",
                owner_id=person(town, "linh").id,
                due_on=date(2027, 1, 1),
                opened_at=moment(opened),
                closed_at=moment(closed) if closed else None,
                state="closed" if closed else "in_progress",
            )
        )


SPOILED: dict[str, Callable[[Town], None]] = {
    "a figure is missing": lambda town: sent(town, metrics=MEDIUM[:-1]),
    "a figure came late": lambda town: (sent(town, MONTHS[:2]), sent(town, MONTHS[2:], day=16))[0],
    "a figure was estimated": lambda town: (sent(town, MONTHS[:2]), sent(town, MONTHS[2:], basis=Basis.ESTIMATED))[0],
    "a figure was returned": lambda town: (
        sent(town, MONTHS[:2]),
        sent(town, MONTHS[2:], returned_at=MONDAY, returned_why="Look again"),
    )[0],
    "a limit was broken": lambda town: (sent(town), breach(town))[0],
    "a CAPA is open": lambda town: (sent(town), capa(town, "2026-11-20"))[0],
    "a CAPA was open in a month": lambda town: (sent(town), capa(town, "2026-07-01", "2026-08-02"))[0],
    "somebody died": lambda town: (sent(town), sent(town, ["2026-09"], ["deaths"]))[0],
    "too few months": lambda town: sent(town, MONTHS[1:]),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_run_that_is_not_clean_is_not_proposed(town: Town, spoil: Callable[[Town], None]) -> None:
    with_lighter(town)
    spoil(town)
    looked_at(town)
    assert rows(town, TierProposal) == []


@pytest.mark.parametrize(
    "kept",
    [
        lambda town: sent(town, day=15),
        lambda town: (sent(town), breach(town, BreachState.SETTLED)),
        lambda town: (sent(town), capa(town, "2026-06-01", "2026-07-31")),
        lambda town: (sent(town), sent(town, MONTHS[:1], MEDIUM[:1], day=60, version=2)),
    ],
    ids=["on the last day", "a limit that a correction settled", "a CAPA closed before", "a figure corrected later"],
)
def test_run_that_is_clean_is_proposed(town: Town, kept: Callable[[Town], None]) -> None:
    with_lighter(town)
    kept(town)
    looked_at(town)
    assert len(rows(town, TierProposal)) == 1


# --- the decision ---


def test_accepted_supplier_is_asked_for_less_and_told_so(proposed: Town, helena: Talker) -> None:
    linh = proposed.joined("linh", "en")
    assert "has accepted: Ha Long Knit is in the tier low now." in helena.tap("Accept")
    assert supplier(proposed).tier == "low"
    proposed.tick(minutes=15)
    (news,) = told(proposed, "tg-linh", "Good news")
    assert "So Ha Long Knit needs to send less from now on: Electricity and Work injuries." in news
    assert "has accepted" in told(proposed, "C0ASIA")[-1]
    assert "has accepted" in proposed.transcript("U0HELENA").rpartition("[edit]")[2]
    linh.command("status")
    assert "Water" not in str(rows(proposed, OutboxRow)[-1].payload)


def test_decision_is_in_the_audit_trail(proposed: Town, helena: Talker) -> None:
    helena.tap("Accept")
    (row,) = [row for row in rows(proposed, AuditRow) if row.what == "tier accepted"]
    assert (row.actor_id, row.object_id) == (person(proposed, "helena").id, supplier(proposed).id)
    assert row.detail["tier"] == "low"


def test_people_of_the_supplier_read_it_in_their_language(proposed: Town, tmp_path: Path) -> None:
    file = tmp_path / "vi" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(VIETNAMESE, encoding="utf-8")
    house = made_house(texts=Catalogue((BUILT_IN, tmp_path)))
    town = Town(proposed.store, house, proposed.clock, proposed.shown, proposed.given, proposed.numbers)
    town.joined("linh", "vi")
    town.slack("U0HELENA").tap("Accept")
    town.tick(minutes=15)
    (news,) = told(town, "tg-linh", "Tin vui")
    assert "Ha Long Knit: Điện" in news


def test_import_leaves_the_accepted_tier_until_it_says_the_same(proposed: Town, helena: Talker) -> None:
    helena.tap("Accept")
    proposed.import_example()
    assert (supplier(proposed).tier, supplier(proposed).chosen_tier) == ("low", "low")
    proposed.import_example()
    assert supplier(proposed).tier == "low"


def test_declined_keeps_the_reason_for_the_mentor_and_nothing_changes(proposed: Town, helena: Talker) -> None:
    helena.tap("Not now", trigger="t")
    helena.submit({"why": "The site moves in spring"})
    (row,) = rows(proposed, TierProposal)
    assert (row.state, row.why, supplier(proposed).tier) == (
        ProposalState.DECLINED,
        "The site moves in spring",
        "medium",
    )
    proposed.tick(minutes=30)
    assert "<i>The site moves in spring</i>" in told(proposed, "C0ASIA")[-1]
    assert told(proposed, "tg-linh", "") == []


def test_declined_is_proposed_again_only_after_another_clean_run(proposed: Town, helena: Talker) -> None:
    helena.tap("Not now", trigger="t")
    helena.submit({"why": "Too early"})
    later = ("2026-12", "2027-01", "2027-02")
    sent(proposed, ["2026-11", *later])
    looked_at(proposed, datetime(2027, 3, 22, 9, tzinfo=UTC))
    assert len(rows(proposed, TierProposal)) == 1
    spoiled = next(row for row in rows(proposed, Submission) if (row.metric, row.period) == ("water", "2026-11"))
    changed(proposed, spoiled, basis=Basis.ESTIMATED)
    looked_at(proposed, datetime(2027, 3, 23, 9, tzinfo=UTC))
    assert [row.since for row in rows(proposed, TierProposal)] == ["2026-08", "2026-12"]


def test_manager_can_take_it_back(proposed: Town, helena: Talker) -> None:
    proposed.joined("linh")
    helena.tap("Accept")
    proposed.tick(minutes=15)
    assert "has taken it back: Ha Long Knit stays in the tier medium." in helena.tap("Take it back")
    assert supplier(proposed).tier == "medium"
    proposed.tick(minutes=15)
    assert "Work injuries, Hours worked and Output in pieces." in told(proposed, "tg-linh", "A change of plan")[0]
    proposed.import_example()
    assert (supplier(proposed).tier, supplier(proposed).chosen_tier) == ("medium", "")


def test_what_was_taken_back_before_anybody_heard_of_it_is_never_told(proposed: Town, helena: Talker) -> None:
    proposed.joined("linh")
    proposed.clock.moment = datetime(2026, 11, 23, 18, tzinfo=UTC)
    helena.tap("Accept")
    helena.tap("Take it back")
    proposed.tick(moment=MONDAY + timedelta(days=1))
    assert told(proposed, "tg-linh", "") == []


def test_proposal_that_no_longer_holds_is_withdrawn_when_it_is_accepted(proposed: Town, helena: Talker) -> None:
    capa(proposed, "2026-11-23")
    assert "Something has changed there since" in helena.tap("Accept")
    (row,) = rows(proposed, TierProposal)
    assert (row.state, supplier(proposed).tier) == (ProposalState.WITHDRAWN, "medium")


def test_second_decision_is_refused(proposed: Town, helena: Talker) -> None:
    accept, decline = helena.find("Accept"), helena.find("Not now")
    helena.press(accept)
    for late in (accept, decline):
        helena.press(late)
        assert "This has been decided already." in helena.toast + "".join(told(proposed, "U0HELENA", "already"))
    assert [row.state for row in rows(proposed, TierProposal)] == [ProposalState.ACCEPTED]


# --- who may decide ---


@pytest.mark.parametrize("button", ["tier.accept", "tier.decline", "tier.undo"])
@pytest.mark.parametrize("who", ["the mentor", "another mentor", "the supplier", "another supplier"])
def test_nobody_but_a_manager_decides(proposed: Town, button: str, who: str) -> None:
    talker = {
        "the mentor": lambda: proposed.slack("U0LUCIA", "C0ASIA"),
        "another mentor": lambda: proposed.slack("U0MARTIN"),
        "the supplier": lambda: proposed.joined("linh"),
        "another supplier": lambda: proposed.joined("amina"),
    }[who]()
    (row,) = rows(proposed, TierProposal)
    said = talker.press(f"r:{button}:{row.id}") + talker.toast
    assert "This is for somebody else" in said
    assert [one.state for one in rows(proposed, TierProposal)] == [ProposalState.OPEN]
    assert supplier(proposed).tier == "medium"


# --- the rules ---


@pytest.mark.parametrize(
    ("today", "month"),
    [(date(2026, 11, 15), "2026-09"), (date(2026, 11, 16), "2026-10"), (date(2026, 1, 3), "2025-11")],
)
def test_month_is_settled_once_its_due_day_has_passed(today: date, month: str) -> None:
    assert last_settled(today, 15) == month


def record(given: dict[tuple[int, str, str], Given], **more: Any) -> Record:
    usual: dict[str, Any] = {
        "asked": {1: {"water": "month", "electricity": "quarter"}},
        "spared": {},
        "broken": frozenset(),
        "grave": frozenset(),
        "actions": (),
    }
    return Record(given=given, **{**usual, **more})


GOOD = {
    **{(1, "water", f"2026-{month:02d}"): Given(date(2026, month + 1, 5), True) for month in range(4, 10)},
    (1, "electricity", "2026-Q2"): Given(date(2026, 7, 5), True),
    (1, "electricity", "2026-Q3"): Given(date(2026, 10, 5), True),
}


MONTHLY = {
    (1, metric, period): one
    for (_site, _metric, period), one in GOOD.items()
    if "Q" not in period
    for metric in ("water", "electricity")
}


@pytest.mark.parametrize(
    ("given", "more", "run"),
    [
        (GOOD, {}, 6),
        ({**GOOD, (1, "electricity", "2026-Q3"): Given(date(2026, 10, 16), True)}, {}, 0),
        ({**GOOD, (1, "electricity", "2026-Q2"): Given(date(2026, 7, 16), True)}, {}, 3),
        (MONTHLY, {}, 6),
        (GOOD, {"since": "2026-07"}, 3),
        (GOOD, {"broken": frozenset({"2026-08"})}, 1),
        ({key: one for key, one in GOOD.items() if key[1] == "water"}, {"spared": {(1, "electricity"): "2026-Q1"}}, 6),
        ({key: one for key, one in GOOD.items() if key[1] == "water"}, {"spared": {(1, "electricity"): "2026-Q3"}}, 3),
        ({}, {"asked": {1: {}}}, 0),
    ],
    ids=[
        "quarters",
        "late quarter",
        "late earlier",
        "months of quarters",
        "new tier",
        "broken limit",
        "spared",
        "spared later",
        "nothing",
    ],
)
def test_run_goes_back_to_the_last_month_that_was_not_clean(
    given: dict[tuple[int, str, str], Given], more: dict[str, Any], run: int
) -> None:
    assert len(clean_run(record(given, **more), "2026-09", 15)) == run
