"""What happens when an obstacle is reported: stored, and put into the mentor's channel as a thread."""

from collections.abc import Sequence

from handlers.message import Button, FileRef, Message
from handlers.obstacles.files import fetch_files
from handlers.router import action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _, p_
from storage import programme
from storage.tables.obstacles import Obstacle, ObstacleMessage, Side

CATEGORIES: dict[str, Phrase] = {
    "money": p_("kind of obstacle", "Money or investment"),
    "skills": p_("kind of obstacle", "Knowledge or skills"),
    "equipment": p_("kind of obstacle", "Machines or equipment"),
    "authority": p_("kind of obstacle", "Permits or authorities"),
    "other": p_("kind of obstacle", "Something else"),
}


def report_obstacle(turn: Turn, site_id: int, category: str, words: str, files: Sequence[FileRef]) -> Obstacle:
    """The obstacle, stored and posted into the mentor's channel; its files follow."""
    row = Obstacle(site_id=site_id, person_id=turn.me.id, category=category, words=words, at=turn.now)
    turn.session.add(row)
    turn.session.flush()
    first = ObstacleMessage(obstacle_id=row.id, person_id=turn.me.id, side=Side.SITE, words=words, at=turn.now)
    turn.session.add(first)
    turn.session.flush()
    turn.note("obstacle reported", "obstacle", row.id, category=category)
    _post(turn, row)
    fetch_files(turn, first, files)
    return row


def thread_key(obstacle_id: int) -> str:
    """The outbox key of an obstacle's first message in the mentor's channel, under which its thread is found."""
    return f"obstacle/{obstacle_id}/thread"


def _post(turn: Turn, row: Obstacle) -> None:
    mentor, site = turn.mentor_of(row.site_id), programme.site(turn.session, row.site_id)
    if mentor is None:
        return
    text = _(
        "<b>Problem {number}</b> from {name}, {site}: {kind}\n<i>{words}</i>\nAnswer in this thread: your words go to "
        "{name}'s phone.",
        number=ticket(row.id),
        name=turn.me.name,
        site=site.name,
        kind=CATEGORIES[row.category],
        words=row.words,
    )
    close = Button(_("Close"), action("obstacle.close", row.id))
    raised = Button(_("Open a CAPA"), action("capa.from", row.id))
    turn.post(mentor, thread_key(row.id), Message((text,), ((close, raised),)), about=turn.me)
