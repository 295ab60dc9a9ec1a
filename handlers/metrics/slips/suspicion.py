"""What is suspected of a figure: which slip, which value was meant, and what it was compared with."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """The slips that have a name; `unusual` is a value beyond what is likely that none of them explains."""

    DECIMAL = "decimal"
    THOUSAND = "thousand"
    YEAR_TO_DATE = "year_to_date"
    METER_INDEX = "meter_index"
    SAME_AS_LAST_MONTH = "same_as_last_month"
    WRONG_MONTH = "wrong_month"
    UNUSUAL = "unusual"


@dataclass(frozen=True)
class Slip:
    """One explanation, with the value that was probably meant where it can be known."""

    kind: Kind
    repaired: Decimal | None = None


@dataclass(frozen=True)
class Usual:
    """What would be likely, in the base unit, rounded to two or three digits; `months` are the months it rests on."""

    about: Decimal
    low: Decimal
    high: Decimal
    months: int


@dataclass(frozen=True)
class Believable:
    """A soft limit that the value is beyond, in the base unit: for `size` of the metric `per`, or in itself if "".

    A side that has no limit is None.
    """

    per: str
    size: Decimal
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Suspicion:
    """Why a figure is asked about, likeliest explanation first; there are one or two.

    `usual` comes from the site's own past, `believable` from a soft limit; one of them may be None. `month` is the
    month whose figure the value repeats.
    """

    value: Decimal
    period: str
    slips: tuple[Slip, ...]
    usual: Usual | None = None
    believable: Believable | None = None
    month: str = ""

    @property
    def kind(self) -> Kind:
        """The likeliest slip."""
        return self.slips[0].kind

    @property
    def repairs(self) -> tuple[Decimal, ...]:
        """The values that may have been meant, likeliest first, each of them once."""
        return tuple(dict.fromkeys(slip.repaired for slip in self.slips if slip.repaired is not None))

    @property
    def repaired(self) -> Decimal | None:
        """The value that was probably meant."""
        return next(iter(self.repairs), None)
