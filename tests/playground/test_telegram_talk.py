"""A person's side: what they do reaches the bot, what the bot does reaches their screen."""

from io import BytesIO

import pytest
from telegram import (
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest, NetworkError

from bot.playground.telegram.files import DOWNLOAD_LIMIT, PHOTO_LIMIT, UPLOAD_LIMIT
from tests.playground.telegram_line import Line, picture

YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="q1:y"), InlineKeyboardButton("No", callback_data="q1:n")]]
)


def test_deep_link_arrives_as_a_start_command_with_its_payload(line: Line) -> None:
    line.phone.person("Bao", "vi").start("in_4-Zz")
    message = line.updates()[-1].message
    assert message.text == "/start in_4-Zz"
    assert (message.chat.type, message.from_user.language_code) == ("private", "vi")
    assert [(entity.type, entity.length) for entity in message.entities] == [("bot_command", 6)]


@pytest.mark.parametrize("payload", ["a" * 65, "a.b", "a b", "ü"])
def test_deep_link_carries_no_other_payload(line: Line, payload: str) -> None:
    with pytest.raises(ValueError, match="deep link"):
        line.amina.start(payload)


def test_message_is_shown_with_its_markup_buttons_and_reply(line: Line) -> None:
    asked = line.amina.say("What is due?")
    line.send(
        "<b>Electricity</b> &amp; water",
        parse_mode="HTML",
        reply_markup=YES_NO,
        reply_to_message_id=asked,
        disable_notification=True,
    )
    shown = line.amina.last()
    assert shown
    assert (shown.text, shown.html) == ("Electricity & water", "<b>Electricity</b> &amp; water")
    assert shown.entities == ({"type": "bold", "offset": 0, "length": 11},)
    assert shown.labels() == ["Yes", "No"]
    assert (shown.reply_to, shown.silent, shown.edited) == (asked, True, False)


def test_reply_keyboard_is_answered_by_saying_its_label(line: Line) -> None:
    line.send(reply_markup=ReplyKeyboardMarkup([["English", "Tiếng Việt"]]))
    shown = line.amina.last()
    assert shown and shown.keyboard == (("English", "Tiếng Việt"),)


def test_tap_reaches_the_bot_and_its_answer_the_person(line: Line) -> None:
    line.send("Is it right?", reply_markup=YES_NO)
    tap = line.amina.tap("Yes")
    query = line.updates()[-1].callback_query
    assert (query.data, query.message.text, query.from_user.id) == ("q1:y", "Is it right?", line.amina.id)
    assert tap.answer is None
    line.run(line.bot.answer_callback_query(query.id, "Saved", show_alert=True))
    answer = tap.wait()
    assert answer and (answer.text, answer.show_alert) == ("Saved", True)


def test_button_that_an_edit_took_away_can_still_be_tapped_in_its_message(line: Line) -> None:
    message = line.send("Is it right?", reply_markup=YES_NO)
    line.run(line.bot.edit_message_text("Saved.", line.amina.id, message.message_id))
    with pytest.raises(ValueError, match="no button"):
        line.amina.tap("Yes")
    line.amina.tap("q1:n", message=message.message_id)
    assert line.updates()[-1].callback_query.data == "q1:n"


def test_edited_and_deleted_messages_change_the_screen(line: Line) -> None:
    first, second = line.send("One", reply_markup=YES_NO), line.send("Two")
    line.run(line.bot.edit_message_reply_markup(line.amina.id, first.message_id))
    line.run(line.bot.delete_messages(line.amina.id, [second.message_id, second.message_id + 900]))
    shown = line.amina.last()
    assert shown and (shown.text, shown.buttons, shown.edited) == ("One", (), True)


def test_edit_by_the_person_arrives_as_an_edited_message(line: Line) -> None:
    line.amina.edit(line.amina.say("12500"), "12 500 kWh")
    edited = line.updates()[-1].edited_message
    assert edited.text == "12 500 kWh" and edited.edit_date is not None


def test_long_text_leaves_the_phone_in_pieces(line: Line) -> None:
    line.amina.say("x" * 10_000)
    assert [len(update.message.text) for update in line.updates()[1:]] == [4096, 4096, 1808]


def test_album_is_several_updates_with_one_group_and_one_caption(line: Line) -> None:
    line.amina.send_photos([picture(), picture(colour="red")], "The meter")
    one, two = (update.message for update in line.updates()[1:])
    assert one.media_group_id == two.media_group_id
    assert (one.caption, two.caption) == ("The meter", None)


def test_photo_of_a_person_can_be_fetched_in_full(line: Line) -> None:
    content = picture()
    line.amina.send_photo(content, "The meter")

    async def fetch() -> tuple[int, bytes]:
        message = (await line.bot.get_updates(offset=-1))[0].message
        sizes = message.photo if message else ()
        file = await sizes[-1].get_file()
        return len(sizes), bytes(await file.download_as_bytearray())

    assert line.run(fetch()) == (2, content)


def test_document_voice_contact_place_and_sticker_arrive_as_such(line: Line) -> None:
    line.amina.send_document("bill.pdf", "application/pdf", b"%PDF-1.7", "October")
    line.amina.send_voice(b"OggS")
    line.amina.send_contact()
    line.amina.send_location()
    line.amina.send_sticker()
    document, voice, contact, place, sticker = (update.message for update in line.updates()[1:])
    assert (document.document.file_name, document.caption) == ("bill.pdf", "October")
    assert voice.voice.mime_type == "audio/ogg"
    assert contact.contact.user_id == line.amina.id
    assert place.location.latitude == pytest.approx(10.776)
    assert sticker.sticker.emoji == "👍"


