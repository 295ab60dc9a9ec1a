"""A text that wraps, in any script and direction."""

from reportlab.platypus import Flowable

from bot.render.typeset import Align, Role, Typeset


class Lines(Flowable):  # type: ignore[misc]
    """The text in as many lines as the width asks for; it may break over pages between any two."""

    def __init__(self, text: str, role: Role, typeset: Typeset, align: Align = "start") -> None:
        super().__init__()
        self.text, self.role, self.typeset, self.align = text, role, typeset, align
        self.flow = typeset.flow(text)
        self._broken: tuple[float, list[str]] = (-1.0, [])

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The size at a width, in points."""
        self.width, self.height = width, len(self._lines(width)) * self.role.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """What has room in `height` and what is left; nothing if no line has."""
        found, fitting = self._lines(width), int(height // self.role.leading)
        if fitting < 1:
            return []
        return [self._part(part, width) for part in (found[:fitting], found[fitting:]) if part]

    def draw(self) -> None:
        """Draw the lines from the top down."""
        anchor = self.typeset.anchor(self.align)
        x = {"left": 0.0, "middle": self.width / 2, "right": self.width}[anchor]
        y = self.height - self.role.size
        for line in self._lines(self.width):
            self.flow.draw(self.canv, x, y, line, self.role, anchor)
            y -= self.role.leading

    def _lines(self, width: float) -> list[str]:
        if self._broken[0] != width:
            self._broken = (width, self.flow.lines(self.text, self.role, width))
        return self._broken[1]

    def _part(self, lines: list[str], width: float) -> "Lines":
        part = Lines("\n".join(lines), self.role, self.typeset, self.align)
        part.flow, part._broken = self.flow, (width, lines)
        return part
