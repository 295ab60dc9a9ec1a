"""A picture goes along with its screen, says in words what it shows, and is drawn from the course's own folder."""

import dataclasses
from pathlib import Path

from bot.work import drawn
from courses.course import Picture, Screen
from courses.pictures import Pictures
from storage.tables.queues import OutboxRow
from tests.handlers.deeds import rows
from tests.talks import Talker, Town, made_house
from tests.training.school import WATER, programme_says

PNG = b"\x89PNG\r\n\x1a\n a tap"


def test_screen_with_a_picture_carries_it_and_says_what_it_shows(town: Town, amina: Talker, tmp_path: Path) -> None:
    (tmp_path / "training" / "pictures").mkdir(parents=True)
    (tmp_path / "training" / "pictures" / "tap.png").write_bytes(PNG)
    pictures = Pictures([tmp_path])
    lesson = WATER.lessons[0]
    screen = Screen(text=lesson.screens[0].text, picture=Picture(name="tap.png", shows="A dripping tap"))
    shown = WATER.model_copy(update={"lessons": (lesson.model_copy(update={"screens": (screen,)}),)})
    library = dataclasses.replace(town.house.library, courses={"water": shown}, pictures=pictures)
    town.house = town.intake.house = made_house(library)
    programme_says(town, training=[{"course": "water"}])
    amina.command("lesson")
    payload = rows(town, OutboxRow)[-1].payload
    assert "Picture: A dripping tap\n\nTaps matters." in payload["text"]
    (file,) = payload["attachments"]
    assert drawn(file, library.pictures) == (PNG, "image/png")


def test_new_picture_makes_the_lesson_another_one() -> None:
    lesson = WATER.lessons[0]
    screen = Screen(text=lesson.screens[0].text, picture=Picture(name="tap.png", shows="A dripping tap"))
    assert lesson.model_copy(update={"screens": (screen,)}).digest() != lesson.digest()
    assert lesson.model_copy(update={"title": "Other"}).digest() == lesson.digest()
