"""A chapter of the summary: its title, what there is to say, its charts, its tables."""

from reportlab.platypus import Flowable, Spacer

from bot.render.bookmark import marked
from bot.render.charts import charts
from bot.render.paragraph import Lines
from bot.render.table import titled_table
from bot.render.typeset import BODY, NIGHT, Role, Typeset
from handlers.summaries.report import Chapter

TITLE = Role(16, 21, NIGHT, bold=True)
ROOM = 150.0
"""A chapter does not begin at the foot of a page: title, sentences and the first rows stay together."""


def chapter(content: Chapter, empty: str, typeset: Typeset, width: float) -> list[Flowable]:
    """The chapter at a width in points."""
    story: list[Flowable] = []
    if content.title:
        title = typeset.legible.line(content.title)
        story = [*marked(title, ROOM, content.key), Spacer(0, 16), Lines(title, TITLE, typeset), Spacer(0, 3)]
    story += [Lines(line, BODY, typeset) for line in content.lines]
    level = 1 if content.title else 0
    story += charts(content.charts, typeset, width, level)
    for table in content.tables:
        story += titled_table(table, empty, typeset, width, level)
    return story
