"""A certificate as a PDF of one page: same values, same bytes, in the learner's language and direction."""

from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from bot.render.typeset import INK, NIGHT, QUIET, SMALL, Role, Typeset
from handlers.training.certificate import Certificate

WIDTH, HEIGHT = landscape(A4)
EDGE, GAP = 34.0, 7.0
INNER = WIDTH - 2 * EDGE - 110
GOLD = HexColor(0xB08D3E)

HEAD = Role(34, 42, NIGHT, bold=True)
NAME = Role(28, 35, INK, bold=True)
COURSE = Role(22, 28, NIGHT, bold=True)
SAID = Role(13, 18, QUIET)
LINE = Role(12, 17, INK)


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate on a page in landscape, every font embedded."""
    typeset, made = Typeset.in_language(certificate.language), BytesIO()
    canvas = Canvas(made, pagesize=(WIDTH, HEIGHT), invariant=1, initialFontName=typeset.font(SMALL))
    canvas.setTitle(f"{certificate.title} · {certificate.course}")
    canvas.setAuthor(certificate.programme)
    canvas.setSubject(certificate.number)
    _border(canvas)
    _Column(canvas, typeset, HEIGHT - 128).set(certificate)
    canvas.showPage()
    canvas.save()
    typeset.legible.report(certificate.number)
    return made.getvalue()


def _border(canvas: Canvas) -> None:
    """Two frames, one within the other, and a band at the top."""
    canvas.setStrokeColor(NIGHT)
    canvas.setLineWidth(2.5)
    canvas.rect(EDGE, EDGE, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE)
    canvas.setStrokeColor(GOLD)
    canvas.setLineWidth(0.8)
    canvas.rect(EDGE + GAP, EDGE + GAP, WIDTH - 2 * (EDGE + GAP), HEIGHT - 2 * (EDGE + GAP))


class _Column:
    """Texts below one another, each in the middle; long ones go over several lines."""

    def __init__(self, canvas: Canvas, typeset: Typeset, y: float) -> None:
        self.canvas, self.typeset, self.y = canvas, typeset, y

    def set(self, one: Certificate) -> None:
        """Everything the certificate says."""
        self.add(one.title, HEAD, 34)
        self.add(one.awarded, SAID, 12)
        self.add(one.name, NAME, 4)
        self.add(one.site, SAID, 18)
        self.add(one.passed, SAID, 14)
        self.add(one.course, COURSE, 24)
        for line in one.lines:
            self.add(line, LINE, 0)
        self._foot(one)

    def add(self, text: str, role: Role, below: float) -> None:
        """A text, and so much room below it."""
        for line in self.typeset.lines(text, role, INNER) if text else ():
            self.typeset.draw(self.canvas, WIDTH / 2, self.y, line, role, "middle")
            self.y -= role.leading
        self.y -= below

    def _foot(self, one: Certificate) -> None:
        y = EDGE + GAP + 26
        self.canvas.setStrokeColor(GOLD)
        self.canvas.line(WIDTH / 2 - 90, y + 22, WIDTH / 2 + 90, y + 22)
        line = self.typeset.fitted(f"{one.programme} · {one.number}", SAID, INNER)
        self.typeset.draw(self.canvas, WIDTH / 2, y, line, SAID, "middle")
