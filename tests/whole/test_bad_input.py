"""Bad input through the real libraries: a clear answer, or silence by rule; never a trace, never a lost talk."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from bot.playground.slack.people import Person as Member
from bot.playground.telegram.people import Person as Phone
from storage.tables.capas import Capa
from storage.tables.figures import Submission
from storage.tables.people import Invite, Person
from storage.tables.programme import Site, Supplier
from storage.tables.talks import DialogRow, DialogState
from tests.stores import fresh_url
from tests.whole.acts import press_button_of_another, say_in_one_piece
from tests.whole.story import Story, in_lucias_words, picture
from tests.whole.world import Way, World, whole_world
from locales.text import _

pytestmark = pytest.mark.whole

MB = 1024 * 1024
LONG = "The compressor leaks. " * 455
NO_STRANGER = "I do not know you yet."
PLACES = (("sqlite", Way(webhook=True, socket=False)), ("postgres", Way(webhook=False, socket=True)))


@pytest.fixture(scope="module", params=PLACES, ids=lambda place: f"{place[0]}-{place[1]}")
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Amina has joined and sent a figure beyond its limit; the alert stands in Lucia's channel."""
    kind, way = request.param
    folder = tmp_path_factory.mktemp("bad-input")
    with fresh_url(kind, folder) as url, whole_world(url, folder, way) as world:
        world.bot.start()
        story = Story(world)
        story.joins()
        story.sends_a_figure()
        yield story


@pytest.fixture
def story(played: Story) -> Iterator[Story]:
    """Nothing is open and nothing on its way; afterwards nothing has gone wrong."""
    yield played
    played.world.amina.say("/cancel")
    played.world.settle()
    played.world.check_nothing_went_wrong()


@pytest.fixture
def world(story: Story) -> World:
    return story.world


def answers(world: World, phone: Phone, deed: Callable[[], Any]) -> str:
    """All that the phone is shown because of a deed, once everything has settled."""
    before = {one.id for one in phone.messages()}
    deed()
    world.settle()
    return "\n".join(one.text for one in phone.messages() if one.from_bot and one.id not in before)


def posts(world: World, member: Member, deed: Callable[[], Any], channel: str | None = None) -> str:
    """All that a member is shown in a channel or the direct message because of a deed, threads included."""
    before = {one.ts for one in _all(member, channel)}
    deed()
    world.settle()
    return "\n".join(one.text for one in _all(member, channel) if one.from_bot and one.ts not in before)


def _all(member: Member, channel: str | None) -> list[Any]:
    tops = member.messages(channel)
    return [*tops, *(one for top in tops if top.replies for one in member.messages(channel, top.ts))]


def open_dialogs(world: World) -> list[str]:
    with world.store.read() as session:
        return list(session.exec(select(DialogRow.name).where(DialogRow.state == DialogState.OPEN, col(DialogRow.modal).is_(False))))


def names(world: World) -> list[str]:
    """What a stranger must not read: everybody's and every place's name."""
    with world.store.read() as session:
        return [*session.exec(select(Person.name)), *session.exec(select(Site.name)), *session.exec(select(Supplier.name))]


def describe_obstacle(story: Story) -> None:
    """Amina stands at the question for a photo."""
    story.world.amina.say("/obstacle")
    story.phone("What kind of problem is it?")
    story.tap("Machines or equipment", "in your own words")
    before = story.times("send a photo")
    story.world.amina.say("The compressor leaks.")
    story.world.wait(lambda: story.times("send a photo") > before, "the question for a photo")


# --- people we do not know ---


def test_stranger_on_telegram_gets_a_way_in_and_no_data(world: World) -> None:
    stranger = world.playground.telegram.person("Somebody", "en")
    said = [answers(world, stranger, stranger.start)]
    assert "open the invitation link" in said[0]
    for words in ("hello", "/figures", "/summary", "/capas", "/help", "/start not-a-token"):
        said.append(answers(world, stranger, lambda words=words: stranger.say(words)))
        assert NO_STRANGER in said[-1] or "invitation is not valid" in said[-1]
    assert not [name for name in names(world) if name in "\n".join(said)]


