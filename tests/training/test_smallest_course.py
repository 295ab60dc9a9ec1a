"""Adding a course touches one file: the README's own course, put into a folder, is offered, taken and passed."""

from pathlib import Path

from courses.load import BUILT_IN, load
from tests.courses.test_faults import COURSE
from tests.talks import Talker, Town, made_house
from tests.training.school import programme_says, take


def test_the_course_of_the_readme_is_taken_to_its_certificate(town: Town, amina: Talker, tmp_path: Path) -> None:
    (tmp_path / "training").mkdir()
    (tmp_path / "training" / "fire-doors.md").write_text(COURSE, encoding="utf-8")
    town.house = town.intake.house = made_house(load((BUILT_IN, tmp_path)))
    programme_says(town, training=[])
    assert "safety" in amina.command("lesson")
    shown = amina.tap("Fire doors, 3 min")
    assert "A fire door must <b>open at once</b>." in shown
    shown = take(amina, "No", start="Next")
    assert "Right: nobody gets out past a cart." in shown
    assert "You have passed: Fire doors" in shown
