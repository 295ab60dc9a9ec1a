from typing import Any

import pytest

from bot.playground.slack.blocks import check_view
from bot.slack.modal import errors, modal
from tests.bot.slack import bodies


def field(key: str = "what", kind: str = "text", **more: Any) -> dict[str, Any]:
    blank = {"label": "What happened?", "options": [], "hint": "", "initial": "", "optional": False}
    return {"key": key, "kind": kind, **blank, **more}


def form(*fields: dict[str, Any]) -> dict[str, Any]:
    payload = {"title": "Open a corrective action", "submit": "Open it now for this site", "action": "f:7:abc"}
    view = modal({**payload, "fields": list(fields)})
    check_view(view, "modal")
    return view


def element(view: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = view["blocks"][0]["element"]
    return made


def test_form_carries_its_action_and_keeps_to_the_short_labels() -> None:
    view = form(field())

    assert (view["callback_id"], view["private_metadata"]) == ("form", "f:7:abc")
    assert (view["title"]["text"], view["submit"]["text"]) == ("Open a corrective action", "Open it now for this si…")
    assert view["blocks"][0] == {
        "type": "input",
        "block_id": "what",
        "label": {"type": "plain_text", "text": "What happened?"},
        "element": {"type": "plain_text_input", "action_id": "value", "multiline": False},
        "optional": False,
    }


def test_hint_and_initial_words_are_shown() -> None:
    view = form(field(kind="long_text", hint="In a few words", initial="x" * 4000, optional=True))

    assert view["blocks"][0]["hint"]["text"] == "In a few words"
    assert view["blocks"][0]["optional"] is True
    assert element(view) | {"initial_value": ""} == {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": True,
        "initial_value": "",
    }
    assert len(element(view)["initial_value"]) == 3000


@pytest.mark.parametrize(("initial", "shown"), [("2026-12-05", "2026-12-05"), ("", None), ("soon", None)])
def test_date_starts_with_a_date_or_empty(initial: str, shown: str | None) -> None:
    assert element(form(field(kind="date", initial=initial))).get("initial_date") == shown


def test_choice_hands_back_keys() -> None:
    options = [["high", "High " + "x" * 100], ["k" * 80, "Long key"]]
    select = element(form(field(kind="choice", options=options, initial="high")))

    assert [option["value"] for option in select["options"]] == ["high", "2"]
    assert select["initial_option"] == select["options"][0]
    assert len(select["options"][0]["text"]["text"]) == 75


def test_more_than_a_hundred_options_come_in_groups() -> None:
    options = [[f"s{number}", f"Site {number}"] for number in range(250)]
    select = element(form(field(kind="choice", options=options, initial="s140")))

    assert [group["label"]["text"] for group in select["option_groups"]] == ["1–100", "101–200", "201–250"]
    assert select["initial_option"]["value"] == "s140"


def test_errors_stand_under_their_fields() -> None:
    body = bodies.submission({"what": {}, "due": {}})

    assert errors(body, {"due": "This day is past."}) == {"due": "This day is past."}


def test_error_of_no_field_stands_under_the_first() -> None:
    body = bodies.submission({"what": {}, "due": {}})

    assert errors(body, {"form": "It has changed.", "what": "Too long."}) == {"what": "It has changed. Too long."}
