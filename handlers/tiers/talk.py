"""A manager decides on the proposal of a lighter tier: accept it, not now, or take it back."""

from dataclasses import dataclass

from handlers import conversation
from handlers.dialog import Dialog, Talk
from handlers.form import Form
from handlers.message import Edit
from handlers.questions import Text
from handlers.router import MANAGER, Router, number
from handlers.tiers.notices import manager_key, run_of, tell_mentors, tell_staff
from handlers.tiers.words import outcome, question, supplier_of
from handlers.turn import Refused, Turn
from locales.text import _
from storage import outbox, people, tiers
from storage.tables.people import Role
from storage.tables.programme import ProposalState, TierProposal
from storage.tables.queues import Lane

routes = Router()
WORDS = 500
DECIDED = _("This has been decided already.")


@routes.button("tier.accept", MANAGER)
def accept(turn: Turn, proposal_id: str) -> None:
    """Move the supplier to the lighter tier, unless something has changed since; its people are told."""
    row = _open(turn, proposal_id)
    if not _still_holds(turn, row):
        _settle(turn, row, ProposalState.WITHDRAWN)
        turn.note("tier proposal withdrawn", "supplier", row.supplier_id, proposal=row.id)
    else:
        _move(turn, row, row.to_tier, ProposalState.ACCEPTED)
        turn.note("tier accepted", "supplier", row.supplier_id, proposal=row.id, tier=row.to_tier)
        tell_staff(turn, row, "accepted")
    turn.say(outcome(turn, row))


@routes.button("tier.decline", MANAGER)
def decline(turn: Turn, proposal_id: str) -> None:
    """Ask for the reason why not now."""
    row = _open(turn, proposal_id)
    conversation.start(turn, "decline_tier", {"proposal": row.id}, modal=turn.capabilities.modals)


@routes.dialog("decline_tier", _("A lighter tier: not now"))
def why_not(talk: Talk) -> Dialog[None]:
    """The reason, in words that the mentor will read."""
    why = Text("why", _("Why not now?"), limit=WORDS, hint=_("The mentor reads these words."))
    given = yield from Form("decline", _("Not now"), [why], _("Send it"))
    talk.do(DeclineTier(talk.argument["proposal"], given["why"]))


@dataclass(frozen=True)
class DeclineTier:
    """A lighter tier that a manager does not want for now."""

    proposal_id: int
    why: str

    def perform(self, turn: Turn) -> None:
        """Keep the reason; the supplier stays where it is, and is proposed again after another clean run."""
        row = tiers.proposal(turn.session, self.proposal_id)
        if row is None or row.state is not ProposalState.OPEN:
            turn.say(DECIDED)
            return
        row.why = self.why
        _settle(turn, row, ProposalState.DECLINED)
        turn.note("tier declined", "supplier", row.supplier_id, proposal=row.id, tier=row.from_tier)
        turn.say(
            _("Noted. {supplier} stays in the tier {tier}.", supplier=supplier_of(turn, row).name, tier=row.from_tier)
        )


@routes.button("tier.undo", MANAGER)
def undo(turn: Turn, proposal_id: str) -> None:
    """Move the supplier back to the tier that it came from."""
    row = _found(turn, proposal_id)
    supplier = supplier_of(turn, row)
    if (
        row.state is not ProposalState.ACCEPTED
        or supplier.tier != row.to_tier
        or row.from_tier not in turn.settings.tiers
    ):
        raise Refused(DECIDED)
    _move(turn, row, row.from_tier, ProposalState.TAKEN_BACK)
    turn.note("tier taken back", "supplier", row.supplier_id, proposal=row.id, tier=row.from_tier)
    tell_staff(turn, row, "taken back")
    turn.say(outcome(turn, row))


def _found(turn: Turn, proposal_id: str) -> TierProposal:
    known = number(proposal_id)
    row = tiers.proposal(turn.session, known) if known is not None else None
    if row is None:
        raise Refused(_("This no longer exists."))
    return row


def _open(turn: Turn, proposal_id: str) -> TierProposal:
    row = _found(turn, proposal_id)
    if row.state is not ProposalState.OPEN:
        raise Refused(DECIDED)
    return row


def _still_holds(turn: Turn, row: TierProposal) -> bool:
    """Whether the supplier is where it was, the tier is still there, and the clean run goes on."""
    supplier = supplier_of(turn, row)
    stays = supplier.tier == row.from_tier and row.to_tier in turn.settings.tiers
    run = run_of(turn, supplier) if stays else []
    return bool(run) and run[0] <= row.until


def _move(turn: Turn, row: TierProposal, tier: str, state: ProposalState) -> None:
    """The supplier in another tier by what was decided in chat, which an import leaves as it is."""
    supplier = supplier_of(turn, row)
    supplier.tier = supplier.chosen_tier = tier
    turn.session.add(supplier)
    _settle(turn, row, state)


def _settle(turn: Turn, row: TierProposal, state: ProposalState) -> None:
    """Keep who decided what, show it on the proposal wherever it was read, and tell the mentors."""
    row.state, row.decided_by_id, row.decided_at = state, turn.me.id, turn.now
    turn.session.add(row)
    for manager in people.with_role(turn.session, Role.MANAGER):
        key = manager_key(row, manager)
        if outbox.by_key(turn.session, key) is not None:
            turn.tell(manager, f"{key}/{state}", Edit(key, question(turn, row)), Lane.ALERT, about=turn.me)
    tell_mentors(turn, row, state.value)
