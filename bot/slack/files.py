"""Bytes to and from Slack."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientResponse, ClientTimeout

from bot.channel import Loaded, SendError
from bot.slack.api import Api

HOSTS = ("files.slack.com",)
CHUNK = 64 * 1024
TIMEOUT = ClientTimeout(total=120, connect=5)


async def upload(api: Api, files: Sequence[Loaded]) -> list[dict[str, str]]:
    """The uploaded files by id and title, which nobody sees before they are shared. Raises `SendError`."""
    return [{"id": await _uploaded(api, file), "title": file.name} for file in files]


async def fetch(api: Api, file_id: str, limit: int) -> bytes:
    """The bytes of a file by its address or its id. The bot's token goes to Slack's own hosts and nowhere else."""
    address = file_id if "://" in file_id else await _address(api, file_id)
    if not _is_slacks(api, address):
        raise SendError("file: lies outside Slack", permanent=True)
    headers = {"Authorization": f"Bearer {api.token}"}
    try:
        async with api.session.get(address, headers=headers, allow_redirects=False, timeout=TIMEOUT) as response:
            _check(response, limit)
            return await _read(response, limit)
    except (ClientError, OSError) as error:
        raise SendError(f"file: {type(error).__name__}") from error


async def _uploaded(api: Api, file: Loaded) -> str:
    promised = await api.call("files.getUploadURLExternal", {"filename": file.name, "length": len(file.data)})
    try:
        async with api.session.post(promised["upload_url"], data=file.data, timeout=TIMEOUT) as response:
            if response.status != 200:
                raise SendError(f"upload: {response.status}")
    except (ClientError, OSError) as error:
        raise SendError(f"upload: {type(error).__name__}") from error
    return str(promised["file_id"])


async def _address(api: Api, file_id: str) -> str:
    file = (await api.call("files.info", {"file": file_id})).get("file", {})
    return str(file.get("url_private_download") or file.get("url_private") or "")


def _is_slacks(api: Api, address: str) -> bool:
    at, ours = urlsplit(address), urlsplit(api.url)
    return (at.scheme == "https" and at.hostname in HOSTS) or (at.scheme, at.netloc) == (ours.scheme, ours.netloc)


def _check(response: ClientResponse, limit: int) -> None:
    status = response.status
    if status == 429 or status >= 500:
        raise SendError(f"file: {status}")
    # Without the scope files:read Slack sends to its login page, or shows it at once.
    if 300 <= status < 400 or response.content_type == "text/html":
        raise SendError("file: Slack asks for a login; the app needs the scope files:read", permanent=True)
    if status != 200:
        raise SendError(f"file: {status}", permanent=True)
    if (response.content_length or 0) > limit:
        raise SendError("file: too large", permanent=True)


async def _read(response: ClientResponse, limit: int) -> bytes:
    data = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        data += chunk
        if len(data) > limit:
            raise SendError("file: too large", permanent=True)
    return bytes(data)
