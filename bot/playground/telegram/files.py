"""The files that went through a chat: kept whole, handed out by file id, fetched by path."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from bot.playground.telegram.refusal import bad

MB = 1024 * 1024
UPLOAD_LIMIT = 50 * MB
PHOTO_LIMIT = 10 * MB
DOWNLOAD_LIMIT = 20 * MB
THUMBNAIL_PX = 90


@dataclass(frozen=True)
class Upload:
    """A file as it came in: with the call of a bot, or from somebody's phone."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file on the platform. `path` is what `getFile` tells; it stays valid."""

    id: str
    unique_id: str
    path: str
    upload: Upload

    def as_json(self) -> dict[str, Any]:
        """The fields that every kind of file has."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.upload.content)}


@dataclass
class Shelf:
    """All files, in the order they came."""

    files: dict[str, StoredFile] = field(default_factory=dict)

    def put(self, folder: str, upload: Upload) -> StoredFile:
        """The file, stored under a new id."""
        number = len(self.files)
        digest = hashlib.sha256(f"{folder}/{number}/".encode() + upload.content).digest()
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        file = StoredFile(
            id="AgAC" + urlsafe_b64encode(digest).decode().rstrip("="),
            unique_id="AQAD" + urlsafe_b64encode(digest[:9]).decode().rstrip("="),
            path=f"{folder}/file_{number}.{suffix}",
            upload=upload,
        )
        self.files[file.id] = file
        return file

    def find(self, file_id: str) -> StoredFile | None:
        """The file with this id."""
        return self.files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file at this path."""
        return next((file for file in self.files.values() if file.path == path), None)

    def photo(self, upload: Upload) -> list[dict[str, Any]]:
        """The sizes of a photo, smallest first: a thumbnail and the picture itself, each a file of its own."""
        picture = _picture(upload)
        small = picture.convert("RGB")
        small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
        kept = BytesIO()
        small.save(kept, "JPEG")
        return [
            _size(self.put("photos", Upload("thumb.jpg", "image/jpeg", kept.getvalue())), small.size),
            _size(self.put("photos", upload), picture.size),
        ]


def check_upload(size: int, photo: bool = False) -> None:
    """Refuse an upload that the platform would not take; `size` is in bytes."""
    if size == 0:
        raise bad("file must be non-empty")
    if photo and size > PHOTO_LIMIT:
        raise bad("file is too big")


def check_download(size: int) -> None:
    """Refuse to hand out a file that bots may not download; `size` is in bytes."""
    if size > DOWNLOAD_LIMIT:
        raise bad("file is too big")


def _picture(upload: Upload) -> Image.Image:
    try:
        picture = Image.open(BytesIO(upload.content))
        picture.load()
    except (UnidentifiedImageError, OSError) as error:
        raise bad("IMAGE_PROCESS_FAILED") from error
    width, height = picture.size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return picture


def _size(file: StoredFile, size: tuple[int, int]) -> dict[str, Any]:
    return {**file.as_json(), "width": size[0], "height": size[1]}
