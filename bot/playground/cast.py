"""Puts a programme's people into the playground: suppliers get a phone, mentors and managers a seat in Slack."""

from sqlmodel import Session, col, select

from bot.playground.app import Playground
from bot.playground.slack.people import Person as Member
from bot.playground.telegram.people import Person as Phone
from handlers.account.menu import menu_of
from handlers.house import House
from handlers.showing import Shower
from storage.tables.people import Contact, Person, Role

FIRST_PHONE = 5_100_000


def phones(session: Session, playground: Playground) -> dict[str, Phone]:
    """A phone for each supplier's person, by key; the same person gets the same number each time."""
    found = {}
    for person in session.exec(select(Person).where(Person.role == Role.SUPPLIER)):
        found[person.key] = playground.telegram.person(person.name, person.home_language or None, id=phone_of(person))
    return found


def phone_of(person: Person) -> int:
    """The number of a person's account on Telegram, which is that of the private chat as well."""
    return FIRST_PHONE + person.id


def reopened(session: Session, playground: Playground, house: House) -> None:
    """Open the chats of those who have joined, with the menu of their language: a platform does not forget them."""
    query = select(Person, Contact.account).join(Contact).where(Contact.channel == "telegram", ~col(Contact.blocked))
    for person, account in session.exec(query):
        shower = Shower(house.texts, [language for language in (person.language, "en") if language])
        lines = shower.payload(menu_of(house.router, person.role))["commands"]
        menu = [{"command": name, "description": line} for name, line in lines]
        playground.telegram.reopen(int(account), menu)


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
