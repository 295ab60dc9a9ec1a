"""What we changed because somebody told us, said to them; and what becomes of an idea, said to its author."""

from dataclasses import dataclass
from typing import Any

from handlers import conversation
from handlers.bridge import head
from handlers.bridge.find import is_mine, message_key, ticket_for
from handlers.bridge.language import language_of
from handlers.bridge.mentor import post
from handlers.bridge.quotes import shown_on_phone
from handlers.bridge.reporter import tell_reporter
from handlers.bridge.translating import want
from handlers.bridge.words import STAGES, yours
from handlers.dialog import Dialog, Talk
from handlers.form import Form
from handlers.message import Message
from handlers.questions import Choice, Text
from handlers.router import BUYER, Router
from handlers.turn import Refused, Turn
from locales.text import _
from storage.tables.tickets import MessageState, Side, Stage, TicketKind, TicketMessage

routes = Router()


@routes.button("ticket.outcome", BUYER, mine=is_mine)
def begin_outcome(turn: Turn, ticket_id: str) -> None:
    """Ask what was changed."""
    found = ticket_for(turn, ticket_id)
    conversation.start(turn, "ticket_outcome", {"ticket": found.id}, modal=turn.capabilities.modals)


@routes.dialog("ticket_outcome", _("Telling what changed"))
def outcome(talk: Talk) -> Dialog[None]:
    """The words, which the reporter reads."""
    asked = Text("changed", _("What was changed because of it? The reporter reads this."), limit=1000)
    values = yield from Form("outcome/form", _("Tell what changed"), [asked], _("Send"))
    talk.do(TellOutcome(talk.argument["ticket"], values["changed"]))


@dataclass(frozen=True)
class TellOutcome:
    """What was changed because of a ticket."""

    ticket_id: int
    words: str

    def perform(self, turn: Any) -> None:
        """Keep it in the talk, tell the reporter, and say so in the thread."""
        found = ticket_for(turn, str(self.ticket_id))
        row = TicketMessage(
            ticket_id=found.id,
            person_id=turn.me.id,
            side=Side.BUYER,
            words=self.words,
            language=language_of(turn, found.site_id, self.words),
            outcome=True,
            state=MessageState.SENDING,
            at=turn.now,
        )
        turn.session.add(row)
        turn.session.flush()
        turn.note("outcome told", "ticket", found.id)
        tell_reporter(turn, found, message_key(row), shown_on_phone(turn, found, row), about=turn.me)
        want(turn, found, row)
        said = _("{name} has told the reporter what changed: {words}", name=turn.me.name, words=self.words)
        post(turn, found, f"{message_key(row)}/told", Message((said,)), turn.me)
        turn.say(_("Sent. The reporter reads what changed because of them."))


@routes.button("idea.stage", BUYER, mine=is_mine)
def begin_stage(turn: Turn, ticket_id: str) -> None:
    """Ask what becomes of an idea."""
    found = ticket_for(turn, ticket_id)
    if found.kind is not TicketKind.IDEA:
        raise Refused(_("This is no idea."))
    conversation.start(turn, "idea_stage", {"ticket": found.id}, modal=turn.capabilities.modals)


@routes.dialog("idea_stage", _("What becomes of an idea"))
def stage(talk: Talk) -> Dialog[None]:
    """What becomes of it, and a sentence for its author, who has a right to both."""
    questions = [
        Choice("stage", _("What becomes of it?"), [(one.value, STAGES[one]) for one in Stage if one is not Stage.NEW]),
        Text("why", _("Why, or what comes next? The author reads this."), limit=500),
    ]
    values = yield from Form("stage/form", _("What becomes of it"), questions, _("Send"))
    talk.do(SetStage(talk.argument["ticket"], Stage(values["stage"]), values["why"]))


@dataclass(frozen=True)
class SetStage:
    """What becomes of an idea, and why."""

    ticket_id: int
    stage: Stage
    why: str

    def perform(self, turn: Any) -> None:
        """Keep it, show it in the thread, and tell the author."""
        found = ticket_for(turn, str(self.ticket_id))
        found.stage, found.stage_reason = self.stage, self.why
        turn.note("idea decided", "ticket", found.id, stage=self.stage.value)
        head.show(turn, found)
        text = _(
            "About {ticket}: {stage}.\n<i>{words}</i>", ticket=yours(found), stage=STAGES[self.stage], words=self.why
        )
        tell_reporter(turn, found, f"ticket/{found.id}/stage/{found.version}", Message((text,)), about=turn.me)
        turn.say(_("Sent. Its author reads it."))
