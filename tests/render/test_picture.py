"""Pictures lose what they tell about people, and nothing but pictures gets through."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.render.filetype import sniff
from bot.render.picture import LONGEST_SIDE, NotAPicture, TooManyPixels, clean_picture

GPS = 0x8825
ORIENTATION = 0x0112


def encoded(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    made = BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def photo(width: int = 80, height: int = 40) -> Image.Image:
    """White with a red left edge."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 4, height))
    return image


def telling() -> Image.Exif:
    """Metadata of a phone held upright at a place in Hanoi."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Maker of phones"
    exif.get_ifd(GPS).update({1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 15.0)})
    return exif


def header_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be so large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_location_maker_and_comment_are_gone(form: str) -> None:
    options = {"comment": b"shot by someone"} if form == "JPEG" else {}
    data = encoded(photo(), form, exif=telling(), icc_profile=b"a profile", **options)
    assert opened(data).getexif().get_ifd(GPS)
    cleaned = clean_picture(data)
    assert not opened(cleaned).getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & opened(cleaned).info.keys()
    assert all(word not in cleaned for word in (b"Maker of phones", b"shot by someone", b"a profile"))


def test_picture_is_turned_before_its_orientation_is_dropped() -> None:
    upright = opened(clean_picture(encoded(photo(), exif=telling(), quality=95)))
    assert upright.size == (40, 80)
    red, white = upright.getpixel((20, 5)), upright.getpixel((20, 70))
    assert isinstance(red, tuple) and red[0] > 200 and red[1] < 60
    assert isinstance(white, tuple) and min(white) > 200


@pytest.mark.parametrize(("width", "height"), [(4500, 2250), (1000, 5000), (30, 20)])
def test_longest_side_is_bounded_and_proportions_are_kept(width: int, height: int) -> None:
    cleaned = opened(clean_picture(encoded(photo(width, height))))
    assert max(cleaned.size) == min(max(width, height), LONGEST_SIDE)
    assert cleaned.width / cleaned.height == pytest.approx(width / height, rel=0.01)


def test_transparency_is_kept() -> None:
    cleaned = clean_picture(encoded(Image.new("RGBA", (10, 10), (255, 0, 0, 0)), "WEBP"))
    assert sniff(cleaned) == "image/png"
    pixel = opened(cleaned).getpixel((5, 5))
    assert isinstance(pixel, tuple) and pixel[3] == 0


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_unusual_colours_are_taken(mode: str) -> None:
    form = "JPEG" if mode in ("L", "CMYK") else "PNG"
    assert opened(clean_picture(encoded(photo().convert(mode), form))).mode == "RGB"


@pytest.mark.parametrize("side", [8_000, 10_000, 50_000])
def test_picture_that_would_unfold_to_too_much_is_refused_unopened(side: int) -> None:
    with pytest.raises(TooManyPixels):
        clean_picture(header_of(side, side))


def test_limit_is_in_pixels() -> None:
    assert clean_picture(encoded(photo(80, 40)), limit=3200)
    with pytest.raises(TooManyPixels, match="80 × 40"):
        clean_picture(encoded(photo(80, 40)), limit=3199)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"%PDF-1.7 ...", id="pdf"),
        pytest.param(encoded(photo())[:300], id="cut off"),
        pytest.param(header_of(20, 20), id="header only"),
        pytest.param(encoded(photo(), "GIF"), id="gif"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"\x00" * 400, id="made up"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        clean_picture(data)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        pytest.param(encoded(photo()), "image/jpeg", id="jpeg"),
        pytest.param(encoded(photo(), "PNG"), "image/png", id="png"),
        pytest.param(encoded(photo(), "WEBP"), "image/webp", id="webp"),
        pytest.param(b"%PDF-1.4\n", "application/pdf", id="pdf"),
        pytest.param(b"OggS\x00\x02" + b"\x00" * 20, "audio/ogg", id="voice"),
        pytest.param(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image/heic", id="heic"),
        pytest.param(b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "image/heic", id="heic by brand"),
        pytest.param(b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif", None, id="avif"),
        pytest.param(b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp41", None, id="video"),
        pytest.param(b"RIFF\x24\x00\x00\x00WAVEfmt ", None, id="wave"),
        pytest.param(encoded(photo(), "GIF"), None, id="gif"),
        pytest.param(b"<html>", None, id="page"),
        pytest.param(b"PK\x03\x04", None, id="zip"),
        pytest.param(b"\xff\xd8", None, id="too short"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_type_is_told_by_the_first_bytes(data: bytes, media_type: str | None) -> None:
    assert sniff(data) == media_type
