"""The moves in the life of a CAPA: from which states, to which, who may make them, and what they need.

This table is the whole of it: `handlers/capa/moving.py` keeps to it, the diagram in docs/CAPA.md is made from it, and
every move that is not in it is refused.
"""

from dataclasses import dataclass
from enum import StrEnum

from storage.tables.capas import SETTLED, CapaState

S = CapaState


class Actor(StrEnum):
    """Who makes a move."""

    OWNER = "owner"
    """The owner; a site manager or deputy of the site may stand in, and for a step whoever has it to do."""
    MENTOR = "mentor"
    """The mentor of the site, or a manager of the programme."""
    DECIDER = "decider"
    """Whoever holds the right to decide in the programme: the mentor of the site, or the managers."""
    FIGURES = "figures"
    """The next figures, read when they come in."""


class Need(StrEnum):
    """What must be there before a move can be made."""

    OWNER = "owner"
    REASON = "reason"
    CONTAINMENT = "containment"
    PLAN = "plan"
    STEPS_DONE = "steps done"
    EVIDENCE = "evidence"
    ANOTHER = "another"
    """Somebody else than the owner and than whoever handed it in."""
    PLANNED = "planned"
    """The severity asks for a plan."""
    UNPLANNED = "unplanned"
    """The severity asks for no plan."""
    WATCHED = "watched"
    """The severity asks whether the work has helped."""
    UNWATCHED = "unwatched"
    """The severity does not ask whether the work has helped."""


@dataclass(frozen=True)
class Move:
    """A move by its name. Without `to` the state stays as it is."""

    name: str
    states: tuple[CapaState, ...]
    to: CapaState | None
    who: tuple[Actor, ...]
    needs: tuple[Need, ...] = ()


OPEN = tuple(state for state in S if state not in SETTLED)
OWING = (S.PLAN_REQUESTED, S.IN_PROGRESS)
BY_OWNER, BY_MENTOR, BY_DECIDER = (Actor.OWNER,), (Actor.MENTOR,), (Actor.DECIDER,)
BY_FIGURES = (Actor.DECIDER, Actor.FIGURES)

MOVES = (
    Move("request", (S.DRAFT,), S.PLAN_REQUESTED, BY_MENTOR, (Need.OWNER, Need.PLANNED)),
    Move("start", (S.DRAFT,), S.IN_PROGRESS, BY_MENTOR, (Need.OWNER, Need.UNPLANNED)),
    Move("submit_plan", (S.PLAN_REQUESTED,), S.PLAN_SUBMITTED, BY_OWNER, (Need.CONTAINMENT, Need.PLAN)),
    Move("approve_plan", (S.PLAN_SUBMITTED,), S.IN_PROGRESS, BY_DECIDER, (Need.ANOTHER,)),
    Move("return_plan", (S.PLAN_SUBMITTED,), S.PLAN_REQUESTED, BY_DECIDER, (Need.ANOTHER, Need.REASON)),
    Move("submit_evidence", (S.IN_PROGRESS,), S.EVIDENCE_SUBMITTED, BY_OWNER, (Need.STEPS_DONE, Need.EVIDENCE)),
    Move("verify", (S.EVIDENCE_SUBMITTED,), S.WATCHING, BY_DECIDER, (Need.ANOTHER, Need.WATCHED)),
    Move("accept", (S.EVIDENCE_SUBMITTED,), S.CLOSED, BY_DECIDER, (Need.ANOTHER, Need.UNWATCHED)),
    Move("return_evidence", (S.EVIDENCE_SUBMITTED,), S.IN_PROGRESS, BY_DECIDER, (Need.ANOTHER, Need.REASON)),
    Move("effective", (S.WATCHING,), S.CLOSED, BY_FIGURES, (Need.ANOTHER,)),
    Move("replan", (S.WATCHING,), S.PLAN_REQUESTED, BY_FIGURES, (Need.ANOTHER, Need.REASON, Need.PLANNED)),
    Move("rework", (S.WATCHING,), S.IN_PROGRESS, BY_FIGURES, (Need.ANOTHER, Need.REASON, Need.UNPLANNED)),
    Move("reopen_plan", SETTLED, S.PLAN_REQUESTED, BY_MENTOR, (Need.OWNER, Need.REASON)),
    Move("reopen_work", SETTLED, S.IN_PROGRESS, BY_MENTOR, (Need.OWNER, Need.REASON)),
    Move("cancel", OPEN, S.CANCELLED, BY_MENTOR, (Need.REASON,)),
    Move("contain", OWING, None, BY_OWNER),
    Move("do_step", (S.IN_PROGRESS,), None, BY_OWNER),
    Move("ask_extension", OWING, None, BY_OWNER, (Need.REASON,)),
    Move("decide_extension", OWING, None, BY_DECIDER, (Need.REASON,)),
    Move("block", OWING, None, BY_OWNER),
    Move("unblock", OWING, None, (Actor.OWNER, Actor.MENTOR)),
    Move("change_owner", OPEN, None, BY_MENTOR),
    Move("link", tuple(S), None, BY_MENTOR),
)
BY_NAME = {move.name: move for move in MOVES}
