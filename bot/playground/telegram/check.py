"""The parameters of a call, read from what came over the wire and refused where they do not fit the method."""

import json
from typing import Any

from bot.playground.telegram.files import Upload, check_upload
from bot.playground.telegram.methods import METHODS, Kind, Param
from bot.playground.telegram.refusal import bad

TRUE, FALSE = ("true", "True", "1", "yes"), ("false", "False", "0", "no", "")
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "media": "there is no media in the request",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
}
_TYPES: dict[Kind, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "Chat": (int, str),
    "Object": (dict,),
    "Array": (list,),
    "File": (str, Upload),
}


def decoded(method: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as values of the types that the method asks for; what cannot be read stays as it came."""
    table = METHODS.get(method, {})
    return {name: _decode(table[name].kind, value) if name in table else value for name, value in fields.items()}


def check_params(method: str, params: dict[str, Any]) -> None:
    """Refuse what the method does not take."""
    table = METHODS[method]
    for name, param in table.items():
        _check(name, param, params.get(name))
    if unknown := sorted(name for name in params if name not in table and not isinstance(params[name], Upload)):
        # The real server overlooks a parameter that it does not know. Here it is refused and so recorded, because it
        # is a misspelling or a feature that this stand-in does not have.
        raise bad(f"unknown parameter {unknown[0]} in {method}")


def shown(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters for the log: an upload is told by name, type and size."""
    return {
        name: {"file_name": value.name, "mime_type": value.mime, "file_size": len(value.content)}
        if isinstance(value, Upload)
        else value
        for name, value in params.items()
    }


def _check(name: str, param: Param, value: Any) -> None:
    if value is None or value == "":
        if param.required and not (name == "url" and value == ""):
            raise bad(MISSING.get(name, f'parameter "{name}" is required'))
        return
    if not isinstance(value, _TYPES[param.kind]) or (param.kind in ("Integer", "Chat") and value is True):
        raise bad(_mistyped(name, param.kind))
    if isinstance(value, Upload):
        check_upload(len(value.content), photo=name == "photo")


def _mistyped(name: str, kind: Kind) -> str:
    if name == "reply_markup":
        return "object expected as reply markup"
    if kind in ("Object", "Array"):
        return f"can't parse {name.replace('_', ' ')} JSON object"
    return f'field "{name}" must be of type {kind}'


def _decode(kind: Kind, value: Any) -> Any:
    if not isinstance(value, str):
        return str(value) if kind == "String" and isinstance(value, int) else value
    if kind in ("Integer", "Chat"):
        return int(value) if value.lstrip("-").isascii() and value.lstrip("-").isdigit() else value
    if kind == "Boolean":
        return value in TRUE if value in TRUE + FALSE else value
    if kind in ("Object", "Array"):
        return _json(value)
    return value


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
