"""A tap on a button, and what the person sees of the answer."""

from dataclasses import dataclass

from bot.playground.telegram.state import Query, State


@dataclass(frozen=True)
class TapAnswer:
    """The note that appears: empty text when the bot only stopped the spinning, `show_alert` for a box to close."""

    text: str
    show_alert: bool


@dataclass(frozen=True)
class Tap:
    """`update_id` is None when the bot did not ask for taps."""

    state: State
    query: Query
    update_id: int | None

    @property
    def answer(self) -> TapAnswer | None:
        """What the bot answered; None while the button still spins."""
        with self.state.lock:
            return TapAnswer(**self.query.answer) if self.query.answer is not None else None

    def wait(self, seconds: float = 10.0) -> TapAnswer | None:
        """The answer as soon as it is there, or None after `seconds`."""
        self.state.log.wait_for(lambda: self.answer, seconds)
        return self.answer
