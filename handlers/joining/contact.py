"""Whether people can be reached: chats that are closed to us, opened again, and groups that we were added to."""

from handlers.message import Button, Message
from handlers.phones.alternate import pass_on, reader_of
from handlers.router import ANYONE, Router, action
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import people, programme
from storage.tables.people import Person, Role
from storage.tables.queues import Lane

routes = Router()


@routes.event("blocked", ANYONE, strangers=True, before_privacy=True)
def blocked(turn: Turn, _argument: str) -> None:
    """The person closed the chat: stop writing there, and tell the mentor."""
    at = turn.heard.address
    lose_contact(turn, at.channel, at.conversation)


def lose_contact(turn: Turn, channel: str, conversation: str) -> None:
    """Switch off a chat that is closed to us; if it was the person's last way, tell the mentors of their sites.

    A mentor's channel that is closed, and somebody on the buyer's side who is gone, are told to the managers.
    """
    lost = people.block(turn.session, channel, conversation)
    for closed in people.of_chat(turn.session, channel, conversation):
        pass_on(turn, closed, channel, conversation)
    for mentor in people.with_channel(turn.session, f"{channel}:{conversation}"):
        _tell_managers(turn, mentor, _lost_channel(mentor, conversation), "channel")
    for person in lost:
        _tell_lost(turn, person)


def _tell_lost(turn: Turn, person: Person) -> None:
    """Tell the managers of a colleague who is gone, the mentors of somebody of a site, and who reads in their place."""
    if person.role is not Role.SUPPLIER:
        text = _("{name} can no longer be reached: the account is gone. Please name somebody else.", name=person.name)
        _tell_managers(turn, person, text, "account")
        return
    turn.note("unreachable", "person", person.id)
    reader = reader_of(turn, person)
    for site in programme.sites_of(turn.session, person):
        told = turn.mentor_of(site.id)
        if told:
            text = _(
                "{name} of {site} can no longer be reached: the chat is blocked or gone. Please invite them again or "
                "name somebody else.",
                name=person.name,
                site=site.name,
            )
            until = [_("Until then {name} gets their notes.", name=reader.name)] if reader.id != person.id else []
            again = Button(_("New invitation"), action("invite", person.key))
            key = f"unreachable/{person.id}/{site.id}/{turn.now.date()}"
            turn.post(told, key, Message((text, *until), ((again,),)), about=person)


def _lost_channel(mentor: Person, conversation: str) -> Phrase:
    return _(
        "I cannot write to the channel of {name} any more ({channel}): it is archived, or I am not in it. What "
        "suppliers write waits until that is put right.",
        name=mentor.name,
        channel=conversation,
    )


def _tell_managers(turn: Turn, lost: Person, text: Phrase, what: str) -> None:
    """Tell those who run the programme, once a day."""
    turn.note("unreachable", "person", lost.id, way=what)
    for manager in people.with_role(turn.session, Role.MANAGER):
        key = f"unreachable/{what}/{lost.id}/{manager.id}/{turn.now.date()}"
        turn.tell(manager, key, Message((text,)), Lane.ALERT, about=lost)


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
