"""A look at one site: four short lines and a card, for one reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.message import Attachment, Speech
from handlers.metrics.ledger import Known
from handlers.metrics.periods import length_of, named, said
from handlers.metrics.rules import Limit, beyond, percent_over
from handlers.showing import Shower
from handlers.status.card import Card, Trend, card_values
from handlers.status.facts import SiteFacts
from handlers.status.marks import Marks, share
from handlers.status.past import Gathering, Past
from handlers.status.since import baseline_lines
from handlers.status.trend import TrendWriter
from handlers.status.window import window
from handlers.status.words import SIGNS
from handlers.summaries.chart import Legend
from handlers.turn import Turn
from locales.text import Amount, Phrase, Value, _, n_, p_
from storage.tables.people import Person

MOST_TRENDS = 10
"""More rows than these make a picture that no phone shows whole."""


@dataclass(frozen=True)
class Look:
    """What is said and drawn of a site."""

    facts: SiteFacts
    asked: tuple[Past, ...]
    computed: tuple[Past, ...]
    writer: TrendWriter

    @property
    def pasts(self) -> tuple[Past, ...]:
        """What is shown: first what the site sends."""
        return self.asked + self.computed

    def lines(self) -> list[Speech]:
        """How it stands, what is in and what is due, the worst against its limit, and what else is open."""
        facts, counts = self.facts, self.facts.counts
        lines: list[Speech] = [
            _(
                "<b>{site}</b>, {supplier}: {sign}",
                site=facts.site.name,
                supplier=facts.supplier.name,
                sign=SIGNS[counts.standing],
            ),
            self._due(),
        ]
        if worst := self._worst():
            lines.append(worst)
        lines += [line for line in (self._computed(), *baseline_lines(self.writer.read, self.pasts)) if line]
        if counts.capas or counts.problems:
            lines.append(
                _(
                    "Corrective actions open: {open}, overdue: {overdue}. Problems open: {problems}.",
                    open=counts.capas,
                    overdue=counts.overdue,
                    problems=counts.problems,
                )
            )
        return lines

    def picture(self) -> Attachment | None:
        """The card, to be drawn off the turn; None where nothing is asked.

        What is missing or above its limit comes first if not all have room.
        """
        if not self.pasts:
            return None
        shown = list(self.pasts)
        if len(shown) > MOST_TRENDS:
            shown.sort(key=lambda past: not (past.is_missing or self._is_beyond(past)))
        shown, left = shown[:MOST_TRENDS], len(shown[MOST_TRENDS:])
        shower = self.writer.shower
        more = shower.plain(n_("And {count} more figure.", "And {count} more figures.", left)) if left else ""
        return card_attachment(shower, shown, tuple(self.writer.trend(past) for past in shown), more)

    def _due(self) -> Phrase:
        facts, month = self.facts, said(self.facts.month)
        if not facts.missing:
            return _("For {month}, everything that is due is in.", month=month)
        return _(
            "For {month}, {given} of {asked} figures are in. Due: {names}.",
            month=month,
            given=len(facts.asked) - len(facts.missing),
            asked=len(facts.asked),
            names=tuple(
                named(self.writer.read.metric_text(metric, "name"), period) for metric, period in facts.missing
            ),
        )

    def _computed(self) -> Phrase | None:
        """The computed figures that are known for the last period."""
        found = [(past, last) for past in self.computed if (last := past.last) and last.period == past.until]
        if not found:
            return None
        figures = tuple(self._computed_one(past, last) for past, last in found)
        return _("Computed from this: {figures}.", figures=figures)

    def _computed_one(self, past: Past, last: Known) -> Phrase:
        name, amount = self.writer.read.metric_text(past.metric.key, "name"), past.amount(last.value)
        if length_of(last.period) == "month":
            return p_("a computed figure", "{metric} {amount}", metric=name, amount=amount)
        return p_(
            "a computed figure", "{metric} {amount} ({period})", metric=name, amount=amount, period=said(last.period)
        )

    def _is_beyond(self, past: Past) -> bool:
        return past.last is not None and self.writer.marks(past, past.last.period).broken(past.last.value)

    def _worst(self) -> Phrase | None:
        """The last figure that is worst against its limit, or against its target where nothing has a limit."""
        if (limited := self._farthest(lambda marks: marks.limit)) is not None:
            past, last, limit = limited
            return self._against_limit(past, last, limit)
        if (aimed := self._farthest(lambda marks: marks.target)) is None:
            return None
        past, last, target = aimed
        if not beyond(last.value, target):
            return _("Every target is reached.")
        return _(
            "Farthest from its target: {metric} in {month}, {value}, target {target}.",
            target=Amount(target.threshold, target.unit),
            **self._said(past, last),
        )

    def _against_limit(self, past: Past, last: Known, limit: Limit) -> Phrase:
        words = {**self._said(past, last), "limit": Amount(limit.threshold, limit.unit)}
        if not beyond(last.value, limit):
            return _("No limit is broken. Nearest to it: {metric} in {month}, {value}, limit {limit}.", **words)
        percent = percent_over(last.value, limit.threshold)
        if percent is None:
            return _("Worst: {metric} in {month}, {value}, the limit is {limit}.", **words)
        if limit.higher_is_better:
            return _(
                "Worst: {metric} in {month}, {value}, {percent} % below the limit of {limit}.", percent=percent, **words
            )
        return _(
            "Worst: {metric} in {month}, {value}, {percent} % over the limit of {limit}.", percent=percent, **words
        )

    def _said(self, past: Past, last: Known) -> dict[str, Value]:
        return {
            "metric": self.writer.read.metric_text(past.metric.key, "name"),
            "month": said(last.period),
            "value": past.amount(last.value),
        }

    def _farthest(self, mark_of: Callable[[Marks], Limit | None]) -> tuple[Past, Known, Limit] | None:
        """The last figure of a metric that is worst against its mark; None where none has such a mark."""
        found: list[tuple[Past, Known, Limit]] = []
        for past in self.pasts:
            mark = mark_of(self.writer.marks(past, past.last.period)) if past.last else None
            if past.last and mark:
                found.append((past, past.last, mark))
        return max(found, key=lambda one: share(one[1].value, one[2]), default=None)


def look_at(turn: Turn, reader: Person, facts: SiteFacts) -> Look:
    """A look at a site for this reader: what is asked of it, then what is computed from that."""
    pasts = Gathering(turn, facts.site, facts.supplier, facts.lengths, facts.month)
    asked = tuple(
        pasts.past(turn.read.metric(key), period, (key, period) in facts.missing) for key, period in facts.asked
    )
    return Look(facts, asked, tuple(pasts.computed()), TrendWriter(turn.read, turn.shower(reader)))


def card_attachment(shower: Shower, pasts: Sequence[Past], trends: tuple[Trend, ...], more: str = "") -> Attachment:
    """The card of a site with the trends of `pasts`, as a picture that the worker draws."""
    first, plain = pasts[0], shower.plain
    card = Card(
        title=first.site.name,
        subtitle=plain(_span(pasts)),
        trends=trends,
        legend=Legend(estimated=plain(_("Estimated")), missing=plain(_("Missing")), beyond=plain(_("Limit broken"))),
        limit=plain(_("Limit")),
        target=plain(_("Target")),
        more=more,
        language=shower.languages[0],
    )
    return Attachment(f"{first.site.key}-{first.until}.png", draw="card", values=card_values(card))


def _span(pasts: Sequence[Past]) -> Phrase:
    """The supplier and the time that the bars stand for, where it is the same for all of them."""
    first = pasts[0]
    if any(past.until != first.until for past in pasts):
        return p_("a supplier by its name", "{name}", name=first.supplier.name)
    periods = window(first.until)
    return _(
        "{supplier}, {first} to {last}", supplier=first.supplier.name, first=said(periods[0]), last=said(periods[-1])
    )
