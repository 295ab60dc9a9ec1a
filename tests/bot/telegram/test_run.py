import pytest

from bot.channel import Loaded, Now, SendError
from bot.config import ConfigError
from bot.playground.telegram.trouble import Blocked, Drop, ServerError, TooMany
from bot.telegram.run import TelegramChannel
from tests.bot.telegram.line import TOKEN, Line, document, payload
from tests.playground.telegram_line import picture

MOST = 20 * 1024 * 1024


def refused(line: Line, kind: str = "message", **more: object) -> SendError:
    with pytest.raises(SendError) as caught:
        line.send(payload("Hello"), kind, **more)
    return caught.value


def now(line: Line, **more: object) -> Now:
    return Now("telegram:1:2", str(line.amina.id), "", str(line.amina.id), **more)  # type: ignore[arg-type]


def photo(name: str = "meter.jpg") -> Loaded:
    return Loaded(name, "image/jpeg", picture())


def test_message_can_be_sent_changed_retired_and_deleted(line: Line) -> None:
    ref = line.send(payload("<b>Due</b> &amp; late", "Answer"))
    shown = line.amina.messages()[-1]
    assert (str(shown.id), shown.html, shown.labels()) == (ref, "<b>Due</b> &amp; late", ["Answer"])

    assert line.send(payload("Due today", "Later"), "edit", of=ref) == ""
    assert (line.amina.messages()[-1].text, line.amina.messages()[-1].labels()) == ("Due today", ["Later"])
    assert line.send({"of": "key"}, "retire", of=ref) == ""
    assert line.amina.messages()[-1].labels() == []
    assert line.send({"of": "key"}, "delete", of=ref) == ""
    assert [one for one in line.amina.messages() if one.from_bot] == []
    assert line.log.faults() == []


def test_one_call_is_enough_for_a_message(line: Line) -> None:
    line.send(payload("Hello"))
    assert line.methods() == ["sendMessage"]


def test_long_message_arrives_whole_and_is_known_by_its_last_piece(line: Line) -> None:
    ref = line.send(payload("word " * 1500, "Answer"))
    pieces = [one for one in line.amina.messages() if one.from_bot]
    assert " ".join(one.text for one in pieces).split() == ["word"] * 1500
    assert [str(one.id) for one in pieces][-1] == ref
    assert line.log.faults() == []


def test_files_arrive(line: Line) -> None:
    line.send(payload("Your report", "More"), files=(document(),))
    line.send(payload("The meters"), files=(photo("a.jpg"), photo("b.jpg")))
    report, first, second = line.amina.messages()[-3:]
    assert report.document is not None
    assert (report.document.name, report.document.content, report.text) == ("week.pdf", b"%PDF-1.7 week", "Your report")
    assert (first.text, second.text) == ("The meters", "")
    assert first.album == second.album is not None
    assert line.log.faults() == []


def test_large_file_arrives(line: Line) -> None:
    line.send(payload("All of it"), files=(Loaded("all.zip", "application/zip", b"x" * 3_000_000),))
    shown = line.amina.messages()[-1].document
    assert shown is not None
    assert len(shown.content) == 3_000_000


def test_edit_of_a_photo_changes_its_caption(line: Line) -> None:
    ref = line.send(payload("Old words", "Keep"), files=(photo(),))
    line.send(payload("New words"), "edit", of=ref)
    shown = line.amina.messages()[-1]
    assert (shown.text, shown.labels(), shown.photo is None) == ("New words", [], False)


def test_menu_and_reaction_reach_the_phone(line: Line) -> None:
    said = line.amina.say("Done")
    line.send({"commands": [["help", "Trợ giúp"]]}, "menu")
    line.send({"message": str(said), "name": "+1"}, "react")
    assert [one["description"] for one in line.amina.commands()] == ["Trợ giúp"]
    assert line.amina.messages()[-1].reactions == ("👍",)


@pytest.mark.parametrize("kind", ["edit", "retire", "delete"])
def test_change_to_a_message_that_is_gone_is_no_fault(line: Line, kind: str) -> None:
    assert line.send(payload("Hello"), kind, of="999999") == ""


def test_edit_that_changes_nothing_is_no_fault(line: Line) -> None:
    ref = line.send(payload("Same"))
    assert line.send(payload("Same"), "edit", of=ref) == ""


def test_blocked_chat_is_gone(line: Line) -> None:
    line.amina.block()
    assert refused(line).gone


def test_deactivated_account_is_gone(line: Line) -> None:
    line.amina.deactivate()
    assert refused(line).gone


def test_unknown_chat_is_gone(line: Line) -> None:
    assert refused(line, conversation="77").gone


def test_group_that_moved_is_found_at_its_new_id(line: Line) -> None:
    group = line.amina.add_to_group("Mill 4")
    old, new = group.id, group.migrate()
    assert refused(line, conversation=str(old)).moved_to == str(new)
    assert line.send(payload("Here"), conversation=str(new))


def test_flood_of_one_chat_waits_there_and_of_two_everywhere(line: Line) -> None:
    binh = line.phone.person("Binh", "vi")
    binh.start()
    line.phone.plan("sendMessage", None, TooMany(7), 2)
    first, second = refused(line), refused(line, conversation=str(binh.id))
    assert (first.retry_after_s, first.scope, second.scope) == (7, "chat", "channel")


