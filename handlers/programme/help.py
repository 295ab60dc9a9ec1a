"""How people are helped: how soon a ticket is answered, and who is told of what is grave."""

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from handlers.programme.part import Part, Words

URGENCIES = ("high", "normal", "low")


class TicketRules(Part):
    """How many working hours an answer may take by urgency, and how many more pass before a manager is told.

    Where fewer people than `small_site` of a site are known, their words alone may tell who they are.
    """

    answer_hours: dict[str, Annotated[int, Field(ge=1, le=200)]] = Field(default={"high": 4, "normal": 16, "low": 40})
    escalate_hours: int = Field(default=8, ge=1, le=200)
    small_site: int = Field(default=10, ge=0, le=1000)

    @field_validator("answer_hours")
    @classmethod
    def _all_urgencies(cls, hours: dict[str, int]) -> dict[str, int]:
        if set(hours) != set(URGENCIES):
            raise ValueError(f"must be these, and no others: {', '.join(URGENCIES)}")
        return hours


GRAVE = ("danger", "child_labour", "forced_labour", "harassment")


class Guardian(Part):
    """Who reads what is grave, by key, and who does when they have not taken it within the hour.

    Narrowed to some `categories` and `countries`, none for all. `phone`, `email` and `hours` are told to reporters.
    """

    person: Words
    deputy: Words
    phone: Words
    email: str = ""
    hours: Words
    categories: tuple[Literal["danger", "child_labour", "forced_labour", "harassment"], ...] = ()
    countries: tuple[str, ...] = ()

    @field_validator("deputy")
    @classmethod
    def _somebody_else(cls, deputy: str, info: ValidationInfo) -> str:
        if deputy == info.data.get("person"):
            raise ValueError("must be somebody else than person")
        return deputy


class Safety(Part):
    """Who is told of what is grave, and the emergency number of each country."""

    guardians: tuple[Guardian, ...] = ()
    emergency: dict[str, Words] = Field(default={})
