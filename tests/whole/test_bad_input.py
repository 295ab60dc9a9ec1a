"""Bad input through the real libraries: a clear answer, or silence by rule; never a trace, never a lost talk."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import col, select

from bot.playground.slack.people import Person as Member
from locales.text import _
from storage.tables.capas import Capa
from storage.tables.figures import Submission
from storage.tables.people import Invite, Person
from storage.tables.programme import Site, Supplier
from storage.tables.talks import DialogRow
from tests.whole.acts import press_button_of_another
from tests.whole.saying import answers, open_dialogs, posts, report
from tests.whole.story import Story, in_lucias_words
from tests.whole.world import World

pytestmark = pytest.mark.whole

NO_STRANGER = "I do not know you yet."


# --- people we do not know ---


def test_stranger_on_telegram_gets_a_way_in_and_no_data(world: World) -> None:
    stranger = world.playground.telegram.person("Somebody", "en")
    said = [answers(world, stranger, stranger.start)]
    assert "open the invitation link" in said[0]
    for words in ("hello", "/figures", "/summary", "/capas", "/help", "/start not-a-token"):
        said.append(answers(world, stranger, partial(stranger.say, words)))
        assert NO_STRANGER in said[-1] or "invitation is not valid" in said[-1]
    assert not [name for name in names(world) if name in "\n".join(said)]


def test_stranger_in_slack_gets_a_way_in_and_no_data(world: World) -> None:
    stranger = world.playground.slack.person("Somebody")
    said = [posts(world, stranger, lambda: stranger.dm("hello"))]
    said += [posts(world, stranger, partial(stranger.command, "/causeway", what)) for what in ("summary", "")]
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
    asked = world.amina.last()
    assert asked is not None and asked.buttons[0][0].data
    for thief, answer in ((duc, "no longer in use"), (world.playground.telegram.person("Somebody", "en"), NO_STRANGER)):
        thief.say("hello")
        world.settle()
        answered = press_button_of_another(world, thief, asked.buttons[0][0].data).wait()
        assert answered is not None and answered.show_alert and answer in answered.text
    assert open_dialogs(world) == before
    story.tap(asked.labels()[0], "How much")


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


def names(world: World) -> list[str]:
    """What a stranger must not read: everybody's and every place's name."""
    with world.store.read() as session:
        return [
            *session.exec(select(Person.name)),
            *session.exec(select(Site.name)),
            *session.exec(select(Supplier.name)),
        ]


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
