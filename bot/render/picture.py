"""Pictures as they may be kept and passed on: upright, of bounded size, with no word on where or by whom."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageOps

LONGEST_SIDE = 2048
PIXEL_LIMIT = 60_000_000
"""Phones take pictures of up to 50 megapixels; decoding more costs memory that an attacker would like to spend."""

_FORMATS = ("JPEG", "PNG", "WEBP")

# What Pillow raises on broken data, apart from its own error for what it does not recognise (an OSError too).
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, EOFError, LookupError, struct.error, zlib.error)


class PictureFault(Exception):
    """A picture that cannot be taken."""


class NotAPicture(PictureFault):
    """The bytes are no whole JPEG, PNG or WebP picture."""


class TooManyPixels(PictureFault):
    """The picture would unfold to more pixels than are allowed."""


def clean_picture(data: bytes, limit: int = PIXEL_LIMIT) -> bytes:
    """The picture encoded anew without metadata, its longest side 2048 pixels at most.

    A PNG and a picture with transparency come back as PNG, everything else as JPEG; of an animation the first frame.
    `limit` is in pixels. Raises `NotAPicture` or `TooManyPixels`.
    """
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            _check(image, limit)
            return _encoded(_upright(image), lossless=image.format == "PNG" or image.has_transparency_data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels("the picture has too many pixels") from error
    except _BROKEN as error:
        raise NotAPicture(f"the picture cannot be read: {type(error).__name__}") from error


def _check(image: Image.Image, limit: int) -> None:
    """The size stands in the header, so that nothing has been unfolded yet."""
    if image.width * image.height > limit:
        raise TooManyPixels(f"{image.width} × {image.height} pixels are more than {limit}")


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its metadata says, and made small enough; a JPEG is decoded small at once."""
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return turned


def _encoded(image: Image.Image, lossless: bool) -> bytes:
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    # Pillow would write a comment and a colour profile found here into the new file.
    plain.info = {}
    made = BytesIO()
    if lossless:
        plain.save(made, "PNG", optimize=True)
    else:
        plain.save(made, "JPEG", quality=85, optimize=True)
    return made.getvalue()
