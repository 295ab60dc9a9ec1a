"""PDF pages as pictures."""

from io import BytesIO
from threading import Lock

import pypdfium2  # type: ignore[import-untyped]
from PIL.Image import Dither, Quantize

# PDFium may be used by one thread at a time.
_pdfium = Lock()


def page_png(pdf: bytes, page: int = 0, scale: float = 2.0) -> bytes:
    """One page as a PNG picture; scale 1 is 72 dots per inch."""
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        image = document[page].render(scale=scale).to_pil()
        made = BytesIO()
        # Few colours say as much in a third of the bytes, which counts on a poor line.
        image.convert("RGB").quantize(64, Quantize.MAXCOVERAGE, dither=Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has; 0 for one that cannot be read."""
    try:
        with _pdfium, pypdfium2.PdfDocument(pdf) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0
