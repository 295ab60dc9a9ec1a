"""Documents that people must have read: asked once for each version, read section by section, and confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from courses.document import Deviation, Document, Section
from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button, Speech
from handlers.questions import Choice, Confirm
from handlers.router import ANYONE, SUPPLIER, Router, action
from handlers.training.pace import local_day, working_days_on
from handlers.turn import Refused, Turn
from locales.text import Phrase, _, n_, p_
from storage import documents, people, programme
from storage.tables.documents import DocumentReading
from storage.tables.people import Duty, Person, Role

routes = Router()
MOST_ASKS, ASK_GAP = 3, 5
"""So often, and so many working days apart, somebody is asked to read a version; then the mentor sees it."""
SHOWN = 15


def to_ask(turn: Turn, person: Person, day: date) -> DocumentReading | None:
    """The document that somebody is to be asked to read on a day; None if there is none."""
    held = turn.house.library.documents
    for row in documents.readings(turn.session, [person.id]):
        document = held.get(row.document)
        if row.ask_on and row.ask_on <= day and document is not None and document.version == row.version:
            return row
    return None


def asked_again(turn: Turn, person: Person, reading: DocumentReading, day: date) -> None:
    """Count that it was asked, and say when it is asked next."""
    reading.asks += 1
    more = reading.asks < MOST_ASKS
    reading.ask_on = working_days_on(turn, person, day, ASK_GAP * reading.asks) if more else None
    turn.session.add(reading)


@routes.command("documents", ANYONE, menu=_("Documents"))
def show_documents(turn: Turn, _argument: str) -> None:
    """For supplier staff, what there is to read; for the buyer, who has read it."""
    if not turn.house.library.documents:
        turn.say(_("There is no document to read."))
    for document in turn.house.library.documents.values():
        if turn.me.role is Role.SUPPLIER:
            _offer(turn, document)
        else:
            turn.say(*_who_has_read(turn, document))


@routes.button("document", SUPPLIER)
def read(turn: Turn, key: str) -> None:
    """Begin to read a document."""
    if key not in turn.house.library.documents:
        raise Refused(conversation.GONE)
    conversation.start(turn, "document", {"document": key})


@routes.dialog("document", _("Reading a document"))
def read_document(talk: Talk) -> Dialog[None]:
    """Its sections one by one, with what holds at the person's site, and a confirmation at the end."""
    document = talk.read.library.documents.get(talk.argument["document"])
    if document is None:
        talk.say(_("This no longer exists."))
        return
    sites = talk.read.sites(talk.person)
    home = (sites[0].country, sites[0].key) if sites else ("", "")
    local = document.deviations_for(*home, talk.began.date())
    title = talk.read.document_text(document.key, document.title)
    talk.say(_("<b>{document}</b>, version {version}", document=title, version=document.version))
    for section in document.sections:
        text = _section(talk, document, section, local)
        # Who began with an older version begins anew with the one that holds.
        yield from Choice(f"{document.version}/{section.key}", text, [("next", _("Next"))])
    question = _("Have you read {document}, version {version}?", document=title, version=document.version)
    has_read = yield from Confirm("read", question, yes=_("I have read it"), no=_("Not yet"))
    version = yield from Fact("version", int, lambda: document.version)
    if not has_read:
        talk.say(_("You find it under Documents whenever you want to read on."))
        return
    talk.do(ConfirmReading(document.key, version))
    talk.say(_("Thank you. It is recorded that you have read {document}.", document=title))


def _section(talk: Talk, document: Document, section: Section, local: list[Deviation]) -> Phrase:
    """A section as one text: heading, paragraphs, requirements, and below each what holds here instead."""
    by_requirement = {one.requirement: one for one in local}
    lines: list[Phrase] = [_("<b>{title}</b>", title=talk.read.document_text(document.key, section.title))]
    if section.text:
        lines.append(talk.read.document_text(document.key, section.text))
    for one in section.requirements:
        lines.append(_("• {requirement}", requirement=talk.read.document_text(document.key, one.text)))
        if one.key in by_requirement:
            lines.append(_deviation(talk, document, by_requirement[one.key]))
    return _stacked(lines)


