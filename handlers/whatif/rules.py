"""What the figures of a site would be if something were different: the held figures changed, and all derived again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from courses.load import Library
from handlers.metrics.derived import Derived, Site, total
from handlers.metrics.periods import Length
from handlers.metrics.spans import covered, months_of

HUNDRED = Decimal(100)
LONGEST = 240
"""Months; what would take longer than twenty years at the pace so far is not foretold."""
BOUGHT, GREEN, OWN = "electricity", "electricity-renewable", "own-renewable"
OUTPUT = ("output", "output-weight")
WATER, DISCHARGE = "water", "water-discharge"

Figures = Mapping[str, Decimal]
"""One metric's figures in the base unit, by period."""


class Lever(StrEnum):
    """What is changed, by a share in per cent.

    `GRID`: so much less electricity is bought. `SOLAR`: so much of what is bought is made by own panels instead.
    `OUTPUT`: so much more is made, or less. `WATER`: so much of the water is used a second time.
    """

    GRID = "grid"
    SOLAR = "solar"
    OUTPUT = "output"
    WATER = "water"

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures of which a site needs one, so that the lever can move anything."""
        return {Lever.OUTPUT: OUTPUT, Lever.WATER: (WATER,)}.get(self, (BOUGHT,))


@dataclass(frozen=True)
class Effect:
    """A figure of some months together: as it is, and as it would be."""

    now: Derived
    then: Derived

    @property
    def percent(self) -> Decimal | None:
        """By how many per cent it changes; None where it is nought now."""
        assert self.now.value is not None and self.then.value is not None  # noqa: S101  (`effect` makes no other)
        return (self.then.value - self.now.value) / self.now.value * HUNDRED if self.now.value else None


def effect(library: Library, key: str, site: Site, other: Site, months: Sequence[str]) -> Effect | None:
    """The figure `key` of these months as it is and as it would be; None where either is not known."""
    found = Effect(total(library, key, site, months), total(library, key, other, months))
    return None if found.now.value is None or found.then.value is None else found


def changed(site: Site, lever: Lever, percent: Decimal) -> Site:
    """The site as it would be. What cannot be known of the change is taken away rather than guessed."""
    share = percent / HUNDRED
    match lever:
        case Lever.GRID:
            return _with(site, {BOUGHT: _times(site, BOUGHT, 1 - share)})
        case Lever.SOLAR:
            return _solar(site, share)
        case Lever.OUTPUT:
            return _with(site, {key: _times(site, key, 1 + share) for key in OUTPUT})
        case Lever.WATER:
            discharge = _plus(site, DISCHARGE, WATER, -share)
            return _with(site, {WATER: _times(site, WATER, 1 - share), DISCHARGE: discharge})


def _solar(site: Site, share: Decimal) -> Site:
    """What was bought is made instead; a site that is not asked for own electricity has had none so far."""
    if OWN not in site.asked:
        lengths: dict[str, Length] = {**site.lengths}
        if BOUGHT in lengths:
            lengths[OWN] = lengths[BOUGHT]
        held = {**site.held, OWN: dict.fromkeys(site.held.get(BOUGHT, {}), Decimal(0))}
        site = replace(site, asked=(*site.asked, OWN), held=held, lengths=lengths)
    return _with(site, {BOUGHT: _times(site, BOUGHT, 1 - share), OWN: _plus(site, OWN, BOUGHT, share)})


def _with(site: Site, figures: Mapping[str, Figures]) -> Site:
    """The site with other figures; no more of the electricity can be renewable than is still bought."""
    held = {**site.held, **{key: values for key, values in figures.items() if key in site.held}}
    if GREEN in held and BOUGHT in figures:
        bought, before = held.get(BOUGHT, {}), site.held.get(BOUGHT, {})
        held[GREEN] = {
            period: min(value, bought[period]) if value <= before.get(period, Decimal(-1)) else value
            for period, value in held[GREEN].items()
        }
    return replace(site, held=held)


def _times(site: Site, key: str, factor: Decimal) -> Figures:
    return {period: value * factor for period, value in site.held.get(key, {}).items()}


def _plus(site: Site, key: str, other: str, share: Decimal) -> Figures:
    """The figures of `key` with a share of `other` for the same months added, nought at least."""
    found = {}
    for period, value in site.held.get(key, {}).items():
        more = _sum(site, other, period) if share else Decimal(0)
        if more is not None:
            found[period] = max(value + more * share, Decimal(0))
    return found


def _sum(site: Site, key: str, period: str) -> Decimal | None:
    """A figure's sum over the months of a period, None if it is not known for all of them."""
    held = site.held.get(key, {})
    if period in held:
        return held[period]
    parts = covered(months_of(period), held, site.lengths.get(key, "month"))
    return None if parts.missing or parts.cut else sum((held[one] for one in parts.periods), Decimal(0))


def months_until_target(value: Decimal, target: Decimal, pace: Decimal, *, higher_is_better: bool) -> int | None:
    """After how many months a target is reached that is nearer by `pace` each month; 0 if it is, None if never."""
    gap = target - value
    if (gap <= 0) if higher_is_better else (gap >= 0):
        return 0
    if not pace or (gap > 0) != (pace > 0):
        return None
    months = int((gap / pace).to_integral_value(ROUND_CEILING))
    return months if months <= LONGEST else None
