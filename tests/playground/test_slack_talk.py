"""People and a Bolt app talk through the stand-in: commands, buttons, modals, threads, home."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground.slack.form import MISSING
from tests.playground.slack_line import Line

Body = dict[str, Any]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


TEXT = {"type": "plain_text_input", "action_id": "text", "max_length": 20}
OWNERS = {
    "type": "static_select",
    "action_id": "owner",
    "options": [{"text": plain("Amina"), "value": "u1"}, {"text": plain("Ben"), "value": "u2"}],
}
CAPA = {
    "type": "modal",
    "callback_id": "capa",
    "private_metadata": "case 7",
    "title": plain("Open a CAPA"),
    "submit": plain("Open"),
    "notify_on_close": True,
    "blocks": [
        field("what", "What happened", TEXT),
        field("who", "Owner", OWNERS),
        field("when", "Due", {"type": "datepicker", "action_id": "due", "initial_date": "2026-12-01"}),
        field("note", "Note", {"type": "plain_text_input", "action_id": "note"}, optional=True),
    ],
}
DONE = {"type": "modal", "title": plain("Done"), "blocks": [{"type": "section", "text": plain("Opened")}]}
ALERT: list[Body] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Energy* is high"}},
    {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "open", "text": plain("Open CAPA"), "value": "7"}],
    },
]


class Bot:
    """A small app that keeps what it was told."""

    def __init__(self, app: AsyncApp) -> None:
        self.told: list[Body] = []
        self.submitted: Any = None
        app.command("/causeway")(self.command)
        app.action("open")(self.opened)
        app.action("owner")(self.chosen)
        app.view("capa")(self.submission)
        app.view_closed("capa")(self.closed)
        app.shortcut("new_capa")(self.opened)
        app.shortcut("about")(self.chosen)
        app.event("message")(self.event)
        for name in ("app_home_opened", "app_mention", "reaction_added", "member_joined_channel"):
            app.event(name)(self.event)

    async def command(self, ack: Any, body: Body, respond: Any) -> None:
        self.told.append(body)
        await ack("One moment")
        await respond("Here you are", response_type="in_channel")

    async def opened(self, ack: Any, body: Body, client: Any) -> None:
        self.told.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=CAPA)
        await ack()

    async def chosen(self, ack: Any, body: Body) -> None:
        self.told.append(body)
        await ack()

    async def submission(self, ack: Any, body: Body) -> None:
        self.told.append(body)
        await ack(**self.submitted) if self.submitted else await ack()

    async def closed(self, ack: Any, body: Body) -> None:
        self.told.append(body)
        await ack()

    async def event(self, body: Body) -> None:
        self.told.append(body)


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with Line() as line:
        yield line


@pytest.fixture
def bot(line: Line) -> Bot:
    app = line.bolt()
    bot = Bot(app)
    line.over_http(app)
    return bot


def alert(line: Line, channel: str) -> None:
    line.run(line.client.chat_postMessage(channel=channel, text="Energy is high", blocks=ALERT))


def test_a_slash_command_is_answered_at_once_and_later(line: Line, bot: Bot) -> None:
    ann, ben = line.slack.person("Ann Command"), line.slack.person("Ben Command")
    channel = line.slack.channel("talk-command", [ann, ben])
    delivery = ann.command("/causeway", "summary <now>", channel)
    assert delivery is not None
    assert delivery.wait().outcome == "acknowledged"
    assert [(m.text, m.ephemeral) for m in ann.messages(channel)] == [("Here you are", False), ("One moment", True)]
    assert [m.text for m in ben.messages(channel)] == ["Here you are"]
    assert (bot.told[0]["text"], bot.told[0]["channel_name"]) == ("summary <now>", "talk-command")


def test_a_button_opens_a_modal_that_is_filled_in_and_sent(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Modal")
    channel = line.slack.channel("talk-modal", [mina])
    alert(line, channel.id)
    mina.press("Open CAPA").wait()
    pressed = bot.told[0]
    assert (pressed["actions"][0]["value"], pressed["message"]["text"]) == ("7", "Energy is high")
    view = mina.view()
    assert view is not None
    assert [(part.label, part.value, part.choices) for part in view.fields[1:3]] == [
        ("Owner", None, ("Amina", "Ben")),
        ("Due", "2026-12-01", ()),
    ]
    kept = mina.submit({"What happened": "x" * 21})
    assert kept.errors == {"what": "Must be no more than 20 characters.", "who": MISSING}
    assert kept.delivery is None
    bot.submitted = {"response_action": "errors", "errors": {"when": "That day is past"}}
    assert mina.submit({"What happened": "Meter", "who": "Amina"}).errors == {"when": "That day is past"}
    bot.submitted = None
    assert mina.submit({"due": "2026-12-24"}).view is None
    values = bot.told[-1]["view"]["state"]["values"]
    assert values["what"]["text"] == {"type": "plain_text_input", "value": "Meter"}
    assert values["who"]["owner"]["selected_option"]["value"] == "u1"
    assert values["when"]["due"]["selected_date"] == "2026-12-24"
    assert values["note"]["note"]["value"] is None
    assert bot.told[-1]["view"]["private_metadata"] == "case 7"


@pytest.mark.parametrize(
    ("submitted", "titles"),
    [
        ({"response_action": "update", "view": DONE}, ["Done"]),
        ({"response_action": "push", "view": DONE}, ["Open a CAPA", "Done"]),
        ({"response_action": "clear"}, []),
    ],
    ids=["update", "push", "clear"],
)
def test_a_submission_may_show_another_view(line: Line, bot: Bot, submitted: Any, titles: list[str]) -> None:
    mina = line.slack.person("Mina Stack")
    mina.shortcut("new_capa").wait()
    bot.submitted = submitted
    mina.submit({"What happened": "Meter", "Owner": "Ben"})
    shown: list[str] = []
    while view := mina.view():
        shown.insert(0, view.title)
        mina.close_view()
    assert shown == titles


def test_an_acknowledgement_that_slack_would_not_take_is_a_fault(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Fault")
    mina.shortcut("new_capa").wait()
    bot.submitted = {"response_action": "errors", "errors": {"nowhere": "?"}}
    mina.submit({"What happened": "Meter", "Owner": "Ben"})
    assert line.log.faults()[-1].method == "acknowledgement"
    assert mina.notices == ["dispatch_failed"]


def test_closing_a_modal_is_told(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Close")
    mina.shortcut("new_capa").wait()
    closing = mina.close_view()
    assert closing is not None
    closing.wait()
    assert (bot.told[-1]["type"], bot.told[-1]["is_cleared"]) == ("view_closed", False)


def test_a_trigger_opens_one_view_within_three_seconds(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Trigger")
    mina.shortcut("new_capa").wait()
    opened = bot.told[-1]["trigger_id"]
    again = line.client.views_open(trigger_id=opened, view=DONE)
    assert line.refused(again)["error"] == "exchanged_trigger_id"
    shown = mina.view()
    assert shown is not None
    bot.told.clear()
    choice = line.slack.state.tickets.trigger(mina.id, line.clock())
    line.clock.ahead += line.clock.ahead.resolution * 3_100_000
    late = line.client.views_open(trigger_id=choice, view=DONE)
    assert line.refused(late)["error"] == "expired_trigger_id"
    assert line.refused(line.client.views_open(trigger_id="1.2.3", view=DONE))["error"] == "invalid_trigger_id"


def test_a_view_that_has_changed_is_not_overwritten(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Hash")
    home = {"type": "home", "blocks": [{"type": "section", "text": plain("Two cases")}]}
    first = line.run(line.client.views_publish(user_id=mina.id, view=home))["view"]["hash"]
    line.run(line.client.views_publish(user_id=mina.id, view=home, hash=first))
    again = line.client.views_publish(user_id=mina.id, view=home, hash=first)
    assert line.refused(again)["error"] == "hash_conflict"
    shown = mina.home()
    assert shown is not None
    assert shown.text == "Two cases"


def test_a_modal_keeps_what_was_typed_when_it_is_updated(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Update")
    mina.shortcut("new_capa").wait()
    mina.submit({"What happened": "Meter"})
    view = mina.view()
    assert view is not None
    line.run(line.client.views_update(view_id=view.id, view=CAPA | {"title": plain("Second look")}))
    updated = mina.view()
    assert updated is not None
    assert (updated.title, updated.fields[0].value, updated.errors) == ("Second look", "Meter", {})


def test_a_choice_in_a_message_carries_its_state(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Choice")
    channel = line.slack.channel("talk-choice", [mina])
    blocks = [{"type": "actions", "block_id": "b", "elements": [OWNERS]}]
    line.run(line.client.chat_postMessage(channel=channel.id, text="Owner?", blocks=blocks))
    mina.choose("owner", "Ben").wait()
    assert bot.told[0]["actions"][0]["selected_option"]["value"] == "u2"
    assert bot.told[0]["state"]["values"]["b"]["owner"]["selected_option"]["value"] == "u2"


def test_a_press_in_an_ephemeral_note_brings_no_message_along(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Note")
    channel = line.slack.channel("talk-note", [mina])
    note = line.client.chat_postEphemeral(channel=channel.id, user=mina.id, text="x", blocks=ALERT)
    line.run(note)
    mina.press("open").wait()
    assert "message" not in bot.told[0]
    assert bot.told[0]["container"]["is_ephemeral"] is True


def test_a_shortcut_on_a_message_brings_it_along(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Short")
    channel = line.slack.channel("talk-short", [mina])
    mina.message_shortcut("about", mina.say(channel, "look at this")).wait()
    shortcut = next(body for body in bot.told if body["type"] == "message_action")
    assert shortcut["message"]["text"] == "look at this"


def test_a_bolt_app_hears_people_and_passes_over_its_own_posts(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Heard")
    line.run(line.client.chat_postMessage(channel=mina.id, text="Good morning"))
    said = mina.dm("hello")
    for delivery in line.slack.deliveries[-2:]:
        assert delivery.wait().outcome == "acknowledged"
    assert said.delivery is line.slack.deliveries[-1]
    assert [body["event"]["text"] for body in bot.told] == ["hello"]


def test_a_response_url_can_replace_the_message_and_serves_five_times(line: Line, bot: Bot) -> None:
    mina = line.slack.person("Mina Replace")
    channel = line.slack.channel("talk-replace", [mina])
    alert(line, channel.id)
    mina.press("open").wait()
    respond = AsyncWebhookClient(bot.told[0]["response_url"])
    line.run(respond.send(text="Taken", replace_original=True))
    assert [(message.text, message.buttons) for message in mina.messages(channel)] == [("Taken", ())]
    for _ in range(3):
        line.run(respond.send(text="Noted", response_type="ephemeral"))
    line.run(respond.send(delete_original=True))
    assert [message.text for message in mina.messages(channel)] == ["Noted"] * 3
    assert line.run(respond.send(text="once too often")).status_code == 404
    assert line.log.faults()[-1].refused == "used_url"
