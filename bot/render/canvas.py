"""A reportlab canvas that knows at the end how many pages there are, and dates the file by the report."""

from datetime import UTC
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from bot.render.page import Paper


class CountedCanvas(Canvas):  # type: ignore[misc]
    """Fills in "page x of y" when it is saved. The paper comes first, then what reportlab's canvas takes."""

    def __init__(self, sheet: Paper, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet = sheet
        # reportlab dates an invariant file to the year 2000 and offers no other way to say when it was made.
        self._doc._timeStamp.YMDhms = sheet.report.made_at.astimezone(UTC).timetuple()[:6]

    def save(self) -> None:
        """Write the file; the last page has been shown by then."""
        self.sheet.draw_counts(self, self.getPageNumber() - 1)
        super().save()
