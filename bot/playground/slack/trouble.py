"""Trouble that a test plans: which call meets it, of what kind, how many times."""

from dataclasses import dataclass, field

from bot.playground.slack.refusal import Refusal, too_many


@dataclass(frozen=True)
class TooMany:
    """The call is refused with 429 and `seconds` to wait."""

    seconds: int


@dataclass(frozen=True)
class Fails:
    """The call is refused with this error name, as in `channel_not_found`."""

    error: str


@dataclass(frozen=True)
class ServerError:
    """The call is refused with this HTTP status."""

    status: int = 500


@dataclass(frozen=True)
class Hang:
    """The call is held for `seconds`, then carried out, whether or not the bot has hung up by then."""

    seconds: float


@dataclass(frozen=True)
class Drop:
    """The connection breaks before the call has any effect or, with `effect`, after it: only the answer is lost."""

    effect: bool = False


Trouble = TooMany | Fails | ServerError | Hang | Drop


@dataclass
class _Planned:
    method: str
    channel: str | None
    kind: Trouble
    times: int

    def meets(self, method: str, channel: object) -> bool:
        return self.method in ("*", method) and self.channel in (None, channel) and self.times > 0


@dataclass
class Plan:
    """The trouble still to come, first planned first met."""

    entries: list[_Planned] = field(default_factory=list)

    def add(self, method: str, channel: str | None, kind: Trouble, times: int) -> None:
        """Let the next `times` calls of `method` ("*" for any) to that channel (None for any) meet `kind`."""
        self.entries.append(_Planned(method, channel, kind, times))

    def take(self, method: str, channel: object) -> Trouble | None:
        """What this call meets; each time counts down."""
        for entry in self.entries:
            if entry.meets(method, channel):
                entry.times -= 1
                return entry.kind
        return None


def planned_refusal(kind: Trouble | None) -> Refusal | None:
    """The refusal that this trouble consists of, or None for the kinds that only disturb the line."""
    match kind:
        case TooMany(seconds):
            refusal = too_many(seconds)
        case Fails(error):
            refusal = Refusal(error)
        case ServerError(status):
            refusal = Refusal("internal_error", status=status)
        case _:
            return None
    refusal.planned = True
    return refusal
