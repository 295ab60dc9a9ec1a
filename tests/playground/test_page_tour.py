"""The tour's bookkeeping, and starting over. That the acts play is tested in a browser with the whole of Causeway."""

from sqlmodel import select

from bot.playground.page.page import Look, Page
from bot.playground.page.timeline import Timeline
from bot.playground.page.tour import Tour
from bot.playground.page.walk import Walk
from storage.tables.people import Person, Role
from tests.playground.page_stage import TestStage, Visitor


def made_tour(stage: TestStage, reading_s: float) -> Tour:
    tour = Tour(stage, Walk(stage, Timeline(stage.now)))
    tour.reading_s = reading_s
    return tour


def test_act_that_cannot_be_played_says_why_and_may_be_tried_again(stage: TestStage) -> None:
    with stage.app.store.write() as session:
        for person in session.exec(select(Person).where(Person.role == Role.MANAGER)):
            person.active = False
            session.add(person)
    tour = made_tour(stage, 0.0)
    for _attempt in range(2):
        tour.next({})
        assert stage.playground.log.wait_for(lambda: not tour.as_json()["playing"])
        assert (tour.as_json()["act"], tour.as_json()["playing"]) == (1, False)
        assert "needs" in tour.as_json()["trouble"]


def test_visitor_may_leave_in_the_middle_of_an_act(visitor: Visitor) -> None:
    tour = made_tour(visitor.stage, 60.0)
    tour.next({})
    assert visitor.stage.playground.log.wait_for(lambda: tour.as_json()["line"])
    tour.leave({})
    assert (tour.as_json()["act"], tour.as_json()["line"], tour.as_json()["playing"]) == (0, None, False)
    assert not visitor.stage.playground.slack.deliveries


def test_second_act_waits_for_the_first(visitor: Visitor) -> None:
    visitor.do("tour/next")
    assert "still being played" in visitor.refused("tour/next")
    visitor.do("tour/leave")


def test_starting_over_empties_the_chats_and_ends_the_tour(visitor: Visitor) -> None:
    visitor.do("phones/amina/say", text="hello")
    visitor.do("tour/next")
    visitor.do("start-over")
    assert visitor.stage.beginnings == 1
    assert visitor.stage.phones["amina"].messages() == []
    page = Page(visitor.stage)
    assert page.panes(Look(phone="amina"))["phone"]["messages"] == []


def test_before_causeway_runs_there_is_nothing_to_see(stage: TestStage) -> None:
    stage.members.clear()
    assert Page(stage).panes(Look()) == {"state": {"ready": False}}
