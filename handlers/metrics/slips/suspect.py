"""Whether a figure should be asked about before it is sent, and which slip would explain it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from handlers.metrics.slips.expectation import BAND, Expectation, expect
from handlers.metrics.slips.figure import Companion, Figure, Nature, Past, SoftLimit
from handlers.metrics.slips.repeats import repeated
from handlers.metrics.slips.running import running_index
from handlers.metrics.slips.slipped import Guess, guesses
from handlers.metrics.slips.suspicion import Believable, Kind, Slip, Suspicion

PROOF = 15.0
"""A slip must explain the value this many times better than an honest month does."""
PROOF_OF_SUM = 5.0
"""The same for the sum of the year, which in February is only twice a month."""
FEW, PROOF_OF_FEW = 3, 30.0
"""With fewer months than this, which may themselves be odd, a slip must explain this many times better."""
RIVAL = 60.0
"""A second explanation is offered beside the first unless it is this many times less likely."""
MAYBE_CLOSED = 0.15
"""From this chance of a closed month on, nothing or next to nothing is an ordinary answer."""
NOTHING: Mapping[str, Companion] = {}


def suspect(figure: Figure, past: Sequence[Past], *, companions: Mapping[str, Companion] = NOTHING) -> Suspicion | None:
    """Why the figure is doubtful, None if it is not. Nothing is refused: the person may always say that it is right.

    `past` are the site's figures of the same metric, oldest first, gaps allowed. Of rare events only soft limits are
    asked, since from one to two is no slip.
    """
    if figure.nature is Nature.RARE:
        return beyond_soft_limit(figure, companions)
    return explain(figure, past, expect(figure, past, companions)) or beyond_soft_limit(figure, companions)


def explain(figure: Figure, past: Sequence[Past], expected: Expectation | None) -> Suspicion | None:
    """What the site's past says against the figure, given what it lets one expect."""
    if expected is None or figure.value < 0:
        return None
    usual = expected.usual()
    if figure.value == 0:
        unusual = Suspicion(figure.value, figure.period, (Slip(Kind.UNUSUAL),), usual)
        return unusual if _unusual(figure, expected) else None
    if again := repeated(figure, past, expected):
        return Suspicion(figure.value, figure.period, (again[0],), usual, month=again[1])
    if running := running_index(figure, past):
        return Suspicion(figure.value, figure.period, (running,))
    slips = _slips(figure, past, expected)
    return Suspicion(figure.value, figure.period, slips, usual) if slips else None


def _slips(figure: Figure, past: Sequence[Past], expected: Expectation) -> tuple[Slip, ...]:
    """The one or two slips that explain the value far better than an honest month; else whether it is unusual.

    A value that is asked about anyway needs less proof for a name.
    """
    honest, unusual = expected.density(float(figure.value)), _unusual(figure, expected)
    found = [
        guess
        for guess in guesses(figure, past, expected)
        if guess.density > honest * (1 if unusual else _proof(guess.slip.kind, expected))
    ]
    return _likeliest(found) or ((Slip(Kind.UNUSUAL),) if unusual else ())


def _unusual(figure: Figure, expected: Expectation) -> bool:
    """Beyond the likely band; nothing is said on this with one month alone, which may itself have been odd."""
    strays = expected.strays(float(figure.value)) if figure.value else -BAND - 1
    return expected.months > 1 and (strays > BAND or (strays < -BAND and expected.closed < MAYBE_CLOSED))


def _proof(kind: Kind, expected: Expectation) -> float:
    if expected.months < FEW:
        return PROOF_OF_FEW
    return PROOF_OF_SUM if kind is Kind.YEAR_TO_DATE else PROOF


def _likeliest(found: Sequence[Guess]) -> tuple[Slip, ...]:
    """The best explanation and its rival. A reading without a repair explains any large value, so it is no rival."""
    if not found:
        return ()
    best, *others = sorted(found, key=lambda guess: -guess.density)
    vague = Slip(Kind.METER_INDEX)
    rivals = [one.slip for one in others if one.slip != vague and one.density * RIVAL > best.density]
    return (best.slip, *rivals[:1])


def beyond_soft_limit(figure: Figure, companions: Mapping[str, Companion]) -> Suspicion | None:
    """The first soft limit that the figure is beyond; a limit for each unit of something unknown says nothing."""
    for limit in figure.soft:
        size = _size(limit, companions)
        if not size:
            continue
        low, high = (side * size if side is not None else None for side in (limit.low, limit.high))
        if (low is not None and figure.value < low) or (high is not None and figure.value > high):
            believable = Believable(limit.per, size, low, high)
            return Suspicion(figure.value, figure.period, (Slip(Kind.UNUSUAL),), believable=believable)
    return None


def _size(limit: SoftLimit, companions: Mapping[str, Companion]) -> Decimal | None:
    if not limit.per:
        return Decimal(1)
    return companions[limit.per].now if limit.per in companions else None
