"""What can stand inside a block: the interactive elements of Block Kit, their fields and lengths."""

from collections.abc import Mapping

from bot.playground.slack.shapes import Either, Fields, Flag, Many, Shape, Text, Typed, Whole, Words

ANY_TEXT = ("plain_text", "mrkdwn")
ID = Words(255)
# Slack's own documents disagree on an option's value (75 or 150 characters); the smaller one is safe in both.
OPTION_VALUE = 75
DATE = Words(10, 10, r"\d{4}-\d{2}-\d{2}")
TIME = Words(5, 5, r"\d{2}:\d{2}")
MAX_OPTIONS, MAX_CHOICES, MAX_OVERFLOW = 100, 10, 5

CONFIRM = Fields(
    {
        "title": Text(100),
        "text": Text(300, ANY_TEXT),
        "confirm": Text(30),
        "deny": Text(30),
        "style": Either(("primary", "danger")),
    },
    required=("text",),
)
_OPTION: dict[str, Shape] = {"text": Text(75), "value": Words(OPTION_VALUE), "description": Text(75)}
OPTION = Fields(_OPTION, required=("text", "value"))
CHOICE = Fields({**_OPTION, "text": Text(75, ANY_TEXT), "description": Text(75, ANY_TEXT)}, required=("text", "value"))
OVERFLOW_OPTION = Fields({**_OPTION, "url": Words(3000)}, required=("text", "value"))
OPTION_GROUP = Fields({"label": Text(75), "options": Many(OPTION, MAX_OPTIONS)}, required=("label", "options"))

_COMMON: dict[str, Shape] = {"action_id": ID, "confirm": CONFIRM}
_FOCUS: dict[str, Shape] = {**_COMMON, "focus_on_load": Flag()}
_HELD: dict[str, Shape] = {**_FOCUS, "placeholder": Text(150)}
_OPTIONS: dict[str, Shape] = {
    "options": Many(OPTION, MAX_OPTIONS),
    "option_groups": Many(OPTION_GROUP, MAX_OPTIONS),
}
_SEVERAL: dict[str, Shape] = {"max_selected_items": Whole(100, 1)}
_DISPATCH = Fields(
    {"trigger_actions_on": Many(Either(("on_enter_pressed", "on_character_entered")), 2)},
    required=("trigger_actions_on",),
)
_FILTER = Fields(
    {
        "include": Many(Either(("im", "mpim", "private", "public")), 4),
        "exclude_bot_users": Flag(),
        "exclude_external_shared_channels": Flag(),
    }
)
_TYPED: dict[str, Shape] = {
    "action_id": ID,
    "focus_on_load": Flag(),
    "placeholder": Text(150),
    "dispatch_action_config": _DISPATCH,
    "initial_value": Words(3000, 0),
}
_CONVERSATION: dict[str, Shape] = {**_HELD, "response_url_enabled": Flag(), "filter": _FILTER}

IMAGE = Fields(
    {"alt_text": Words(2000), "image_url": Words(3000), "slack_file": Fields({"id": Words(100), "url": Words(3000)})},
    required=("alt_text",),
    exactly_one=("image_url", "slack_file"),
)

ELEMENTS: Mapping[str, Shape] = {
    "image": IMAGE,
    "button": Fields(
        {
            **_COMMON,
            "text": Text(75),
            "value": Words(2000),
            "url": Words(3000),
            "style": Either(("primary", "danger")),
            "accessibility_label": Words(75),
        },
        required=("text",),
    ),
    "overflow": Fields({**_COMMON, "options": Many(OVERFLOW_OPTION, MAX_OVERFLOW)}, required=("options",)),
    "static_select": Fields({**_HELD, **_OPTIONS, "initial_option": OPTION}, exactly_one=("options", "option_groups")),
    "multi_static_select": Fields(
        {**_HELD, **_OPTIONS, **_SEVERAL, "initial_options": Many(OPTION, MAX_OPTIONS)},
        exactly_one=("options", "option_groups"),
    ),
    "users_select": Fields({**_HELD, "initial_user": Words(255)}),
    "multi_users_select": Fields({**_HELD, **_SEVERAL, "initial_users": Many(Words(255), 100)}),
    "conversations_select": Fields(
        {**_CONVERSATION, "initial_conversation": Words(255), "default_to_current_conversation": Flag()}
    ),
    "channels_select": Fields({**_HELD, "response_url_enabled": Flag(), "initial_channel": Words(255)}),
    "datepicker": Fields({**_HELD, "initial_date": DATE}),
    "timepicker": Fields({**_HELD, "initial_time": TIME, "timezone": Words(100)}),
    "datetimepicker": Fields({**_FOCUS, "initial_date_time": Whole(9_999_999_999, 1_000_000_000)}),
    "checkboxes": Fields(
        {**_FOCUS, "options": Many(CHOICE, MAX_CHOICES), "initial_options": Many(CHOICE, MAX_CHOICES)},
        required=("options",),
    ),
    "radio_buttons": Fields(
        {**_FOCUS, "options": Many(CHOICE, MAX_CHOICES), "initial_option": CHOICE}, required=("options",)
    ),
    "plain_text_input": Fields(
        {**_TYPED, "multiline": Flag(), "min_length": Whole(3000), "max_length": Whole(3000, 1)}
    ),
    "number_input": Fields(
        {**_TYPED, "is_decimal_allowed": Flag(), "min_value": Words(30), "max_value": Words(30)},
        required=("is_decimal_allowed",),
    ),
    "email_text_input": Fields(_TYPED),
    "url_text_input": Fields(_TYPED),
    "file_input": Fields({"action_id": ID, "filetypes": Many(Words(20), 100), "max_files": Whole(10, 1)}),
}

_PICKERS = {"checkboxes", "radio_buttons", "datepicker", "timepicker", "static_select", "multi_static_select"}
_PICKERS |= {"users_select", "multi_users_select", "conversations_select", "channels_select"}
ACCESSORIES = frozenset(_PICKERS | {"button", "overflow", "image"})
ACTIONS = frozenset(_PICKERS | {"button", "overflow", "datetimepicker"})
# These four are shown in modals only.
MODAL_INPUTS = frozenset({"number_input", "email_text_input", "url_text_input", "file_input"})
INPUTS = frozenset(_PICKERS | {"datetimepicker", "plain_text_input"} | MODAL_INPUTS)

ACCESSORY = Typed(ELEMENTS, ACCESSORIES)
ACTION = Typed(ELEMENTS, ACTIONS)
INPUT = Typed(ELEMENTS, INPUTS)
CONTEXT = Typed({"image": IMAGE, "plain_text": Text(3000, ANY_TEXT), "mrkdwn": Text(3000, ANY_TEXT)})
