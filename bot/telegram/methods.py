"""The methods of the Bot API that a message may need, by their names in the library."""

from typing import Literal

Method = Literal[
    "send_message",
    "send_photo",
    "send_document",
    "send_media_group",
    "edit_message_text",
    "edit_message_caption",
    "edit_message_reply_markup",
    "delete_message",
    "set_message_reaction",
    "set_my_commands",
    "answer_callback_query",  # a tap, which spins until it is answered
    "get_file",  # where the bytes of a file lie
]

# What we ask Telegram to deliver: exactly what `read.py` understands.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
