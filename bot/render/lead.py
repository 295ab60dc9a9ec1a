"""A sentence of page one that leads to its chapter: the whole of it can be tapped, and the page stands at its end."""

from reportlab.platypus import Flowable

from bot.render.page import REFERENCE, page_form
from bot.render.paragraph import Lines
from bot.render.typeset import BODY, Typeset
from handlers.summaries.report import Line


class Lead(Flowable):  # type: ignore[misc]
    """The sentence beside the room for the page of its chapter."""

    def __init__(self, line: Line, typeset: Typeset) -> None:
        super().__init__()
        self.to, self.typeset = line.to, typeset
        self.words = Lines(line.text, BODY, typeset)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The size at a width, in points."""
        self.width = width
        _width, self.height = self.words.wrap(width - REFERENCE, height)
        return width, self.height

    def draw(self) -> None:
        """Draw the sentence, the place for the page, and the link over both."""
        rtl, canvas = self.typeset.rtl, self.canv
        self.words.drawOn(canvas, REFERENCE if rtl else 0, 0)
        canvas.led[self.to] = None
        canvas.saveState()
        # A form is drawn when all pages are there; its words end at its origin, or begin there from right to left.
        canvas.translate(0 if rtl else self.width, self.height - BODY.size)
        canvas.doForm(page_form(self.to))
        canvas.restoreState()
        canvas.linkRect("", self.to, (0, 0, self.width, self.height), relative=1, thickness=0)


def said(line: Line, typeset: Typeset) -> Flowable:
    """A line of a box: one that leads somewhere, or only words."""
    return Lead(line, typeset) if line.to else Lines(line.text, BODY, typeset)
