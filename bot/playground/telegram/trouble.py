"""Trouble that a test plans: which call meets it, of what kind, how many times."""

from dataclasses import dataclass, field

from bot.playground.telegram.refusal import Refusal, forbidden, too_many


@dataclass(frozen=True)
class TooMany:
    """The call is refused with 429 and `seconds` to wait."""

    seconds: int


@dataclass(frozen=True)
class Blocked:
    """The call is refused as if the person had blocked the bot."""


@dataclass(frozen=True)
class ServerError:
    """The call is refused with 500."""


@dataclass(frozen=True)
class Hang:
    """The call is held for `seconds`, then carried out, unless the bot has hung up by then."""

    seconds: float


@dataclass(frozen=True)
class Drop:
    """The connection breaks before the call has its effect or, with `effect`, after it: only the answer is lost."""

    effect: bool = False


Trouble = TooMany | Blocked | ServerError | Hang | Drop


@dataclass
class _Planned:
    method: str
    chat_id: int | None
    kind: Trouble
    times: int

    def meets(self, method: str, chat_id: object) -> bool:
        return self.method in ("*", method) and self.chat_id in (None, chat_id) and self.times > 0


@dataclass
class Plan:
    """The trouble still to come, first planned first met."""

    entries: list[_Planned] = field(default_factory=list)

    def add(self, method: str, chat_id: int | None, kind: Trouble, times: int) -> None:
        """Let the next `times` calls of `method` ("*" for any) to that chat (None for any) meet `kind`."""
        self.entries.append(_Planned(method, chat_id, kind, times))

    def take(self, method: str, chat_id: object) -> Trouble | None:
        """What this call meets; each time counts down."""
        for entry in self.entries:
            if entry.meets(method, chat_id):
                entry.times -= 1
                return entry.kind
        return None


def planned_refusal(kind: Trouble) -> Refusal | None:
    """The refusal that this trouble consists of, or None for the kinds that only disturb the line."""
    match kind:
        case TooMany(seconds):
            refusal = too_many(seconds)
        case Blocked():
            refusal = forbidden("bot was blocked by the user")
        case ServerError():
            refusal = Refusal(500, "Internal Server Error")
        case _:
            return None
    refusal.planned = True
    return refusal
