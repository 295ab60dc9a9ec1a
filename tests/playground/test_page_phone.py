"""A visitor at a phone, and what the page draws of it."""

import pytest

from bot.playground.page.people import everybody
from bot.playground.page.phone import phone_json
from bot.playground.page.timeline import Timeline
from tests.playground.page_stage import TestStage, Visitor, speaks
from tests.playground.telegram_line import picture

KEYBOARD = {
    "inline_keyboard": [[{"text": "Yes", "callback_data": "a:yes"}, {"text": "Site", "url": "https://a.example"}]]
}


def shown(stage: TestStage) -> dict:  # type: ignore[type-arg]
    return phone_json(stage.phones["amina"], Timeline(stage.now))


def updates(visitor: Visitor) -> list:  # type: ignore[type-arg]
    return list(visitor.on_telegram("getUpdates", timeout=0))


def test_words_reach_the_bot_and_its_answer_is_shown(visitor: Visitor) -> None:
    visitor.do("phones/amina/say", text="16,5 MWh")
    assert updates(visitor)[0]["message"]["text"] == "16,5 MWh"
    amina = visitor.stage.phones["amina"].id
    visitor.on_telegram("sendMessage", chat_id=amina, text="<b>Right?</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    mine, theirs = shown(visitor.stage)["messages"]
    assert mine["mine"] and not theirs["mine"]
    assert theirs["html"] == "<b>Right?</b>"
    assert [[button["label"] for button in row] for row in theirs["buttons"]] == [["Yes", "Site"]]


def test_what_a_person_writes_is_never_markup(visitor: Visitor) -> None:
    visitor.do("phones/amina/say", text="<img src=x onerror=alert(1)>")
    assert shown(visitor.stage)["messages"][0]["html"] == "&lt;img src=x onerror=alert(1)&gt;"


def test_retired_buttons_are_kept_apart_from_live_ones(visitor: Visitor) -> None:
    visitor.do("phones/amina/start", payload="")
    amina = visitor.stage.phones["amina"].id
    sent = visitor.on_telegram("sendMessage", chat_id=amina, text="Right?", reply_markup=KEYBOARD)
    visitor.on_telegram("editMessageReplyMarkup", chat_id=amina, message_id=sent["message_id"])
    message = shown(visitor.stage)["messages"][-1]
    assert message["buttons"] == []
    assert [button["label"] for button in message["retired"][0]] == ["Yes", "Site"]


def test_payload_of_a_deep_link_is_sent_and_not_shown(visitor: Visitor) -> None:
    visitor.do("phones/amina/start", payload="secret-token")
    assert updates(visitor)[0]["message"]["text"] == "/start secret-token"
    assert shown(visitor.stage)["messages"][0]["html"] == "/start"


def test_photo_and_document_are_sent_and_handed_out(visitor: Visitor) -> None:
    photo = picture()
    for kind, name, content in (("photo", "meter.jpg", photo), ("document", "note.html", b"<script>alert(1)</script>")):
        sent = visitor.client.post(
            "/playground/phones/amina/files",
            data={"as": kind, "caption": "October"},
            files={"file": (name, content, "text/html")},
        )
        assert sent.status_code == 200
    first, second = shown(visitor.stage)["messages"]
    assert first["photo"] and second["document"]["name"] == "note.html"
    seen = visitor.client.get(f"/playground/phones/amina/messages/{first['id']}/photo")
    assert (seen.content, seen.headers["content-type"]) == (photo, "image/jpeg")
    page = visitor.client.get(f"/playground/phones/amina/messages/{second['id']}/document")
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in page.headers["content-security-policy"]


def test_several_photos_are_one_album(visitor: Visitor) -> None:
    files = [("file", (f"{number}.jpg", picture(), "image/jpeg")) for number in range(2)]
    assert visitor.client.post("/playground/phones/amina/files", data={"as": "photo"}, files=files).status_code == 200
    groups = {update["message"]["media_group_id"] for update in updates(visitor)}
    assert len(groups) == 1


def test_own_message_can_be_changed_and_the_bot_blocked(visitor: Visitor) -> None:
    visitor.do("phones/amina/say", text="12 MWh")
    message = shown(visitor.stage)["messages"][0]
    visitor.do("phones/amina/edit", message=message["id"], text="13 MWh")
    visitor.do("phones/amina/block", on=True)
    assert shown(visitor.stage)["messages"][0]["html"] == "13 MWh"
    assert shown(visitor.stage)["blocked"]
    assert "blocked" in visitor.refused("phones/amina/say", text="hello")
    assert [kind for update in updates(visitor) for kind in update if kind != "update_id"] == [
        "message",
        "edited_message",
        "my_chat_member",
    ]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("phones/amina/fly", {}),
        ("phones/nobody/say", {"text": "hello"}),
        ("phones/amina/say", {}),
        ("phones/amina/say", {"text": 7}),
        ("phones/amina/say", {"text": "  "}),
        ("phones/amina/start", {"payload": "a b"}),
        ("phones/amina/tap", {"data": "nothing", "message": 1}),
    ],
    ids=["no such deed", "nobody", "no text", "not a text", "empty", "no payload", "no button"],
)
def test_what_a_phone_would_not_do_is_refused_with_a_reason(visitor: Visitor, path: str, fields: dict) -> None:  # type: ignore[type-arg]
    assert visitor.refused(path, **fields)


def test_people_are_offered_with_place_and_language(visitor: Visitor) -> None:
    speaks(visitor.stage, "rafiq", "ar")
    people = {one.key: one.as_json() for one in everybody(visitor.stage)}
    assert people["linh"]["site"] == "Ha Long Quang Ninh"
    assert (people["linh"]["country"], people["linh"]["languageName"]) == ("Vietnam", "Vietnamese")
    assert (people["linh"]["direction"], people["rafiq"]["direction"]) == ("ltr", "rtl")
    assert people["linh"]["mentor"] == "lucia" and not people["linh"]["joined"]
