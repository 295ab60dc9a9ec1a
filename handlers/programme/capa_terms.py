"""The terms of CAPAs by severity, and who decides: the programme's own, laid over the usual ones."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Decider = Literal["mentor", "manager"]
Matter = Literal["plan", "evidence", "extension", "extension_again"]
ZERO_TOLERANCE = "zero_tolerance"


class Decides(BaseModel):
    """Who decides on what: plans, whether the work is done and has helped, the first extension, and further ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan: Decider | None = None
    evidence: Decider | None = None
    extension: Decider | None = None
    extension_again: Decider | None = None


def _several(written: Any) -> Any:
    """One number of days stands for a list of one, 0 for none."""
    return ([written] if written else []) if isinstance(written, int) else written


Days = Annotated[tuple[Annotated[int, Field(gt=0, le=400)], ...], BeforeValidator(_several)]


class Severity(BaseModel):
    """Terms of a severity, as far as they are written down; 0 says that this is not asked for.

    `contain` and `plan` are working days from opening, `close` calendar days; `effect` calendar days from closing the
    work on which it is seen whether it has helped, the last of which closes it, or `figures` more figures before that.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    contain: int | None = Field(default=None, ge=0, le=250)
    plan: int | None = Field(default=None, ge=0, le=250)
    close: int | None = Field(default=None, gt=0, le=1000)
    effect: Days | None = None
    figures: int | None = Field(default=None, ge=0, le=24)
    decides: Decides = Decides()


USUAL = {
    ZERO_TOLERANCE: Severity(
        contain=0,
        plan=2,
        close=30,
        effect=(30, 60, 90),
        figures=0,
        decides=Decides(plan="manager", extension="manager"),
    ),
    "critical": Severity(contain=2, plan=7, close=30, effect=(60,), figures=3),
    "major": Severity(contain=0, plan=14, close=60, effect=(75,), figures=3),
    "minor": Severity(contain=0, plan=30, close=90, effect=(60,), figures=1),
    "observation": Severity(contain=0, plan=0, close=180, effect=(), figures=0),
}
USUAL_DECIDES = Decides(plan="mentor", evidence="mentor", extension="mentor", extension_again="manager")
SEVERITIES = tuple(USUAL)


def _known(name: str) -> str:
    if name not in SEVERITIES:
        raise ValueError(f"'{name}' is not a severity; known: {', '.join(SEVERITIES)}")
    return name


SeverityName = Annotated[str, AfterValidator(_known)]


class Terms(BaseModel):
    """The terms that hold for a CAPA, every one of them known; see `Severity`."""

    model_config = ConfigDict(frozen=True)

    contain: int
    plan: int
    close: int
    effect: tuple[int, ...]
    figures: int


def terms_of(*written: Severity) -> Terms:
    """The terms of a severity from those written down, a later one before an earlier one."""
    return Terms(**_laid_over(written))


def decider_of(matter: Matter, *written: Decides) -> Decider:
    """Who decides on a matter, from what is written down, a later one before an earlier one."""
    found: Decider = _laid_over(written)[matter]
    return found


def _laid_over(written: tuple[BaseModel, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in written:
        found |= one.model_dump(exclude_none=True)
    return found
