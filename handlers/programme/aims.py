"""What is expected of figures: thresholds that raise an alert, targets, and baselines to tell changes against."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from courses.model import LARGEST
from handlers.programme.part import Part

MONTH = r"^(19|20)\d{2}-(0[1-9]|1[0-2])$"


class Aim(Part):
    """Whom a threshold or a target is for, from which day on, and who approved it.

    The narrowest one that fits a figure holds: site, then country, then tier.
    """

    metric: str
    site: str = ""
    country: str = ""
    tier: str = ""
    valid_from: date = date(2000, 1, 1)
    approved_by: str = ""


class Threshold(Aim):
    """A limit that raises an alert.

    By its `rule`, `limit` is meant for one figure in the metric's base unit (`limit`), for the sum of the last twelve
    months (`rolling`), or, in per cent, for the steady change for the worse over `periods` periods (`drift`).
    """

    limit: Decimal = Field(ge=0, le=LARGEST, decimal_places=6)
    rule: Literal["limit", "rolling", "drift"] = "limit"
    periods: int = Field(default=3, ge=2, le=24)


class Target(Aim):
    """What a site should reach in a period, in the metric's base unit; missing it raises no alert."""

    value: Decimal = Field(ge=0, le=LARGEST, decimal_places=6)


class Baseline(Aim):
    """The months, first and last included, against which changes are told; for all metrics if it names none."""

    metric: str = ""
    first: str = Field(pattern=MONTH)
    last: str = Field(pattern=MONTH)

    @field_validator("last")
    @classmethod
    def _after_first(cls, last: str, info: ValidationInfo) -> str:
        if last < info.data.get("first", last):
            raise ValueError("is before first")
        return last
