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
from locales.text import _
from storage.tables.capas import Capa
from storage.tables.figures import Submission
from storage.tables.people import Invite, Person
from storage.tables.programme import Site, Supplier
from storage.tables.talks import DialogRow, DialogState
from tests.stores import fresh_url
from tests.whole.acts import press_button_of_another, say_in_one_piece
from tests.whole.story import Story, in_lucias_words, picture
from tests.whole.world import Way, World, whole_world

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
    """All that everybody is shown in a channel, or the member in the direct message, because of a deed."""
    before = {one.ts for one in _all(member, channel)}
    deed()
    world.settle()
    new = [one for one in _all(member, channel) if one.from_bot and one.ts not in before]
    return "\n".join(one.text for one in new if not one.ephemeral)


def _all(member: Member, channel: str | None) -> list[Any]:
    tops = member.messages(channel)
    return [*tops, *(one for top in tops if top.replies for one in member.messages(channel, top.ts))]


def open_dialogs(world: World) -> list[str]:
    """What Amina is in the middle of."""
    open_here = (DialogRow.state == DialogState.OPEN, DialogRow.conversation == str(world.amina.id))
    with world.store.read() as session:
        return list(session.exec(select(DialogRow.name).where(*open_here)))


def names(world: World) -> list[str]:
    """What a stranger must not read: everybody's and every place's name."""
    with world.store.read() as session:
        return [*session.exec(select(Person.name)), *session.exec(select(Site.name)), *session.exec(select(Supplier.name))]


def say(story: Story, words: str, shows: str) -> None:
    """Amina writes, and waits for what it brings."""
    before = story.times(shows)
    story.world.amina.say(words)
    story.world.wait(lambda: story.times(shows) > before, f"{shows!r} after {words!r}")


def name_the_obstacle(story: Story) -> None:
    """Amina stands at the question for her own words."""
    say(story, "/obstacle", "What kind of problem is it?")
    story.tap("Machines or equipment", "in your own words")


def describe_obstacle(story: Story) -> None:
    """Amina stands at the question for a photo."""
    name_the_obstacle(story)
    say(story, "The compressor leaks.", "send a photo")


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
    assert not posts(world, guest, lambda: guest.press(in_lucias_words(_("Open a CAPA"))).wait(), "C0ASIA")
    assert NO_STRANGER in note(world, guest)
    assert guest.view() is None


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
        assert note(world, member)
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


def note(world: World, member: Member) -> str:
    """The note that only this member sees in the channel."""
    found = world.wait(lambda: [one for one in member.messages("C0ASIA") if one.ephemeral], "a note")
    return str(found[-1].text)


def invitation(story: Story, *keys: str, last: str = "") -> str:
    """The token of a fresh invitation for the first of these people who has not joined."""
    world, before = story.world, story.link()
    for key in (*keys, last):
        story.world.lucia.command("/causeway", f"invite {key}")
        world.settle()
        if story.link() != before:
            break
    return story.link().partition("start=")[2]


# --- messages of odd kinds ---


def test_sticker_in_a_dialog_is_answered_and_the_question_comes_again(story: Story, world: World) -> None:
    describe_obstacle(story)
    told = answers(world, world.amina, world.amina.send_sticker)
    assert "I can read" in told and "send a photo" in told
    assert open_dialogs(world) == ["obstacle"]


def test_edit_in_a_dialog_is_explained_and_elsewhere_ignored(story: Story, world: World) -> None:
    amina = world.amina
    quiet = amina.say("hello")
    world.settle()
    assert not answers(world, amina, lambda: amina.edit(quiet, "good morning"))
    describe_obstacle(story)
    said = [one for one in amina.messages() if not one.from_bot][-1]
    told = answers(world, amina, lambda: amina.edit(said.id, "The boiler leaks."))
    assert "do not read edited messages" in told and "send a photo" in told


def test_unknown_and_malformed_updates_are_passed_over_and_counted(world: World) -> None:
    updates = ({"story_deleted": {"id": 1}}, {"message": {"oops": 1}}, {"message": "words"}, {"callback_query": []}, {})
    before = unknown(world)
    told = answers(world, world.amina, lambda: [world.playground.telegram.raw(dict(one)) for one in updates])
    assert not told
    assert unknown(world) - before == len(updates)
    assert "What would you like to do?" in answers(world, world.amina, lambda: world.amina.say("/help"))


def test_unknown_events_in_slack_are_acknowledged_and_counted(world: World) -> None:
    events = ({"type": "new_kind_of_event"}, {"type": "message", "channel": "C0ASIA"}, {})
    before = unknown(world)
    for event in events:
        assert world.lucia.raw(dict(event)).wait().outcome == "acknowledged"
    assert unknown(world) - before == len(events)


def unknown(world: World) -> int:
    """How many deliveries of an unknown kind the bot has counted in this life."""
    lines = httpx.get(f"http://127.0.0.1:{world.bot.port}/metrics", timeout=5).text.splitlines()
    return int(sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith("causeway_unknown_deliveries_total")))


# --- long messages and files ---


