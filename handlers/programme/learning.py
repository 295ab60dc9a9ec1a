"""What programme.toml says about learning: who takes which course and why, and when lessons are brought."""

from datetime import time
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class TrainingRule(BaseModel):
    """A course for those whom all of it fits: a tier, a duty, or those who answer for a figure that broke its limit.

    With none of them it is for all supplier staff. It is due `days` calendar days after it was assigned.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    course: str
    tier: str = ""
    duty: Literal["", "data_owner", "site_manager", "deputy"] = ""
    breach: str = ""
    days: int = Field(default=30, ge=1, le=365)


class Learning(BaseModel):
    """The hour at the site at which lessons are brought, and how lessons and questions come back.

    Without an `hour`, lessons come at ten, or when the programme opens if that is not within its hours.
    `nudges` are the working days between a lesson that nobody takes and each reminder of it; after the last one the
    lessons pause. `boxes` are the working days until a question comes back: the first after a wrong answer, each
    next one after a right answer; after the last the question sits. `renew` is how many days before a result runs out
    its course is assigned again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hour: time | None = None
    nudges: tuple[Annotated[int, Field(ge=1, le=60)], ...] = Field(default=(1, 2, 3, 5, 8), max_length=5)
    boxes: tuple[Annotated[int, Field(ge=1, le=120)], ...] = Field(default=(1, 3, 7, 14), min_length=1, max_length=8)
    renew: int = Field(default=30, ge=1, le=180)

    @model_validator(mode="after")
    def _growing(self) -> Self:
        for name in ("nudges", "boxes"):
            gaps = getattr(self, name)
            if list(gaps) != sorted(gaps):
                raise ValueError(f"{name} must not become shorter")
        return self
