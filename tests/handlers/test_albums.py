"""Albums: photos sent together arrive one by one, and all of them end up with the obstacle."""

import pytest

from handlers.message import FileRef, Said
from storage.tables.queues import WorkRow
from storage.tables.tickets import Ticket
from tests.handlers.deeds import rows
from tests.talks import Talker, Town


@pytest.fixture
def amina(town: Town) -> Talker:
    """Amina, asked for the words of an obstacle."""
    amina = town.joined("amina")
    amina.command("obstacle")
    amina.tap("Machines")
    return amina


def photo(talker: Talker, number: int, album: str = "album-1", words: str = "") -> str:
    return talker.send(Said(words, (FileRef(f"file-{number}", "photo"),)), album=album)


def fetched(town: Town) -> list[str]:
    """The files that are fetched for the obstacle."""
    return [row.argument["file"] for row in rows(town, WorkRow) if row.kind == "fetch"]


def test_every_photo_of_an_album_goes_with_the_obstacle_and_is_asked_for_once(town: Town, amina: Talker) -> None:
    amina.say("The compressor leaks")
    assert "Shall I send it?" in photo(amina, 1)
    assert [photo(amina, number) for number in (2, 3, 4)] == ["", "", ""]
    amina.tap("Yes, send it")
    assert fetched(town) == ["file-1", "file-2", "file-3", "file-4"]


def test_album_whose_caption_is_the_description_answers_both_questions(town: Town, amina: Talker) -> None:
    assert "<i>It leaks</i>" in photo(amina, 1, words="It leaks")
    photo(amina, 2)
    amina.tap("Yes, send it")
    assert rows(town, Ticket)[0].words == "It leaks"
    assert fetched(town) == ["file-1", "file-2"]


def test_photo_of_another_album_or_none_is_no_part_of_it(town: Town, amina: Talker) -> None:
    amina.say("The compressor leaks")
    photo(amina, 1)
    assert "choose one of the buttons" in photo(amina, 2, album="album-2")
    assert "choose one of the buttons" in photo(amina, 3, album="")
    amina.tap("Yes, send it")
    assert fetched(town) == ["file-1"]


def test_photos_can_be_replaced_by_going_back(town: Town, amina: Talker) -> None:
    amina.say("The compressor leaks")
    photo(amina, 1)
    photo(amina, 2)
    amina.tap("Back")
    photo(amina, 3, album="album-2")
    photo(amina, 4, album="album-2")
    amina.tap("Yes, send it")
    assert fetched(town) == ["file-3", "file-4"]


def test_photo_that_is_delivered_twice_is_taken_once(town: Town, amina: Talker) -> None:
    amina.say("The compressor leaks")
    photo(amina, 1)
    for _time in range(2):
        amina.send(Said("", (FileRef("file-2", "photo"),)), album="album-1", delivery="telegram:7")
    amina.tap("Yes, send it")
    assert fetched(town) == ["file-1", "file-2"]
