"""`causeway courses preview` and `play`: a language that is none of ours is named, not answered in English."""

import pytest
from typer.testing import CliRunner

from bot.__main__ import app


@pytest.mark.parametrize("command", ["preview", "play"])
def test_unknown_language_is_named_with_those_that_are_known(command: str) -> None:
    result = CliRunner().invoke(app, ["courses", command, "water", "--lang", "xx"])
    assert result.exit_code == 1
    assert result.stderr.startswith("--lang: 'xx' is not known; known: en, es, ")


def test_territory_is_no_other_language() -> None:
    result = CliRunner().invoke(app, ["courses", "preview", "water", "--lang", "es-MX"])
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Agua")