def _stacked(lines: list[Phrase]) -> Phrase:
    """The lines below one another, as one sentence that a question can ask."""
    whole = lines[0]
    for line in lines[1:]:
        whole = p_("two paragraphs", "{above}\n\n{below}", above=whole, below=line)
    return whole


def _deviation(talk: Talk, document: Document, one: Deviation) -> Phrase:
    text = talk.read.document_text(document.key, one.text)
    if one.until is None:
        return _(
            "Here instead: {text} Approved by {who} on {day}.", text=text, who=one.approved_by, day=one.approved_on
        )
    return _(
        "Here instead, until {until}: {text} Approved by {who} on {day}.",
        text=text,
        who=one.approved_by,
        day=one.approved_on,
        until=one.until,
    )


@dataclass(frozen=True)
class ConfirmReading:
    """Somebody says that they have read a version."""

    document: str
    version: int

    def perform(self, turn: Turn) -> None:
        """Record it once; the first time stays."""
        row = documents.reading(turn.session, turn.me.id, self.document, self.version) or DocumentReading(
            person_id=turn.me.id, document=self.document, version=self.version, made_at=turn.now
        )
        row.read_at, row.ask_on = row.read_at or turn.now, None
        turn.session.add(row)
        turn.session.flush()
        turn.note("document read", "document reading", row.id, document=self.document, version=self.version)


def _offer(turn: Turn, document: Document) -> None:
    row = documents.reading(turn.session, turn.me.id, document.key, document.version)
    title = turn.read.document_text(document.key, document.title)
    if row is not None and row.read_at is not None:
        said: Speech = _("{document}: you have read version {version}.", document=title, version=document.version)
    else:
        said = _("{document}: please read version {version}.", document=title, version=document.version)
    turn.say(said, buttons=[[Button(_("Read: {document}", document=title), action("document", document.key))]])


def _who_has_read(turn: Turn, document: Document) -> Iterator[Speech]:
    """How many of the person's sites have read it, who has not, and what holds where."""
    sites = {site.id: site for site in programme.sites_of(turn.session, turn.me)}
    concerned = _concerned(turn, document, list(sites))
    rows = documents.readings(turn.session, list(concerned))
    done = {
        row.person_id for row in rows if (row.document, row.version) == (document.key, document.version) and row.read_at
    }
    title = turn.read.document_text(document.key, document.title)
    yield n_(
        "<b>{document}</b>, version {version}: {done} of {count} person has read it.",
        "<b>{document}</b>, version {version}: {done} of {count} people have read it.",
        len(concerned),
        document=title,
        version=document.version,
        done=len(done),
    )
    missing = [one for one in concerned.values() if one.id not in done]
    if missing:
        names = tuple(p_("a person in a list", "{name}", name=one.name) for one in missing[:SHOWN])
        yield _("Not yet: {names}.", names=names)
    if len(missing) > SHOWN:
        yield _("and {count} more", count=len(missing) - SHOWN)
    today = local_day(turn, turn.me)
    for site in sites.values():
        for one in document.deviations_for(site.country, site.key, today):
            yield _(
                "{site} has an approved deviation: {text} ({who}, {day})",
                site=site.name,
                text=turn.read.document_text(document.key, one.text),
                who=one.approved_by,
                day=one.approved_on,
            )


def _concerned(turn: Turn, document: Document, site_ids: list[int]) -> dict[int, Person]:
    """Those at these sites who have joined and whom the document concerns."""
    duties = [Duty(duty) for duty in document.duties]
    found = {}
    for site_id in sorted(people.joined_sites(turn.session, site_ids)):
        for person in programme.staff(turn.session, site_id, *duties):
            if person.privacy_at is not None:
                found[person.id] = person
    return found
