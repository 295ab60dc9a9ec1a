"""A file in the workspace, from the promise of an upload to its bytes."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class StoredFile:
    """`data` is None until the bytes have come; `shared` are the channels that show it; `url` gives the bytes."""

    id: str
    name: str
    mimetype: str
    owner: str
    url: str
    created: int
    data: bytes | None = None
    title: str = ""
    shared: list[str] = field(default_factory=list)

    @property
    def filetype(self) -> str:
        """The ending of the name, as Slack's short name of the type."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else "binary"

    def as_json(self) -> dict[str, Any]:
        """The file as it stands in messages and in files.info."""
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": self.filetype,
            "pretty_type": self.filetype.upper(),
            "user": self.owner,
            "size": len(self.data or b""),
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": self.url,
            "url_private_download": self.url,
            "channels": [channel for channel in self.shared if channel.startswith("C")],
            "ims": [channel for channel in self.shared if channel.startswith("D")],
        }
