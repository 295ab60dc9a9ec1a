"""`courses check` looks at the translations of what says that it is ready: missing, stale, wrong, too long."""

from pathlib import Path

import pytest

from bot.commands.course_faults import translation_faults
from courses.load import BUILT_IN as COURSES
from courses.load import load
from locales.text import Catalogue
from locales.translations import BUILT_IN
from tests.courses.test_faults import COURSE

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: es\\n"\n\n'
RIGHT = {
    "Fire doors": "Puertas cortafuegos",
    "safety": "seguridad",
    "Keep them free": "Déjelas libres",
    "A fire door must <b>open at once</b>.": "Una puerta cortafuegos se abre <b>de inmediato</b>.",
    "May you park a cart before it?": "¿Puede dejar un carro delante?",
    "No": "No",
    "Right: nobody gets out past a cart.": "Así es: con un carro delante nadie sale.",
    "Only for an hour": "Solo una hora",
    "A fire does not wait for an hour.": "Un fuego no espera una hora.",
}
CONTEXTS = {"Fire doors": "course/fire-doors", "safety": "topic"}
WRONG = {
    "missing": ({"Only for an hour": ""}, "", 22, "has no es translation"),
    "stale": ({}, "Only for an hour", 22, "older wording"),
    "other tags": ({"A fire door must <b>open at once</b>.": "Se abre."}, "", 14, "other tags"),
    "wrong placeholder": ({"Only for an hour": "Solo {n} hora"}, "", 22, "has {n}, the source has not"),
    "label too long": ({"Only for an hour": "Solo " * 20}, "", 22, "at most 60"),
    "screen too long": (
        {"A fire door must <b>open at once</b>.": "Una <b>puerta</b> " + "ancha " * 300},
        "",
        14,
        "at most 1350",
    ),
    "topic without a word": ({"safety": ""}, "", 3, "has no es translation"),
}


def faults(folder: Path, texts: dict[str, str], stale: str = "") -> list[str]:
    """What is wrong with the smallest course, ready in English and Spanish, translated so."""
    (folder / "training").mkdir()
    course = COURSE.replace('ready = ["en"]', 'ready = ["en", "es"]')
    (folder / "training" / "fire-doors.md").write_text(course, encoding="utf-8")
    po = folder / "locales" / "es" / "LC_MESSAGES" / "courses.po"
    po.parent.mkdir(parents=True)
    entries = [
        f"{'#, fuzzy' + chr(10) if source == stale else ''}"
        f'msgctxt "{CONTEXTS.get(source, "course/fire-doors/keep-them-free")}"\nmsgid "{source}"\nmsgstr "{text}"\n'
        for source, text in texts.items()
    ]
    po.write_text(HEAD + "\n".join(entries), encoding="utf-8")
    catalogue = Catalogue((BUILT_IN, folder / "locales"))
    found = translation_faults(load((COURSES, folder)), catalogue)
    return [str(fault) for fault in found if fault.file == "training/fire-doors.md"]


def test_course_that_is_translated_whole_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, RIGHT) == []


@pytest.mark.parametrize(("changed", "stale", "line", "said"), WRONG.values(), ids=WRONG)
def test_fault_of_a_translation_is_named_at_the_line_of_its_source(
    tmp_path: Path, changed: dict[str, str], stale: str, line: int, said: str
) -> None:
    found = faults(tmp_path, RIGHT | changed, stale)
    assert [one for one in found if one.startswith(f"training/fire-doors.md:{line}: ") and said in one], found


def test_language_that_is_not_ready_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "training").mkdir()
    (tmp_path / "training" / "fire-doors.md").write_text(COURSE, encoding="utf-8")
    found = translation_faults(load((COURSES, tmp_path)), Catalogue())
    assert not [fault for fault in found if fault.file == "training/fire-doors.md"]
