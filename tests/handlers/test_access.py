"""Who may do what: every route, for every role, for strangers, before the privacy notice, and across suppliers."""

from decimal import Decimal
from typing import Any

import pytest

from handlers.message import Commanded, Happened, Pressed
from handlers.routes import all_routes
from storage.tables.benchmarks import BenchmarkMember, BenchmarkRound
from storage.tables.capas import Capa, CapaState
from storage.tables.queues import OutboxRow
from storage.tables.talks import Delivery, DeliveryState
from storage.tables.tickets import Ticket, TicketState
from tests.handlers.deeds import capa_opened, changed, figure_sent, obstacle_reported, person, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

Route = tuple[str, str]
S, M, P = "supplier", "mentor", "manager"
ALL = (S, M, P)

OWNERS = ("capa.plan", "capa.contain", "capa.step", "capa.done", "capa.moretime", "capa.blocked")
DECIDERS = (
    "capa.approve",
    "capa.return",
    "capa.verify",
    "capa.effective",
    "capa.again",
    "capa.contact",
    "capa.joint",
    "capa.give",
    "capa.keep",
    "capa.more",
    "capa.request",
    "capa.owner",
    "capa.cancel",
    "capa.reopen",
    "capa.link",
)
# Kind, name, argument; who may; whether strangers may; whether also before the privacy notice has been accepted.
ROUTES: dict[Route, tuple[str, tuple[str, ...], bool, bool]] = {
    ("command", "start"): ("", ALL, True, True),
    ("command", "today"): ("", ALL, False, False),
    ("button", "note.why"): ("1", ALL, False, False),
    ("button", "note.later"): ("1", ALL, False, False),
    ("button", "note.when"): ("1", ALL, False, False),
    ("button", "note.put_off"): ("1-1", ALL, False, False),
    ("command", "leave"): ("", ALL, False, False),
    ("button", "leave.end"): ("1", ALL, False, False),
    ("command", "closed"): ("", (S,), False, False),
    ("button", "closed.end"): ("1", (S,), False, False),
    ("command", "hour"): ("", ALL, False, False),
    ("button", "hour.set"): ("9", ALL, False, False),
    ("command", "decisions"): ("", ALL, False, False),
    ("command", "decision"): ("", ALL, False, False),
    ("command", "lesson"): ("", (S,), False, False),
    ("button", "again"): ("measuring-energy/0", (S,), False, False),
    ("button", "review"): ("", (S,), False, False),
    ("button", "courses"): ("", (S,), False, False),
    ("button", "course"): ("measuring-energy", (S,), False, False),
    ("command", "progress"): ("", (S,), False, False),
    ("button", "lessons.pause"): ("", (S,), False, False),
    ("button", "lessons.resume"): ("", (S,), False, False),
    ("button", "certificate"): ("1", (S,), False, False),
    ("button", "recognition.yes"): ("1", (S,), False, False),
    ("button", "recognition.no"): ("", (S,), False, False),
    ("command", "documents"): ("", ALL, False, False),
    ("button", "document"): ("code-of-conduct", (S,), False, False),
    ("command", "training"): ("", (M, P), False, False),
    ("command", "assign"): ("", (M,), False, False),
    ("command", "workshop"): ("", (M,), False, False),
    ("command", "workshops"): ("", (M,), False, False),
    ("button", "workshop.off"): ("1", (M,), False, False),
    ("button", "seat.attended"): ("1", (M,), False, False),
    ("button", "seat.join"): ("1", (S,), False, False),
    ("button", "seat.leave"): ("1", (S,), False, False),
    ("command", "figures"): ("", (S,), False, False),
    ("command", "status"): ("", ALL, False, False),
    ("button", "status.site"): ("1", ALL, False, False),
    ("command", "compare"): ("", (S,), False, False),
    ("button", "compare.site"): ("1", (S,), False, False),
    ("button", "compare.show"): ("1", (S,), False, False),
    ("command", "whatif"): ("", ALL, False, False),
    ("button", "whatif.site"): ("1", ALL, False, False),
    ("command", "supplier"): ("", (M, P), False, False),
    ("button", "status.supplier"): ("1", (M, P), False, False),
    ("button", "capa.open"): ("2", (M,), False, False),
    ("command", "sent"): ("", (S,), False, False),
    ("command", "received"): ("", (M,), False, False),
    ("button", "figure.return"): ("1", (M,), False, False),
    ("button", "absence.approve"): ("1", (M,), False, False),
    ("button", "absence.refuse"): ("1", (M,), False, False),
    ("button", "breach.seen"): ("2", (M,), False, False),
    ("button", "breach.snooze"): ("2", (M,), False, False),
    ("button", "lesson.offer"): ("2/measuring-energy", (M,), False, False),
    ("button", "lesson.begin"): ("measuring-energy", (S,), False, False),
    ("button", "breach.ask"): ("2", (M,), False, False),
    ("button", "breach.answer"): ("2", (S,), False, False),
    ("command", "death"): ("", (S,), False, False),
    ("button", "urgent.spoken"): ("1", (M, P), False, False),
    ("command", "capas"): ("", ALL, False, False),
    ("command", "capa"): ("", ALL, False, False),
    ("command", "finding"): ("", (M,), False, False),
    ("button", "capa.from"): ("1", (M,), False, False),
    **{("button", name): ("1", ALL, False, False) for name in ("capa.look", "capa.history")},
    ("button", "capa.unblock"): ("1", ALL, False, False),
    **{("button", name): ("1", (S,), False, False) for name in OWNERS},
    **{("button", name): ("1.1", (M, P), False, False) for name in DECIDERS},
    ("command", "obstacle"): ("", (S,), False, False),
    ("command", "safe"): ("", (S,), False, False),
    ("button", "grave.take"): ("1", (M, P), False, False),
    ("button", "grave.add"): ("1", (S,), False, False),
    ("button", "grave.give"): ("1", (S,), False, False),
    ("button", "grave.pass"): ("1", (S,), False, False),
    ("command", "idea"): ("", (S,), False, False),
    ("command", "helpme"): ("", (S,), False, False),
    ("command", "tickets"): ("", ALL, False, False),
    ("button", "ticket.show"): ("1", ALL, False, False),
    ("button", "ticket.assign"): ("1", (M, P), False, False),
    ("button", "ticket.ask"): ("1", (M, P), False, False),
    ("button", "ticket.category"): ("1", (M, P), False, False),
    ("button", "ticket.capa"): ("1", (M, P), False, False),
    ("button", "ticket.close"): ("1", (M, P), False, False),
    ("button", "ticket.reopen"): ("1", (M, P), False, False),
    ("button", "ticket.helped"): ("1", (S,), False, False),
    ("button", "ticket.unsolved"): ("1", (S,), False, False),
    ("button", "ticket.back"): ("1", (S,), False, False),
    ("command", "switch"): ("", (S,), False, True),
    ("button", "speak"): ("1/", (S,), False, True),
    ("button", "share"): ("x", (S,), False, True),
    ("command", "handover"): ("", (S,), False, False),
    ("command", "takeover"): ("", (S,), False, False),
    ("button", "ticket.original"): ("1", ALL, False, False),
    ("button", "ticket.outcome"): ("1", (M, P), False, False),
    ("button", "idea.stage"): ("1", (M, P), False, False),
    ("button", "tip.make"): ("1", (M, P), False, False),
    ("button", "tip.vote"): ("1", (S,), False, False),
    ("button", "tip.original"): ("1", (S,), False, False),
    ("button", "words.from"): ("1/", (S,), False, False),
    ("command", "bottlenecks"): ("", (M, P), False, False),
    ("button", "tier.accept"): ("1", (P,), False, False),
    ("button", "tier.decline"): ("1", (P,), False, False),
    ("button", "tier.undo"): ("1", (P,), False, False),
    ("command", "summary"): ("", (M, P), False, False),
    **{("button", f"summary.{what}"): ("2026-W47", (M, P), False, False) for what in ("week", "pdf", "csv")},
    ("button", "supplier.card"): ("1", ALL, False, False),
    ("command", "invite"): ("", (M, P), False, False),
    ("button", "invite"): ("duc", (M, P), False, False),
    ("event", "blocked"): ("", ALL, True, True),
    ("event", "unblocked"): ("", ALL, True, True),
    ("event", "added_to_group"): ("", ALL, True, True),
    ("button", "go"): ("help", ALL, False, True),
    ("command", "help"): ("", ALL, True, True),
    ("command", "unknown"): ("", ALL, True, True),
    ("event", "unknown"): ("", ALL, True, True),
    ("command", "cancel"): ("", ALL, False, True),
    ("command", "back"): ("", ALL, False, True),
    ("command", "language"): ("", ALL, False, True),
    ("button", "lang"): ("en", ALL, False, True),
    ("command", "privacy"): ("", ALL, False, True),
    ("event", "home_opened"): ("", (M, P), False, False),
}
IDS = [f"{kind} {name}" for kind, name in ROUTES]
TAKE_WORDS = ("start", "invite", "supplier", "whatif", "unknown")
WITH_ARGUMENT = [route for route in ROUTES if route[0] == "button" or route[1] in TAKE_WORDS]
OF_SITE = [
    ("capa.open", "2"),
    ("capa.from", "1"),
    ("figure.return", "1"),
    ("absence.approve", "1"),
    ("absence.refuse", "1"),
    ("breach.seen", "2"),
    ("breach.snooze", "2"),
    ("breach.ask", "2"),
    ("lesson.offer", "2/measuring-energy"),
]
OF_TICKET = [
    *((f"ticket.{name}", M) for name in ("assign", "ask", "category", "capa", "close", "reopen", "show")),
    *((f"ticket.{name}", S) for name in ("helped", "unsolved", "back", "show")),
    ("ticket.outcome", M),
    ("idea.stage", M),
    ("tip.make", M),
    ("ticket.original", M),
    ("ticket.original", S),
    ("grave.take", M),
    ("grave.add", S),
    ("grave.give", S),
    ("grave.pass", S),
]
# What a manager, or the site itself, may do as well.
SHARED = [
    ("status.site", "1"),
    ("status.supplier", "1"),
    ("supplier.card", "1"),
    ("urgent.spoken", "1"),
    ("breach.answer", "2"),
    ("capa.look", "1"),
    ("capa.history", "1"),
    ("compare.site", "1"),
    ("compare.show", "1"),
    ("whatif.site", "1"),
]
# What a CAPA's site does is closed to the buyer's side, and the other way round.
OF_OWNER = [(name, "1") for name in OWNERS]
OF_DECIDER = [(name, "1.1") for name in DECIDERS]
STRANGERS_TO_SITE = ("another mentor", "another supplier")
BOUNDED = [
    *((*route, who) for route in OF_SITE for who in (*STRANGERS_TO_SITE, "the manager", "the site itself")),
    *((*route, who) for route in OF_OWNER for who in (*STRANGERS_TO_SITE, "the manager")),
    *((*route, who) for route in OF_DECIDER for who in (*STRANGERS_TO_SITE, "the site itself")),
    *(("capa.unblock", "1", who) for who in STRANGERS_TO_SITE),
]
# Who was told a tip may vote for it, who uses a phone may speak on it: test_learning, test_phones, test_shared_talk.
GIVEN = [("tip.vote", "1"), ("tip.original", "1"), ("speak", "1/"), ("words.from", "1/")]
JUNK = ["", "abc", "999", "9" * 60, "-1", "1.0", "²", "%s", "' OR 1=1", "../x", "é" * 20]

