"""What Slack refuses in blocks and views, in its own words."""

from typing import Any

import pytest

from bot.playground.slack.blocks import check_message, check_view
from bot.playground.slack.refusal import Refusal

PLAIN = {"type": "plain_text", "text": "Text"}
BUTTON = {"type": "button", "text": PLAIN, "action_id": "go"}
OPTION = {"text": PLAIN, "value": "one"}
SELECT = {"type": "static_select", "options": [OPTION], "action_id": "pick"}
INPUT = {"type": "input", "block_id": "amount", "label": PLAIN, "element": {"type": "plain_text_input"}}


def plain(length: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * length}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "Text"}, **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": PLAIN, "submit": PLAIN, "blocks": list(blocks), **more}


WRONG: dict[str, tuple[list[Any], str]] = {
    "unknown block": ([{"type": "banner"}], "unsupported type: banner [json-pointer:/blocks/0/type]"),
    "no type": ([{"text": PLAIN}], "missing required field: type [json-pointer:/blocks/0]"),
    "51 blocks": ([section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "empty section": ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
    "long text": (
        [section(text={"type": "mrkdwn", "text": "x" * 3001})],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "empty text": (
        [section(text={"type": "mrkdwn", "text": ""})],
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    "11 fields": ([section(fields=[PLAIN] * 11)], "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    "marked header": (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "must be a valid enum value [json-pointer:/blocks/0/text/type]",
    ),
    "long header": ([{"type": "header", "text": plain(151)}], "must be less than 151 characters"),
    "26 buttons": (
        [actions(*[BUTTON | {"action_id": f"a{n}"} for n in range(26)])],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "11 in context": ([{"type": "context", "elements": [PLAIN] * 11}], "no more than 10 items allowed"),
    "button in context": ([{"type": "context", "elements": [BUTTON]}], "unsupported type: button"),
    "text field in actions": ([actions({"type": "plain_text_input"})], "unsupported type: plain_text_input"),
    "long label": (
        [actions(BUTTON | {"text": plain(76)})],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "long value": ([actions(BUTTON | {"value": "x" * 2001})], "must be less than 2001 characters"),
    "button style": ([actions(BUTTON | {"style": "green"})], "must be a valid enum value"),
    "unknown field": ([section(colour="red")], "invalid additional property: colour [json-pointer:/blocks/0]"),
    "long option value": (
        [actions(SELECT | {"options": [OPTION | {"value": "x" * 76}]})],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    "101 options": (
        [actions(SELECT | {"options": [{"text": PLAIN, "value": str(n)} for n in range(101)]})],
        "no more than 100 items allowed",
    ),
    "no options": ([actions({"type": "static_select"})], "missing required field: options"),
    "foreign initial option": (
        [actions(SELECT | {"initial_option": {"text": PLAIN, "value": "two"}})],
        "initial option must be one of the options",
    ),
    "6 in overflow": (
        [section(accessory={"type": "overflow", "options": [{"text": PLAIN, "value": str(n)} for n in range(6)]})],
        "no more than 5 items allowed",
    ),
    "11 checkboxes": (
        [actions({"type": "checkboxes", "options": [{"text": PLAIN, "value": str(n)} for n in range(11)]})],
        "no more than 10 items allowed",
    ),
    "image without words": (
        [{"type": "image", "image_url": "https://example.com/a.png"}],
        "missing required field: alt_text",
    ),
    "same block id": ([section(block_id="b"), section(block_id="b")], "`block_id` b already exists"),
    "same action id": ([actions(BUTTON, BUTTON)], "`action_id` go already exists [json-pointer:/blocks/0]"),
    "wrong date": (
        [actions({"type": "datepicker", "initial_date": "23.11.2026"})],
        "must match the expected format",
    ),
    "number field in a message": (
        [INPUT | {"element": {"type": "number_input", "is_decimal_allowed": True}}],
        "unsupported type: number_input",
    ),
}

WRONG_VIEWS: dict[str, tuple[dict[str, Any], str]] = {
    "long title": (
        modal(section(), title=plain(25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    "long submit": (modal(section(), submit=plain(25)), "must be less than 25 characters"),
    "no title": ({"type": "modal", "blocks": [section()]}, "missing required field: title [json-pointer:/view]"),
    "no blocks": (modal(), "no less than 1 items allowed [json-pointer:/view/blocks]"),
    "101 blocks": (modal(*[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    "long metadata": (
        modal(section(), private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "input without submit": (
        {"type": "modal", "title": PLAIN, "blocks": [INPUT]},
        "must define `submit` to use `input` block [json-pointer:/view/blocks/0/input]",
    ),
    "markdown": (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
    "unknown field": (modal(section(), submit_disabled=True), "invalid additional property: submit_disabled"),
}


@pytest.mark.parametrize(("blocks", "words"), WRONG.values(), ids=WRONG.keys())
def test_blocks_that_slack_would_not_show_are_refused(blocks: list[Any], words: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_message(blocks)
    assert refused.value.error == "invalid_blocks"
    assert words in " ".join(refused.value.more["errors"])


@pytest.mark.parametrize(("view", "words"), WRONG_VIEWS.values(), ids=WRONG_VIEWS.keys())
def test_views_that_slack_would_not_show_are_refused(view: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_view(view, "modal")
    assert refused.value.error == "invalid_arguments"
    assert words in " ".join(refused.value.more["response_metadata"]["messages"])


def test_a_home_tab_has_no_title() -> None:
    check_view({"type": "home", "blocks": [section()]}, "home")
    with pytest.raises(Refusal):
        check_view({"type": "home", "blocks": [section()], "title": PLAIN}, "home")


def test_blocks_at_their_limits_pass() -> None:
    check_message(
        [section()] * 49 + [actions(*[BUTTON | {"action_id": f"a{n}", "text": plain(75)} for n in range(25)])]
    )
    check_view(modal(*[section()] * 99, INPUT, title=plain(24), private_metadata="x" * 3000), "modal")
