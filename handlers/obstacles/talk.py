"""Obstacles: reported in the person's own words with a photo, carried to the mentor's channel as a thread."""

from dataclasses import dataclass

from handlers import conversation
from handlers.capa import blocked
from handlers.dialog import Dialog, Talk
from handlers.message import FileRef, Message
from handlers.obstacles.reporting import CATEGORIES, report_obstacle
from handlers.questions import Choice, Confirm, Photo, Text
from handlers.router import MENTOR, SUPPLIER, Router, number
from handlers.tickets import ticket
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import obstacles, people
from storage.tables.obstacles import ObstacleState
from storage.tables.queues import Lane

routes = Router()


@routes.command("obstacle", SUPPLIER, menu=_("Report a problem"))
def report(turn: Turn, _argument: str) -> None:
    """Begin to report an obstacle."""
    conversation.start(turn, "obstacle")


@routes.dialog("obstacle", _("Reporting a problem"))
def obstacle(talk: Talk) -> Dialog[None]:
    """Where, what kind, in which words, with which photo; then it is sent."""
    sites = talk.read.sites(talk.person)
    site_id = str(sites[0].id)
    if len(sites) > 1:
        names = [(str(site.id), p_("a site in a list", "{name}", name=site.name)) for site in sites]
        site_id = yield from Choice("site", _("Which site is it about?"), names)
    kind = yield from Choice("kind", _("What kind of problem is it?"), list(CATEGORIES.items()))
    words = yield from Text("words", _("Please describe the problem in your own words. Your mentor will read it."))
    photos = yield from Photo("photos", _("Would you like to send a photo of it?"), none=_("No photo"))
    read_back = _("I will send this to your mentor:\n<i>{words}</i>\nShall I send it?", words=words)
    if (yield from Confirm("send", read_back, yes=_("Yes, send it"), no=_("No, do not send"))):
        talk.do(ReportObstacle(int(site_id), kind, words, tuple(photos)))
    else:
        talk.say(_("Not sent. You can start again at any time."))


@dataclass(frozen=True)
class ReportObstacle:
    """An obstacle as it was read back and confirmed."""

    site_id: int
    category: str
    words: str
    files: tuple[FileRef, ...]

    def perform(self, turn: Turn) -> None:
        """Report it, and give the reporter its number."""
        row = report_obstacle(turn, self.site_id, self.category, self.words, self.files)
        turn.say(
            _(
                "Sent. Your problem has the number {number}. When your mentor answers, you read it here.",
                number=ticket(row.id),
            )
        )


def _site_of(turn: Turn, argument: str) -> int | None:
    obstacle_id = number(argument)
    row = obstacles.obstacle(turn.session, obstacle_id) if obstacle_id is not None else None
    return row.site_id if row else None


@routes.button("obstacle.close", MENTOR, site=_site_of)
def close(turn: Turn, obstacle_id: str) -> None:
    """Close a ticket and tell the reporter."""
    row = obstacles.obstacle(turn.session, int(obstacle_id))
    if row is None or row.state is ObstacleState.CLOSED:
        raise Refused(_("This problem is already closed."))
    row.state = ObstacleState.CLOSED
    turn.session.add(row)
    turn.note("obstacle closed", "obstacle", row.id)
    reporter = people.by_id(turn.session, row.person_id)
    text = _(
        "Your problem {number} has been closed. If it is not solved, please report it again.", number=ticket(row.id)
    )
    turn.tell(reporter, f"obstacle/{row.id}/closed", Message((text,)), Lane.ALERT)
    blocked.release(turn, row)
    turn.say(_("Problem {number} is closed.", number=ticket(row.id)))
