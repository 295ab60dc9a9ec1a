"""Invitations: a mentor or an operator gets a deep link for one person, good for one use."""

from datetime import timedelta

from handlers.message import Button
from handlers.router import BUYER, Router, action
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import people, programme
from storage.tables.people import Invite, Person

routes = Router()
INVITE_DAYS = 14


@routes.command("invite", BUYER, menu=_("Invite somebody"))
def invite(turn: Turn, name: str) -> None:
    """Give a mentor the link for one of their people, by name or key, or list those who have not joined."""
    found = [person for person in _invitable(turn) if name.lower() in (person.key.lower(), person.name.lower())]
    if name and len(found) == 1:
        _say_link(turn, found[0])
    else:
        _list_invitable(turn)


@routes.button("invite", BUYER)
def invite_one(turn: Turn, key: str) -> None:
    """The link for the person that was chosen from the list."""
    found = next((person for person in _invitable(turn) if person.key == key), None)
    if found is None:
        raise Refused(_("This is for somebody else."))
    _say_link(turn, found)


def _invitable(turn: Turn) -> list[Person]:
    """The people of the mentor's own sites who have not joined yet."""
    sites = programme.sites_of(turn.session, turn.me)
    staff = {person.id: person for site in sites for person in programme.staff(turn.session, site.id)}
    return [person for person in staff.values() if not people.contacts(turn.session, person.id)]


def _list_invitable(turn: Turn) -> None:
    waiting = _invitable(turn)
    if not waiting:
        turn.say(_("Everybody at your sites has joined."))
        return
    rows = [
        [Button(p_("a person in a list", "{name}", name=person.name), action("invite", person.key))]
        for person in waiting[:20]
    ]
    turn.say(_("Whom do you want to invite?"), buttons=rows)


def _say_link(turn: Turn, person: Person) -> None:
    link = make_invite(turn, person)
    turn.say(
        _(
            "Please send this link to {name}. It works once, until {day}: {link}",
            name=person.name,
            day=(turn.now + timedelta(days=INVITE_DAYS)).date(),
            link=link,
        )
    )


def make_invite(turn: Turn, person: Person) -> str:
    """A fresh deep link for a person, valid for 14 days and one use; older ones stop working."""
    people.withdraw_invites(turn.session, person.id, turn.now)
    token = turn.house.token()
    made_by = turn.person.id if turn.person else None
    turn.session.add(
        Invite(
            person_id=person.id,
            token_hash=turn.house.pseudonym(token),
            made_by_id=made_by,
            made_at=turn.now,
            expires_at=turn.now + timedelta(days=INVITE_DAYS),
        )
    )
    turn.note("invited", "person", person.id)
    return turn.house.link(token)
