from typing import Any

import pytest

from bot.channel import Loaded, Sending
from bot.playground.slack.blocks import check_message, check_view
from bot.slack.show import Call, calls, groups, note

PLAIN_POST = {"unfurl_links": False, "unfurl_media": False}


def payload(text: str = "", buttons: list[list[tuple[str, str, str]]] | None = None) -> dict[str, Any]:
    rows = [
        [{"label": label, "action": action, "style": style} for label, action, style in row] for row in buttons or []
    ]
    return {"text": text, "buttons": rows, "attachments": [], "silent": False}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def one(sending: Sending) -> Call:
    made = calls(sending)
    assert len(made) == 1
    return made[0]


def test_message_is_a_section_with_its_buttons_below() -> None:
    rows = [[("Open", "r:open:1", "primary"), ("No", "r:no:", "danger")], [("Why", "w:1", "plain")]]
    call = one(Sending("message", payload("<b>Hi</b> &amp; bye", rows), "C1"))

    assert call.method == "chat.postMessage"
    assert call.params == {
        "channel": "C1",
        "text": "*Hi* &amp; bye",
        **PLAIN_POST,
        "blocks": [
            section("*Hi* &amp; bye"),
            {
                "type": "actions",
                "elements": [
                    {**shown_button("Open", "r:open:1", "press.0.0"), "style": "primary"},
                    {**shown_button("No", "r:no:", "press.0.1"), "style": "danger"},
                ],
            },
            {"type": "actions", "elements": [shown_button("Why", "w:1", "press.1.0")]},
        ],
    }


def shown_button(label: str, value: str, action_id: str) -> dict[str, object]:
    """A plain button as Slack gets it."""
    text = {"type": "plain_text", "text": label}
    return {"type": "button", "text": text, "value": value, "action_id": action_id}


def test_message_in_a_thread_names_the_thread() -> None:
    assert one(Sending("message", payload("x"), "C1", thread="17.1")).params["thread_ts"] == "17.1"
    assert one(Sending("message", payload("x"), "U1", thread="D1/17.1")).params["thread_ts"] == "17.1"


def test_message_of_buttons_alone_says_their_labels_in_the_notification() -> None:
    call = one(Sending("message", payload("", [[("Yes & no", "a", "plain")], [("Later", "b", "plain")]]), "U1"))

    assert call.params["text"] == "Yes &amp; no\n\nLater"


def test_message_without_anything_is_not_sent() -> None:
    assert calls(Sending("message", payload(), "U1")) == []


@pytest.mark.parametrize(
    ("sending", "call"),
    [
        pytest.param(
            Sending("edit", payload("new"), "C1", of="17.1"),
            Call("chat.update", {"channel": "C1", "ts": "17.1", "text": "new", "blocks": [section("new")]}),
            id="edit in a channel",
        ),
        pytest.param(
            Sending("edit", payload("new"), "U1", of="D1/17.1"),
            Call("chat.update", {"channel": "D1", "ts": "17.1", "text": "new", "blocks": [section("new")]}),
            id="edit in a direct message",
        ),
        pytest.param(
            Sending("delete", {"of": "k"}, "C1", of="17.1"),
            Call("chat.delete", {"channel": "C1", "ts": "17.1"}),
            id="delete",
        ),
        pytest.param(
            Sending("react", {"message": "D1/17.1", "name": "eyes"}, "U1"),
            Call("reactions.add", {"name": "eyes", "channel": "D1", "timestamp": "17.1"}),
            id="react",
        ),
        pytest.param(
            Sending("home", payload("Your tasks"), "U1"),
            Call("views.publish", {"user_id": "U1", "view": {"type": "home", "blocks": [section("Your tasks")]}}),
            id="home",
        ),
    ],
)
def test_other_kinds_become_their_call(sending: Sending, call: Call) -> None:
    assert one(sending) == call


@pytest.mark.parametrize("kind", ["retire", "menu"])
def test_kinds_that_slack_has_no_means_for_are_passed_over(kind: str) -> None:
    assert calls(Sending(kind, {"of": "k", "commands": []}, "U1", of="D1/1.1")) == []


def test_files_are_shared_last_in_the_thread() -> None:
    files = (Loaded("week.pdf", "application/pdf", b"%PDF"),)
    made = calls(Sending("message", payload("Here"), "C1", "17.1", files=files))

    assert [call.method for call in made] == ["chat.postMessage", "files.completeUploadExternal"]
    assert made[1].params == {"channel_id": "C1", "thread_ts": "17.1"}


def test_long_text_becomes_several_messages_with_the_buttons_on_the_last() -> None:
    text = "\n\n".join(f"{number} " + "word " * 150 for number in range(60))
    grouped = groups(payload(text, [[("Go on", "p:1", "primary")]]))

    assert len(grouped) > 3
    for group in grouped:
        check_message(group)
    assert [[block["type"] for block in group].count("actions") for group in grouped] == [0] * (len(grouped) - 1) + [1]
    written = " ".join(block["text"]["text"] for group in grouped for block in group if block["type"] == "section")
    assert written.split() == text.split()


def test_each_of_the_messages_has_a_text_for_the_notification() -> None:
    made = calls(Sending("message", payload("word " * 6000), "C1"))

    assert len(made) > 2
    assert all(0 < len(call.params["text"]) <= 4000 for call in made)


def test_edit_that_outgrows_its_message_goes_on_below() -> None:
    made = calls(Sending("edit", payload("word " * 6000), "U1", of="D1/17.1"))

    assert [call.method for call in made][:2] == ["chat.update", "chat.postMessage"]
    assert made[1].params["channel"] == "U1"


@pytest.mark.parametrize("count", [1, 6, 31, 300])
def test_any_number_of_buttons_finds_room(count: int) -> None:
    rows = [[(f"Supplier {number} " + "x" * 80, f"r:site:{number}", "plain")] for number in range(count)]
    grouped = groups(payload("Which?", rows))

    for group in grouped:
        check_message(group)
    shown = [button["value"] for group in grouped for block in group for button in block.get("elements", [])]
    assert shown == [f"r:site:{number}" for number in range(count)]


def test_wide_row_is_broken_at_five_buttons() -> None:
    row = [(str(number), str(number), "plain") for number in range(7)]

    assert [len(block["elements"]) for block in groups(payload("", [row]))[0]] == [5, 2]


def test_home_page_keeps_to_its_limit() -> None:
    rows = [[("b", f"r:{number}:", "plain")] for number in range(29)]
    call = one(Sending("home", payload("word " * 60_000, rows), "U1"))

    check_view(call.params["view"], "home")
    assert [block["type"] for block in call.params["view"]["blocks"]].count("actions") == 29


def test_words_of_people_neither_mention_nor_link() -> None:
    call = one(Sending("message", payload("&lt;!channel&gt; &lt;https://x.org|y&gt; @here"), "C1"))

    assert call.params["text"] == "&lt;!channel&gt; &lt;https://x.org|y&gt; @here"
    assert call.params["blocks"][0]["text"]["verbatim"] is True


def test_note_is_plain() -> None:
    assert note("5 < 6 & <b>") == "5 &lt; 6 &amp; &lt;b&gt;"
    assert note("") == ""