@pytest.mark.parametrize("trouble", [ServerError(), Drop()], ids=["server error", "broken line"])
def test_trouble_on_the_line_is_tried_again_later(line: Line, trouble: ServerError | Drop) -> None:
    line.phone.plan("sendMessage", None, trouble)
    error = refused(line)
    assert (error.permanent, error.retry_after_s) == (False, None)


def test_nobody_there_is_tried_again_later(line: Line) -> None:
    line.url = "http://127.0.0.1:1"
    line.channel = line.channel_of()
    error = refused(line)
    assert (error.permanent, TOKEN in str(error)) == (False, False)


def test_second_piece_is_tried_again_at_once_so_that_the_first_is_not_repeated(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.run.PAUSE_S", 0.01)
    sent = 0

    def fail_second(call: object) -> None:
        nonlocal sent
        sent += getattr(call, "method", "") == "sendMessage"
        if sent == 1:
            line.phone.plan("sendMessage", None, ServerError())

    line.log.answered = fail_second
    line.send(payload("word " * 1500))
    assert line.methods() == ["sendMessage"] * 3
    assert len([one for one in line.amina.messages() if one.from_bot]) == 2


def test_piece_for_a_chat_that_closes_is_not_tried_again(line: Line) -> None:
    line.log.answered = lambda call: line.phone.plan("sendMessage", None, Blocked())
    with pytest.raises(SendError) as caught:
        line.send(payload("word " * 1500))
    assert (caught.value.gone, len(line.methods())) == (True, 2)


def test_tap_is_answered_with_and_without_words(line: Line) -> None:
    with line.listening():
        line.send(payload("Which?", "Water", "Waste"))
        line.intake.toast = ("Noted", True)
        told = line.amina.tap("Water").wait()
        line.intake.toast = None
        quiet = line.amina.tap("Waste").wait()
    assert (told and (told.text, told.show_alert)) == ("Noted", True)
    assert (quiet and (quiet.text, quiet.show_alert)) == ("", False)


def test_answer_to_an_old_tap_is_no_fault(line: Line) -> None:
    line.wire.run(line.channel.perform(now(line, tap="1")))
    assert line.methods() == ["answerCallbackQuery"]


def test_note_without_a_tap_is_a_message(line: Line) -> None:
    line.wire.run(line.channel.perform(now(line, toast=("5 < 6", False))))
    assert line.amina.messages()[-1].text == "5 < 6"


def test_modal_is_refused_so_that_its_fallback_is_sent(line: Line) -> None:
    with pytest.raises(SendError):
        line.wire.run(line.channel.perform(now(line, modal={"title": "Open"})))


def test_photo_of_a_person_can_be_fetched(line: Line) -> None:
    with line.listening():
        line.amina.send_photo(picture(), "The meter")
        line.intake.wait("The meter")
    (file,) = line.intake.taken[-1].content.files  # type: ignore[union-attr]
    assert line.wire.run(line.channel.fetch(file.id, MOST)) == picture()


@pytest.mark.parametrize(("size", "limit"), [(2000, 1999), (MOST + 1, 2 * MOST)], ids=["over our limit", "over theirs"])
def test_file_too_large_is_refused_for_good(line: Line, size: int, limit: int) -> None:
    with line.listening():
        line.amina.send_document("bill.pdf", "application/pdf", b"x" * size, "The bill")
        line.intake.wait("The bill")
    (file,) = line.intake.taken[-1].content.files  # type: ignore[union-attr]
    with pytest.raises(SendError) as caught:
        line.wire.run(line.channel.fetch(file.id, limit))
    assert caught.value.permanent


def test_file_that_is_not_there_is_refused_for_good(line: Line) -> None:
    with pytest.raises(SendError) as caught:
        line.wire.run(line.channel.fetch("nothing", MOST))
    assert caught.value.permanent


def test_link_opens_the_private_chat_once_the_name_is_known(line: Line) -> None:
    with pytest.raises(LookupError):
        line.channel.link("aB-9_")
    line.wire.run(line.channel.introduce())
    assert line.channel.link("aB-9_") == "https://t.me/causeway_demo_bot?start=aB-9_"
    assert line.channel.link("") == "https://t.me/causeway_demo_bot"


def test_name_is_asked_for_until_telegram_answers(line: Line) -> None:
    line.phone.plan("getMe", None, ServerError(), 2)
    line.wire.run(line.channel.introduce())
    assert line.methods() == ["getMe"] * 3


def test_wrong_token_ends_the_start_with_a_cure(line: Line) -> None:
    channel = line.channel_of("8100001:another-token")
    with pytest.raises(ConfigError, match="TELEGRAM_BOT_TOKEN"):
        line.wire.run(channel.run())


@pytest.mark.parametrize("token", ["", "token", "abc:def", "123456:"])
def test_what_is_no_token_is_told_before_anything_starts(token: str) -> None:
    with pytest.raises(ConfigError, match="TELEGRAM_BOT_TOKEN"):
        TelegramChannel(token, None, str)


def test_group_is_told_from_a_person(line: Line) -> None:
    assert (line.channel.is_group("-4000001"), line.channel.is_group("5000001")) == (True, False)