def test_sent_files_lie_on_the_screen_with_their_bytes(line: Line) -> None:
    chart = picture()
    line.run(line.bot.send_photo(line.amina.id, chart, caption="October"))
    line.run(line.bot.send_document(line.amina.id, BytesIO(b"%PDF-1.7"), filename="week.pdf"))
    line.run(line.bot.send_voice(line.amina.id, b"OggS", duration=3))
    photo, document, voice = line.amina.messages()[-3:]
    assert photo.photo and photo.document is None
    assert (photo.photo.content, photo.text) == (chart, "October")
    assert document.document and (document.document.name, document.document.content) == ("week.pdf", b"%PDF-1.7")
    assert voice.voice and voice.voice.content == b"OggS"


def test_file_is_sent_again_by_its_id(line: Line) -> None:
    first = line.run(line.bot.send_document(line.amina.id, b"%PDF-1.7", filename="week.pdf"))
    assert first.document
    again = line.run(line.bot.send_document(line.amina.id, first.document.file_id))
    assert again.document == first.document
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
        line.run(line.bot.send_document(line.amina.id, "AgACnothing"))


def test_sent_album_has_one_group_and_its_pictures(line: Line) -> None:
    media = [InputMediaPhoto(picture(), caption="Before"), InputMediaPhoto(picture(colour="red"))]
    sent = line.run(line.bot.send_media_group(line.amina.id, media))
    assert len({message.media_group_id for message in sent}) == 1
    assert [(shown.text, bool(shown.photo)) for shown in line.amina.messages()[-2:]] == [("Before", True), ("", True)]
    with pytest.raises(BadRequest, match="2 to 10"):
        line.run(line.bot.send_media_group(line.amina.id, media[:1]))


@pytest.mark.parametrize("content", [b"not a picture", picture(2100, 100)], ids=["no-picture", "too-narrow"])
def test_photo_that_is_none_is_refused(line: Line, content: bytes) -> None:
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed|photo_invalid_dimensions"):
        line.run(line.bot.send_photo(line.amina.id, content))


def test_file_sizes_are_limited_as_on_the_platform(line: Line) -> None:
    line.amina.send_document("film.mov", "video/quicktime", bytes(DOWNLOAD_LIMIT + 1))
    file_id = line.updates()[-1].message.document.file_id
    with pytest.raises(BadRequest, match="File is too big"):
        line.run(line.bot.get_file(file_id))
    with pytest.raises(BadRequest, match="File is too big"):
        line.run(line.bot.send_photo(line.amina.id, picture() + bytes(PHOTO_LIMIT)))
    with pytest.raises(BadRequest, match="File must be non-empty"):
        line.run(line.bot.send_document(line.amina.id, b""))


def test_upload_over_fifty_megabytes_is_too_large(line: Line) -> None:
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        line.run(line.bot.send_document(line.amina.id, bytes(UPLOAD_LIMIT + 1)))


def test_menu_follows_scope_first_and_language_second(line: Line) -> None:
    bao = line.phone.person("Bao", "vi-VN")
    menus = {
        ("default", ""): None,
        ("private", ""): BotCommandScopeAllPrivateChats(),
        ("private", "vi"): BotCommandScopeAllPrivateChats(),
        ("amina", ""): BotCommandScopeChat(line.amina.id),
    }
    for (name, language), scope in menus.items():
        line.run(line.bot.set_my_commands([(f"{name}{language}", "x")], scope=scope, language_code=language))
    assert [menu["command"] for menu in (*line.amina.commands(), *bao.commands())] == ["amina", "privatevi"]
    line.run(line.bot.delete_my_commands(BotCommandScopeChat(line.amina.id)))
    assert line.amina.commands() == bao.commands()
    assert line.run(line.bot.get_my_commands())[0].command == "default"


def test_group_lets_the_bot_hear_only_what_is_meant_for_it(line: Line) -> None:
    group = line.amina.add_to_group("Line 4")
    group.say("Lunch?")
    group.say("/help")
    group.say("What is due, @causeway_demo_bot?")
    said = line.run(line.bot.send_message(group.id, "Let us talk in private"))
    group.say("All right", reply_to=said.message_id)
    updates = line.updates()[1:]
    assert updates[0].my_chat_member.new_chat_member.status == "member"
    assert [user.username for user in updates[1].message.new_chat_members] == ["causeway_demo_bot"]
    assert [update.message.text for update in updates[2:]] == [
        "/help",
        "What is due, @causeway_demo_bot?",
        "All right",
    ]
    assert [shown.text for shown in group.messages()][1:3] == ["Lunch?", "/help"]


def test_waiting_ends_with_the_message_waited_for(line: Line) -> None:
    sending = line.begin(line.bot.send_message(line.amina.id, "Saved"))
    assert line.amina.wait_for(lambda messages: messages[-1].text == "Saved")
    sending.result(5)
    assert not line.amina.wait_for(lambda messages: messages[-1].text == "Never", seconds=0.01)


def test_small_talk_of_the_bot_about_itself_is_taken(line: Line) -> None:
    line.run(line.bot.set_my_description("For suppliers"))
    line.run(line.bot.set_my_short_description("Suppliers", language_code="vi"))
    line.run(line.bot.set_chat_menu_button(line.amina.id))
    line.run(line.bot.send_chat_action(line.amina.id, "typing"))
    assert line.run(line.bot.get_chat(line.amina.id)).first_name == "Amina"
    assert line.run(line.bot.get_me()).username == "causeway_demo_bot"
    assert line.log.faults() == []
