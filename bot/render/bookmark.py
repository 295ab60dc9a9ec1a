"""Entries of the PDF's outline, and the places to which lines of page one lead."""

from reportlab.platypus import CondPageBreak, Flowable


class Bookmark(Flowable):  # type: ignore[misc]
    """An invisible mark without size: what follows it is listed in the outline under the title.

    With a `key` it is the place of a chapter, to which lines lead; entries of a deeper `level` belong to it.
    """

    def __init__(self, title: str, key: str = "", level: int = 0) -> None:
        super().__init__()
        self.title, self.key, self.level = title, key, level
        self.width = self.height = 0

    def draw(self) -> None:
        """Bind the outline's entry to this place; no two marks share one."""
        x, y = self.canv.absolutePosition(0, 0)
        key = self.key or f"{self.canv.getPageNumber()}-{x:.0f}-{y:.0f}"
        self.canv.bookmarkHorizontal(key, 0, 0)
        self.canv.addOutlineEntry(self.title, key, self.level, closed=self.level == 0 and bool(self.key))
        if self.key:
            self.canv.chapters[self.key] = self.canv.getPageNumber()


def marked(title: str, room: float, key: str = "", level: int = 0) -> list[Flowable]:
    """A mark that moves to the next page where less than `room` points are left below it."""
    return [CondPageBreak(room), Bookmark(title, key, level)]
