from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack.read import QUIET, kind, read
from handlers.message import Address, Changed, Commanded, FileRef, Happened, Pressed, Removed, Said, Submitted
from tests.bot.slack import bodies
from tests.bot.slack.bodies import CHANNEL, DIRECT, PERSON, ROOT, TEAM, TRIGGER, TS

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ALONE = Address("slack", PERSON)
HERE = Address("slack", CHANNEL)


def in_thread(ts: str) -> Address:
    return Address("slack", CHANNEL, ts)


PICTURE = FileRef(bodies.file()["url_private_download"], "photo", "meter.jpg", "image/jpeg", 20_480)
PDF = bodies.file(mimetype="application/pdf", name="bill.pdf", url_private_download=None)
VOICE = bodies.file(mimetype="audio/mp4", name="voice.m4a", url_private_download="", size=None)


@pytest.mark.parametrize(
    ("body", "place", "content", "message", "private"),
    [
        pytest.param(bodies.message("12 500"), ALONE, Said("12 500"), f"{DIRECT}/{TS}", True, id="direct message"),
        pytest.param(
            bodies.message("yes", thread_ts=ROOT),
            ALONE,
            Said("yes", reply_to=f"{DIRECT}/{ROOT}"),
            f"{DIRECT}/{TS}",
            True,
            id="a thread in a direct message is the same talk",
        ),
        pytest.param(bodies.message("noted", CHANNEL), HERE, Said("noted"), TS, False, id="top of a channel"),
        pytest.param(
            bodies.message("call me", CHANNEL, thread_ts=ROOT),
            in_thread(ROOT),
            Said("call me"),
            TS,
            False,
            id="reply in a channel's thread",
        ),
        pytest.param(
            bodies.message("so be it", CHANNEL, thread_ts=ROOT, subtype="thread_broadcast"),
            in_thread(ROOT),
            Said("so be it"),
            TS,
            False,
            id="reply shown in the channel too",
        ),
        pytest.param(
            bodies.message("", subtype="file_share", files=[bodies.file()]),
            ALONE,
            Said("", (PICTURE,)),
            f"{DIRECT}/{TS}",
            True,
            id="picture without words",
        ),
        pytest.param(
            bodies.message("two", subtype="file_share", files=[PDF, VOICE]),
            ALONE,
            Said(
                "two",
                (
                    FileRef("F012AB3CD", "document", "bill.pdf", "application/pdf", 20_480),
                    FileRef("F012AB3CD", "voice", "voice.m4a", "audio/mp4"),
                ),
            ),
            f"{DIRECT}/{TS}",
            True,
            id="files without an address go by their id",
        ),
        pytest.param(
            bodies.message("gone", subtype="file_share", files=[{"id": "F1", "mode": "tombstone"}]),
            ALONE,
            Said("gone"),
            f"{DIRECT}/{TS}",
            True,
            id="deleted file is left out",
        ),
        pytest.param(
            bodies.changed({"text": "14", "edited": {"user": PERSON, "ts": TS}}, {"text": "13"}),
            ALONE,
            Changed("14"),
            f"{DIRECT}/{ROOT}",
            True,
            id="edit by its author",
        ),
        pytest.param(
            bodies.changed(
                {"text": "b", "edited": {"user": PERSON}, "thread_ts": ROOT, "reply_count": 2}, {"text": "a"}, CHANNEL
            ),
            HERE,
            Changed("b"),
            ROOT,
            False,
            id="edit of the message above a thread",
        ),
        pytest.param(
            bodies.event(
                {
                    "type": "message",
                    "subtype": "message_deleted",
                    "channel": CHANNEL,
                    "deleted_ts": TS,
                    "previous_message": {"user": PERSON, "ts": TS, "thread_ts": ROOT, "text": "a"},
                }
            ),
            in_thread(ROOT),
            Removed(),
            TS,
            False,
            id="deletion in a thread",
        ),
        pytest.param(
            bodies.event({"type": "app_home_opened", "user": PERSON, "channel": DIRECT, "tab": "home"}),
            ALONE,
            Happened("home_opened"),
            "",
            True,
            id="home opened",
        ),
    ],
)
def test_event_is_read(body: dict[str, Any], place: Address, content: object, message: str, private: bool) -> None:
    incoming = read(body, AT)

    assert incoming is not None
    assert (incoming.address, incoming.content) == (place, content)
    assert (incoming.message, incoming.private, incoming.trigger) == (message, private, "")
    assert (incoming.delivery, incoming.sender, incoming.at) == (f"slack:{TEAM}:Ev0AB12CD", PERSON, AT)


def option(value: str) -> dict[str, Any]:
    return {"type": "static_select", "selected_option": {"text": {"text": "x"}, "value": value}}


HOME_PRESS = bodies.interaction(
    "block_actions",
    container={"type": "view", "view_id": "V1"},
    view={"id": "V1", "type": "home"},
    actions=[bodies.button("r:lessons:")],
)
EPHEMERAL = {"type": "message", "message_ts": TS, "channel_id": CHANNEL, "is_ephemeral": True}
FILLED = {
    "what": {"value": {"type": "plain_text_input", "value": "a < b & c"}},
    "empty": {"value": {"type": "plain_text_input", "value": None}},
    "site": {"value": option("dhaka-2")},
    "none": {"value": {"type": "static_select", "selected_option": None}},
    "due": {"value": {"type": "datepicker", "selected_date": "2026-12-05"}},
    "which": {"value": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}},
}
VALUES = {"what": "a < b & c", "empty": "", "site": "dhaka-2", "none": "", "due": "2026-12-05", "which": "a,b"}
SHORTCUT_ON = {"channel": {"id": CHANNEL}, "message": {"ts": TS, "user": "U9"}, "callback_id": "obstacle"}


