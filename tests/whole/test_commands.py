"""Every command as an operator uses it, with right and wrong input; a fault is told in a line, never as a trace."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import typer

from bot.__main__ import app
from tests.paths import EXAMPLE
from tests.programme.copies import copy
from tests.stores import fresh_url
from tests.whole.bot import free_port
from tests.whole.command_line import CommandLine, Ended, interrupt, wait_for

pytestmark = pytest.mark.whole

TOKEN = "12345:token-that-opens-nothing"
KEY = "a secret key for tests, long enough"
NEEDS_NO_STORE = ("run", "demo")


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A shell beside an SQLite store with the example programme."""
    folder = tmp_path_factory.mktemp("commands")
    with fresh_url("sqlite", folder) as url:
        shell = CommandLine(folder / "shell", {"database_url": url, "port": free_port()})
        assert shell.run("import", str(EXAMPLE)).code == 0
        assert shell.run("backup", "first.zip").code == 0
        yield shell


RIGHT: list[tuple[str, str, str]] = [
    ("--help", "", "requeue"),
    (f"import {EXAMPLE}", "", "Imported Fair Thread 2026: 25 sites"),
    ("check", "", "programme: Fair Thread 2026"),
    ("talk amina", "1\n\n", "Yes, I agree"),
    ("talk duc", "1\n1\nelectricity 12500\n1\n/status\n\n", ".png]"),
    ("job calendar", "", ""),
    ("job plan", "", ""),
    ("job say", "", ""),
    ("job sweep", "", ""),
    ("summary --week 2026-W47 --out week.pdf", "", "Written: week.pdf"),
    ("summary --week 2026-W47 --csv tables", "", "tables in tables, data fingerprint"),
    ("export people", "", "amina,Amina Tran,supplier"),
    ("export submissions --out figures.csv", "", ""),
    ("read --lang en --metric electricity", "16,5 MWh\n", '"base_value": "16500'),
    ("detect --languages en,es,vi", "Tôi không hiểu câu hỏi này\n", '"language": "vi"'),
    ("invite amina", "", ""),
    ("personal-data amina --out amina.json", "", "Written: amina.json"),
    ("backup copy.zip", "", "Written: copy.zip"),
    ("restore first.zip --replace", "", "Restored: "),
    ("requeue", "", "0 failed again"),
    ("courses check", "", " courses and 1 document."),
    ("courses preview measuring-energy --lang es", "", "=="),
    ("courses preview code-of-conduct", "", "  - "),
    ("courses play measuring-energy", "1\n1\n1\n1\n\n", "Lesson finished: 1 of 1 question right"),
    ("moves", "", "stateDiagram"),
    ("erase rosa --yes", "", "Erased: "),
]

WRONG: list[tuple[str, str]] = [
    ("nonsense", "No such command"),
    ("run", "TELEGRAM_BOT_TOKEN: is missing"),
    ("run --role cook", "--role: must be all, web or worker"),
    ("talk nobody", "nobody has the key nobody"),
    ("job tea", "no job is called tea"),
    ("import no-such-folder", "no-such-folder"),
    ("summary --week 2026-W47", "say where to write it"),
    ("summary --week 2026-W47 --csv no-folder/tables", "no-folder/tables"),
    ("summary --week 2026-99 --out week.pdf", "--week: 2026-99 is not a week"),
    ("summary --week 2026-W47 --out no-folder/week.pdf", "no-folder/week.pdf"),
    ("summary --week 2026-W47 --out week.pdf --reader nobody", "--reader: nobody has the key nobody"),
    ("export gossip", "nothing is called gossip"),
    ("export people --out no-folder/people.csv", "no-folder/people.csv"),
    ("read --lang en --metric love", "no metric is called love"),
    ("invite nobody", "nobody has the key nobody"),
    ("erase nobody --yes", "nobody has the key nobody"),
    ("personal-data nobody --out data.json", "nobody has the key nobody"),
    ("personal-data amina --out no-folder/data.json", "no-folder/data.json"),
    ("backup no-folder/copy.zip", "no folder"),
    ("restore no-copy.zip", "no-copy.zip"),
    ("restore in", "no backup"),
    ("courses preview cooking", "no course and no document is called cooking"),
    ("courses check --folder no-such-folder", "no-such-folder"),
]