def test_stranger_in_slack_gets_a_way_in_and_no_data(world: World) -> None:
    stranger = world.playground.slack.person("Somebody")
    said = [posts(world, stranger, lambda: stranger.dm("hello"))]
    said += [posts(world, stranger, lambda what=what: stranger.command("/causeway", what)) for what in ("summary", "")]
    assert all(NO_STRANGER in one for one in said)
    assert not [name for name in names(world) if name in "\n".join(said)]


def test_slack_guest_may_look_and_not_act(world: World) -> None:
    guest = world.playground.slack.person("Guest", role="guest", user_id="U0GUEST")
    world.playground.slack.state.channels["C0ASIA"].members.append(guest.id)
    said = posts(world, guest, lambda: guest.press(in_lucias_words(_("Open a CAPA"))).wait(), "C0ASIA")
    world.wait(lambda: any(one.ephemeral and NO_STRANGER in one.text for one in _all(guest, "C0ASIA")), "a note")
    assert guest.view() is None and said in ("", NO_STRANGER) or NO_STRANGER in said


# --- buttons and invitations of others ---


def test_button_of_another_person_does_nothing(story: Story, world: World) -> None:
    duc = world.playground.telegram.person("Duc", "en")
    duc.start(invitation(story, "duc"))
    world.wait(duc.last, "a welcome")
    world.amina.say("/figures")
    world.wait(lambda: "submit" in open_dialogs(world), "the question")
    world.settle()
    before = open_dialogs(world)
    action = world.amina.last().buttons[0][0].data
    for thief, answer in ((duc, "no longer in use"), (world.playground.telegram.person("Somebody", "en"), NO_STRANGER)):
        thief.say("hello")
        world.settle()
        answered = press_button_of_another(world, thief, action).wait()
        assert answered is not None and answered.show_alert and answer in answered.text
    assert open_dialogs(world) == before
    story.tap(world.amina.last().labels()[0], "How much")


def test_supplier_cannot_press_the_mentors_button(world: World) -> None:
    answered = press_button_of_another(world, world.amina, "r:capa.open:1").wait()
    assert answered is not None and "for somebody else" in answered.text
    with world.store.read() as session:
        assert not session.exec(select(Capa)).all()


def test_mentor_of_other_suppliers_and_manager_cannot_open_a_capa(world: World) -> None:
    martin = Member(world.playground.slack.state, "U0MARTIN")
    for member in (martin, world.helena):
        member.press(in_lucias_words(_("Open a CAPA"))).wait()
        world.wait(lambda member=member: any(one.ephemeral for one in _all(member, "C0ASIA")), "a note")
        assert member.view() is None


def test_used_and_expired_and_made_up_invitations_are_refused(story: Story, world: World) -> None:
    late = world.playground.telegram.person("Somebody", "en")
    used = invitation(story, "linh")
    linh = world.playground.telegram.person("Linh", "en")
    assert "Which language" in answers(world, linh, lambda: linh.start(used))
    assert "already been used" in answers(world, late, lambda: late.start(used))
    expired = invitation(story, "duc", last="rafiq")
    with world.store.write() as session:
        for row in session.exec(select(Invite).where(col(Invite.used_at).is_(None))):
            row.expires_at = world.clock.now() - timedelta(minutes=1)
            session.add(row)
    assert "has expired" in answers(world, late, lambda: late.start(expired))
    assert "not valid" in answers(world, late, lambda: late.start("A" * 48))


def invitation(story: Story, *keys: str, last: str = "") -> str:
    """The token of a fresh invitation for the first of these people who has not joined."""
    world, before = story.world, story.link()
    for key in (*keys, last):
        story.world.lucia.command("/causeway", f"invite {key}")
        world.settle()
        if story.link() != before:
            break
    return story.link().partition("start=")[2]
