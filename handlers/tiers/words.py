"""What is said of a lighter tier: what would be asked, why it is proposed, and what was decided."""

from handlers.message import Button, Message
from handlers.metrics.cadence import lengths_asked
from handlers.metrics.periods import said
from handlers.router import action
from handlers.tiers.rules import months_of_run
from handlers.turn import Turn
from locales.text import Phrase, Value, Words, _, p_
from storage import people, suppliers
from storage.tables.programme import ProposalState, Supplier, TierProposal


def supplier_of(turn: Turn, row: TierProposal) -> Supplier:
    """The supplier that a proposal is about."""
    return suppliers.by_ids(turn.session, [row.supplier_id])[row.supplier_id]


def asked_in(turn: Turn, tier: str) -> tuple[Phrase, ...]:
    """The figures that a tier asks for; those asked less often than each month say how often."""
    read = turn.read
    asked = lengths_asked(turn.settings, turn.house.library.metrics, tier)
    found = []
    for key, length in asked.items():
        name = read.metric_text(key, "name")
        match length:
            case "month":
                found.append(name)
            case "quarter":
                found.append(p_("how often a figure is asked", "{metric} (each quarter)", metric=name))
            case "year":
                found.append(p_("how often a figure is asked", "{metric} (each year)", metric=name))
    return tuple(found)


def title(turn: Turn, row: TierProposal) -> Phrase:
    """What a proposal is about, in one line."""
    return _("<b>{supplier} could send fewer figures</b>", supplier=supplier_of(turn, row).name)


def facts(turn: Turn, row: TierProposal) -> tuple[Phrase, ...]:
    """What is proposed for whom, the clean months behind it, and what would change."""
    known: dict[str, Value] = {
        "first": said(row.since),
        "last": said(row.until),
        "months": months_of_run(row.since, row.until),
    }
    return (
        title(turn, row),
        _(
            "From {first} to {last}, {months} months in a row, every figure came in time and was measured. "
            "No limit was broken, and no corrective action was open.",
            **known,
        ),
        _("Asked now, in the tier {tier}: {figures}.", tier=row.from_tier, figures=asked_in(turn, row.from_tier)),
        _("Asked in the tier {tier}: {figures}.", tier=row.to_tier, figures=asked_in(turn, row.to_tier)),
    )


def question(turn: Turn, row: TierProposal) -> Message:
    """The proposal as a manager gets it: with the buttons as long as it is open, then with what was decided."""
    if row.state is not ProposalState.OPEN:
        buttons = (
            ((Button(_("Take it back"), action("tier.undo", row.id)),),) if row.state is ProposalState.ACCEPTED else ()
        )
        return Message((*facts(turn, row), outcome(turn, row)), buttons)
    accept = Button(_("Accept"), action("tier.accept", row.id), "primary")
    return Message(facts(turn, row), ((accept, Button(_("Not now"), action("tier.decline", row.id))),))


def outcome(turn: Turn, row: TierProposal) -> Phrase:
    """What became of a proposal."""
    person = people.by_id(turn.session, row.decided_by_id).name if row.decided_by_id else ""
    supplier = supplier_of(turn, row).name
    match row.state:
        case ProposalState.ACCEPTED:
            return _(
                "{person} has accepted: {supplier} is in the tier {tier} now.",
                person=person,
                supplier=supplier,
                tier=row.to_tier,
            )
        case ProposalState.DECLINED:
            why = Words(row.why)
            return _("{person} does not want it now: <i>{why}</i>", person=person, why=why)
        case ProposalState.TAKEN_BACK:
            return _(
                "{person} has taken it back: {supplier} stays in the tier {tier}.",
                person=person,
                supplier=supplier,
                tier=row.from_tier,
            )
        case ProposalState.WITHDRAWN:
            return _("Something has changed there since, so this proposal no longer holds.")
    return _("The managers have been asked.")
