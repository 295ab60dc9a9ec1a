"""One turn: who is there, what they may know, and everything that is to be said because of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from handlers.house import House
from handlers.message import (
    Address,
    Attachment,
    Button,
    Capabilities,
    Edit,
    FormErrors,
    Incoming,
    Message,
    Open,
    Outgoing,
    Pressed,
    Retire,
    Speech,
    Toast,
    Volatile,
)
from handlers.programme.settings import ProgrammeSettings
from handlers.reader import Reader
from handlers.showing import Shower
from locales.text import Phrase, _
from storage import audit, outbox, people, programme, work
from storage.tables.people import Contact, Person, Role
from storage.tables.queues import Lane, OutboxRow, SendState


class Refused(Exception):
    """Something that is not done; `text` tells the person why and what to do instead."""

    def __init__(self, text: Phrase) -> None:
        super().__init__(text.id)
        self.text = text


@dataclass
class Turn:
    """The transaction's view of the world. `now` is the programme's moment, `real` the transport's.

    A `veiled` turn leaves nothing in the store by which it could be told whose it was: what is said to the person, done
    for them and noted about it names nobody. `veil` is the sealed address of their ticket, once there is one.
    """

    house: House
    session: Session
    settings: ProgrammeSettings
    now: datetime
    real: datetime
    incoming: Incoming | None = None
    person: Person | None = None
    parts: list[Speech] = field(default_factory=list)
    buttons: list[tuple[Button, ...]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    volatile: list[Volatile] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    place: Address | None = None
    woken: bool = False
    count: int = 0
    hushed: bool = False
    veiled: bool = False
    veil: str = ""

    @property
    def heard(self) -> Incoming:
        """What came in; only turns that somebody caused have it."""
        if self.incoming is None:
            raise LookupError("this turn was caused by the clock")
        return self.incoming

    @property
    def me(self) -> Person:
        """Who caused the turn; routes that strangers cannot reach have somebody."""
        if self.person is None:
            raise LookupError("a stranger reached a route that is not for strangers")
        return self.person

    @property
    def capabilities(self) -> Capabilities:
        """What the channel of this talk can do."""
        return self.house.channels[self.heard.address.channel]

    @property
    def read(self) -> Reader:
        """A reader of this transaction's view of the world."""
        hides = self.house.seals.is_safe
        return Reader(self.session, self.house.library, self.settings, self.house.texts, can_hide=hides)

    # --- languages ---

    def languages(self, person: Person | None) -> list[str]:
        """The person's chain of languages: chosen, else the platform's hint if offered, home, programme, English."""
        hint = self.incoming.language_hint if self.incoming and person is self.person else ""
        offered = set(self.settings.languages)
        known = [person.language, person.home_language] if person else []
        hinted = [hint] if hint.split("-")[0] in offered and not (person and person.language) else []
        chain = [*known[:1], *hinted, *known[1:], self.settings.languages[0], "en"]
        return list(dict.fromkeys(language for language in chain if language))

    def shower(self, person: Person | None) -> Shower:
        """Shows in the language of this person."""
        return Shower(self.house.texts, self.languages(person))

    # --- answering ---

    def say(self, *parts: Speech, buttons: Sequence[Sequence[Button]] = ()) -> None:
        """Add paragraphs and rows of buttons to the one message that answers this turn."""
        self.parts.extend(parts)
        self.buttons.extend(tuple(row) for row in buttons)

    def attach(self, *files: Attachment) -> None:
        """Send files along with the answer."""
        self.attachments.extend(files)

    def toast(self, text: Speech, *, alert: bool = False) -> None:
        """Answer the press of a button with a passing note; elsewhere with an ordinary message."""
        content = self.heard.content
        if isinstance(content, Pressed):
            self.volatile.append(Toast(text, content.tap, alert))
        else:
            self.say(text)

    def open(self, opened: Open) -> None:
        """Show a modal at once."""
        self.volatile.append(opened)

    def refuse_form(self, errors: dict[str, Speech]) -> None:
        """Keep a modal open and show what is wrong."""
        self.volatile.append(FormErrors(errors))

    def finish(self) -> None:
        """Put the answer into the outbox, as one message, and take the buttons off what it settled."""
        if self.parts or self.attachments:
            message = Message(tuple(self.parts), tuple(self.buttons), tuple(self.attachments))
            self.reply(message)
        for key in self.retired:
            self.put(
                self.reply_key(f"retire/{key}"), Lane.PUSH, self.place or self.heard.address, Retire(key), self.person
            )

    def reply(self, outgoing: Outgoing, *, suffix: str = "") -> str:
        """Put one more answer to what came in into the outbox; its key."""
        key = self.reply_key(suffix)
        self.put(key, Lane.ANSWER, self.place or self.heard.address, outgoing, self.person)
        self.count += 1
        return key

    def reply_key(self, suffix: str = "") -> str:
        """The key of the next answer to what came in."""
        return f"reply/{self.heard.delivery}/{suffix or self.count}"

    def hush(self) -> None:
        """Offer nothing more in this turn: what was said last is to stand alone."""
        self.hushed = True

    # --- telling others ---

    def contact_of(self, person: Person) -> Contact | None:
        """The account at which somebody can be reached, the one used last if there are several."""
        return next((row for row in people.contacts(self.session, person.id) if row.conversation), None)

    def chat_of(self, person: Person, channel: str) -> str:
        """Somebody's private chat on a channel, "" if they have none."""
        found = (row.conversation for row in people.contacts(self.session, person.id) if row.channel == channel)
        return next(found, "")

    def tell(self, person: Person, key: str, message: Outgoing, lane: Lane, about: Person | None = None) -> bool:
        """Tell somebody in their language wherever they can be reached; False if they cannot."""
        contact = self.contact_of(person)
        if contact is None:
            return False
        message = self.addressed(message, contact, _("For {name}:", name=person.name))
        self.put(key, lane, Address(contact.channel, contact.conversation), message, person, about)
        return True

    def addressed(self, outgoing: Outgoing, contact: Contact, whom: Phrase) -> Outgoing:
        """The same; on a phone that several people use it says first for `whom` it is."""
        message = outgoing.message if isinstance(outgoing, Edit) else outgoing
        if not isinstance(message, Message) or not people.is_shared(self.session, contact):
            return outgoing
        message = replace(message, parts=(whom, *message.parts))
        return replace(outgoing, message=message) if isinstance(outgoing, Edit) else message

    def post(self, mentor: Person, key: str, outgoing: Outgoing, thread: str = "", about: Person | None = None) -> bool:
        """Post into a mentor's own channel, in the mentor's language; False if they have none."""
        if not mentor.channel:
            return False
        channel, _colon, conversation = mentor.channel.partition(":")
        self.put(key, Lane.ALERT, Address(channel, conversation, thread), outgoing, mentor, about)
        return True

    def put(
        self,
        key: str,
        lane: Lane,
        address: Address,
        outgoing: Outgoing,
        person: Person | None,
        about: Person | None = None,
    ) -> None:
        """Put something into the outbox under its natural key; what has to be drawn first waits for that work.

        What a veiled turn says to the one who caused it goes under seal.
        """
        if self.veiled and person is not None and person is self.person:
            self.put_sealed(key, lane, address.channel, outgoing, person, self.veil)
            return
        shower = self.shower(person)
        row = self._row(key, lane, address, shower.kind(outgoing), shower.payload(outgoing))
        row.person_id, row.about_id = person.id if person else None, about.id if about else None
        drawn = any(file["draw"] for file in row.payload.get("attachments", ()))
        row.state = SendState.WAITING if drawn else SendState.NEW
        if outbox.put(self.session, row):
            self.woken = True
            if drawn:
                work.put(self.session, f"draw/{key}", "draw", {"key": key}, self.real, row.person_id)

    def put_sealed(
        self, key: str, lane: Lane, channel: str, outgoing: Outgoing, person: Person, veil: str = ""
    ) -> None:
        """Put something into the outbox so that the row does not tell for whom it is, nor what it says.

        Rows under the same `veil`, the sealed number of the person, are sent in order.
        """
        shower = self.shower(person)
        hidden = {"sealed": self.house.seals.seal(json.dumps(shower.payload(outgoing)))}
        address = Address(channel, veil or self.house.seals.seal(str(person.id)))
        if outbox.put(self.session, self._row(key, lane, address, shower.kind(outgoing), hidden)):
            self.woken = True

    def _row(self, key: str, lane: Lane, address: Address, kind: str, payload: dict[str, Any]) -> OutboxRow:
        return OutboxRow(
            key=key,
            lane=lane,
            channel=address.channel,
            conversation=address.conversation,
            thread=address.thread,
            kind=kind,
            payload=payload,
            ready_at=self.real,
            made_at=self.real,
        )

    # --- doing ---

    def note(self, what: str, object: str, object_id: int | None = None, **detail: str | int | None) -> None:
        """Add what was done to the audit trail; of a veiled turn neither who did it nor the hour."""
        actor, at = (self.person.id if self.person else None), self.now
        if self.veiled:
            actor, at = None, self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        audit.note(self.session, at, actor, what, object, object_id, **detail)

    def work(self, key: str, kind: str, argument: dict[str, Any]) -> None:
        """Have something slow done off the turn, once for each key; of a veiled turn nobody can read what."""
        person_id = self.person.id if self.person else None
        if self.veiled:
            argument, person_id = {"sealed": self.house.seals.seal(json.dumps(argument))}, None
        work.put(self.session, key, kind, argument, self.real, person_id)
        self.woken = True

    def mentor_of(self, site_id: int) -> Person | None:
        """The mentor a site is paired with, else the first mentor of the programme."""
        site = programme.site(self.session, site_id)
        if site.mentor_id:
            return people.by_id(self.session, site.mentor_id)
        return next(iter(people.with_role(self.session, Role.MENTOR)), None)
