"""Settings: one line for each fault, naming the variable; what is right is taken as it is."""

from pathlib import Path

import pytest

from bot.config import ConfigError, Settings, read_settings

SECRET = "s" * 32
TELEGRAM = {"TELEGRAM_BOT_TOKEN": "1:abc", "SECRET_KEY": SECRET}
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh", "SECRET_KEY": SECRET}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with none of our variables and no .env."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def faults(monkeypatch: pytest.MonkeyPatch, **variables: str) -> list[str]:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as error:
        read_settings()
    assert str(error.value) == "\n".join(error.value.faults)
    return error.value.faults


def test_nothing_set_is_a_start_on_sqlite_without_a_platform() -> None:
    settings = read_settings()
    assert settings.database_url == "sqlite:///causeway.db"
    assert (settings.has_telegram, settings.has_slack, settings.uses_webhook) == (False, False, False)


@pytest.mark.parametrize(
    ("variables", "name", "says"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL", "is not a database URL"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL", "sqlite or postgresql"),
        ({"PORT": "eighty"}, "PORT", "integer"),
        ({"PORT": "65536"}, "PORT", "between 0 and 65535"),
        ({"PROGRAMME": "nowhere"}, "PROGRAMME", "is not a folder"),
        ({"TELEGRAM_API_URL": "api.telegram.org"}, "TELEGRAM_API_URL", "must begin with https://"),
        ({"SLACK_API_URL": "ftp://slack.com"}, "SLACK_API_URL", "must begin with https://"),
        ({"PUBLIC_URL": "http://example.org"}, "PUBLIC_URL", "plain http is for this machine only"),
        ({"TRANSLATE_URL": "http://translate.internal:5000"}, "TRANSLATE_URL", "plain http is for this machine only"),
        ({"TRANSLATE_URL": "file:///etc/passwd"}, "TRANSLATE_URL", "must begin with https://"),
        ({"TRANSLATE_URL": "https://example.org@10.0.0.1/"}, "TRANSLATE_URL", "must be a bare address"),
        ({"TRANSLATE_URL": "https://example.org/?to=10.0.0.1"}, "TRANSLATE_URL", "must be a bare address"),
        ({"TRANSLATE_URL": "https://"}, "TRANSLATE_URL", "name a host"),
        (TELEGRAM | {"SECRET_KEY": "short"}, "SECRET_KEY", "32 characters"),
        ({"TELEGRAM_BOT_TOKEN": "1:abc"}, "SECRET_KEY", "32 characters"),
        (TELEGRAM | {"PUBLIC_URL": "https://example.org"}, "TELEGRAM_WEBHOOK_SECRET", "is missing"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SECRET_KEY": SECRET}, "SLACK_SIGNING_SECRET", "is missing"),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else None,
)
def test_fault_is_one_line_that_names_the_variable_and_the_cure(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], name: str, says: str
) -> None:
    (line,) = faults(monkeypatch, **variables)
    assert line.startswith(f"{name}: ") and says in line and "\n" not in line


def test_every_fault_has_its_line_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "DATABASE_URL": "nonsense",
        "PORT": "-1",
        "SLACK_API_URL": "slack",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "TELEGRAM_BOT_TOKEN": "1:abc",
        "PUBLIC_URL": "https://example.org",
    }
    lines = faults(monkeypatch, **wrong)
    assert sorted(line.partition(":")[0] for line in lines) == [
        "DATABASE_URL",
        "PORT",
        "SECRET_KEY",
        "SLACK_API_URL",
        "SLACK_SIGNING_SECRET",
        "TELEGRAM_WEBHOOK_SECRET",
    ]


def test_no_line_tells_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = faults(monkeypatch, TELEGRAM_BOT_TOKEN="1:topsecret", SECRET_KEY="shortsecret", PORT="x")
    assert not any("topsecret" in line or "shortsecret" in line for line in lines)


@pytest.mark.parametrize(
    ("variables", "telegram", "slack", "webhook"),
    [
        (TELEGRAM, True, False, False),
        (SLACK, False, True, False),
        (TELEGRAM | SLACK, True, True, False),
        (SLACK | {"PUBLIC_URL": "https://example.org"}, False, True, False),
        (TELEGRAM | {"PUBLIC_URL": "https://example.org", "TELEGRAM_WEBHOOK_SECRET": "w"}, True, False, True),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SECRET_KEY": SECRET}, False, True, False),
    ],
    ids=["telegram", "slack", "both", "slack with an address", "webhook", "socket mode"],
)
def test_either_platform_works_without_the_other(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], telegram: bool, slack: bool, webhook: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert (settings.has_telegram, settings.has_slack, settings.uses_webhook) == (telegram, slack, webhook)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://localhost:9", "http://[::1]:9", "https://example.org/bot/"]
)
def test_plain_http_is_for_loopback_and_a_slash_at_the_end_is_dropped(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", url)
    assert read_settings().telegram_api_url == url.rstrip("/")


@pytest.mark.parametrize(
    "url", ["postgresql://u@h/d", "postgres://u@h/d", "sqlite:///x.db", "postgresql+psycopg://h/d"]
)
def test_both_stores_are_taken_however_they_are_written(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert read_settings().database_url == url


def test_env_file_is_read_and_the_environment_goes_before_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=81\nHOST=0.0.0.0\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PORT", "82")
    settings = read_settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 82)


def test_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("PORT", "")
    assert read_settings().port == 8080


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TELEGRAM.items():
        monkeypatch.setenv(name, value)
    shown = repr(read_settings())
    assert "1:abc" not in shown and SECRET not in shown
