"""Somebody who belongs to up to two sites, asks all that is allowed for a year, and guesses what the others sent.

The attacker knows more than anybody should: which sites are in an answer, and when each of them sent its figure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import geometric_mean, quantiles

from handlers.benchmarks.rules import Grouping, Like, Marks, Protection, Standing, standings
from tests.benchmark.populations import WEEKS_A_MONTH, Population

NEAR = Decimal("0.1")
GRID = [Decimal(repr(1.02**step)) for step in range(-120, 240)]


@dataclass(frozen=True)
class Asked:
    """The answers of one week of one month that the attacker's own sites get."""

    month: int
    week: int
    answers: tuple[Standing, ...]


@dataclass(frozen=True)
class Guess:
    """A guess of one figure, and the middle mark that was told at the same time."""

    month: int
    site: int
    value: Decimal
    middle: Decimal


Strategy = Callable[["Attacker"], Iterator[Guess]]


class Attacker:
    """Asks each week of the year; `frozen` is whether an answer is made once, when the month is over."""

    def __init__(self, world: Population, kept: Protection, *, frozen: bool) -> None:
        self.world = world
        self._truth = [{one.member.site_id: one.member.value for one in month} for month in world.months]
        self.asked = list(self._year(kept, frozen))

    def _year(self, kept: Protection, frozen: bool) -> Iterator[Asked]:
        before: dict[Like, Marks] = {}
        for month, arrivals in enumerate(self.world.months):
            for week in range(WEEKS_A_MONTH):
                if frozen and week < WEEKS_A_MONTH - 1:
                    continue
                there = [one.member for one in arrivals if frozen or one.week <= week]
                told = standings(there, Grouping(self.world.unit, before, kept))
                before = {one.like: one.marks for one in told}
                yield Asked(month, week, tuple(one for one in told if self.world.own & set(one.sites)))

    def truth(self, month: int, site: int) -> Decimal:
        return self._truth[month][site]

    def pairs(self) -> Iterator[tuple[int, Standing, Standing, int]]:
        """Two answers of a month, or of two months in a row, of which one holds exactly one site more.

        The month of the larger, the smaller, the larger, and the site.
        """
        told = [(asked.month, one) for asked in self.asked for one in asked.answers]
        for month, large in told:
            for other, small in told:
                more = set(large.sites) - set(small.sites)
                near = abs(month - other) <= 1 and len(small.sites) == len(large.sites) - 1
                if near and len(more) == 1 and not more & self.world.own:
                    yield month, small, large, more.pop()


def solve_for_the_last(attacker: Attacker) -> Iterator[Guess]:
    """Where all but one site of a group are the attacker's own, look for the value that gives these marks."""
    for asked in attacker.asked:
        for one in asked.answers:
            unknown = set(one.sites) - attacker.world.own
            if len(unknown) == 1:
                known = [attacker.truth(asked.month, site) for site in one.sites if site not in unknown]
                yield Guess(asked.month, next(iter(unknown)), _solved(known, one), one.middle)


def _solved(known: list[Decimal], one: Standing) -> Decimal:
    def distance(value: Decimal) -> Decimal:
        found = quantiles([*known, value], n=4, method="inclusive") if known else [value] * 3
        return sum((abs(told - mark) for told, mark in zip(one.marks, found, strict=True)), Decimal(0))

    return min([*GRID, *one.marks], key=distance)


def subtract(attacker: Attacker) -> Iterator[Guess]:
    """Where one site came to a group, guess the mark that moved towards it."""
    for month, small, large, site in attacker.pairs():
        moved = [after - before for before, after in zip(small.marks, large.marks, strict=True)]
        place = 2 if sum(moved) > 0 else 0 if sum(moved) < 0 else 1
        yield Guess(month, site, large.marks[place], large.middle)


def subtract_as_means(attacker: Attacker) -> Iterator[Guess]:
    """Take the middle mark for a mean, and subtract the total of the smaller group from that of the larger."""
    for month, small, large, site in attacker.pairs():
        value = large.middle * len(large.sites) - small.middle * len(small.sites)
        yield Guess(month, site, value, large.middle)


def remember(attacker: Attacker) -> Iterator[Guess]:
    """Guess a site's usual value: the mean over the year of what the other ways have given for it."""
    found: defaultdict[int, list[Guess]] = defaultdict(list)
    for guess in [*solve_for_the_last(attacker), *subtract(attacker)]:
        found[guess.site].append(guess)
    for site, guesses in found.items():
        usual = Decimal(repr(geometric_mean(max(one.value, Decimal("0.001")) for one in guesses)))
        yield from (Guess(one.month, site, usual, one.middle) for one in guesses)


def outermost(attacker: Attacker) -> Iterator[Guess]:
    """Guess that any stranger of the group stands at its upper mark, then at its lower one."""
    for asked in attacker.asked:
        for one in asked.answers:
            for place, site in enumerate(sorted(set(one.sites) - attacker.world.own)):
                yield Guess(asked.month, site, (one.lower, one.upper)[place % 2], one.middle)


STRATEGIES: tuple[Strategy, ...] = (solve_for_the_last, subtract, subtract_as_means, remember, outermost)


@dataclass
class Score:
    """How many guesses were near the truth, and how many would have been by the middle mark alone."""

    guesses: int = 0
    near: int = 0
    near_by_median: int = 0

    @property
    def gain(self) -> float:
        """Percentage points by which the guesses are better than the median."""
        return 100 * (self.near - self.near_by_median) / self.guesses if self.guesses else 0.0


def score(strategy: Strategy, attackers: Iterable[Attacker]) -> Score:
    """The score of one strategy over several populations."""
    total = Score()
    for attacker in attackers:
        for guess in strategy(attacker):
            truth = attacker.truth(guess.month, guess.site)
            total.guesses += 1
            total.near += abs(guess.value - truth) <= NEAR * truth
            total.near_by_median += abs(guess.middle - truth) <= NEAR * truth
    return total
