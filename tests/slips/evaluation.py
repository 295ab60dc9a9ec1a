"""How often slips are found and honest figures asked about, on invented sites, for each length of history."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from handlers.metrics.slips.expectation import Expectation, expect
from handlers.metrics.slips.figure import Companion, Figure, Past
from handlers.metrics.slips.suspect import explain
from handlers.metrics.slips.suspicion import Suspicion
from tests.slips.history import MONTHS, Site, period, site
from tests.slips.slips import SLIPS, WEAK, Case

NOISES = (0.1, 0.2, 0.3)
HONEST = "honest"
CLOSED, REOPENED = "honest, closed month", "honest, month after a closed one"
TOLERANCE = "honest, more than 25 % off the same month last year"
"""For comparison: whom a fixed tolerance would ask."""
SLIP_CLOSED = "any slip in a closed month"


@dataclass(frozen=True)
class Cell:
    """What is counted together: a slip, or what is honest, at a noise and a length of history."""

    what: str
    noise: float
    length: int


class Tally:
    """For each cell the cases, those that were asked about at all, those found, and those whose slip was named first.

    Found means: the slip is among the two at most that are offered, with the value that was meant if it can be known.
    """

    def __init__(self) -> None:
        self.cases: Counter[Cell] = Counter()
        self.asked: Counter[Cell] = Counter()
        self.found: Counter[Cell] = Counter()
        self.first: Counter[Cell] = Counter()

    def share(self, counted: Mapping[Cell, int], what: str, noises: Iterable[float], lengths: Iterable[int]) -> float:
        """The share of the cases of these cells that were counted; 0 if there are none."""
        cells = [Cell(what, noise, length) for noise in noises for length in lengths]
        total = sum(self.cases[cell] for cell in cells)
        return sum(counted[cell] for cell in cells) / total if total else 0.0


@dataclass
class Trial:
    """One site in one month: asks as `suspect` does, but works out what to expect of a past only once."""

    site: Site
    now: int
    companions: Mapping[str, Companion]
    known: dict[tuple[Past, ...], Expectation | None] = field(default_factory=dict)

    def ask(self, value: Decimal, past: list[Past], last_index: Decimal | None = None) -> Suspicion | None:
        """What is suspected of a value sent for the month after this past."""
        figure, key = Figure(value, period(self.now), last_index=last_index), tuple(past)
        if key not in self.known:
            self.known[key] = expect(figure, past, self.companions)
        return explain(figure, past, self.known[key])


def evaluated(seed: int, sites: int, lengths: Iterable[int], *, with_output: bool = False) -> Tally:
    """The tally over so many sites for each noise and length; the same seed gives the same tally."""
    tally = Tally()
    for length in lengths:
        for noise in NOISES:
            chance = Random(f"{seed}/{noise}/{length}")
            for _number in range(sites):
                one, now = site(chance, noise), chance.randrange(MONTHS - 12, MONTHS)
                trial = Trial(one, now, {"output": one.companion(now, length)} if with_output else {})
                _try_honest(tally, trial, noise, length)
                for name, slipper in {**SLIPS, **WEAK}.items():
                    if case := slipper(chance, one, now, length):
                        what = SLIP_CLOSED if now in one.closed and name in SLIPS else name
                        _try_slip(tally, Cell(what, noise, length), case, trial)
    return tally


def _try_honest(tally: Tally, trial: Trial, noise: float, length: int) -> None:
    one, now = trial.site, trial.now
    asked = trial.ask(one.values[now], one.past(now, length)) is not None
    year_ago = one.values[now - 12] if length >= 12 else Decimal(0)
    off = abs(one.values[now] - year_ago) * 4 > year_ago
    closed, reopened = now in one.closed, now not in one.closed and now - 1 in one.closed
    for what, holds in ((HONEST, True), (CLOSED, closed), (REOPENED, reopened)):
        if holds:
            tally.cases[Cell(what, noise, length)] += 1
            tally.asked[Cell(what, noise, length)] += asked
    if year_ago:
        tally.cases[Cell(TOLERANCE, noise, length)] += 1
        tally.asked[Cell(TOLERANCE, noise, length)] += off


def _try_slip(tally: Tally, cell: Cell, case: Case, trial: Trial) -> None:
    suspicion = trial.ask(case.sent, case.past, case.last_index)
    tally.cases[cell] += 1
    if suspicion is None:
        return
    named = [slip.kind is case.kind and case.meant in (None, slip.repaired) for slip in suspicion.slips]
    tally.asked[cell] += 1
    tally.found[cell] += any(named)
    tally.first[cell] += named[0]
