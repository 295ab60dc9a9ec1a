"""What people say and press outside the story, and all that they are shown because of it."""

from collections.abc import Callable
from typing import Any

from sqlmodel import select

from bot.playground.slack.people import Person as Member
from bot.playground.slack.seen import SeenMessage
from bot.playground.telegram.people import Person as Phone
from storage.tables.talks import DialogRow, DialogState
from tests.whole.story import Story
from tests.whole.world import World


def answers(world: World, phone: Phone, deed: Callable[[], Any]) -> str:
    """All that the phone is shown because of a deed, once everything has settled."""
    before = {one.id for one in phone.messages()}
    deed()
    world.settle()
    return "\n".join(one.text for one in phone.messages() if one.from_bot and one.id not in before)


def posts(world: World, member: Member, deed: Callable[[], Any], channel: str | None = None) -> str:
    """All that everybody is shown in a channel, or the member in the direct message, because of a deed."""
    world.settle()
    before = {one.ts for one in everything(member, channel)}
    deed()
    world.settle()
    new = [one for one in everything(member, channel) if one.from_bot and one.ts not in before]
    return "\n".join(one.text for one in new if not one.ephemeral)


def everything(member: Member, channel: str | None) -> list[SeenMessage]:
    """All that a member sees in a channel or the direct message, threads included."""
    tops = member.messages(channel)
    return [*tops, *(one for top in tops if top.replies for one in member.messages(channel, top.ts))]


def open_dialogs(world: World) -> list[str]:
    """What Amina is in the middle of."""
    open_here = (DialogRow.state == DialogState.OPEN, DialogRow.conversation == str(world.amina.id))
    with world.store.read() as session:
        return list(session.exec(select(DialogRow.name).where(*open_here)))


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
    story.says_what_is_wrong("The compressor leaks.")


def report(story: Story, photo: Callable[[], Any]) -> None:
    """Amina reports an obstacle, with what `photo` sends."""
    describe_obstacle(story)
    before = story.times("Shall I send it?")
    photo()
    story.world.wait(lambda: story.times("Shall I send it?") > before, "the read-back")
    story.tap("Yes, send it", "Your mentor answers you here")
