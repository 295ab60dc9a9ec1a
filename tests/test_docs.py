"""The documents keep step with the code: settings, commands, paths, links, tables."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.__main__ import app
from bot.config import Settings
from locales.tags import SOURCE
from locales.translations import BUILT_IN, listed
from storage.all_tables import tables
from storage.retention import TERMS, Term
from tests.paths import EXAMPLE, ROOT

SETTINGS = [name.upper() for name in Settings.model_fields]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"), EXAMPLE / "README.md"]
HEADINGS = ["Context", "Decision", "Consequences", "Rejected"]

PATH = re.compile(r"`([a-z_.][\w.-]*/(?:[\w.-]+/)*[\w.-]*|[\w-]+\.(?:toml|md|json|py)|\.env\.example)`")
LINK = re.compile(r"\]\(([^)#:]+)(#[^)]*)?\)")
HERE = (
    "read.py",
    "show.py",
    "run.py",
    "talk.py",
    "courses.po",
    "people.csv",
    "programme.toml",
    "README.md",
    "__init__.py",
)
"""Names that a text uses after it has named the folder."""
OF_OTHERS = ("metrics/", "training/", "documents/", "pictures/", "training/fire-doors.md", "bot/render/fonts")
"""What lies in a programme folder of somebody's own, or is made when it is needed."""


def text(name: str) -> str:
    """A document by its path in the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def named(path: Path) -> str:
    """A document's path in the repository, for the name of a test."""
    return path.relative_to(ROOT).as_posix()


def commands(found: Any, typed: str = "causeway") -> Iterator[str]:
    """Every command as it is typed."""
    if not hasattr(found, "commands"):
        yield typed
        return
    for name, command in found.commands.items():
        yield from commands(command, f"{typed} {name}")


COMMANDS = list(commands(typer.main.get_command(app)))


def test_there_are_commands_to_look_for() -> None:
    assert {"causeway run", "causeway import", "causeway courses preview"} <= set(COMMANDS)


@pytest.mark.parametrize("setting", SETTINGS)
def test_setting_is_in_the_table_of_the_readme_with_its_default(setting: str) -> None:
    field = Settings.model_fields[setting.lower()]
    default = f"`{field.default}`" if isinstance(field.default, str | int) and field.default else "none"
    assert f"| `{setting}` | {default} |" in text("README.md")


@pytest.mark.parametrize("setting", SETTINGS)
def test_setting_is_in_the_example_of_the_environment(setting: str) -> None:
    assert re.search(rf"^{setting}=", text(".env.example"), re.MULTILINE)


def test_example_of_the_environment_has_nothing_else_and_the_defaults() -> None:
    lines = [line.partition("=") for line in text(".env.example").splitlines() if line and not line.startswith("#")]
    assert sorted(name for name, _is, _value in lines) == sorted(SETTINGS)
    defaults = {name: str(Settings.model_fields[name.lower()].default) for name, _is, value in lines if value}
    assert defaults == {name: value for name, _is, value in lines if value}


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_in_the_table_of_the_readme(command: str) -> None:
    assert re.search(rf"^\| `{command}[` ]", text("README.md"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_paths_that_a_document_names_exist(document: Path) -> None:
    found = [path for path in PATH.findall(document.read_text(encoding="utf-8")) if path not in HERE]
    gone = [path for path in found if not any((folder / path).exists() for folder in (ROOT, document.parent))]
    assert [path for path in gone if path not in OF_OTHERS] == []


@pytest.mark.parametrize("document", [*DOCUMENTS, *DECISIONS, ROOT / "CHANGELOG.md"], ids=named)
def test_links_lead_somewhere(document: Path) -> None:
    for path, heading in LINK.findall(document.read_text(encoding="utf-8")):
        target = document.parent / path
        assert target.exists(), path
        if heading:
            assert heading in anchors(target), f"{path}{heading}"


def anchors(document: Path) -> set[str]:
    """The links to the headings of a document."""
    titles = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {"#" + re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("code", [code for code in listed([BUILT_IN]) if code != SOURCE])
def test_quick_start_is_there_in_every_language_with_the_same_commands(code: str) -> None:
    page = f"docs/quickstart/{code}.md"
    assert f"]({page})" in text("README.md")
    assert (
        re.findall(r"^make \w+", text(page), re.MULTILINE)
        == re.findall(r"^make \w+", text("README.md"), re.MULTILINE)[:2]
    )
    assert {"`.venv`", "`make demo`"} <= set(re.findall(r"`[^`\n]+`", text(page)))


def test_contributing_names_paths_at_all() -> None:
    assert len(PATH.findall(text("CONTRIBUTING.md"))) > 30


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04d}-" for number in range(1, len(DECISIONS) + 1)]
    assert len(DECISIONS) >= 10


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_decision_has_its_number_and_the_four_headings(decision: Path) -> None:
    lines = decision.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {int(decision.name[:4])}. ")
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == HEADINGS


def row_of(table: str) -> str:
    """The row of a table in the list of people's data."""
    section = text("docs/ARCHITECTURE.md").partition("## Whose data, and how long")[2].partition("\n## ")[0]
    found = re.search(rf"^\|.*`{table}`.*\|$", section, re.MULTILINE)
    assert found, f"{table} is not in the list"
    return found[0]


@pytest.mark.parametrize("table", [table.name for table in tables()])
def test_table_is_in_the_list_of_peoples_data(table: str) -> None:
    assert row_of(table).count("|") == 6


@pytest.mark.parametrize("term", [term for term in TERMS if term.days], ids=lambda term: term.what)
def test_term_is_in_the_list_of_peoples_data(term: Term) -> None:
    assert f"{term.days} day{'' if term.days == 1 else 's'}" in row_of(term.name)
