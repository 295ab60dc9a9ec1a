"""Joining: what an invitation is worth, and what happens when somebody blocks the bot and comes back."""

from datetime import timedelta

import pytest

from handlers.joining.invitations import INVITE_DAYS
from storage.tables.people import Contact, Invite
from tests.handlers.deeds import figure_sent, obstacle_reported, person, rows
from tests.talks import Talker, Town


def invited(town: Town, key: str = "amina") -> str:
    """The token of a fresh invitation from Lucia."""
    return town.slack("U0LUCIA").command("invite", key).partition("start=")[2]


def joined_as(town: Town, account: str) -> list[str]:
    """The accounts that are connected on Telegram."""
    return [row.account for row in rows(town, Contact) if row.channel == "telegram" and row.account == account]


def test_invitation_greets_by_name_in_the_language_of_home(town: Town) -> None:
    link = town.slack("U0MARTIN").command("invite", "jorge").partition("start=")[2]
    greeting = town.phone("tg-1").command("start", link)
    assert "Jorge Luna" in greeting and "¿Qué idioma" in greeting


@pytest.mark.parametrize(
    ("days", "answer"), [(INVITE_DAYS - 1, "Fair Thread"), (INVITE_DAYS, "has expired"), (400, "has expired")]
)
def test_invitation_is_good_for_so_many_days(town: Town, days: int, answer: str) -> None:
    token = invited(town)
    town.clock.moment += timedelta(days=days)
    assert answer in town.phone("tg-1").command("start", token)
    assert bool(joined_as(town, "tg-1")) == (answer == "Fair Thread")


@pytest.mark.parametrize("token", ["nonsense", "token-99", "x" * 64, "'; --", "😀"])
def test_unknown_invitation_lets_nobody_in(town: Town, token: str) -> None:
    invited(town)
    assert "not valid" in town.phone("tg-1").command("start", token)
    assert joined_as(town, "tg-1") == []


def test_used_invitation_lets_nobody_else_in(town: Town) -> None:
    token = invited(town)
    town.phone("tg-1").command("start", token)
    assert "already been used" in town.phone("tg-2").command("start", token)
    assert joined_as(town, "tg-2") == []


def test_invitation_opened_twice_by_the_same_person_goes_on_with_joining(town: Town) -> None:
    token, amina = invited(town), town.phone("tg-1")
    amina.command("start", token)
    assert "Fair Thread" in amina.command("start", token)
    amina.tap("English")
    amina.tap("Yes, I agree")
    assert "Good to see you, Amina Tran" in amina.command("start", token)


def test_somebody_elses_invitation_changes_nothing(town: Town) -> None:
    token = invited(town, "duc")
    amina = town.joined("amina")
    assert "The invitation is for Duc Pham. Do you share this phone?" in amina.command("start", token)
    amina.tap("No")
    assert "Fair Thread" in town.phone("tg-2").command("start", token)


def test_newer_invitation_ends_the_older(town: Town) -> None:
    older, newer = invited(town), invited(town)
    assert "has expired" in town.phone("tg-1").command("start", older)
    assert "Fair Thread" in town.phone("tg-1").command("start", newer)


def test_only_a_hash_of_the_token_is_kept(town: Town) -> None:
    token = invited(town)
    assert token not in rows(town, Invite)[0].token_hash


def test_token_typed_as_words_keeps_its_capitals(town: Town) -> None:
    phone = town.phone("tg-1")
    assert "not valid" in phone.say("start TOKEN-1")
    invited(town)
    assert "Fair Thread" in phone.say("Start token-1")


def test_who_declines_the_notice_can_do_nothing_yet_and_may_change_their_mind(town: Town) -> None:
    amina = town.phone("tg-1")
    amina.command("start", invited(town))
    amina.tap("English")
    assert "Nothing more is kept" in amina.tap("No")
    assert "accept the privacy notice first" in amina.command("figures")
    amina.command("start")
    amina.tap("English")
    assert "You are in" in amina.tap("Yes, I agree")


def test_mentor_may_invite_only_the_people_of_their_own_sites(town: Town) -> None:
    assert "Whom do you want to invite?" in town.slack("U0MARTIN").command("invite", "amina")
    assert "Amina Tran" not in town.slack("U0MARTIN").labels
    town.slack("U0MARTIN").press("r:invite:amina")
    assert rows(town, Invite) == []


def test_who_has_joined_is_not_offered_for_invitation(town: Town) -> None:
    town.joined("amina")
    lucia = town.slack("U0LUCIA")
    lucia.command("invite")
    assert "Amina Tran" not in lucia.labels and "Duc Pham" in lucia.labels


# --- blocked and back ---


@pytest.fixture
def gone(town: Town) -> Talker:
    """Amina, who had joined, has blocked the bot."""
    amina = town.joined("amina")
    amina.happen("blocked")
    return amina


def test_blocked_person_is_switched_off_and_the_mentor_told_once(town: Town, gone: Talker) -> None:
    gone.happen("blocked")
    assert not person(town, "amina").reachable
    assert town.transcript("C0ASIA").count("Amina Tran of Song Cau Bac Ninh can no longer be reached") == 1
    assert "New invitation" in town.slack("U0LUCIA", "C0ASIA").labels


def test_new_invitation_from_that_note_brings_the_person_back(town: Town, gone: Talker) -> None:
    link = town.slack("U0LUCIA", "C0ASIA").tap("New invitation")
    assert "Good to see you, Amina Tran" in town.phone("tg-new").command("start", link.partition("start=")[2])
    assert person(town, "amina").reachable
    assert joined_as(town, "tg-new") == ["tg-new"]


@pytest.mark.parametrize("back", ["unblocked", "start", "words"])
def test_person_who_comes_back_is_reached_again(town: Town, gone: Talker, back: str) -> None:
    deeds = {
        "unblocked": lambda: gone.happen("unblocked"),
        "start": lambda: gone.command("start"),
        "words": lambda: gone.say("hi"),
    }
    deeds[back]()
    assert person(town, "amina").reachable
    figure_sent(gone, "1 kWh")
    obstacle_reported(gone)
    assert "Problem 1" in town.transcript("C0ASIA")


def test_blocked_person_with_another_chat_is_still_reached(town: Town) -> None:
    amina = town.joined("amina")
    with town.store.write() as session:
        session.add(
            Contact(person_id=person(town, "amina").id, channel="slack", account="U0AMINA", conversation="U0AMINA")
        )
    amina.happen("blocked")
    assert person(town, "amina").reachable
    assert town.transcript("C0ASIA") == ""


def test_stranger_who_blocks_us_is_nothing_to_anybody(town: Town) -> None:
    assert town.phone("tg-nobody").happen("blocked") == ""
    assert town.shown == []


def test_group_is_shown_the_way_to_the_private_chat_and_then_silence(town: Town) -> None:
    group = Talker(town, town.phone("group").at, "tg-amina")
    assert "https://t.me/test_bot" in group.happen("added_to_group")
    assert group.say("hello") == ""
    assert group.happen("unknown") == ""
