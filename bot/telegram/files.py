"""Bytes from Telegram."""

from aiohttp import ClientError, ClientResponse, ClientTimeout

from bot.channel import SendError
from bot.telegram.api import Api

CHUNK = 64 * 1024
TIMEOUT = ClientTimeout(total=120, connect=5)


async def fetch(api: Api, file_id: str, limit: int) -> bytes:
    """The bytes of a file by its id. Raises `SendError`, permanent if over `limit` bytes or 20 MB."""
    file = await api.call("get_file", {"file_id": file_id})
    if (file.file_size or 0) > limit:
        raise SendError("file: too large", permanent=True)
    try:
        async with api.request.session.get(file.file_path, allow_redirects=False, timeout=TIMEOUT) as response:
            return await _read(response, limit)
    except (ClientError, OSError) as error:
        # The address in its text holds the token.
        raise SendError(f"file: {type(error).__name__}") from None


async def _read(response: ClientResponse, limit: int) -> bytes:
    if response.status != 200:
        raise SendError(f"file: {response.status}", permanent=300 <= response.status < 500 and response.status != 429)
    data = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        data += chunk
        if len(data) > limit:
            raise SendError("file: too large", permanent=True)
    return bytes(data)
