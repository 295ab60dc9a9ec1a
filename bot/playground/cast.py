"""Puts a programme's people into the playground: suppliers get a phone, mentors and managers a seat in Slack."""

from sqlmodel import Session, select

from bot.playground.app import Playground
from bot.playground.slack.people import Person as Member
from bot.playground.telegram.people import Person as Phone
from storage.tables.people import Contact, Person, Role

FIRST_PHONE = 5_100_000


def phones(session: Session, playground: Playground) -> dict[str, Phone]:
    """A phone for each supplier's person, by key; the same person gets the same number each time."""
    found = {}
    for person in session.exec(select(Person).where(Person.role == Role.SUPPLIER)):
        number = FIRST_PHONE + person.id
        found[person.key] = playground.telegram.person(person.name, person.home_language or None, id=number)
    return found


def members(session: Session, playground: Playground) -> dict[str, Member]:
    """A member of the workspace for each mentor and manager, by key, and each mentor's channel with all of them."""
    found, channels = {}, {}
    query = select(Person, Contact.account).join(Contact).where(Contact.channel == "slack")
    for person, account in session.exec(query):
        found[person.key] = playground.slack.person(person.name, tz=person.timezone, user_id=account)
        if person.channel:
            channels[person.channel.removeprefix("slack:")] = person.key
    for channel_id, key in channels.items():
        playground.slack.channel(f"suppliers-of-{key}", list(found.values()), channel_id=channel_id)
    return found
