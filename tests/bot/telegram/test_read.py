from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.telegram.read import QUIET, kind, read
from handlers.message import Address, Changed, Commanded, FileRef, Happened, Incoming, Pressed, Said

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
BOT = {"id": 8100001, "is_bot": True, "first_name": "Causeway", "username": "causeway_bot"}
AMINA = {"id": 5000001, "is_bot": False, "first_name": "Amina", "username": "amina", "language_code": "pt-br"}
CHAT = {"id": 5000001, "type": "private", "first_name": "Amina", "username": "amina"}
GROUP = {"id": -1002000000001, "type": "supergroup", "title": "Mill 4"}
CHANNEL = {"id": -1003000000001, "type": "channel", "title": "News"}
DATE = 1794823200


def said(chat: dict[str, Any] = CHAT, **content: Any) -> dict[str, Any]:
    return {"message": {"message_id": 71, "from": AMINA, "chat": chat, "date": DATE, **content}}


def size(name: str, width: int, height: int) -> dict[str, Any]:
    return {"file_id": name, "file_unique_id": f"u-{name}", "width": width, "height": height, "file_size": width}


def file(name: str, **more: Any) -> dict[str, Any]:
    return {"file_id": name, "file_unique_id": f"u-{name}", "file_size": 900, **more}


def member(status: str) -> dict[str, Any]:
    rights = {"until_date": 0} if status == "kicked" else {}
    return {"user": BOT, "status": status, **rights}


