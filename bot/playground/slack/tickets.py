"""Short-lived permissions that Slack gives out: trigger ids, response URLs, upload URLs, socket addresses."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex

from bot.playground.slack.channel import Message
from bot.playground.slack.refusal import Refusal

TRIGGER_LIFE = timedelta(seconds=3)
REPLY_LIFE, REPLY_USES = timedelta(minutes=30), 5


@dataclass
class Trigger:
    """Leave to open one view for this person; `view` is the modal it came from."""

    person: str
    issued: datetime
    view: str | None = None
    used: bool = False


@dataclass
class ReplyAddress:
    """Where an interaction may be answered, five times in half an hour; `message` is the one that was acted on."""

    person: str
    channel: str
    issued: datetime
    message: Message | None = None
    uses: int = 0

    def use(self, at: datetime) -> None:
        """Count one answer, or refuse it."""
        if at - self.issued > REPLY_LIFE:
            raise Refusal("expired_url", status=404)
        if self.uses >= REPLY_USES:
            raise Refusal("used_url", status=404)
        self.uses += 1


@dataclass
class Upload:
    """A promised upload: which file, how many bytes."""

    file: str
    length: int


@dataclass
class Tickets:
    """All that has been given out, by the secret in it."""

    triggers: dict[str, Trigger] = field(default_factory=dict)
    replies: dict[str, ReplyAddress] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    sockets: set[str] = field(default_factory=set)

    def trigger(self, person: str, at: datetime, view: str | None = None) -> str:
        """A trigger id for this person."""
        name = f"{int(at.timestamp() * 1000)}.{token_hex(6)}.{token_hex(16)}"
        self.triggers[name] = Trigger(person, at, view)
        return name

    def exchange(self, name: str, at: datetime) -> Trigger:
        """The trigger, which is then used up."""
        trigger = self.triggers.get(name)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if at - trigger.issued > TRIGGER_LIFE:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger

    def reply(self, address: ReplyAddress) -> str:
        """The secret part of a new response URL."""
        name = token_hex(12)
        self.replies[name] = address
        return name

    def upload(self, upload: Upload) -> str:
        """The secret part of a new upload URL."""
        name = token_hex(12)
        self.uploads[name] = upload
        return name

    def socket(self) -> str:
        """A ticket for one socket."""
        name = token_hex(12)
        self.sockets.add(name)
        return name
