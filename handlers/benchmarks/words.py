"""What a supplier is told of where its site stands, in plain words."""

from dataclasses import dataclass
from decimal import Decimal

from courses.model import Metric
from handlers.benchmarks.rules import Place, place
from handlers.message import Speech
from handlers.metrics.periods import said
from handlers.reader import Reader
from locales.text import Amount, Phrase, Value, _, p_
from storage.benchmarks import Compared
from storage.tables.benchmarks import Benchmark

IN_SHORT = {
    Place.BEST: p_("where a site stands", "among the best quarter"),
    Place.BETTER: p_("where a site stands", "in the better half"),
    Place.MIDDLE: p_("where a site stands", "about in the middle"),
    Place.WORSE: p_("where a site stands", "in the half with more to gain"),
    Place.WORST: p_("where a site stands", "in the quarter with the most to gain"),
}


@dataclass(frozen=True)
class Standing:
    """A site in its group, by one metric and period."""

    read: Reader
    compared: Compared
    group: Benchmark

    @property
    def metric(self) -> Metric:
        """The metric by which sites were compared."""
        return self.read.metric(self.compared.round.metric)

    @property
    def place(self) -> Place:
        """Where the site stands."""
        marks = self.group.lower, self.group.middle, self.group.upper
        higher = self.metric.direction == "higher"
        return place(self.compared.member.value, marks, self.compared.round.unit, higher_is_better=higher)

    def lines(self) -> list[Speech]:
        """The middle of the group, the site's own place, and who the others are."""
        found = [self._head(), self._middle(), self._own(), self._like()]
        if self.metric.tip:
            found.append(_("What often helps: {tip}", tip=self.read.metric_text(self.metric.key, "tip")))
        return list(found)

    def short(self) -> Phrase:
        """The place in a line."""
        name = self.read.metric_text(self.metric.key, "name")
        return p_("where a site stands in a metric", "{metric}: {place}", metric=name, place=IN_SHORT[self.place])

    def amount(self, value: Decimal) -> Amount:
        """A value of the metric, as it is shown."""
        return Amount(value, self.compared.round.unit)

    @property
    def own(self) -> Amount:
        """The site's own value, to the places that the metric is shown with."""
        return self.amount(self.compared.member.value.quantize(Decimal(1).scaleb(-self.metric.places)))

    def _head(self) -> Phrase:
        about: dict[str, Value] = {
            "metric": self.read.metric_text(self.metric.key, "name"),
            "site": self.read.site(self.compared.member.site_id).name,
            "month": said(self.compared.round.period),
        }
        if not self.metric.basis:
            return _("<b>{metric}</b>\n{site}, {month}", **about)
        basis = self.read.metric_text(self.metric.key, "basis")
        return _("<b>{metric}</b> ({basis})\n{site}, {month}", basis=basis, **about)

    def _middle(self) -> Phrase:
        """What half of the sites have, and which half is the better one."""
        if not self.group.middle:
            return _("At least half of the sites like yours have 0.")
        middle = self.amount(self.group.middle)
        if self.metric.direction == "higher":
            return _("Half of the sites like yours have more than about {middle}. More is better.", middle=middle)
        return _("Half of the sites like yours have less than about {middle}. Less is better.", middle=middle)

    def _own(self) -> Phrase:
        words: dict[str, Value] = {"value": self.own, "place": IN_SHORT[self.place]}
        if self.compared.member.estimated:
            return _("Your site has <b>{value}</b>, in part estimated. It is <b>{place}</b>.", **words)
        return _("Your site has <b>{value}</b>. It is <b>{place}</b>.", **words)

    def _like(self) -> Phrase:
        """Whom the site was compared with; how many they are is not told."""
        tier = self.group.tier
        if self.group.country:
            return _(
                "Sites like yours are those in your country, in the tier {tier}, that send the same figures. "
                "The numbers are rounded, so that nobody's figures can be worked out.",
                tier=tier,
            )
        if tier:
            return _(
                "Sites like yours are those in the tier {tier}, in several countries, that send the same figures. "
                "The numbers are rounded, so that nobody's figures can be worked out.",
                tier=tier,
            )
        return _(
            "Sites like yours are those in several countries and tiers that send the same figures. "
            "The numbers are rounded, so that nobody's figures can be worked out."
        )