def standing(before: str, now: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    change = {"chat": chat, "from": AMINA, "date": DATE}
    return {"my_chat_member": {**change, "old_chat_member": member(before), "new_chat_member": member(now)}}


def tapped(**more: Any) -> dict[str, Any]:
    return {"callback_query": {"id": "9001", "from": AMINA, "chat_instance": "5", "data": "r:due:", **more}}


def parsed(body: dict[str, Any]) -> Update:
    return Update.de_json({"update_id": 310, **body}, None)


def reading(body: dict[str, Any]) -> Incoming | None:
    return read(parsed(body), AT, 8100001, "causeway_bot")


SHOWN = {"message_id": 70, "from": BOT, "chat": CHAT, "date": DATE, "text": "Which month?"}
PHOTO = [size("small", 90, 60), size("large", 1280, 960), size("middle", 320, 240)]
STICKER = file("s", type="regular", width=512, height=512, is_animated=False, is_video=False)
CONTENTS = {
    "words": (said(text="12 500 kWh"), Said("12 500 kWh")),
    "start": (said(text="/start"), Commanded("start")),
    "deep link": (said(text="/start aB-9_"), Commanded("start", "aB-9_")),
    "command to us": (said(text="/Help@Causeway_bot water  meter "), Commanded("help", "water  meter")),
    "command in a group": (said(GROUP, text="/help@causeway_bot"), Commanded("help")),
    "slash that is no command": (said(text="/ month"), Said("/ month")),
    "path that is no command": (said(text="/a/b"), Said("/a/b")),
    "reply": (said(text="Yes", reply_to_message=SHOWN), Said("Yes", reply_to="70")),
    "photo": (
        said(photo=PHOTO, caption="The meter"),
        Said("The meter", (FileRef("large", "photo", media_type="image/jpeg", size=1280),)),
    ),
    "document": (
        said(document=file("d", file_name="bill.pdf", mime_type="application/pdf")),
        Said("", (FileRef("d", "document", "bill.pdf", "application/pdf", 900),)),
    ),
    "bare document": (
        said(document={"file_id": "d", "file_unique_id": "u"}),
        Said("", (FileRef("d", "document"),)),
    ),
    "voice": (
        said(voice=file("v", duration=3, mime_type="audio/ogg")),
        Said("", (FileRef("v", "voice", "", "audio/ogg", 900),)),
    ),
    "command in a caption": (
        said(document=file("d"), caption="/cancel"),
        Said("/cancel", (FileRef("d", "document", size=900),)),
    ),
    "sticker": (said(sticker=STICKER), Happened("unknown")),
    "contact": (said(contact={"phone_number": "+1202", "first_name": "A"}), Happened("unknown")),
    "location": (said(location={"latitude": 10.7, "longitude": 106.7}), Happened("unknown")),
    "video": (said(video=file("m", width=9, height=9, duration=1)), Happened("unknown")),
    "animation": (
        said(animation=file("g", width=9, height=9, duration=1), document=file("g")),
        Happened("unknown"),
    ),
    "edit": ({"edited_message": said(text="13 500 kWh", edit_date=DATE + 9)["message"]}, Changed("13 500 kWh")),
    "edited caption": ({"edited_message": said(photo=PHOTO, caption="New")["message"]}, Changed("New")),
    "tap": (tapped(message=SHOWN), Pressed("r:due:", "9001")),
    "tap on an old message": (
        tapped(message={"message_id": 70, "chat": CHAT, "date": 0}),
        Pressed("r:due:", "9001"),
    ),
    "blocked": (standing("member", "kicked"), Happened("blocked")),
    "unblocked": (standing("kicked", "member"), Happened("unblocked")),
    "added to a group": (standing("left", "member", GROUP), Happened("added_to_group")),
}


@pytest.mark.parametrize(("body", "content"), CONTENTS.values(), ids=CONTENTS)
def test_update_is_read(body: dict[str, Any], content: object) -> None:
    incoming = reading(body)
    assert incoming is not None
    assert incoming.content == content


NOTHING = {
    "command to another bot": (said(GROUP, text="/help@weather_bot"), False),
    "words of a bot": ({"message": {**said(text="Hi")["message"], "from": BOT}}, False),
    "nobody's words": ({"message": {"message_id": 1, "chat": GROUP, "date": DATE, "text": "Hi"}}, False),
    "somebody joined": (said(GROUP, new_chat_members=[BOT]), False),
    "group moved": (said(GROUP, migrate_to_chat_id=-1002000000009), False),
    "pin": (said(pinned_message=SHOWN), False),
    "edit without words": ({"edited_message": said(location={"latitude": 1.0, "longitude": 1.0})["message"]}, False),
    "thrown out of a group": (standing("member", "kicked", GROUP), False),
    "still in a group": (standing("member", "member", GROUP), False),
    "added to a channel": (standing("left", "member", CHANNEL), False),
    "message of a new kind": (said(hologram={"file_id": "h"}), True),
    "tap without data": ({"callback_query": {**tapped()["callback_query"], "data": None}}, True),
    "tap on an inline message": (tapped(inline_message_id="i"), True),
    "channel post": ({"channel_post": {"message_id": 1, "chat": CHANNEL, "date": DATE, "text": "News"}}, True),
    "unknown kind": ({"telepathy": {"id": 1}}, True),
    "nothing at all": ({}, True),
}


@pytest.mark.parametrize(("body", "counted"), NOTHING.values(), ids=NOTHING)
def test_update_that_is_not_for_us_is_nothing(body: dict[str, Any], counted: bool) -> None:
    assert reading(body) is None
    assert (kind(parsed(body)) not in QUIET) is counted


def test_kinds_are_named_without_ids_and_words() -> None:
    named = [kind(parsed(body)) for body, counted in NOTHING.values() if counted]
    assert named == ["message/nameless", "callback_query", "callback_query", "channel_post", "telepathy", "nameless"]


def test_incoming_tells_where_who_and_when() -> None:
    assert reading(said(text="Hello", media_group_id="44")) == Incoming(
        "telegram:8100001:310",
        Address("telegram", "5000001"),
        "5000001",
        AT,
        Said("Hello"),
        message="71",
        private=True,
        language_hint="pt-br",
        album="44",
    )


def test_group_is_not_private() -> None:
    incoming = reading(said(GROUP, text="/help"))
    assert incoming is not None
    assert (incoming.address.conversation, incoming.sender, incoming.private) == ("-1002000000001", "5000001", False)


def test_tap_names_the_message_it_is_on() -> None:
    incoming = reading(tapped(message=SHOWN))
    assert incoming is not None
    assert incoming.message == "70"


def test_every_command_is_ours_while_our_name_is_not_known() -> None:
    incoming = read(parsed(said(text="/help@causeway_bot")), AT, 8100001, "")
    assert incoming is not None
    assert incoming.content == Commanded("help")
