"""The manager's desk: the PDFs that have arrived with the programme's managers, newest first, and their pages."""

from functools import lru_cache
from typing import Any

from bot.playground.page.people import Somebody
from bot.playground.page.stage import Stage
from bot.playground.page.timeline import Timeline
from bot.playground.page.workspace import moment_of, words_of
from bot.playground.slack.seen import SeenFile, SeenMessage
from bot.render.raster import page_count, page_png
from storage.tables.people import Role

SCALE = 1.6


def desk_json(stage: Stage, people: list[Somebody], timeline: Timeline) -> dict[str, Any]:
    """Who has a desk, and the reports on each."""
    managers = [one for one in people if one.role is Role.MANAGER and one.key in stage.members]
    papers = [paper for one in managers for paper in _papers(stage, one, timeline)]
    papers.sort(key=lambda paper: str(paper["at"]), reverse=True)
    return {"managers": [{"key": one.key, "name": one.name} for one in managers], "papers": papers}


def _papers(stage: Stage, manager: Somebody, timeline: Timeline) -> list[dict[str, Any]]:
    said = stage.members[manager.key].messages()
    return [
        _paper(manager, place, said, file, timeline)
        for place, message in enumerate(said)
        for file in message.files
        if is_pdf(file)
    ]


def _paper(
    manager: Somebody, place: int, said: list[SeenMessage], file: SeenFile, timeline: Timeline
) -> dict[str, Any]:
    """A report with the words it came with: its own message's, else those of the message before it."""
    words = [words_of(message.blocks) for message in reversed(said[max(0, place - 1) : place + 1])]
    return {
        "id": file.id,
        "name": file.name,
        "manager": manager.name,
        "member": manager.key,
        "at": timeline.programme(moment_of(said[place].ts)).isoformat(),
        "words": next((text for text in words if text), ""),
        "pages": _pages(file.data),
    }


def is_pdf(file: SeenFile) -> bool:
    """Whether the file is a PDF, by its bytes."""
    return file.data.startswith(b"%PDF-")


@lru_cache(maxsize=32)
def _pages(pdf: bytes) -> int:
    return page_count(pdf)


@lru_cache(maxsize=32)
def page_picture(pdf: bytes, page: int) -> bytes:
    """A page as a PNG picture, counted from 0; raises LookupError for one that is not there."""
    if not 0 <= page < _pages(pdf):
        raise LookupError(f"there is no page {page + 1}")
    return page_png(pdf, page, SCALE)