NOT_YOURS = ("This is for somebody else", "This is not for your role")
PRIVACY = "accept the privacy notice first"
STRANGER = ("I do not know you yet", "please open the invitation link")
SECRETS = ("Song Cau", "Amina", "Duc", "Lucia", "Fair Thread", "16,500", "CAPA", "kWh")


def lived_in(town: Town) -> None:
    """Two breaches, a CAPA, an obstacle, a figure that does not apply, a death, a comparison: all at Amina's."""
    capa_opened(town)
    amina = town.phone("tg-amina")
    figure_sent(amina, "1", "Work injuries")
    obstacle_reported(amina)
    amina.command("figures")
    for answer in ("Water", "Another answer", "It does not apply"):
        amina.tap(answer)
    amina.say("The landlord pays for it.")
    amina.tap("Yes, send it")
    amina.command("death")
    amina.tap("Yes, tell them now")
    with town.store.write() as session:
        done = BenchmarkRound(metric="trir", period="2026-10", unit="1", made_at=town.clock.now())
        session.add(done)
        session.flush()
        session.add(BenchmarkMember(round_id=done.id, site_id=1, value=Decimal(1)))


@pytest.fixture
def lively(stage: Stage) -> Town:
    """A town with a little of everything."""
    return stage.after(lived_in)