@pytest.mark.parametrize(
    ("body", "place", "content", "message", "private"),
    [
        pytest.param(
            bodies.command("Summary  2026-W46 "), ALONE, Commanded("summary", "2026-W46"), "", True, id="command"
        ),
        pytest.param(bodies.command(" "), ALONE, Commanded("help"), "", True, id="command without words"),
        pytest.param(bodies.press(), in_thread(TS), Pressed("r:lesson:3"), TS, False, id="button in a channel"),
        pytest.param(
            bodies.press(thread=ROOT), in_thread(ROOT), Pressed("r:lesson:3"), TS, False, id="button in a thread"
        ),
        pytest.param(
            bodies.press(DIRECT), ALONE, Pressed("r:lesson:3"), f"{DIRECT}/{TS}", True, id="button in a direct message"
        ),
        pytest.param(
            bodies.press(container=EPHEMERAL, message=None), HERE, Pressed("r:lesson:3"), TS, False, id="passing note"
        ),
        pytest.param(HOME_PRESS, ALONE, Pressed("r:lessons:"), "", True, id="button on the home page"),
        pytest.param(
            bodies.press(actions=[option("r:site:4")]), in_thread(TS), Pressed("r:site:4"), TS, False, id="select"
        ),
        pytest.param(
            bodies.submission(FILLED), ALONE, Submitted("f:7:abc123", VALUES, "V012AB3CD"), "", True, id="form"
        ),
        pytest.param(
            bodies.submission({}, private_metadata=""),
            ALONE,
            Submitted("form", {}, "V012AB3CD"),
            "",
            True,
            id="no note",
        ),
        pytest.param(
            bodies.interaction("shortcut", callback_id="summary"), ALONE, Commanded("summary"), "", True, id="shortcut"
        ),
        pytest.param(
            bodies.interaction("message_action", **SHORTCUT_ON),
            in_thread(TS),
            Commanded("obstacle", TS),
            TS,
            False,
            id="shortcut on a message",
        ),
    ],
)
def test_interaction_is_read(
    body: dict[str, Any], place: Address, content: object, message: str, private: bool
) -> None:
    incoming = read(body, AT)

    assert incoming is not None
    assert (incoming.address, incoming.content) == (place, content)
    assert (incoming.message, incoming.private) == (message, private)
    assert (incoming.delivery, incoming.trigger) == (f"slack:{TEAM}:{TRIGGER}", TRIGGER)
    assert (incoming.sender, incoming.at) == (PERSON, AT)


@pytest.mark.parametrize(
    ("body", "counted"),
    [
        pytest.param(bodies.message("ours", bot_id="B0BOT"), False, id="our own message"),
        pytest.param(bodies.message("theirs", CHANNEL, subtype="bot_message", bot_id="B9"), False, id="other bot"),
        pytest.param(
            bodies.event({"type": "message", "subtype": "message_deleted", "channel": DIRECT, "deleted_ts": TS}),
            False,
            id="deleted message",
        ),
        pytest.param(bodies.changed({"text": "a", "bot_id": "B0"}, {"text": "b"}), False, id="our own edit"),
        pytest.param(bodies.changed({"text": "a", "attachments": [{}]}, {"text": "a"}), False, id="link unfolded"),
        pytest.param(bodies.event({"type": "app_mention", "user": PERSON, "text": "x"}), False, id="mention"),
        pytest.param(bodies.event({"type": "member_joined_channel", "user": "U0BOT"}), False, id="we joined"),
        pytest.param(
            bodies.event({"type": "app_home_opened", "user": PERSON, "tab": "messages"}), False, id="messages tab"
        ),
        pytest.param(bodies.interaction("view_closed", view={}, is_cleared=False), False, id="form put away"),
        pytest.param(bodies.message("x", CHANNEL, subtype="channel_topic"), True, id="new topic"),
        pytest.param(bodies.event({"type": "team_rename", "name": "New"}), True, id="unknown event"),
        pytest.param(bodies.interaction("block_suggestion", value="a"), True, id="unknown interaction"),
        pytest.param(bodies.press(actions=[{"type": "users_select", "selected_user": "U1"}]), True, id="no value"),
        pytest.param(bodies.press(view={"id": "V1", "type": "modal"}), True, id="within a form"),
        pytest.param(bodies.press(actions=[]), True, id="press of nothing"),
        pytest.param(bodies.submission({"what": {}}), True, id="form without a value"),
        pytest.param({"type": "event_callback", "event": None}, True, id="event that is none"),
        pytest.param({"command": "/causeway"}, True, id="command by nobody"),
        pytest.param({}, True, id="nothing at all"),
    ],
)
def test_other_delivery_is_passed_over_and_counted_if_unknown(body: dict[str, Any], counted: bool) -> None:
    assert read(body, AT) is None
    assert (kind(body) not in QUIET) == counted


def test_kind_carries_no_ids_and_no_words() -> None:
    kinds = [kind(bodies.message("secret", CHANNEL, subtype="channel_topic")), kind(bodies.command("secret"))]

    assert kinds == ["event/message/channel_topic", "command"]


def test_team_of_an_organisation_is_found_with_the_person() -> None:
    incoming = read(bodies.press(team=None), AT)

    assert incoming is not None
    assert incoming.delivery == f"slack:{TEAM}:{TRIGGER}"
