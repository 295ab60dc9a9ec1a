"""Whether people can be reached: chats that are closed to us, opened again, and groups that we were added to."""

from handlers.message import Button, Message
from handlers.router import ANYONE, Router, action
from handlers.turn import Turn
from locales.text import _
from storage import people, programme
from storage.tables.people import Role
from storage.tables.queues import Lane

routes = Router()


@routes.event("blocked", ANYONE, strangers=True, before_privacy=True)
def blocked(turn: Turn, _argument: str) -> None:
    """The person closed the chat: stop writing there, and tell the mentor."""
    at = turn.heard.address
    lose_contact(turn, at.channel, at.conversation)


def lose_contact(turn: Turn, channel: str, conversation: str) -> None:
    """Switch off a chat that is closed to us; if it was the person's last way, tell the mentors of their sites."""
    person = people.block(turn.session, channel, conversation)
    if person is None or person.role is not Role.SUPPLIER:
        return
    turn.note("unreachable", "person", person.id)
    for site in programme.sites_of(turn.session, person):
        mentor = turn.mentor_of(site.id)
        if mentor:
            text = _(
                "{name} of {site} can no longer be reached: the chat is blocked or gone. Please invite them again or "
                "name somebody else.",
                name=person.name,
                site=site.name,
            )
            again = Button(_("New invitation"), action("invite", person.key))
            key = f"unreachable/{person.id}/{site.id}/{turn.now.date()}"
            turn.post(mentor, key, Message((text,), ((again,),)), about=person)


@routes.event("unblocked", ANYONE, strangers=True, before_privacy=True)
def unblocked(turn: Turn, _argument: str) -> None:
    """The person opened the chat again."""
    if turn.person is not None:
        at = turn.heard.address
        people.connect(turn.session, turn.person, at.channel, turn.heard.sender, at.conversation, turn.now)


@routes.event("added_to_group", ANYONE, strangers=True, before_privacy=True)
def added_to_group(turn: Turn, _argument: str) -> None:
    """In a group nothing personal is said; the way to the private chat is."""
    text = _(
        "I talk with each person alone, so that figures stay private. Please write to me here: {link}",
        link=turn.house.link(""),
    )
    turn.put(turn.reply_key(), Lane.ANSWER, turn.heard.address, Message((text,)), turn.person)
