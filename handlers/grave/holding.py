"""Words of an anonymous talk that name something grave, held under seal until their reporter says where they go.

No dialog is begun: while it is open its row would tell who is asked. What is held says nothing to whoever reads the
store, and is no part of the talk.
"""

import json
from dataclasses import asdict

from handlers.grave.naming import category_of
from handlers.grave.who import named
from handlers.grave.words import NOT_ABOUT_THAT, after_call, sounds_grave, yes_alone
from handlers.message import Button, FileRef, Said
from handlers.router import action
from handlers.turn import Turn
from storage import programme
from storage.tables.tickets import MessageState, Side, Ticket, TicketMessage


def hold(turn: Turn, found: Ticket, said: Said) -> None:
    """Keep words back from the talk about an anonymous ticket, and offer both ways on."""
    held = json.dumps({"words": said.text, "files": [asdict(file) for file in said.files]})
    row = TicketMessage(
        ticket_id=found.id,
        side=Side.SITE,
        words="",
        sealed=turn.house.seals.seal(held),
        state=MessageState.HELD,
        at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    category, country = category_of(said.text), programme.site(turn.session, found.site_id).country
    who = named(turn.session, turn.settings, category, country)
    name = who.person.name if who.person else turn.settings.contact
    turn.say(
        after_call(category, turn.settings.safety.emergency.get(country, ""), sounds_grave(name)),
        buttons=[
            [Button(yes_alone(name), action("grave.give", row.id))],
            [Button(NOT_ABOUT_THAT, action("grave.pass", row.id))],
        ],
    )


def let_go(turn: Turn, row: TicketMessage) -> Said | None:
    """The words that were held, which are held no more; None if they have gone their way already."""
    if row.state is not MessageState.HELD or not row.sealed:
        return None
    held = json.loads(turn.house.seals.unseal(row.sealed))
    turn.session.delete(row)
    turn.session.flush()
    return Said(held["words"], tuple(FileRef(**file) for file in held["files"]))
