"""What a change would do, in a few lines: the question, each figure, what was taken for granted, and the factors."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from courses.factors import Factor, Source
from courses.model import Metric
from handlers.message import Speech
from handlers.metrics.periods import said
from handlers.reader import Reader
from handlers.whatif.outcome import Outcome, Scenario
from handlers.whatif.rules import Lever
from locales.text import Amount, Phrase, Raw, Value, _, p_

LEVERS = {
    Lever.GRID: _("Buy less electricity"),
    Lever.SOLAR: _("Own solar power in place of bought"),
    Lever.OUTPUT: _("Make more, or less"),
    Lever.WATER: _("Use water a second time"),
}
ASSUMED = {
    Lever.GRID: _("All else is taken to stay as it is."),
    Lever.SOLAR: _("The site is taken to use as much electricity as before. Solar power is counted without emissions."),
    Lever.OUTPUT: _("Energy and water are taken to stay as they are, though some of them will move with output."),
    Lever.WATER: _("Water that is used again is neither taken in nor discharged. All else is taken to stay as it is."),
}


def question(scenario: Scenario) -> Phrase:
    """What is asked, in a sentence."""
    about: dict[str, Value] = {"site": scenario.site.name, "percent": abs(scenario.percent)}
    match scenario.lever:
        case Lever.GRID:
            return _("<b>What if {site} bought {percent} % less electricity?</b>", **about)
        case Lever.SOLAR:
            return _(
                "<b>What if {site} replaced {percent} % of its bought electricity by own solar power?</b>", **about
            )
        case Lever.WATER:
            return _("<b>What if {site} used {percent} % of its water a second time?</b>", **about)
    if scenario.percent < 0:
        return _("<b>What if {site} made {percent} % less?</b>", **about)
    return _("<b>What if {site} made {percent} % more?</b>", **about)


def lines(scenario: Scenario, outcomes: Sequence[Outcome]) -> list[Speech]:
    """All that is said."""
    if not outcomes:
        return [question(scenario), _("None of the figures that are known would change.")]
    months = sorted({month for one in outcomes for month in one.months})
    span = _(
        "Counted over what is known from {first} to {last}. {assumed}",
        first=said(months[0]),
        last=said(months[-1]),
        assumed=ASSUMED[scenario.lever],
    )
    found: list[Speech] = [question(scenario), *[_outcome(scenario.read, one) for one in outcomes], span]
    factors = tuple(dict.fromkeys(factor for one in outcomes for factor in one.effect.then.factors))
    if factors:
        found.append(_("Factors: {factors}.", factors=tuple(_factor(scenario.read, *one) for one in factors)))
    return found


def amount(one: Outcome, value: Decimal) -> Amount:
    """A value of the figure, to the places that it is shown with."""
    shown = value.quantize(Decimal(1).scaleb(-one.metric.places), ROUND_HALF_UP)
    return Amount(shown if one.metric.derived else value.quantize(Decimal(1), ROUND_HALF_UP), one.metric.base_unit)


def _outcome(read: Reader, one: Outcome) -> Phrase:
    effect = one.effect
    assert effect.now.value is not None and effect.then.value is not None  # noqa: S101  (an effect has both values)
    about: dict[str, Value] = {
        "metric": _name(read, one.metric),
        "now": amount(one, effect.now.value),
        "then": amount(one, effect.then.value),
    }
    line = _change(about, effect.percent)
    target = _target(one)
    return p_("one line and those below it", "{line}\n{rest}", line=line, rest=target) if target else line


def _name(read: Reader, metric: Metric) -> Phrase:
    """The name of a figure; of one without a unit, with what it is based on."""
    name = read.metric_text(metric.key, "name")
    if metric.base_unit != "1" or not metric.basis:
        return name
    basis = read.metric_text(metric.key, "basis")
    return p_("a figure with its basis", "{metric} ({basis})", metric=name, basis=basis)


def _change(about: dict[str, Value], percent: Decimal | None) -> Phrase:
    if percent is None:
        return _("{metric}: <b>{then}</b> in place of {now}.", **about)
    about["percent"] = abs(percent).quantize(Decimal(1), ROUND_HALF_UP)
    if percent < 0:
        return _("{metric}: <b>{then}</b> in place of {now}, {percent} % less.", **about)
    return _("{metric}: <b>{then}</b> in place of {now}, {percent} % more.", **about)


def _target(one: Outcome) -> Phrase | None:
    """What it would mean for the target."""
    if one.target is None:
        return None
    target = amount(one, one.target)
    if one.due_then == "":
        if one.due_now == "":
            return _("The target of {target} is reached, then as now.", target=target)
        return _("That would reach the target of {target}.", target=target)
    if not one.has_pace:
        return _("The target of {target} is not reached by that alone.", target=target)
    if one.due_then is None:
        return _(
            "At the pace since the baseline, the target of {target} is not reached within 20 years.", target=target
        )
    about: dict[str, Value] = {"target": target, "then": said(one.due_then)}
    if one.due_now:
        return _(
            "At the pace since the baseline, the target of {target} is reached in {then}, not in {now}.",
            now=said(one.due_now),
            **about,
        )
    return _("At the pace since the baseline, the target of {target} is reached in {then}.", **about)


def _factor(read: Reader, factor: Factor, source: Source) -> Phrase:
    """A factor with its source and year."""
    about: dict[str, Value] = {
        "value": factor.value,
        "unit": factor.unit,
        "year": Raw(str(factor.year)),
        "source": source.name,
    }
    key = factor.key.partition(".")[2]
    if key in read.library.metrics:
        name = read.metric_text(key, "name")
        return p_("a factor", "{name} {value} {unit} ({source}, {year})", name=name, **about)
    return p_("a factor", "electricity of the grid {value} {unit} ({source}, {year})", **about)
