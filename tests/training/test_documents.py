"""Documents: asked once for each version, read with what holds here, and a mentor who sees who has read them."""

from storage.tables.documents import DocumentReading
from tests.handlers.deeds import rows
from tests.talks import Talker, Town
from tests.training.school import FIRE, code, go_by, learning_alone, programme_says, pushes, teach


def asked(town: Town) -> None:
    """The programme has a code and no courses to take."""
    programme_says(town, training=[])
    teach(town, code(), fire=FIRE)
    learning_alone(town)
    town.tick()


def test_version_is_asked_for_three_times_and_never_again(town: Town, amina: Talker) -> None:
    asked(town)
    moments = go_by(town, amina, 32)
    assert len(moments) == 3
    assert all("Please read this" in one["text"] for one in pushes(town, amina))


def test_document_is_read_with_what_holds_here_and_confirmed_once(town: Town, amina: Talker) -> None:
    asked(town)
    go_by(town, amina, 2)
    shown = amina.tap("Read: Our code")
    assert "At most 60 hours a week." in shown
    assert "Here instead: At most 54 hours a week. Approved by Joint committee on 15 January 2026." in shown
    assert "Have you read Our code, version 1?" in amina.tap("Next")
    assert "It is recorded" in amina.tap("I have read it")
    assert go_by(town, amina, 12) == []
    assert "you have read version 1" in amina.command("documents")


def test_somebody_elsewhere_is_shown_no_deviation(town: Town, amina: Talker) -> None:
    asked(town)
    rosa = town.joined("rosa")
    rosa.command("documents")
    assert "Here instead" not in rosa.tap("Read: Our code")


def test_who_has_not_read_it_yet_may_say_so(town: Town, amina: Talker) -> None:
    asked(town)
    amina.command("documents")
    amina.tap("Read: Our code")
    amina.tap("Next")
    assert "whenever you want" in amina.tap("Not yet")
    assert [row.read_at for row in rows(town, DocumentReading)] == [None]


def test_new_version_is_asked_for_anew_and_the_old_one_no_more(town: Town, amina: Talker) -> None:
    asked(town)
    go_by(town, amina, 2)
    teach(town, code(version=2), fire=FIRE)
    town.tick(hours=1)
    assert [(row.version, row.ask_on is None) for row in rows(town, DocumentReading)] == [(1, True), (2, False)]


def test_mentor_sees_who_has_read_what_and_where_something_else_holds(town: Town, amina: Talker) -> None:
    asked(town)
    lucia = town.slack("U0LUCIA")
    shown = lucia.command("documents")
    assert "0 of 1 person has read it" in shown and "Not yet: Amina Tran." in shown
    amina.command("documents")
    amina.tap("Read: Our code")
    amina.tap("Next")
    amina.tap("I have read it")
    shown = lucia.command("documents")
    assert "1 of 1 person has read it" in shown
    assert "Song Cau Bac Ninh has an approved deviation: At most 54 hours a week. (Joint committee" in shown
