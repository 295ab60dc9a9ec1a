"""What ladders will bring of some CAPAs, for all of them at once: in the calendars of the people they touch alone."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam
from sqlmodel import Session

from storage import debts
from storage.ladders import Rung, Span
from storage.plans import KEPT, Ladder, Pairs, met_capas


class Told(NamedTuple):
    """Who will be told of a CAPA on which local day, as what, and by which `step`, as `close/2026-12-10/before/7`."""

    capa_id: int
    person_id: int
    who: str
    day: date
    step: str

    @property
    def rung(self) -> str:
        """The rung of the ladder."""
        return self.step.split("/", 2)[2]


def ahead(
    session: Session, ladder: Ladder, committee: tuple[str, ...], capa_ids: Collection[int], span: Span
) -> list[Told]:
    """Every note that the ladder holds within the span for those of these CAPAs that it is for, by time."""
    found: list[Any] = []
    for rungs in (ladder.part(after=False), ladder.part(after=True)):
        if rungs and ladder.which:
            values = {**span.values(), "capas": list(capa_ids)}
            found += session.execute(_notes(rungs, ladder.which, committee), values).all()
    found.sort(key=lambda row: (row.opens_at, debts.WHO.index(row.who)))
    return [Told(row.object_id, row.person_id, row.who, row.day, row.step) for row in found]


@lru_cache(KEPT)
def _notes(rungs: tuple[Rung, ...], which: Pairs, committee: tuple[str, ...]) -> Select[Any]:
    return met_capas(rungs, which, committee, only=bindparam("capas", type_=Integer(), expanding=True))
