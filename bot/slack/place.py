"""Where a talk takes place in Slack: a person's own id for their direct messages, the channel's id for the rest.

Slack names a direct message by a channel of its own (`D…`), which a person's id leads to but not back. The id of a
message there carries that channel, since editing and reacting need it: `D123/1700000000.000100`.
"""

from handlers.message import Address

NAME = "slack"


def direct(user: str) -> Address:
    """The direct message of a person, which has one talk and no threads."""
    return Address(NAME, user)


def is_direct(channel: str) -> bool:
    """Whether this channel id is that of a direct message."""
    return channel.startswith("D")


def place(channel: str, user: str, thread: str) -> Address:
    """The place of something that `user` did in `channel`, in the thread under the message `thread`, "" for none."""
    return direct(user) if is_direct(channel) else Address(NAME, channel, thread)


def ref(channel: str, ts: str) -> str:
    """The id by which a message is found again."""
    return f"{channel}/{ts}" if is_direct(channel) else ts


def found(conversation: str, message: str) -> tuple[str, str]:
    """The channel and the timestamp of a message by its id."""
    channel, slash, ts = message.partition("/")
    return (channel, ts) if slash else (conversation, message)
