"""A visitor in the workspace, and what the page draws of it."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from bot.playground.page.desk import desk_json
from bot.playground.page.people import everybody
from bot.playground.page.timeline import Timeline
from bot.playground.page.workspace import Place, workspace_json
from bot.playground.slack import views
from tests.playground.page_stage import TestStage, Visitor

BUTTON = {
    "type": "button",
    "text": {"type": "plain_text", "text": "Open"},
    "value": "r:capa.open:1",
    "action_id": "press.0.0",
}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Week 47*\nOne figure"}}
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Open a CAPA"},
    "submit": {"type": "plain_text", "text": "Open"},
    "blocks": [
        {
            "type": "input",
            "block_id": "finding",
            "label": {"type": "plain_text", "text": "Finding"},
            "element": {"type": "plain_text_input", "action_id": "value"},
        }
    ],
}


def shown(stage: TestStage, channel: str = "", thread: str = "") -> dict:  # type: ignore[type-arg]
    return workspace_json(stage.members["lucia"], Place(channel, thread), Timeline(stage.now))


def test_channels_come_first_and_the_direct_message_last(visitor: Visitor) -> None:
    kinds = [channel["kind"] for channel in shown(visitor.stage)["channels"]]
    assert kinds == ["public", "public", "im"]


def test_words_stand_in_the_channel_and_replies_in_their_thread(visitor: Visitor) -> None:
    visitor.do("members/lucia/say", channel="C0ASIA", text="Who can help?")
    first = shown(visitor.stage, "C0ASIA")["messages"][0]
    visitor.do("members/lucia/say", channel="C0ASIA", text="I can", thread=first["ts"])
    pane = shown(visitor.stage, "C0ASIA", first["ts"])
    assert [message["replies"] for message in pane["messages"]] == [1]
    assert [message["text"] for message in pane["thread"]] == ["Who can help?", "I can"]


def test_a_line_that_begins_with_the_command_is_the_command(visitor: Visitor) -> None:
    visitor.do("members/lucia/say", channel="C0ASIA", text="/causeway invite amina")
    visitor.do("members/lucia/command", text="summary")
    handed = [one.payload for one in visitor.stage.playground.slack.deliveries]
    assert [(one["command"], one["text"]) for one in handed] == [
        ("/causeway", "invite amina"),
        ("/causeway", "summary"),
    ]
    assert shown(visitor.stage, "C0ASIA")["messages"] == []


def test_button_is_pressed_in_the_message_it_stands_in(visitor: Visitor) -> None:
    blocks = [SECTION, {"type": "actions", "elements": [BUTTON]}]
    first = visitor.in_slack("chat.postMessage", channel="C0ASIA", text="one", blocks=blocks)
    visitor.in_slack("chat.postMessage", channel="C0ASIA", text="two", blocks=blocks)
    visitor.do("members/lucia/press", action="press.0.0", where=first["ts"])
    pressed = visitor.stage.playground.slack.deliveries[-1].payload
    assert pressed["message"]["ts"] == first["ts"]


def test_button_of_the_home_is_not_mistaken_for_one_in_a_message(visitor: Visitor) -> None:
    actions = {"type": "actions", "elements": [BUTTON]}
    lucia = visitor.stage.members["lucia"].id
    home = visitor.in_slack("views.publish", user_id=lucia, view={"type": "home", "blocks": [actions]})
    visitor.in_slack("chat.postMessage", channel="C0ASIA", text="one", blocks=[actions])
    visitor.do("members/lucia/press", action="press.0.0", where=home["view"]["id"])
    assert visitor.stage.playground.slack.deliveries[-1].payload["view"]["id"] == home["view"]["id"]
    assert shown(visitor.stage)["home"]["blocks"][0]["type"] == "actions"


def test_modal_keeps_open_with_the_error_under_its_field(visitor: Visitor) -> None:
    state = visitor.stage.playground.slack.state
    with state.lock:
        views.push(state, visitor.stage.members["lucia"].id, MODAL)
    assert visitor.do("members/lucia/submit", values={"finding": ""})["errors"]["finding"]
    modal = shown(visitor.stage)["modal"]
    assert (modal["title"], list(modal["errors"])) == ("Open a CAPA", ["finding"])
    visitor.do("members/lucia/close")
    assert shown(visitor.stage)["modal"] is None


def test_file_is_handed_only_to_those_who_see_it(visitor: Visitor) -> None:
    sent = visitor.client.post(
        "/playground/members/lucia/files",
        data={"channel": shown(visitor.stage)["channel"], "caption": "for you"},
        files={"file": ("plan.pdf", pdf(), "application/pdf")},
    )
    assert sent.status_code == 200
    file = shown(visitor.stage)["messages"][0]["files"][0]
    own = visitor.client.get(f"/playground/members/lucia/files/{file['id']}")
    assert (own.content, own.headers["content-type"]) == (pdf(), "application/pdf")
    assert visitor.client.get(f"/playground/members/martin/files/{file['id']}").status_code == 404


def test_report_lies_on_the_desk_with_its_words_and_pages(visitor: Visitor) -> None:
    stage = visitor.stage
    helena = stage.members["helena"]
    where = visitor.in_slack("conversations.open", users=helena.id)["channel"]["id"]
    visitor.in_slack("chat.postMessage", channel=where, text="Week 47", blocks=[SECTION])
    promised = visitor.in_slack("files.getUploadURLExternal", filename="2026-W47.pdf", length=len(pdf()))
    visitor.client.post(promised["upload_url"], content=pdf())
    visitor.in_slack("files.completeUploadExternal", files=[{"id": promised["file_id"]}], channel_id=where)
    desk = desk_json(stage, everybody(stage), Timeline(stage.now))
    assert [manager["key"] for manager in desk["managers"]] == ["helena"]
    assert [(paper["name"], paper["pages"], paper["words"]) for paper in desk["papers"]] == [
        ("2026-W47.pdf", 2, "*Week 47*\nOne figure")
    ]
    at = f"/playground/members/helena/files/{promised['file_id']}/pages"
    assert visitor.client.get(f"{at}/2").content.startswith(b"\x89PNG")
    assert visitor.client.get(f"{at}/3").status_code == 404


def test_app_offers_its_command_and_shortcuts(visitor: Visitor) -> None:
    app = shown(visitor.stage)["app"]
    assert [one["command"] for one in app["commands"]] == ["/causeway"]
    visitor.do("members/lucia/shortcut", id=app["shortcuts"][0]["callback_id"])
    assert visitor.stage.playground.slack.deliveries[-1].payload["type"] == "shortcut"


def pdf() -> bytes:
    """Two pages."""
    made = BytesIO()
    canvas = Canvas(made, invariant=True)
    for text in ("One", "Two"):
        canvas.drawString(100, 700, text)
        canvas.showPage()
    canvas.save()
    return made.getvalue()
