"""Emptying both platforms: people and chats go, what the bot holds on to stays."""

from bot.playground.app import Playground


def test_telegram_forgets_people_and_keeps_menus_for_all() -> None:
    playground = Playground()
    telegram = playground.telegram
    amina = telegram.person("Amina", "vi", id=7)
    amina.say("hello")
    command = [{"command": "help", "description": "Help"}]
    telegram.state.menus.put(None, "", command)
    telegram.state.menus.put({"type": "chat", "chat_id": 7}, "", command)
    before = telegram.state.updates.next_id
    playground.reset()
    again = telegram.person("Amina", "vi", id=7)
    assert again.messages() == []
    assert list(telegram.state.menus.entries) == [("default", 0, "")]
    assert not telegram.state.updates.pending
    assert telegram.state.updates.next_id == before


def test_slack_forgets_people_and_what_was_on_its_way() -> None:
    playground = Playground()
    slack = playground.slack
    slack.url = "http://127.0.0.1:1"
    lucia = slack.person("Lucia Moreno", user_id="U0LUCIA")
    slack.channel("asia", [lucia], channel_id="C0ASIA")
    lucia.say("asia", "hello")
    assert slack.deliveries
    playground.reset()
    again = slack.person("Lucia Moreno", user_id="U0LUCIA")
    slack.channel("asia", [again], channel_id="C0ASIA")
    assert again.messages("asia") == []
    assert not slack.deliveries
