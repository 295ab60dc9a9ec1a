"""What a file is by its first bytes, whatever its name or its sender says."""

_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
)

# ISO media files name a brand: these are pictures from phones that save HEIC. AVIF and video share the container.
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_GENERIC_BRANDS = frozenset({b"mif1", b"msf1"})


def sniff(data: bytes) -> str | None:
    """The media type of a JPEG, PNG, WebP or HEIC picture, a PDF or an Ogg voice note; None for everything else."""
    for start, media_type in _STARTS:
        if data.startswith(start):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/heic" if _is_heic(data) else None


def _is_heic(data: bytes) -> bool:
    if data[4:8] != b"ftyp":
        return False
    brands = data[16 : min(int.from_bytes(data[:4], "big"), 256)]
    compatible = {brands[at : at + 4] for at in range(0, len(brands), 4)}
    major = data[8:12]
    return major in _HEIC_BRANDS or (major in _GENERIC_BRANDS and bool(compatible & _HEIC_BRANDS))
