"""What a call brought along: fields of a form, a JSON body or the query, read by the method's own table."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request

from bot.playground.slack.methods import STRING, Arguments, Kind, Method
from bot.playground.slack.refusal import Refusal, bad_arguments

# The libraries send it along with every call once they know the workspace.
EVERYWHERE: dict[str, Kind] = {"team_id": STRING}
TRUE, FALSE = ("1", "true"), ("0", "false", "")


async def received(request: Request) -> Arguments:
    """The arguments as they came; a body wins over the query."""
    arguments: Arguments = dict(request.query_params)
    if request.method == "GET":
        return arguments
    if request.headers.get("content-type", "").startswith("application/json"):
        return arguments | _from_json(await request.body())
    async with request.form() as form:
        return arguments | {name: value for name, value in form.items() if isinstance(value, str)}


def read(method: Method, arguments: Mapping[str, Any]) -> Arguments:
    """The arguments in their own types. Slack itself passes over unknown ones; here they are a fault of the caller."""
    known = {**method.arguments, **EVERYWHERE}
    faults = [f"unknown argument: {name}" for name in arguments if name not in known]
    faults += [f"missing required field: {name}" for name in method.required if arguments.get(name) in (None, "")]
    if method.one_of and not any(arguments.get(name) for name in method.one_of):
        faults.append(f"one of these is required: {', '.join(method.one_of)}")
    values: Arguments = {}
    for name, value in arguments.items():
        if name in known:
            fault = _take(values, name, value, known[name])
            if fault and name == "blocks":
                raise Refusal("invalid_blocks_format")
            faults += [fault] if fault else []
    if faults:
        raise bad_arguments(faults)
    return values


def _take(values: Arguments, name: str, value: Any, kind: Kind) -> str | None:
    try:
        values[name] = _READERS[kind](value)
    except ValueError as error:
        return f"{error} [json-pointer:/{name}]"
    return None


def _from_json(body: bytes) -> Arguments:
    try:
        value = json.loads(body or b"{}")
    except ValueError as error:
        raise Refusal("invalid_json") from error
    if not isinstance(value, dict):
        raise Refusal("json_not_object")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a string")
    return value


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in TRUE + FALSE:
        return str(value).lower() in TRUE
    raise ValueError("must be a boolean")


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not str(value).isdecimal():
        raise ValueError("must be an integer")
    return int(value)


def _array(value: Any) -> list[Any]:
    value = _decoded(value)
    if not isinstance(value, list):
        raise ValueError("must be an array")
    return value


def _object(value: Any) -> dict[str, Any]:
    value = _decoded(value)
    if not isinstance(value, dict):
        raise ValueError("must be an object")
    return value


def _words(value: Any) -> list[str]:
    items = value if isinstance(value, list) else _string(value).split(",")
    return [_string(item).strip() for item in items]


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


_READERS: dict[Kind, Callable[[Any], Any]] = {
    "String": _string,
    "Boolean": _boolean,
    "Integer": _integer,
    "Array": _array,
    "Object": _object,
    "Words": _words,
}
