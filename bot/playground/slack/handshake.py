"""The challenge with which Slack makes sure of a request URL."""

from secrets import token_hex

from bot.playground.slack.delivery import Delivery
from bot.playground.slack.state import State


def url_answers(state: State) -> bool:
    """Whether the bot gave the challenge back, as JSON or as plain text. Waits for it."""
    challenge = token_hex(16)
    payload = {"type": "url_verification", "token": "legacy-verification", "challenge": challenge}
    delivery = Delivery("events_api", payload)
    state.send(delivery)
    answer = delivery.wait().answer
    return answer == challenge or (isinstance(answer, dict) and answer.get("challenge") == challenge)
