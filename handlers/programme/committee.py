"""The joint committee as programme.toml has it: who sits in it, when it meets, who has the chair, who decides what."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Words = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Every = Literal["week", "two_weeks", "month", "quarter"]
WEEKS = {"week": 1, "two_weeks": 2}
MONTHS = {"month": 1, "quarter": 3}


class Right(BaseModel):
    """A kind of decision, and who must have decided: the chair, a majority of the members, or all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    needs: Literal["chair", "majority", "all"] = "majority"


class Committee(BaseModel):
    """`members` and `chairs` are keys of people.csv. The chair changes every `chair_months` months from `first` on.

    The first meeting is on `first`; the others fall on the same day of the week, or in months and quarters on the same
    weekday of the month: the second Tuesday, say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    members: tuple[str, ...] = Field(min_length=1)
    first: date
    every: Every = "month"
    before: tuple[Annotated[int, Field(ge=1, le=90)], ...] = (7, 1)
    chairs: tuple[str, ...] = ()
    chair_months: int = Field(default=6, ge=1, le=60)
    decisions: dict[str, Right] = {}

    @model_validator(mode="after")
    def _chairs_are_members(self) -> "Committee":
        for key in self.chairs:
            if key not in self.members:
                raise ValueError(f"chairs: '{key}' is not among the members")
        return self

    def meetings(self, since: date, until: date) -> list[date]:
        """The days on which it meets, from `since` to `until`, both included."""
        found, number = [], 0
        while (day := self._meeting(number)) <= until:
            found += [day] if day >= since else []
            number += 1
        return found

    def chair(self, day: date) -> str:
        """The key of who has the chair on a day; "" where the programme names nobody."""
        if not self.chairs:
            return ""
        months = (day.year - self.first.year) * 12 + day.month - self.first.month - (day.day < self.first.day)
        return self.chairs[max(0, months) // self.chair_months % len(self.chairs)]

    def needed(self, right: str) -> int:
        """How many must have decided; where the chair decides, one."""
        match self.decisions[right].needs:
            case "chair":
                return 1
            case "all":
                return len(self.members)
        return len(self.members) // 2 + 1

    def _meeting(self, number: int) -> date:
        if self.every in WEEKS:
            return self.first + timedelta(weeks=WEEKS[self.every] * number)
        months = self.first.year * 12 + self.first.month - 1 + MONTHS[self.every] * number
        begins = date(months // 12, months % 12 + 1, 1)
        weekday = begins + timedelta(days=(self.first.weekday() - begins.weekday()) % 7)
        later = weekday + timedelta(weeks=(self.first.day - 1) // 7)
        # A fifth Tuesday that a month does not have is its last one.
        return later if later.month == begins.month else later - timedelta(weeks=1)
