"""The proposal of a lighter tier: made once for each clean run, told to managers and mentors, and its result to all."""

from collections.abc import Iterable

from handlers.reminders.notice import Notice
from handlers.reminders.planning import plan_soon
from handlers.reminders.router import Notices
from handlers.tiers.record import record_of
from handlers.tiers.rules import Record, clean_run, last_settled
from handlers.tiers.words import asked_in, facts, outcome, question, supplier_of, title
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import outbox, people, programme, suppliers, tiers
from storage.tables.people import Person, Role
from storage.tables.planning import DueNote
from storage.tables.programme import ProposalState, Supplier, TierProposal

notices = Notices()


def plan_proposals(turn: Turn) -> None:
    """Propose a lighter tier for each supplier that has been clean for as long as its tier says."""
    lighter = [name for name, tier in turn.settings.tiers.items() if tier.lighter]
    for supplier in tiers.in_tiers(turn.session, lighter):
        run = run_of(turn, supplier)
        if len(run) >= turn.settings.tiers[supplier.tier].after:
            _propose(turn, supplier, run)


def run_of(turn: Turn, supplier: Supplier, record: Record | None = None) -> list[str]:
    """The clean months in a row of a supplier up to the last whose figures should be in."""
    today = turn.now.astimezone(turn.settings.zone).date()
    due_day = turn.settings.reporting.due_day
    return clean_run(record or record_of(turn, supplier), last_settled(today, due_day), due_day)


def _propose(turn: Turn, supplier: Supplier, run: list[str]) -> None:
    if tiers.proposed(turn.session, supplier.id, supplier.tier, run[0]):
        return
    row = TierProposal(
        supplier_id=supplier.id,
        from_tier=supplier.tier,
        to_tier=turn.settings.tiers[supplier.tier].lighter,
        since=run[0],
        until=run[-1],
        at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    turn.note("tier proposed", "supplier", supplier.id, proposal=row.id, tier=row.to_tier)
    for manager in people.with_role(turn.session, Role.MANAGER):
        plan_soon(turn, manager, manager.calendar, "tier.proposed", row.id, "asked")
    tell_mentors(turn, row, "asked")


def tell_mentors(turn: Turn, row: TierProposal, step: str) -> None:
    """Plan to tell the mentors of the supplier's sites."""
    for mentor in mentors_of(turn, row):
        if mentor.channel and mentor.calendar:
            plan_soon(turn, mentor, mentor.calendar, "tier.mentor", row.id, step)


def mentors_of(turn: Turn, row: TierProposal) -> list[Person]:
    """The mentors of the supplier's sites, each once."""
    found = (turn.mentor_of(site.id) for site in suppliers.sites(turn.session, row.supplier_id))
    return _once(one for one in found if one)


def tell_staff(turn: Turn, row: TierProposal, step: str) -> None:
    """Plan to tell the people of the supplier's sites, each once and in the hours of the first of their sites."""
    told: set[int] = set()
    for site in suppliers.sites(turn.session, row.supplier_id):
        for person in programme.staff(turn.session, site.id):
            if person.id not in told:
                plan_soon(turn, person, site.calendar, "tier.changed", row.id, step)
            told.add(person.id)


def _once(persons: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in persons}.values())


def manager_key(row: TierProposal, manager: Person) -> str:
    """The outbox key of the proposal as this manager got it."""
    return f"tier/{row.id}/{manager.id}"


def staff_key(row: TierProposal, person: Person, step: str) -> str:
    """The outbox key of what somebody at the supplier was told."""
    return f"tier/{row.id}/{step}/{person.id}"


@notices.kind("tier.proposed")
def proposed(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To a manager: the facts, and what to press."""
    row = tiers.proposal(turn.session, note.object_id)
    if row is None or row.state is not ProposalState.OPEN:
        return None
    asked = question(turn, row)
    why = _(
        "You run the programme, and the tier of a supplier is changed by a manager only. It stops once one decides."
    )
    return Notice(title(turn, row), asked.parts, why, asked.buttons, key=manager_key(row, person))


@notices.kind("tier.mentor")
def to_mentor(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To a mentor: what was proposed, or what was decided on it."""
    row = tiers.proposal(turn.session, note.object_id)
    if row is None or note.step != ("asked" if row.state is ProposalState.OPEN else row.state.value):
        return None
    key = f"tier/{row.id}/mentor/{person.id}"
    why = _("You are the mentor of this supplier. The managers of the programme decide on its tier.")
    if note.step == "asked":
        return Notice(title(turn, row), (*facts(turn, row), outcome(turn, row)), why, key=key)
    thread = f"@{key}" if outbox.by_key(turn.session, key) is not None else ""
    decider = people.by_id(turn.session, row.decided_by_id) if row.decided_by_id else None
    parts = (title(turn, row), outcome(turn, row))
    return Notice(title(turn, row), parts, why, about=decider, thread=thread, key=f"{key}/{note.step}")


@notices.kind("tier.changed")
def changed(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To the people of the supplier: which figures are asked from now on."""
    row = tiers.proposal(turn.session, note.object_id)
    if row is None or supplier_of(turn, row).tier != (row.to_tier if note.step == "accepted" else row.from_tier):
        return None
    if note.step == "taken back" and outbox.by_key(turn.session, staff_key(row, person, "accepted")) is None:
        return None
    why = _("You work for this supplier, and what is asked of it has changed.")
    return Notice(title(turn, row), _news(turn, row, note.step), why, key=staff_key(row, person, note.step))


def _news(turn: Turn, row: TierProposal, step: str) -> tuple[Phrase, ...]:
    name = supplier_of(turn, row).name
    if step == "accepted":
        return (
            _("Good news: your figures have been complete, in time and in order for months. Thank you."),
            _(
                "So {supplier} needs to send less from now on: {figures}.",
                supplier=name,
                figures=asked_in(turn, row.to_tier),
            ),
        )
    figures = asked_in(turn, row.from_tier)
    return (
        _("A change of plan: {supplier} is asked for these figures again: {figures}.", supplier=name, figures=figures),
    )
