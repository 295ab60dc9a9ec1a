"""Words kept back from a talk under seal, until whoever wrote them says where they go.

What is held says nothing to whoever reads the store, and is no part of the talk.
"""

from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from handlers import conversation
from handlers.message import Said
from handlers.turn import Refused, Turn
from storage.tables.tickets import MessageState, Side, Ticket, TicketMessage


@dataclass(frozen=True)
class Held:
    """Words as they were said in the platform's message `message`.

    They may be the new wording of a message of the talk, `edits`, as it `stood` when they were written.
    """

    said: Said
    message: str
    edits: int = 0
    stood: str = ""

    def joined(self, later: "Held") -> "Held":
        """Both as one message."""
        text = f"{self.said.text}\n{later.said.text}"
        return replace(self, said=replace(self.said, text=text, files=(*self.said.files, *later.said.files)))


HELD = TypeAdapter(Held)


def spoken(turn: Turn, said: Said) -> Held:
    """Words that were just said."""
    return Held(said, turn.heard.message)


def reworded(turn: Turn, row: TicketMessage, words: str) -> Held:
    """The new wording of a message of a talk."""
    return Held(Said(words), turn.heard.message, row.id, standing(row))


def standing(row: TicketMessage) -> str:
    """A mark that changes whenever the message is changed or taken back."""
    return str(row.removed_at or row.edited_at or "")


def hold(turn: Turn, found: Ticket, held: Held) -> int:
    """Keep words back under seal; the number by which they are let go."""
    row = TicketMessage(
        ticket_id=found.id,
        side=Side.SITE,
        words="",
        sealed=turn.house.seals.seal(HELD.dump_json(held).decode()),
        state=MessageState.HELD,
        at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    return row.id


def let_go(turn: Turn, row: TicketMessage) -> Held:
    """The words that were held, which are held no more. Raises `Refused` if they have gone their way already."""
    if row.state is not MessageState.HELD or not row.sealed:
        raise Refused(conversation.GONE)
    held = HELD.validate_json(turn.house.seals.unseal(row.sealed))
    turn.session.delete(row)
    turn.session.flush()
    return held
