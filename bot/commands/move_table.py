"""The life of a CAPA as a Mermaid diagram and a Markdown table, made from the table of its moves."""

from collections.abc import Iterator

from handlers.capa.states import MOVES, Actor, Move, Need
from storage.tables.capas import SETTLED, CapaState

WHO = {
    Actor.OWNER: "the owner, or a manager or deputy of the site",
    Actor.MENTOR: "the mentor, or a manager of the programme",
    Actor.DECIDER: "whoever holds the right",
    Actor.FIGURES: "the next figures",
}
NEEDS = {
    Need.OWNER: "an owner",
    Need.REASON: "a reason",
    Need.CONTAINMENT: "what was done at once, if the severity asks for it",
    Need.PLAN: "cause, action and a step",
    Need.STEPS_DONE: "all steps done",
    Need.EVIDENCE: "a file, or words",
    Need.ANOTHER: "somebody else than the owner and whoever handed it in",
    Need.PLANNED: "a severity with a plan",
    Need.UNPLANNED: "a severity without a plan",
    Need.WATCHED: "a severity with a look at the effect",
    Need.UNWATCHED: "a severity without a look at the effect",
}


def diagram() -> Iterator[str]:
    """The lines of the state diagram: every move that leads to another state."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {CapaState.DRAFT.value}"
    yield f"    [*] --> {CapaState.PLAN_REQUESTED.value}"
    yield f"    [*] --> {CapaState.IN_PROGRESS.value}"
    for move in MOVES:
        if move.to is not None and move.name != "cancel":
            yield from (f"    {state.value} --> {move.to.value}: {move.name}" for state in move.states)
    for state in SETTLED:
        yield f"    {state.value} --> [*]"
    yield "```"


def moves() -> Iterator[str]:
    """The lines of the table of all moves."""
    yield "| move | from | to | who | needs |"
    yield "|---|---|---|---|---|"
    for move in MOVES:
        who = "; ".join(WHO[actor] for actor in move.who)
        needs = "; ".join(NEEDS[need] for need in move.needs)
        yield f"| `{move.name}` | {_from(move)} | {f'`{move.to.value}`' if move.to else 'stays'} | {who} | {needs} |"


def _from(move: Move) -> str:
    if set(move.states) == set(CapaState):
        return "any"
    if set(move.states) == set(CapaState) - set(SETTLED):
        return "any that is open"
    return ", ".join(f"`{state.value}`" for state in move.states)
