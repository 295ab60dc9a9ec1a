"""The recorded answers of a dialog, as its row keeps them: plain, or sealed where nobody may read them."""

import json
from collections.abc import Sequence

from handlers.dialog import Answer
from handlers.turn import Turn
from storage.tables.talks import DialogRow

SEALED = "sealed"


def recorded(turn: Turn, row: DialogRow) -> list[Answer]:
    """The recorded answers, oldest first."""
    if row.veiled and row.answers and row.answers[0][0] == SEALED:
        return [Answer(*one) for one in json.loads(turn.house.seals.unseal(row.answers[0][2]))]
    return [Answer(*one) for one in row.answers]


def keep(turn: Turn, row: DialogRow, answers: Sequence[Answer]) -> None:
    """Keep these as the answers recorded by now; from the turn on that is veiled, under seal."""
    row.veiled = row.veiled or turn.veiled
    plain = [list(one) for one in answers]
    row.answers = [[SEALED, "", turn.house.seals.seal(json.dumps(plain))]] if row.veiled else plain
    row.touched_at = turn.now
    turn.session.add(row)
