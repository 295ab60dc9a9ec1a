"""A reportlab canvas that knows at the end where everything is, and dates the file by the report."""

from datetime import UTC
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from bot.render.page import Paper


class CountedCanvas(Canvas):  # type: ignore[misc]
    """Fills in "page x of y" and the pages of chapters when it is saved.

    The paper comes first, then what reportlab's canvas takes. `chapters` has the page of each chapter, `led` the
    chapters to which lines lead; both are filled while the pages are drawn.
    """

    def __init__(self, sheet: Paper, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet = sheet
        self.chapters: dict[str, int] = {}
        self.led: dict[str, None] = {}
        # reportlab dates an invariant file to the year 2000 and offers no other way to say when it was made.
        self._doc._timeStamp.YMDhms = sheet.report.made_at.astimezone(UTC).timetuple()[:6]

    def save(self) -> None:
        """Write the file; the last page has been shown by then."""
        self.sheet.draw_counts(self, self.getPageNumber() - 1)
        self.sheet.draw_pages_of(self, {key: self.chapters.get(key) for key in self.led})
        super().save()
