"""A figure with its unit as a question: read as people write it, within hard limits, and told back in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.message import Said, Speech
from handlers.questions import Option, Question, Unclear
from locales.numbers import readings
from locales.text import Amount, _, p_
from locales.units import Unit


@dataclass(frozen=True)
class Measured:
    """A figure as it was given and in the base unit; `typed` is what the person wrote."""

    value: Decimal
    unit: str
    base_value: Decimal
    base_unit: str
    typed: str


class Quantity(Question[Measured]):
    """A figure with its unit, read as people write them; two possible readings become two buttons."""

    kind = Measured

    def __init__(
        self,
        key: str,
        prompt: Speech,
        *,
        units: Sequence[Unit],
        version: int,
        minimum: Decimal | None = None,
        maximum: Decimal | None = None,
        whole: bool = False,
        why: Speech = "",
        how: Speech = "",
    ) -> None:
        super().__init__(key, prompt, why=why, how=how)
        self.units, self.version = units, version
        self.minimum, self.maximum, self.whole = minimum, maximum, whole

    def parts_of_revision(self) -> Sequence[str]:
        limits = (self.minimum, self.maximum, self.whole, self.version)
        return [*(unit.symbol for unit in self.units), *map(str, limits)]

    def parse(self, said: Said, language: str) -> Measured:
        result = readings(said.text, language, self.units, self.units[0])
        if result.refused is not None:
            raise Unclear(result.refused)
        found = [
            Measured(one.value, one.unit, one.base_value, one.base_unit, said.text.strip()) for one in result.readings
        ]
        # "1,234" persons can only be read in one way, for nobody counts parts of a person.
        found = [one for one in found if _is_whole(one)] or found if self.whole else found
        if len(found) > 1:
            choices = [Option(self.tell(one), f"{one.value} {one.unit}") for one in found]
            raise Unclear(_("I can read this in two ways. Which one do you mean?"), choices)
        return self._checked(found[0])

    def pick(self, value: str) -> Measured:
        """A reading that was chosen: number and unit symbol, as `parse` wrote them."""
        found = readings(value, "en", self.units, self.units[0]).readings
        chosen = next((one for one in found if f"{one.value} {one.unit}" == value), None)
        if chosen is None:
            raise Unclear(_("Please type your answer."))
        return self._checked(Measured(chosen.value, chosen.unit, chosen.base_value, chosen.base_unit, value))

    def _checked(self, measured: Measured) -> Measured:
        base = measured.base_value
        if self.minimum is not None and base < self.minimum:
            limit = Amount(self.minimum, measured.base_unit)
            raise Unclear(
                _("You wrote {value}. It cannot be less than {limit}.", value=self.tell(measured), limit=limit)
            )
        if self.maximum is not None and base > self.maximum:
            limit = Amount(self.maximum, measured.base_unit)
            raise Unclear(
                _("You wrote {value}. It cannot be more than {limit}.", value=self.tell(measured), limit=limit)
            )
        if self.whole and not _is_whole(measured):
            raise Unclear(_("You wrote {value}. Please give a whole number.", value=self.tell(measured)))
        return measured

    def tell(self, value: Measured) -> Speech:
        return p_("an amount alone", "{amount}", amount=Amount(value.value, value.unit))


def _is_whole(measured: Measured) -> bool:
    return measured.base_value == measured.base_value.to_integral_value()
