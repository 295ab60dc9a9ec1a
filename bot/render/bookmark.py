"""Entries of the PDF's outline."""

from reportlab.platypus import CondPageBreak, Flowable


class Bookmark(Flowable):  # type: ignore[misc]
    """An invisible mark without size: what follows it is listed in the outline under the title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.width = self.height = 0

    def draw(self) -> None:
        """Bind the outline's entry to this place; no two marks share one."""
        x, y = self.canv.absolutePosition(0, 0)
        key = f"{self.canv.getPageNumber()}-{x:.0f}-{y:.0f}"
        self.canv.bookmarkHorizontal(key, 0, 0)
        self.canv.addOutlineEntry(self.title, key)


def marked(title: str, room: float) -> list[Flowable]:
    """A mark that moves to the next page where less than `room` points are left below it."""
    return [CondPageBreak(room), Bookmark(title)]
