"""Documents that people must have read, as the buyer's code of conduct: immutable values.

A section has paragraphs and measurable requirements; a requirement can be relaxed for a country or a site for a time,
which is a deviation, and somebody has approved it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from courses.model import Definition, Key, Label, Language, Words

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Requirement(Definition):
    """What can be measured: `text` says it, `key` stays when the text changes."""

    key: Key
    text: Words


class Section(Definition):
    """A heading, paragraphs, and the requirements below them."""

    key: str
    title: str
    text: str
    requirements: tuple[Requirement, ...] = ()


class Deviation(Definition):
    """What holds instead of a requirement in a country or at a site, who approved it, and until when."""

    requirement: Key
    country: Country | Literal[""] = ""
    site: str = ""
    text: Words
    approved_by: Words
    approved_on: date
    until: date | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if bool(self.country) == bool(self.site):
            raise ValueError("names either a country or a site")
        return self

    def holds(self, country: str, site: str, day: date) -> bool:
        """Whether it holds at a site of a country on a day."""
        here = self.site == site if self.site else self.country == country
        return here and self.approved_on <= day and (self.until is None or day <= self.until)


class Document(Definition):
    """A document in one version. `duties` are those of whom it is asked, everybody at a site if there are none."""

    key: Key
    title: Label
    version: int = Field(ge=1)
    duties: tuple[Literal["data_owner", "site_manager", "deputy"], ...] = ()
    deviations: tuple[Deviation, ...] = ()
    ready: tuple[Language, ...] = Field(min_length=1)
    sources: tuple[str, ...] = ()
    sections: tuple[Section, ...]

    def deviations_for(self, country: str, site: str, day: date) -> list[Deviation]:
        """What holds at a site instead; one for the site goes before one for its country."""
        here = [one for one in self.deviations if one.holds(country, site, day)]
        by_requirement = {one.requirement: one for one in sorted(here, key=lambda one: bool(one.site))}
        return list(by_requirement.values())

    def texts(self) -> Iterator[tuple[str, str]]:
        """(context, text) of everything a person reads."""
        context = f"document/{self.key}"
        yield context, self.title
        for section in self.sections:
            yield context, section.title
            if section.text:
                yield context, section.text
            yield from ((context, one.text) for one in section.requirements)
        yield from ((context, one.text) for one in self.deviations)
