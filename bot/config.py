"""Settings from the environment and `.env`: the only reader of either."""

from collections.abc import Collection
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ConfigError(Exception):
    """Settings that cannot work: one line for each fault, naming the variable and the cure."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    """What an operator sets; every name is the environment variable in lower case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///causeway.db"
    secret_key: SecretStr = SecretStr("")
    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com"
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    programme: Path | None = None
    translate_url: str = ""
    translate_api_key: SecretStr = SecretStr("")

    @field_validator("database_url")
    @classmethod
    def _a_store(cls, url: str) -> str:
        try:
            backend = make_url(url).get_backend_name()
        except ArgumentError as error:
            raise ValueError("is not a database URL; for example sqlite:///causeway.db") from error
        if backend not in ("sqlite", "postgresql", "postgres"):
            raise ValueError(f"names {backend}; Causeway runs on sqlite or postgresql")
        return url

    @field_validator("telegram_api_url", "slack_api_url", "public_url", "translate_url")
    @classmethod
    def _a_safe_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("must begin with https:// and name a host")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("must be a bare address, without a name, a password or a question mark")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("must use https:// (plain http is for this machine only)")
        return url.rstrip("/")

    @field_validator("port")
    @classmethod
    def _a_port(cls, port: int) -> int:
        if not 0 <= port <= 65535:
            raise ValueError("must be between 0 and 65535")
        return port

    @field_validator("programme")
    @classmethod
    def _a_folder(cls, folder: Path | None) -> Path | None:
        if folder is not None and not folder.is_dir():
            raise ValueError("is not a folder")
        return folder

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        faults = []
        if self.slack_bot_token.get_secret_value() and not (
            self.slack_signing_secret.get_secret_value() or self.slack_app_token.get_secret_value()
        ):
            faults.append("SLACK_SIGNING_SECRET: is missing; set it, or SLACK_APP_TOKEN for Socket Mode")
        if self.uses_webhook and not self.telegram_webhook_secret.get_secret_value():
            faults.append(
                "TELEGRAM_WEBHOOK_SECRET: is missing; with PUBLIC_URL set, Telegram calls us and must show it"
            )
        if len(self.secret_key.get_secret_value()) < 32 and (self.has_telegram or self.has_slack):
            faults.append("SECRET_KEY: must have 32 characters or more; make one with: openssl rand -hex 32")
        if faults:
            raise ConfigError(faults)
        return self

    @property
    def has_telegram(self) -> bool:
        """Whether a Telegram bot is set up."""
        return bool(self.telegram_bot_token.get_secret_value())

    @property
    def has_slack(self) -> bool:
        """Whether a Slack app is set up."""
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def uses_webhook(self) -> bool:
        """Whether Telegram calls us, rather than we Telegram."""
        return bool(self.public_url) and self.has_telegram


def read_settings(**given: object) -> Settings:
    """The settings of this process; raises `ConfigError` with one line for each fault."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = {str(fault["loc"][0]): fault["msg"].removeprefix("Value error, ") for fault in error.errors()}
        faults = [f"{name.upper()}: {message}" for name, message in wrong.items()]
        raise ConfigError([*faults, *_other_faults(given, wrong)]) from error


def _other_faults(given: dict[str, object], wrong: Collection[str]) -> list[str]:
    """What else is wrong, were the variables in `wrong` as they are by default: settings that do not go together."""
    usual = {name: Settings.model_fields[name].default for name in wrong}
    try:
        read_settings(**given | usual)
    except ConfigError as error:
        return error.faults
    return []
