from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from telegram import BotCommandScopeChat, ReactionTypeEmoji

from bot.channel import Loaded, Sending
from bot.telegram.html import plain, units
from bot.telegram.show import Call, answer, calls, edit_of_caption
from tests.bot.telegram.line import document, payload
from tests.playground.telegram_line import picture

LONG = "\n\n".join(f"<b>Paragraph {number}</b> &amp; {'word ' * 60}" for number in range(20))
NOTICE = "\n\n".join(["word " * 100] * 3)


def show(content: dict[str, Any], kind: str = "message", **more: Any) -> list[Call]:
    return calls(Sending(kind, content, "5000001", **more))


def labels(call: Call) -> list[list[str]]:
    board = call.params.get("reply_markup")
    return [[button.text for button in row] for row in board.inline_keyboard] if board else []


def photo(name: str = "chart.png", width: int = 200, height: int = 120) -> Loaded:
    return Loaded(name, "image/jpeg", picture(width, height))


def rows(*lengths: int) -> list[list[dict[str, str]]]:
    return [[{"label": "Go", "action": "r:go:", "style": "plain"}] * length for length in lengths]


def methods(made: list[Call]) -> list[str]:
    return [call.method for call in made]


def test_message_is_one_call() -> None:
    (call,) = show(payload("<b>Due</b> &amp; late", "Answer", "Later"))
    assert call.method == "send_message"
    assert call.params["chat_id"] == 5000001
    assert call.params["text"] == "<b>Due</b> &amp; late"
    assert call.params["parse_mode"] == "HTML"
    assert call.params["link_preview_options"].is_disabled
    assert labels(call) == [["Answer", "Later"]]
    assert "disable_notification" not in call.params


def test_silent_message_makes_no_sound() -> None:
    assert show(payload("Good night", silent=True))[0].params["disable_notification"] is True


def test_message_quotes_the_one_it_answers_and_goes_without_if_that_is_gone() -> None:
    quoted = show(payload("And before?") | {"quote": "77"})[0].params["reply_parameters"]
    assert (quoted.message_id, quoted.allow_sending_without_reply) == (77, True)
    assert "reply_parameters" not in show(payload("And before?") | {"quote": ""})[0].params


def test_long_text_becomes_several_messages_with_the_buttons_on_the_last() -> None:
    made = show(payload(LONG, "Answer"))
    assert methods(made) == ["send_message"] * 2
    assert all(units(plain(call.params["text"])) <= 4096 for call in made)
    assert " ".join(plain(call.params["text"]) for call in made).split() == plain(LONG).split()
    assert [labels(call) for call in made] == [[], [["Answer"]]]


def test_button_carries_action_and_style() -> None:
    row = [
        {"label": "Send", "action": "r:send:1", "style": "primary"},
        {"label": "Stop", "action": "r:stop:", "style": "danger"},
        {"label": "Help", "action": "r:help:", "style": "plain"},
    ]
    (call,) = show(payload("Ready?") | {"buttons": [row]})
    shown = call.params["reply_markup"].inline_keyboard[0]
    assert [(one.callback_data, one.style) for one in shown] == [
        ("r:send:1", "primary"),
        ("r:stop:", "danger"),
        ("r:help:", None),
    ]


def test_long_label_ends_with_an_ellipsis() -> None:
    ((label,),) = labels(show(payload("Which?", "w" * 90))[0])
    assert label == "w" * 59 + "…"


def test_wide_row_is_broken_after_eight_buttons() -> None:
    (call,) = show(payload("Which?") | {"buttons": rows(10, 2)})
    assert [len(row) for row in labels(call)] == [8, 2, 2]


def test_more_than_a_hundred_buttons_hang_under_two_messages() -> None:
    made = show(payload("Which?") | {"buttons": rows(*[7] * 20)})
    assert [sum(map(len, labels(call))) for call in made] == [98, 42]
    assert [call.params["text"] for call in made] == ["Which?", "…"]


def test_words_are_the_caption_of_one_file() -> None:
    (call,) = show(payload("Your <b>report</b>", "More"), files=(document(),))
    assert call.method == "send_document"
    assert (call.params["caption"], call.params["parse_mode"]) == ("Your <b>report</b>", "HTML")
    assert (call.params["document"], call.params["filename"]) == (b"%PDF-1.7 week", "week.pdf")
    assert labels(call) == [["More"]]


def test_words_too_long_for_a_caption_come_before_the_file() -> None:
    text, file = show(payload(NOTICE, "More"), files=(photo(),))
    assert (text.method, plain(text.params["text"])) == ("send_message", NOTICE.strip())
    assert (file.method, file.params.get("caption"), labels(text), labels(file)) == ("send_photo", None, [], [["More"]])


def test_several_pictures_are_an_album_with_the_words_under_the_first() -> None:
    (call,) = show(payload("The meters"), files=(photo("a.jpg"), photo("b.jpg")))
    assert call.method == "send_media_group"
    assert [item.caption for item in call.params["media"]] == ["The meters", None]


