"""Which files are shown as pictures, and which go together in an album."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from PIL import Image, UnidentifiedImageError

from bot.channel import Loaded

PICTURES = ("image/jpeg", "image/png")
PICTURE_BYTES, SIDES_PX, SLENDER = 10 * 1024 * 1024, 10_000, 20
ALBUM = 10


def is_picture(file: Loaded) -> bool:
    """Whether Telegram takes this as a photo; anything else, and what is too large for one, goes as a document."""
    if file.media_type not in PICTURES or len(file.data) > PICTURE_BYTES:
        return False
    try:
        # Opening reads the head only, which holds the size.
        width, height = Image.open(BytesIO(file.data)).size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return width + height <= SIDES_PX and max(width, height) <= SLENDER * min(width, height)


def bundles(files: Sequence[Loaded]) -> Iterator[tuple[bool, list[Loaded]]]:
    """What can be sent in one go, in order, and whether it is pictures: Telegram mixes them with nothing else."""
    for pictures, run in groupby(files, key=is_picture):
        alike = list(run)
        for start in range(0, len(alike), ALBUM):
            yield pictures, alike[start : start + ALBUM]
