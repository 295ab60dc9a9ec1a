"""What came over the wire with a call: fields from the address, a form, its parts or a JSON body."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.playground.telegram.files import UPLOAD_LIMIT, Upload
from bot.playground.telegram.refusal import Refusal, bad


async def read_fields(request: Request) -> dict[str, Any]:
    """The fields by name; uploads as `Upload`."""
    fields: dict[str, Any] = dict(request.query_params)
    if request.method == "POST":
        fields.update(await _body(request))
    if any(isinstance(value, Upload) and len(value.content) > UPLOAD_LIMIT for value in fields.values()):
        raise Refusal(413, "Request Entity Too Large")
    return fields


async def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return await _json_body(request)
    fields: dict[str, Any] = {}
    async with request.form() as form:
        for name, value in form.items():
            fields[name] = await _upload(value) if isinstance(value, UploadFile) else value
    return fields


async def _json_body(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad("can't parse JSON object")
    return body


async def _upload(part: UploadFile) -> Upload:
    return Upload(part.filename or "file", part.content_type or "application/octet-stream", await part.read())
