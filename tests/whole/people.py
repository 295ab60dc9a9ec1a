"""People of the example programme as a test needs them: reading English, or sitting in Slack."""

from bot.playground.slack.people import Person as Member
from storage import people
from tests.whole.world import World


def in_english(world: World, *keys: str) -> None:
    """Let these read English, whatever has been translated."""
    with world.store.write() as session:
        for key in keys:
            person = people.by_key(session, key)
            assert person is not None
            person.language = "en"


def on_slack(world: World, key: str) -> Member:
    """Somebody of a supplier who has joined in Slack."""
    account = f"U0{key.upper()}"
    with world.store.write() as session:
        person = people.by_key(session, key)
        assert person is not None
        person.language, person.privacy_version, person.privacy_at = "en", "2026-01", world.clock.now()
        people.connect(session, person, "slack", account, account, world.clock.now())
        return world.playground.slack.person(person.name, tz=person.timezone, user_id=account)
