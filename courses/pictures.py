"""Pictures of courses: read once, and known by their names."""

from collections.abc import Sequence
from pathlib import Path

LARGEST_BYTES = 500_000
"""A picture goes to phones on poor lines: half a megabyte takes them long enough."""
_KINDS = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


class Pictures:
    """The pictures of some folders `training/pictures/`, later folders laid over earlier ones."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        found = (path for folder in folders for path in sorted((folder / "training" / "pictures").glob("*")))
        self._paths = {path.name: path for path in found if path.is_file()}

    def bytes(self, name: str) -> bytes:
        """The picture of this name; raises KeyError."""
        return self._paths[name].read_bytes()

    def fault(self, name: str) -> str:
        """What is wrong with a picture of this name; "" if nothing is."""
        path = self._paths.get(name)
        if path is None:
            return f"there is no picture '{name}' in the folder training/pictures/"
        data = path.read_bytes()
        kind = next((end for start, end in _KINDS.items() if data.startswith(start)), "")
        if not kind or path.suffix.lower().replace("jpeg", "jpg") != kind:
            return f"the picture '{name}' is neither a PNG (.png) nor a JPEG (.jpg)"
        if len(data) > LARGEST_BYTES:
            return f"the picture '{name}' has {len(data)} bytes; {LARGEST_BYTES} are allowed"
        return ""
