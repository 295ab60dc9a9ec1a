"""An overview of suppliers: a line each, the worst first."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.message import Button
from handlers.reader import Reader
from handlers.router import action
from handlers.status.facts import SiteFacts, gather
from handlers.status.rules import Counts
from handlers.status.words import SIGNS
from handlers.turn import Turn
from locales.text import Phrase, Value, _, n_
from storage import programme
from storage.tables.programme import Supplier

NAMED = 3
"""So many missing figures are named; more are counted."""


@dataclass(frozen=True)
class SupplierFacts:
    """A supplier with those of its sites that the reader may see."""

    supplier: Supplier
    sites: tuple[SiteFacts, ...]

    @property
    def counts(self) -> Counts:
        """How much is open at these sites."""
        return sum((site.counts for site in self.sites), Counts())


def overview(turn: Turn) -> list[SupplierFacts]:
    """The suppliers whose sites the person may see, the worst first, then by name."""
    found: dict[int, list[SiteFacts]] = {}
    for facts in gather(turn, programme.sites_of(turn.session, turn.me)):
        found.setdefault(facts.supplier.id, []).append(facts)
    whole = [SupplierFacts(sites[0].supplier, tuple(sites)) for sites in found.values()]
    return sorted(whole, key=lambda one: (*(-much for much in one.counts.urgency), one.supplier.name))


def supplier_line(read: Reader, facts: SupplierFacts) -> Phrase:
    """How a supplier stands and why."""
    return line(read, facts.supplier.name, facts.counts, facts.sites)


def site_line(read: Reader, facts: SiteFacts) -> Phrase:
    """How a site stands and why."""
    return line(read, facts.site.name, facts.counts, (facts,))


def line(read: Reader, name: str, counts: Counts, sites: Sequence[SiteFacts]) -> Phrase:
    """The sign in words, the name, and what is open behind it."""
    reasons = _reasons(read, counts, sites)
    said: dict[str, Value] = {"sign": SIGNS[counts.standing], "name": name}
    if not reasons:
        return _("<b>{name}</b>: {sign}", **said)
    return _("<b>{name}</b>: {sign} ({reasons})", reasons=reasons, **said)


def supplier_buttons(found: Sequence[SupplierFacts]) -> list[list[Button]]:
    """A button for each supplier, which shows its card."""
    return [[Button(one.supplier.name, action("status.supplier", one.supplier.id))] for one in found]


def rest(left: int, prefix: str) -> Phrase:
    """How many suppliers did not fit, and how to see one of them; `prefix` is what begins a command."""
    return n_(
        "And {count} more supplier. To see it, write {command} and its name.",
        "And {count} more suppliers. To see one, write {command} and its name.",
        left,
        command=f"{prefix}supplier",
    )


def _reasons(read: Reader, counts: Counts, sites: Sequence[SiteFacts]) -> tuple[Phrase, ...]:
    """What is open, the gravest first; names of figures come last, so that the list reads well."""
    in_time = counts.capas - counts.overdue
    reasons = [
        (counts.breaches, n_("{count} limit broken", "{count} limits broken", counts.breaches)),
        (
            counts.overdue,
            n_("{count} corrective action overdue", "{count} corrective actions overdue", counts.overdue),
        ),
        (in_time, n_("{count} corrective action open", "{count} corrective actions open", in_time)),
        (counts.problems, n_("{count} problem open", "{count} problems open", counts.problems)),
        (counts.missing, _missing(read, sites)),
    ]
    return tuple(phrase for much, phrase in reasons if much)


def _missing(read: Reader, sites: Sequence[SiteFacts]) -> Phrase:
    """What is missing, by name where that is short."""
    metrics = [metric for site in sites for metric, _period in site.missing]
    if len(metrics) > NAMED or len(set(metrics)) < len(metrics):
        return n_("{count} figure missing", "{count} figures missing", len(metrics))
    return _("missing: {names}", names=tuple(read.metric_text(metric, "name") for metric in metrics))
