"""Lives through the year step by step: twice a day what happens and the plan, and at each full hour what is due."""

from datetime import datetime, timedelta

from sqlmodel import Session, func, select

from bot.clock import real_now
from handlers.house import House
from handlers.programme.settings import stored_settings
from handlers.reminders.plan import plan_all
from handlers.reminders.saying import say_due
from handlers.turn import Turn
from storage.tables.planning import DueNote, DueState
from tests.soak.programme import BEGINS, ENDS, HALF_DAY, Happening

HOUR = timedelta(hours=1)


def step(session: Session, house: House, happenings: list[Happening], moment: datetime) -> datetime:
    """Do what is to be done at a moment, in the caller's transaction; the moment of the next step."""
    turn = Turn(house, session, stored_settings(session), moment, real_now())
    since = (moment - BEGINS) % HALF_DAY
    if since == timedelta(0):
        for happening in happenings:
            if moment - HALF_DAY < happening.at <= moment:
                happening.do(turn)
        plan_all(turn)
    say_due(turn, house.notices)
    session.flush()
    query = select(func.min(DueNote.opens_at)).where(DueNote.state == DueState.PLANNED)
    opens = session.exec(query).one() or ENDS
    following = opens + (-(opens - BEGINS)) % HOUR
    return max(moment + HOUR, min(following, moment + HALF_DAY - since))