def ask(talker: Talker, kind: str, name: str, argument: str) -> str:
    """What somebody is shown for a route: in the chat, as a note, or anywhere at all."""
    content: Any = {
        "command": Commanded(name, argument),
        "button": Pressed(f"r:{name}:{argument}", "tap"),
        "event": Happened(name),  # type: ignore[arg-type]
    }[kind]
    given = len(talker.town.given)
    said = talker.send(content, trigger="t")
    return said + "".join(now.toast[0] for now in talker.town.given[given:] if now.toast)


def faults(town: Town) -> list[str]:
    return [row.error for row in rows(town, Delivery) if row.state is DeliveryState.FAILED]


def people_of(town: Town) -> dict[str, Talker]:
    """One of each role who is responsible for Amina's site."""
    return {S: town.phone("tg-amina"), M: town.slack("U0LUCIA"), P: town.slack("U0HELENA")}


def test_every_route_has_its_line_in_the_table() -> None:
    assert set(all_routes().routes) == set(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_route_is_open_to_its_roles_and_closed_to_all_others(lively: Town, route: Route) -> None:
    argument, allowed, _strangers, _before = ROUTES[route]
    shown = {role: ask(talker, *route, argument) for role, talker in people_of(lively).items()}
    refused = {role for role, text in shown.items() if any(no in text for no in NOT_YOURS)}
    assert refused == set(ALL) - set(allowed)
    assert faults(lively) == []


def test_stranger_gets_a_polite_way_in_and_sees_no_data(lively: Town, subtests: pytest.Subtests) -> None:
    for route, (argument, _allowed, strangers, _before) in ROUTES.items():
        with subtests.test(route=route):
            shown = ask(lively.phone(f"tg-nobody-{route}"), *route, argument)
            assert not any(secret in shown for secret in SECRETS)
            if not strangers:
                assert STRANGER[0] in shown
            assert not shown or any(way in shown for way in (*STRANGER, "I talk with each person alone"))
    assert faults(lively) == []


def test_before_the_privacy_notice_only_the_way_to_it_is_open(lively: Town, subtests: pytest.Subtests) -> None:
    changed(lively, person(lively, "amina"), privacy_version="2025-01")
    for route, (argument, allowed, _strangers, before) in ROUTES.items():
        with subtests.test(route=route):
            shown = ask(lively.phone("tg-amina"), *route, argument)
            assert (PRIVACY in shown) == (S in allowed and not before)


def test_person_who_left_the_programme_is_refused(lively: Town, subtests: pytest.Subtests) -> None:
    changed(lively, person(lively, "amina"), active=False)
    for route, (argument, *_who) in ROUTES.items():
        with subtests.test(route=route):
            assert "no longer take part" in ask(lively.phone("tg-amina"), *route, argument)


@pytest.mark.parametrize(("name", "argument", "who"), BOUNDED, ids=[f"{who}-{name}" for name, _one, who in BOUNDED])
def test_nobody_acts_on_a_site_that_is_not_theirs(lively: Town, name: str, argument: str, who: str) -> None:
    talkers = {
        "another mentor": lively.slack("U0MARTIN", "C0ASIA"),
        "another supplier": lively.joined("linh"),
        "the manager": lively.slack("U0HELENA", "C0ASIA"),
        "the site itself": lively.phone("tg-amina"),
    }
    shown = ask(talkers[who], "button", name, argument)
    assert any(no in shown for no in NOT_YOURS)
    assert [row.state for row in rows(lively, Capa)] == [CapaState.PLAN_REQUESTED]
    assert [row.state for row in rows(lively, Ticket)] == [TicketState.OPEN]
    assert not any(now.modal for now in lively.given[-1:])


@pytest.mark.parametrize(("name", "role"), OF_TICKET, ids=[" ".join(one) for one in OF_TICKET])
def test_nobody_has_to_do_with_a_ticket_that_is_not_theirs(lively: Town, name: str, role: str) -> None:
    others = {M: [lively.slack("U0MARTIN", "C0ASIA")], S: [lively.joined("linh"), lively.joined("duc")]}
    for talker in others[role]:
        shown = ask(talker, "button", name, "1")
        assert any(no in shown for no in NOT_YOURS)
    assert [(row.state, row.helped, row.version) for row in rows(lively, Ticket)] == [(TicketState.OPEN, None, 1)]
    assert not any(now.modal for now in lively.given[-1:])


@pytest.mark.parametrize(("name", "argument"), SHARED, ids=[name for name, _argument in SHARED])
@pytest.mark.parametrize("who", ["another mentor", "another supplier"])
def test_nobody_shares_in_a_site_that_is_not_theirs(lively: Town, name: str, argument: str, who: str) -> None:
    talker = lively.slack("U0MARTIN") if who == "another mentor" else lively.joined("linh")
    waiting = len(rows(lively, OutboxRow))
    shown = ask(talker, "button", name, argument)
    assert any(no in shown for no in NOT_YOURS)
    assert len(rows(lively, OutboxRow)) == waiting


def test_routes_about_a_site_are_all_in_the_table_of_boundaries() -> None:
    bounded = {route.name for route in all_routes().routes.values() if route.site or route.mine}
    assert bounded == {name for name, *_rest in (*BOUNDED, *OF_TICKET, *SHARED, *GIVEN)}


@pytest.mark.parametrize("route", WITH_ARGUMENT, ids=[" ".join(route) for route in WITH_ARGUMENT])
def test_junk_in_an_argument_is_never_worse_than_a_refusal(lively: Town, route: Route) -> None:
    talker = people_of(lively)[ROUTES[route][1][0]]
    for junk in JUNK:
        ask(talker, *route, junk)
    assert faults(lively) == []
    assert [row.state for row in rows(lively, Capa)] == [CapaState.PLAN_REQUESTED]


def test_mentor_may_do_what_is_theirs(lively: Town) -> None:
    lucia = lively.slack("U0LUCIA", "C0ASIA")
    assert "what would you like to do" in ask(lucia, "button", "capa.more", "1")
    ask(lucia, "button", "ticket.close", "1")
    assert "Problem 1 is closed." in lucia.submit({"reason": "solved"})
    assert "closed already" in ask(lucia, "button", "ticket.close", "1")


@pytest.mark.parametrize("who", ["tg-linh", "tg-rafiq"])
def test_supplier_sees_no_other_suppliers_data(lively: Town, who: str) -> None:
    other = lively.joined(who.removeprefix("tg-"))
    shown = "".join(ask(other, "command", name, "") for name in ("capas", "figures", "help", "privacy", "start"))
    assert not any(secret in shown for secret in ("Song Cau", "Amina", "16,500", "CAPA 1"))


def test_menu_of_a_role_holds_only_what_the_role_may_do() -> None:
    router = all_routes()
    for role in ALL:
        assert all(role in {one.value for one in route.roles} for route in router.menu(role))  # type: ignore[arg-type]
