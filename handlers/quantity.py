"""A figure with its unit as a question: read as people write it, within hard limits, and told back in full."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.message import Said, Speech
from handlers.questions import Option, Question, Unclear
from locales.numbers import Reading, readings
from locales.text import Amount, _, p_
from locales.units import Unit


@dataclass(frozen=True)
class Measured:
    """A figure as it was given and in the base unit; `typed` is what the person wrote.

    `mark` is the decimal mark, "." or ",", by which a text that could be read in two ways was taken: chosen by a
    button, or remembered from an earlier choice. It is "" where the text itself left no choice.
    """

    value: Decimal
    unit: str
    base_value: Decimal
    base_unit: str
    typed: str
    mark: str = ""


class Quantity(Question[Measured]):
    """A figure with its unit, read as people write them; two possible readings become two buttons.

    With `mark`, the decimal mark that the person has chosen before, the reading by that mark is taken instead: the
    read-back shows it. A mark that is learnt in mid-dialog changes no recorded answer, so no revision hangs on it.
    """

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
        mark: str = "",
        why: Speech = "",
        how: Speech = "",
    ) -> None:
        super().__init__(key, prompt, why=why, how=how)
        self.units, self.version = units, version
        self.minimum, self.maximum, self.whole, self.mark = minimum, maximum, whole, mark

    def parts_of_revision(self) -> Sequence[str]:
        limits = (self.minimum, self.maximum, self.whole, self.version)
        return [*(unit.symbol for unit in self.units), *map(str, limits)]

    def parse(self, said: Said, language: str) -> Measured:
        found = self.meanings(said.text, language)
        if len(found) > 1:
            choices = [Option(self.tell(one), _value(one)) for one in found]
            raise Unclear(_("I can read this in two ways. Which one do you mean?"), choices)
        return self._checked(found[0])

    def meanings(self, text: str, language: str) -> list[Measured]:
        """What the text can mean here, one figure or two, the likelier first; raises `Unclear` if it is refused.

        Hard limits are not looked at: a figure beyond them is told so, not read as another one.
        """
        result = readings(text, language, self.units, self.units[0], self.mark)
        if result.refused is not None:
            raise Unclear(result.refused)
        return self._fitting([_measured(one, text.strip()) for one in result.readings])

    def _fitting(self, found: list[Measured]) -> list[Measured]:
        """The readings that the question leaves open: all, or those it or the person's custom decides for."""
        if self.whole:
            # "1,234" persons can only be read in one way, for nobody counts parts of a person.
            found = [one for one in found if _is_whole(one)] or found
        if len(found) < 2:
            return [replace(one, mark="") for one in found]
        return [one for one in found if one.mark == self.mark] or found

    def pick(self, value: str) -> Measured:
        """A reading that was chosen: number, unit symbol and decimal mark, as `parse` wrote them."""
        written, _space, mark = value.rpartition(" ")
        found = [replace(_measured(one, written), mark=mark) for one in self._read_again(written)]
        chosen = next((one for one in found if _value(one) == value), None)
        if chosen is None or mark not in (".", ","):
            raise Unclear(_("Please type your answer."))
        return self._checked(chosen)

    def _read_again(self, written: str) -> Sequence[Reading]:
        return readings(written, "en", self.units, self.units[0]).readings

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


def _measured(one: Reading, typed: str) -> Measured:
    return Measured(one.value, one.unit, one.base_value, one.base_unit, typed, one.mark)


def _value(one: Measured) -> str:
    """The reading as a button hands it back."""
    return f"{one.value} {one.unit} {one.mark}"


def _is_whole(measured: Measured) -> bool:
    return measured.base_value == measured.base_value.to_integral_value()
