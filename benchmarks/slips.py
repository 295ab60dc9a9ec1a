"""`python -m benchmarks.slips` writes `docs/SLIPS.md`: how often slips are found, by length of history and noise."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from handlers.metrics.slips.suspect import PROOF, PROOF_OF_FEW, PROOF_OF_SUM
from tests.slips.evaluation import (
    CLOSED,
    HONEST,
    NOISES,
    REOPENED,
    SLIP_CLOSED,
    TOLERANCE,
    Cell,
    Tally,
    evaluated,
)
from tests.slips.slips import SLIPS, WEAK

PROOFS = {"proof": PROOF, "sum": PROOF_OF_SUM, "few": PROOF_OF_FEW}
PAGE = Path(__file__).parents[1] / "docs" / "SLIPS.md"
SEED, SITES = 4, 600
LENGTHS = range(1, 37)
ENOUGH = range(6, 37)
SOME = (3, 6, 12, 24)
HEAD = """# Slips in figures

A figure is looked at before it is read back: does it look like the site's own past, and if not, which slip would
explain it? The person is asked, never refused. The rules are in `handlers/metrics/slips/`, the sentences in
`handlers/metrics/suspicion.py`. This page is written by `.venv/bin/python -m benchmarks.slips`; do not edit it by hand.

## How it decides

- On the scale of logarithms a line is fitted to up to 36 months: level, growth, two waves of season, the same month of
  earlier years, and output and headcount where they are known. Wild points weigh little, old ones less, closed months
  nothing. With few months the expected noise counts more and the likely band is wide.
- A slip is named if the value that was meant is likely, and explains what was sent {proof:g} times better than an
  honest figure: {sum:g} times for the sum of a year, {few:g} times with one or two months. If two slips explain it
  about equally well, both are offered: a tenfold figure in October can also be the sum of ten months.
- What no slip explains is "unusual" beyond a band that follows the site's own scatter. Why no fixed tolerance: see the
  last lines of the weak cases.
- A repeat is named only where chance would seldom make the same digits.

## What was tried

{sites} invented sites for each noise and length, seed {seed}; the generator is in `tests/slips/`. Each has a level
between 800 and 400,000, growth of -15 to 30 % a year, a season of up to 40 % up and down, and noise of 10, 20 or 30 %,
half of the sites with normal noise, half with lognormal. One site in four closes in the same month each year, and one
other month in a hundred is closed too: then nothing or up to 30 % of a month is left. Of all honest figures {closed} %
are of a closed month and count as honest. The rules were set on other seeds.

"Found" means: the slip is among the two at most that are offered, with the value that was meant where it can be known.
Slips are put into months in which the site was open; those in closed months are counted apart, among the weak cases.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text("\n".join(page()), encoding="utf-8")


def page() -> Iterator[str]:
    """The page, line by line."""
    tally, helped = evaluated(SEED, SITES, LENGTHS), evaluated(SEED, SITES, SOME, with_output=True)
    honest, closed = (sum(tally.cases[cell] for cell in cells(what, LENGTHS)) for what in (HONEST, CLOSED))
    yield HEAD.format(sites=SITES, seed=SEED, closed=f"{closed / honest * 100:.1f}", **PROOFS)
    yield from _promises(tally)
    yield from _weak(tally, helped)
    for noise in NOISES:
        yield from _by_length(tally, noise)


def cells(what: str, lengths: Iterable[int]) -> Iterator[Cell]:
    """The cells of all noises."""
    return (Cell(what, noise, length) for noise in NOISES for length in lengths)


def _promises(tally: Tally) -> Iterator[str]:
    yield from ("## From six months on", "")
    yield f"Per cent over all lengths from 6 to 36; in brackets the worst single length, on {SITES} sites alone."
    yield ""
    yield _row("", *(f"noise {noise * 100:.0f} %" for noise in NOISES), "named first", "asked at all")
    yield _rule(6)
    asked = (_with_worst(tally, HONEST, noise) for noise in NOISES)
    yield _row("false alarms on honest figures", *asked, "", "")
    for slip in SLIPS:
        shares = (_share(counted, tally, slip, NOISES, ENOUGH) for counted in ("first", "asked"))
        yield _row(slip, *(_with_worst(tally, slip, noise) for noise in NOISES), *shares)
    yield ""