def test_ten_thousand_characters_in_a_dialog_are_refused_with_the_limit(story: Story, world: World) -> None:
    name_the_obstacle(story)
    assert len(LONG) > 10_000
    told = answers(world, world.amina, lambda: say_in_one_piece(world, world.amina, LONG))
    assert "Please keep it under" in told and "in your own words" in told
    assert open_dialogs(world) == ["obstacle"]
    # A phone cuts the text into three messages, and the last is short enough: it is read back before anything is sent.
    told = answers(world, world.amina, lambda: world.amina.say(LONG))
    assert told.count("Please keep it under") == 2 and "send a photo" in told
    assert open_dialogs(world) == ["obstacle"]


def test_ten_thousand_characters_outside_a_dialog_are_answered_once_each(world: World) -> None:
    assert answers(world, world.amina, lambda: say_in_one_piece(world, world.amina, LONG)).count("did not understand") == 1
    assert posts(world, world.lucia, lambda: world.lucia.dm(LONG)).count("No he entendido") <= 1


def test_ten_thousand_characters_in_a_thread_reach_the_phone_whole(story: Story, world: World) -> None:
    report(story, lambda: story.tap("No photo", "Shall I send it?"))
    world.settle()
    root = [one for one in world.lucia.messages("C0ASIA") if "compressor" in one.text][-1]
    told = answers(world, world.amina, lambda: world.lucia.say("C0ASIA", LONG, thread_ts=root.ts))
    assert told.count("compressor") == LONG.count("compressor") and told.count("leaks.") == LONG.count("leaks.")


@pytest.mark.parametrize(
    ("name", "kind", "content", "reason"),
    [
        ("big.pdf", "application/pdf", b"%PDF-1.7" + bytes(11 * MB), "too large"),
        ("huge.pdf", "application/pdf", b"%PDF-1.7" + bytes(21 * MB), "too large"),
        ("photo.jpg", "image/jpeg", b"no picture at all", "photos, PDF documents and voice notes only"),
        ("photo.jpg", "image/jpeg", picture()[:300], "could not be read"),
    ],
    ids=["over 10 MB", "over what bots may fetch", "text named as a photo", "cut off"],
)
def test_file_that_is_refused_is_told_and_the_words_go_on(
    story: Story, world: World, name: str, kind: str, content: bytes, reason: str
) -> None:
    files = sum(len(one.files) for one in _all(world.lucia, "C0ASIA"))
    told = answers(world, world.amina, lambda: report(story, lambda: world.amina.send_document(name, kind, content)))
    assert "could not be sent on" in told and reason in told
    assert any("compressor" in one.text for one in world.lucia.messages("C0ASIA"))
    assert sum(len(one.files) for one in _all(world.lucia, "C0ASIA")) == files


def report(story: Story, photo: Callable[[], Any]) -> None:
    """Amina reports an obstacle, with what `photo` sends."""
    describe_obstacle(story)
    before = story.times("Shall I send it?")
    photo()
    story.world.wait(lambda: story.times("Shall I send it?") > before, "the read-back")
    story.tap("Yes, send it", "has the number")


# --- places that are not for talks ---


def test_group_is_shown_the_way_to_the_private_chat_and_then_nothing(world: World) -> None:
    group = world.amina.add_to_group("Everybody at Song Cau")
    world.wait(lambda: any(one.from_bot for one in group.messages()), "a word in the group")
    for words in ("hello", "/figures", "/summary", "/nonsense", "@causeway_demo_bot what is due?"):
        group.say(words)
        group.say(words, by=world.playground.telegram.person("Somebody", "en").user)
    group.say("I answer you", reply_to=next(one.id for one in group.messages() if one.from_bot))
    world.settle()
    said = [one.text for one in group.messages() if one.from_bot]
    assert len(said) == 1 and "https://t.me/causeway_demo_bot" in said[0]
    with world.store.read() as session:
        assert not session.exec(select(DialogRow).where(DialogRow.conversation == str(group.id))).all()


def test_words_beside_a_thread_go_nowhere(story: Story, world: World) -> None:
    alert = next(one for one in world.lucia.messages("C0ASIA") if one.from_bot and one.buttons)
    before = len(world.amina.messages())
    assert not posts(world, world.lucia, lambda: world.lucia.say("C0ASIA", "Look at this, everybody."), "C0ASIA")
    assert not posts(world, world.lucia, lambda: world.lucia.say("C0ASIA", "Not good.", thread_ts=alert.ts), "C0ASIA")
    assert len(world.amina.messages()) == before


def test_words_of_another_mentor_in_the_thread_do_not_reach_the_phone(story: Story, world: World) -> None:
    report(story, lambda: story.tap("No photo", "Shall I send it?"))
    world.settle()
    root = [one for one in world.lucia.messages("C0ASIA") if "compressor" in one.text][-1]
    martin = Member(world.playground.slack.state, "U0MARTIN")
    assert not answers(world, world.amina, lambda: martin.say("C0ASIA", "I would wait.", thread_ts=root.ts))


# --- modals ---


def test_modal_with_a_past_date_stays_open_and_tells_so_at_the_date(story: Story, world: World) -> None:
    story.slack(lambda: world.lucia.press(in_lucias_words(_("Open a CAPA"))), world.lucia.view, "a modal")
    fields = {field.block_id: field for field in story.view().fields}
    refused = world.lucia.submit({**story.terms(fields), "due": "2020-01-01"})
    assert list(refused.errors) == ["due"] and refused.view is not None
    world.lucia.close_view()
    with world.store.read() as session:
        assert not session.exec(select(Capa)).all()
        assert len(session.exec(select(Submission)).all()) == 1