def check_is_clear(ended: Ended) -> None:
    """No trace, and whatever is wrong is on standard error."""
    assert "Traceback" not in ended.out + ended.err, ended.err


@pytest.mark.parametrize(("words", "typed", "shows"), RIGHT, ids=[one[0].split("/")[0] for one in RIGHT])
def test_command_does_what_it_says(line: CommandLine, words: str, typed: str, shows: str) -> None:
    ended = line.run(*words.split(), typed=typed)
    assert ended.code == 0 and shows in ended.out, ended
    check_is_clear(ended)


@pytest.mark.parametrize(("words", "told"), WRONG, ids=[one[0] for one in WRONG])
def test_wrong_input_is_told_in_a_line(line: CommandLine, words: str, told: str) -> None:
    ended = line.run(*words.split())
    assert ended.code not in (0, None) and told in ended.err, ended
    check_is_clear(ended)


def test_every_command_is_played_here() -> None:
    group = typer.main.get_command(app)
    played = {words.split()[0] for words, *_rest in RIGHT} | set(NEEDS_NO_STORE)
    assert set(group.commands) <= played  # type: ignore[attr-defined]


def test_answers_on_standard_output_are_what_programs_read(line: CommandLine) -> None:
    readings = line.run("read", "--lang", "en", "--metric", "electricity", typed="12,500 kWh\nmany\n").out.splitlines()
    first, second = (json.loads(one) for one in readings)
    assert first["readings"][0]["unit"] == "kWh" and first["refused"] is None
    assert not second["readings"] and second["refused"]


# --- settings ---

SETTINGS = [
    ("DATABASE_URL", {"database_url": "mysql://somewhere/x"}),
    ("DATABASE_URL", {"database_url": "postgresql://127.0.0.1:1/nothing"}),
    ("SECRET_KEY", {"telegram_bot_token": TOKEN}),
    ("TELEGRAM_BOT_TOKEN", {"telegram_bot_token": "no token", "secret_key": KEY}),
    ("TELEGRAM_WEBHOOK_SECRET", {"telegram_bot_token": TOKEN, "secret_key": KEY, "public_url": "https://one.example"}),
    ("PUBLIC_URL", {"public_url": "http://one.example"}),
    ("SLACK_SIGNING_SECRET", {"slack_bot_token": "xoxb-1", "secret_key": KEY}),
    ("PORT", {"port": "door"}),
    ("PROGRAMME", {"programme": "no-such-folder"}),
]


@pytest.mark.parametrize(
    ("variable", "settings"), SETTINGS, ids=[f"{one[0]}-{place}" for place, one in enumerate(SETTINGS)]
)
def test_wrong_setting_is_named_in_one_line(line: CommandLine, variable: str, settings: dict[str, str]) -> None:
    ended = line.run("run", **settings)
    assert ended.code not in (0, None)
    assert [one.partition(":")[0] for one in ended.err.splitlines()] == [variable], ended.err


def test_several_wrong_settings_get_a_line_each(line: CommandLine) -> None:
    ended = line.run("run", port="door", public_url="http://one.example", database_url="mysql://x/y")
    assert sorted(one.partition(":")[0] for one in ended.err.splitlines()) == ["DATABASE_URL", "PORT", "PUBLIC_URL"]


# --- programme folders ---


def test_broken_programme_folder_changes_nothing(line: CommandLine, tmp_path: Path) -> None:
    broken = copy(tmp_path, "people.csv", "amina,Amina Tran,supplier", "amina,Anna Tran,cook")
    line.run("backup", "before.zip")
    ended = line.run("import", str(broken))
    assert ended.code == 1 and "people.csv:2:" in ended.err and "Nothing was changed." in ended.err
    check_is_clear(ended)
    line.run("backup", "after.zip")
    assert (line.folder / "before.zip").read_bytes() == (line.folder / "after.zip").read_bytes()


# --- what goes on until it is stopped ---


def test_demo_prints_an_address_that_shows_its_page_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    shell = CommandLine(tmp_path / "shell", {})
    with shell.running("demo", "--port", str(free_port())) as process:
        written = wait_for("playground: http", shell)
        page = httpx.get(written.partition("playground: ")[2].split()[0], timeout=10)
        assert page.status_code == 200 and "<html" in page.text
        interrupt(process)
        process.join(20)
    assert process.exitcode == 0, shell.read("err")
    assert "Traceback" not in shell.read("err")