def _with_worst(tally: Tally, what: str, noise: float) -> str:
    """The share over all lengths that are enough, with the worst of them: of alarms the most, of slips the fewest."""
    counted, worst = ("asked", max) if what == HONEST else ("found", min)
    lengths = [length for length in ENOUGH if tally.cases[Cell(what, noise, length)]]
    single = worst(tally.share(getattr(tally, counted), what, [noise], [length]) for length in lengths)
    return f"{_share(counted, tally, what, [noise], ENOUGH)} ({single * 100:.1f})"


def _weak(tally: Tally, helped: Tally) -> Iterator[str]:
    yield from ("## Weak cases", "")
    yield _row("case", "months known", *(f"noise {noise * 100:.0f} %" for noise in NOISES), "what is counted")
    yield _rule(6)
    for slip in ("ten times", "a tenth", "thousand times", "a thousandth", "year to date"):
        for few in ((1,), (2,), (3, 4, 5)):
            yield _line(slip, tally, slip, "found", few)
    for what, name in ((CLOSED, "honest figure of a closed month"), (REOPENED, "honest figure of the month after")):
        for lengths in ((1,), range(2, 12), range(12, 37)):
            yield _line(name, tally, what, "asked", lengths)
    for counted in ("asked", "found"):
        yield _line("any slip in a closed month", tally, SLIP_CLOSED, counted, ENOUGH)
    for what in WEAK:
        for counted in ("asked", "found"):
            yield _line(what, tally, what, counted, ENOUGH)
    for what, counted in ((HONEST, "asked"), (CLOSED, "asked"), ("a tenth", "found"), ("year to date", "found")):
        for one, known in ((tally, "output not known"), (helped, "output known")):
            yield _line(f"{what}, {known}", one, what, counted, SOME)
    yield _line(TOLERANCE, tally, TOLERANCE, "would be asked", range(12, 37))
    yield ""
    yield WHY


WHY = """- With one month nothing is called unusual, and in February a sum of two months is within what a site may use.
- The first closure of a site looks like a slip, and is asked about; a yearly one is known from its second year on.
  Where output is known, a month without output explains itself.
- A tenfold figure of a closed month is an ordinary figure.
- The reading of a new meter cannot be told from a sum or a slip of the decimal point. Where the last reading is known,
  it can.
- A sum is only looked for from January on. A business year that begins in another month is asked about, without a
  repair.
- Figures of one or two digits come again by chance, so a repeat is no reason to ask.
- Every figure of a site may be wrong by the same factor from the start: the past then says nothing. Only soft limits
  for each person help.
- Of numbers that are counted (people) only slips by 10 and 1000 are looked for, of rare events (injuries) none.
"""


def _line(name: str, tally: Tally, what: str, counted: str, lengths: Sequence[int]) -> str:
    shares = (_share(counted.split()[-1], tally, what, [noise], lengths) for noise in NOISES)
    known = ", ".join(map(str, lengths)) if len(lengths) < 5 else f"{lengths[0]} to {lengths[-1]}"
    return _row(name, known, *shares, counted)


def _by_length(tally: Tally, noise: float) -> Iterator[str]:
    yield from (f"## Found, in per cent, at a noise of {noise * 100:.0f} %", "")
    yield _row("months", "false alarms", *SLIPS)
    yield _rule(len(SLIPS) + 2)
    for length in LENGTHS:
        alarms = _share("asked", tally, HONEST, [noise], [length])
        yield _row(str(length), alarms, *(_share("found", tally, slip, [noise], [length]) for slip in SLIPS))
    yield ""


def _share(counted: str, tally: Tally, what: str, noises: Sequence[float], lengths: Sequence[int]) -> str:
    """Per cent, or a dash where it was never tried."""
    tried = any(tally.cases[Cell(what, noise, length)] for noise in noises for length in lengths)
    return f"{tally.share(getattr(tally, counted), what, noises, lengths) * 100:.1f}" if tried else "–"


def _row(*parts: str) -> str:
    return "| " + " | ".join(parts) + " |"


def _rule(columns: int) -> str:
    return "|" + "---|" * columns


if __name__ == "__main__":
    main()