def test_buttons_come_after_an_album() -> None:
    album, text = show(payload("The meters", "Right"), files=(photo("a.jpg"), photo("b.jpg")))
    assert (album.method, [item.caption for item in album.params["media"]]) == ("send_media_group", [None, None])
    assert (text.params["text"], labels(text)) == ("The meters", [["Right"]])


def test_album_holds_ten_and_nothing_but_its_like() -> None:
    files = (*(photo(f"{number}.jpg", 20, 20) for number in range(11)), document("a.pdf"), document("b.pdf"))
    made = show(payload("All of it"), files=files)
    assert methods(made) == ["send_media_group", "send_photo", "send_media_group"]
    assert [len(call.params.get("media", "1")) for call in made] == [10, 1, 2]


def test_long_words_come_before_an_album() -> None:
    assert methods(show(payload(NOTICE), files=(document("a.pdf"), document("b.pdf")))) == [
        "send_message",
        "send_media_group",
    ]


def slender() -> Loaded:
    kept = BytesIO()
    Image.new("1", (2100, 100)).save(kept, "PNG")
    return Loaded("strip.png", "image/png", kept.getvalue())


def huge() -> Loaded:
    kept = BytesIO()
    Image.new("1", (9000, 1001)).save(kept, "PNG")
    return Loaded("plan.png", "image/png", kept.getvalue())


DOCUMENTS = {
    "pdf": document(),
    "broken picture": Loaded("x.jpg", "image/jpeg", b"no picture"),
    "slender picture": slender(),
    "huge picture": huge(),
    "heavy picture": Loaded("x.jpg", "image/jpeg", picture() + b"\0" * 10 * 1024 * 1024),
    "other picture": Loaded("x.tif", "image/tiff", b"II*\0"),
}


@pytest.mark.parametrize("file", DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_telegram_takes_for_no_photo_goes_as_a_document(file: Loaded) -> None:
    assert methods(show(payload("Here"), files=(file,))) == ["send_document"]


def test_message_under_another_quotes_it() -> None:
    reply = show(payload("Answer"), thread="70")[0].params["reply_parameters"]
    assert (reply.message_id, reply.allow_sending_without_reply) == (70, True)


def test_edit_replaces_text_and_buttons() -> None:
    (call,) = show(payload("Done", "Again"), "edit", of="70")
    assert call.method == "edit_message_text"
    assert (call.params["chat_id"], call.params["message_id"], call.params["text"]) == (5000001, 70, "Done")
    assert labels(call) == [["Again"]]


def test_long_edit_goes_on_below() -> None:
    first, rest = show(payload(LONG, "Again"), "edit", of="70")
    assert (first.method, labels(first)) == ("edit_message_text", [])
    assert (rest.method, labels(rest)) == ("send_message", [["Again"]])


def test_edit_brings_its_files() -> None:
    assert methods(show(payload("Done"), "edit", of="70", files=(document(),))) == [
        "edit_message_text",
        "send_document",
    ]


def test_edit_of_a_caption_keeps_to_its_limit() -> None:
    first, rest = edit_of_caption(Sending("edit", payload(NOTICE, "Again"), "5000001", of="70"))
    assert (first.method, units(plain(first.params["caption"])) <= 1024) == ("edit_message_caption", True)
    assert (rest.method, labels(rest)) == ("send_message", [["Again"]])


def test_retire_takes_the_buttons_off() -> None:
    assert show({"of": "key"}, "retire", of="70") == [
        Call("edit_message_reply_markup", {"chat_id": 5000001, "message_id": 70})
    ]


def test_delete_removes_the_message() -> None:
    assert show({"of": "key"}, "delete", of="70") == [Call("delete_message", {"chat_id": 5000001, "message_id": 70})]


def test_sign_becomes_an_emoji() -> None:
    (call,) = show({"message": "70", "name": "eyes"}, "react")
    assert call.method == "set_message_reaction"
    assert (call.params["message_id"], call.params["reaction"]) == (70, [ReactionTypeEmoji("👀")])


def test_sign_without_an_emoji_is_left_out() -> None:
    assert show({"message": "70", "name": "rocket_science"}, "react") == []


def test_home_page_is_nothing_on_telegram() -> None:
    assert show(payload("Home"), "home") == []


def test_menu_is_set_for_one_chat() -> None:
    (call,) = show({"commands": [["help", "Hướng dẫn"], ["long", "w" * 300], ["blank", " "]]}, "menu")
    assert call.method == "set_my_commands"
    assert call.params["scope"] == BotCommandScopeChat(5000001)
    shown = [(one.command, one.description) for one in call.params["commands"]]
    assert shown == [("help", "Hướng dẫn"), ("long", "w" * 255 + "…")]


def test_tap_is_answered_without_a_word() -> None:
    assert answer("9001", None) == Call("answer_callback_query", {"callback_query_id": "9001"})


def test_note_is_cut_to_what_a_tap_shows() -> None:
    shown = answer("9001", ("w" * 300, True)).params
    assert (len(shown["text"]), shown["show_alert"]) == (200, True)


def test_message_without_words_files_or_buttons_is_nothing() -> None:
    assert show(payload(" ")) == []


def test_buttons_without_words_are_shown() -> None:
    (call,) = show(payload("", "Go"))
    assert (call.params["text"], labels(call)) == ("…", [["Go"]])
