"""The methods of Slack's Web API that we call; `manifest.json` asks for the scopes they need and no more."""

from typing import Literal

Method = Literal[
    "apps.connections.open",  # Socket Mode
    "chat.postMessage",
    "chat.postEphemeral",  # a passing note
    "chat.update",
    "chat.delete",
    "conversations.open",  # a file for a person needs the channel of their direct message
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "files.info",  # where a file lies that came without its address
    "reactions.add",
    "views.open",
    "views.publish",
]

# These read a form and take no JSON.
FORMS: frozenset[Method] = frozenset({"files.getUploadURLExternal", "files.info", "apps.connections.open"})
