"""Work handed over by a code: whoever leaves, or their site manager, makes it; the successor enters it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Message
from handlers.questions import Choice, Confirm
from handlers.router import SUPPLIER, Router
from handlers.turn import Refused, Turn
from locales.text import Phrase, _, p_
from storage import handovers, people, programme
from storage.tables.people import Duty, Handover, Person
from storage.tables.queues import Lane

routes = Router()
CODE, DAYS = 12, 7


@routes.command("handover", SUPPLIER, menu=_("Hand my work over"))
def begin(turn: Turn, _argument: str) -> None:
    """Begin to hand work over."""
    conversation.start(turn, "handover")


@routes.dialog("handover", _("Handing work over"))
def handing(talk: Talk) -> Dialog[None]:
    """Whose work, for a site manager, and a code for the successor."""
    people_here = yield from Fact("people", list[tuple[int, str]], lambda: _leavers(talk))
    leaver = str(talk.person.id)
    if len(people_here) > 1:
        names = [(str(one), p_("a person in a list", "{name}", name=name)) for one, name in people_here]
        leaver = yield from Choice("who", _("Whose work is handed over?"), names)
    name = dict(people_here)[int(leaver)]
    asked = _(
        "I make a code for the successor of {name}. Whoever enters it takes over the duties, figures, corrective "
        "actions, open problems and reminders. Shall I make it?",
        name=name,
    )
    if (yield from Confirm("make", asked, yes=_("Yes, make the code"), no=_("No"))):
        talk.do(MakeCode(int(leaver)))
    else:
        talk.say(_("Nothing was changed."))


def _leavers(talk: Talk) -> list[tuple[int, str]]:
    """The person, and for a site manager everybody of their sites."""
    found = {talk.person.id: talk.person.name}
    for site in talk.read.sites(talk.person):
        if any(one.id == talk.person.id for one in talk.read.staff(site.id, Duty.SITE_MANAGER)):
            found |= {one.id: one.name for one in talk.read.staff(site.id)}
    return list(found.items())


@dataclass(frozen=True)
class MakeCode:
    """A code for the successor of somebody."""

    leaver_id: int

    def perform(self, turn: Any) -> None:
        """Keep its hash; earlier codes end."""
        code = turn.house.token()[:CODE]
        handovers.withdraw(turn.session, self.leaver_id, turn.now)
        row = Handover(
            from_id=self.leaver_id,
            made_by_id=turn.me.id,
            code_hash=_hash(turn, code),
            made_at=turn.now,
            expires_at=turn.now + timedelta(days=DAYS),
        )
        turn.session.add(row)
        turn.note("hand-over code made", "person", self.leaver_id)
        turn.say(
            _(
                "This is the code: {code}\nThe successor writes to me: <b>takeover {code}</b>. It works once, until "
                "{day}, for somebody of the same company who has joined.",
                code=code,
                day=row.expires_at.date(),
            )
        )


def _hash(turn: Turn, code: str) -> str:
    return turn.house.pseudonym(f"handover/{code}")


@routes.command("takeover", SUPPLIER)
def take_over(turn: Turn, code: str) -> None:
    """Enter a code: the work of whoever it is for becomes the person's."""
    row = handovers.by_hash(turn.session, _hash(turn, code.strip())) if code.strip() else None
    refusal = _refusal(turn, row)
    if row is None or refusal is not None:
        raise Refused(refusal or UNKNOWN)
    leaver = people.by_id(turn.session, row.from_id)
    sites = programme.sites_of(turn.session, leaver)
    moved = handovers.move(turn.session, leaver.id, turn.me.id, turn.now)
    row.used_at, row.to_id = turn.now, turn.me.id
    turn.session.add(row)
    turn.note("work handed over", "person", leaver.id, to=turn.me.id, **moved)
    turn.say(
        _(
            "You have taken over from {name}. Corrective actions: {capas}. Open problems: {tickets}. Write /status to "
            "see what is due.",
            name=leaver.name,
            capas=moved["capas"],
            tickets=moved["tickets"],
        )
    )
    _tell_others(turn, row, leaver, [turn.mentor_of(site.id) for site in sites])


UNKNOWN = _("This code is not valid. Please ask for a new one.")


def _refusal(turn: Turn, row: Handover | None) -> Phrase | None:
    """Why a code cannot be used by this person; None if it can."""
    if row is None or row.used_at is not None or row.expires_at <= turn.now:
        return UNKNOWN
    if row.from_id == turn.me.id:
        return _("This code is for your successor. Please pass it on.")
    leaver = people.by_id(turn.session, row.from_id)
    theirs, mine = ({one.supplier_id for one in programme.sites_of(turn.session, who)} for who in (leaver, turn.me))
    return None if theirs & mine else _("This code is for somebody of another company.")


def _tell_others(turn: Turn, row: Handover, leaver: Person, mentors: list[Person | None]) -> None:
    text = _("{name} has taken over your work. Thank you for all you have done.", name=turn.me.name)
    turn.tell(leaver, f"handover/{row.id}/leaver", Message((text,)), Lane.ALERT, turn.me)
    told = _("{name} has taken over the work of {leaver}.", name=turn.me.name, leaver=leaver.name)
    for mentor in {one.id: one for one in mentors if one is not None}.values():
        turn.post(mentor, f"handover/{row.id}/mentor/{mentor.id}", Message((told,)), about=leaver)
