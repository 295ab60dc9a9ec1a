"""Somebody in the workspace: a person, a guest, or the bot's own account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

Role = Literal["member", "guest", "bot"]


@dataclass
class Member:
    """`locale` as Slack writes it (`es-ES`), `tz` by its IANA name; `deleted` once the account is switched off."""

    id: str
    name: str
    role: Role = "member"
    locale: str = "en-US"
    tz: str = "Europe/London"
    email: str = ""
    deleted: bool = False

    @property
    def handle(self) -> str:
        """The short name behind the @ sign."""
        return self.name.lower().replace(" ", ".")

    def as_json(self, team_id: str, at: datetime, locale: bool, email: bool) -> dict[str, Any]:
        """The member as users.info gives it; the locale if asked for, the e-mail address if the scopes allow it."""
        zone = ZoneInfo(self.tz)
        user: dict[str, Any] = {
            "id": self.id,
            "team_id": team_id,
            "name": self.handle,
            "real_name": self.name,
            "deleted": self.deleted,
            "tz": self.tz,
            "tz_label": at.astimezone(zone).tzname(),
            "tz_offset": int((at.astimezone(zone).utcoffset() or at - at).total_seconds()),
            "profile": self._profile(email),
            "is_admin": False,
            "is_owner": False,
            "is_restricted": self.role == "guest",
            "is_ultra_restricted": False,
            "is_bot": self.role == "bot",
            "is_app_user": False,
            "updated": 1_700_000_000,
        }
        return user | ({"locale": self.locale} if locale else {})

    def _profile(self, email: bool) -> dict[str, Any]:
        profile = {"real_name": self.name, "display_name": self.name.split()[0], "team": "", "title": ""}
        return profile | ({"email": self.email} if email and self.email else {})
