"""The challenge with which Slack makes sure of a request URL."""

from secrets import token_hex

from bot.playground.slack.courier import Courier, NotDelivered
from bot.playground.slack.delivery import Delivery


async def check_url(courier: Courier) -> bool:
    """Whether the URL gave the challenge back, as JSON or as plain text."""
    challenge = token_hex(16)
    payload = {"type": "url_verification", "token": "legacy-verification", "challenge": challenge}
    try:
        answer = await courier.post(Delivery("events_api", payload))
    except (NotDelivered, OSError):
        return False
    return answer == challenge or (isinstance(answer, dict) and answer.get("challenge") == challenge)
