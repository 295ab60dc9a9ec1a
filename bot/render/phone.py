"""A drawing as a PNG picture for chat."""

from io import BytesIO

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from bot.render.raster import page_png
from bot.render.typeset import SMALL, Typeset


def drawing_png(drawing: Drawing, typeset: Typeset, scale: float) -> bytes:
    """The drawing with so many pixels for each point."""
    page = BytesIO()
    canvas = Canvas(page, (drawing.width, drawing.height), invariant=1, initialFontName=typeset.font(SMALL))
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.save()
    return page_png(page.getvalue(), scale=scale)
