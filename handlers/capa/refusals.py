"""Why a move is refused, in plain words: where the CAPA stands, who makes the move, or what is still missing."""

from collections.abc import Callable

from handlers.capa.states import Actor, Need
from handlers.tickets import ticket
from locales.text import Phrase, _
from storage.tables.capas import Capa, CapaState


def by_state(capa: Capa) -> Phrase:
    """Where it stands, because the move does not fit that."""
    return _STANDS[capa.state](number=ticket(capa.id))


def by_actor(who: tuple[Actor, ...], owner: str) -> Phrase:
    """Who makes this move, because it is somebody else."""
    if Actor.DECIDER in who:
        return _("This is decided by whoever has the right to in the programme.")
    if Actor.OWNER in who:
        return _("This is for {owner}, or for the manager of the site.", owner=owner)
    return _("This is for the mentor of the site.")


def by_need(need: Need, capa: Capa) -> Phrase:
    """What is missing."""
    return _MISSING[need](number=ticket(capa.id))


_STANDS: dict[CapaState, Callable[..., Phrase]] = {
    CapaState.DRAFT: lambda **at: _("CAPA {number} is a draft. Nothing has been asked of the site yet.", **at),
    CapaState.PLAN_REQUESTED: lambda **at: _("CAPA {number} waits for a plan.", **at),
    CapaState.PLAN_SUBMITTED: lambda **at: _(
        "The plan of CAPA {number} is being looked at. It will be approved or returned.", **at
    ),
    CapaState.IN_PROGRESS: lambda **at: _("CAPA {number} is being worked on.", **at),
    CapaState.EVIDENCE_SUBMITTED: lambda **at: _(
        "The work on CAPA {number} was handed in and is being looked at.", **at
    ),
    CapaState.WATCHING: lambda **at: _(
        "The work on CAPA {number} is done. We are watching whether it has helped.", **at
    ),
    CapaState.CLOSED: lambda **at: _("CAPA {number} is closed.", **at),
    CapaState.CANCELLED: lambda **at: _("CAPA {number} was cancelled.", **at),
}

_MISSING: dict[Need, Callable[..., Phrase]] = {
    Need.OWNER: lambda **at: _("CAPA {number} has no owner yet. Please choose somebody of the site first.", **at),
    Need.REASON: lambda **at: _("Please give a reason. The other side reads it.", **at),
    Need.CONTAINMENT: lambda **at: _(
        "Before the plan, please say what was done at once so that it does no harm.", **at
    ),
    Need.PLAN: lambda **at: _("The plan needs a cause, an action and at least one step.", **at),
    Need.STEPS_DONE: lambda **at: _("Not all steps of CAPA {number} are done yet.", **at),
    Need.EVIDENCE: lambda **at: _("Please send a photo or a PDF, or say how one can see that it is done.", **at),
    Need.ANOTHER: lambda **at: _(
        "Somebody else has to look at this: not the owner, and not whoever handed it in.", **at
    ),
    Need.PLANNED: lambda **at: _("CAPA {number} needs no plan, because of its severity.", **at),
    Need.UNPLANNED: lambda **at: _("CAPA {number} needs a plan first, because of its severity.", **at),
    Need.WATCHED: lambda **at: _("CAPA {number} is closed once its work is done, because of its severity.", **at),
    Need.UNWATCHED: lambda **at: _("For CAPA {number} we watch first whether the work has helped.", **at),
}
