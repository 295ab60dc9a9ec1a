"""Backup, wipe and restore in the middle of a talk, and erasure after the story, through the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from storage.engine import Store
from storage.tables.capas import Capa
from storage.tables.figures import Submission
from storage.tables.people import Person
from storage.tables.training import LessonResult
from tests.paths import EXAMPLE
from tests.storage.seen import found_in_files, found_in_rows
from tests.stores import KINDS, blank_url, fresh_url
from tests.whole.command_line import CommandLine
from tests.whole.story import ANSWER, OBSTACLE, THANKS, Story
from tests.whole.world import Way, World, whole_world

pytestmark = pytest.mark.whole

WAY = Way(webhook=False, socket=False)
ROADS = [(there, back) for there in KINDS for back in KINDS]


@pytest.mark.parametrize(("there", "back"), ROADS, ids=[f"{there}-to-{back}" for there, back in ROADS])
def test_talk_goes_on_after_backup_wipe_and_restore(tmp_path: Path, there: str, back: str) -> None:
    with fresh_url(there, tmp_path) as url, whole_world(url, tmp_path, WAY) as world:
        line = CommandLine(tmp_path / "shell", world.bot.settings)
        world.bot.start()
        story = Story(world)
        joins_by_command(story, line)
        world.amina.say("/figures")
        story.phone("Which figure do you want to send?")
        story.tap(first_electricity(world), "How much electricity")
        world.settle()
        copy = str(tmp_path / "copy.zip")
        done = line.run("backup", copy)
        assert (done.code, done.err) == (0, "") and copy in done.out
        world.bot.kill()
        with restored(world, line, back, tmp_path, copy):
            world.bot.start()
            world.amina.say("16,5 MWh")
            story.phone("16,500 kWh. Is that right?")
            story.tap("Yes, send it", "Stored:")
            world.settle()
            with world.store.read() as session:
                assert [int(row.base_value) for row in session.exec(select(Submission))] == [16500]
            assert story.times("How much electricity") == 1
            world.check_nothing_went_wrong()
            world.bot.stop()


def first_electricity(world: World) -> str:
    """The button of the figure that is always sent here."""
    labels = [label for one in world.amina.messages() for label in one.labels()]
    return next(label for label in labels if label.startswith("Electricity,"))


def joins_by_command(story: Story, line: CommandLine) -> None:
    """Amina opens a link that an operator made."""
    link = line.run("invite", "amina").out.strip()
    story.world.amina.start(link.partition("start=")[2])
    story.phone("Which language do you prefer?")
    story.tap("English", "keep your name")
    story.tap("Yes, I agree", "You are in")


@contextmanager
def restored(world: World, line: CommandLine, kind: str, folder: Path, copy: str) -> Iterator[None]:
    """The copy in a store without a table; the world goes on there."""
    with blank_url(kind, folder) as url:
        world.bot.settings["database_url"] = url
        done = CommandLine(line.folder, world.bot.settings).run("restore", copy)
        assert (done.code, done.err) == (0, ""), done
        before, world.store = world.store, Store(url)
        try:
            yield
        finally:
            world.bot.kill()
            world.store.close()
            world.store = before


def test_erased_person_is_nowhere_any_more_and_the_figures_stay(store_kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    with fresh_url(store_kind, folder) as url, whole_world(url, tmp_path, WAY) as world:
        line = CommandLine(tmp_path / "shell", world.bot.settings)
        world.bot.start()
        story = Story(world)
        story.play()
        world.settle()
        words = ("Amina", "amina", str(world.amina.id), "16,5 MWh", OBSTACLE, THANKS, ANSWER, "compressor")
        assert {found.rpartition(": ")[2] for found in found_in_rows(world.store, words)} >= {"Amina", OBSTACLE}
        person_id = person(world.store, "amina").id
        done = line.run("erase", "amina", "--yes")
        assert (done.code, done.err) == (0, "") and done.out.startswith("Erased: ")
        check_that_nothing_is_left(world, folder, words)
        with world.store.read() as session:
            assert [(row.person_id, int(row.base_value)) for row in session.exec(select(Submission))] == [
                (person_id, 16500)
            ]
            assert [row.owner_id for row in session.exec(select(Capa))] == [person_id]
            assert [row.person_id for row in session.exec(select(LessonResult))] == [person_id]
        done = line.run("import", str(EXAMPLE))
        assert done.code == 0, done
        world.clock.move_to(world.clock.now() + timedelta(days=3))
        world.amina.say("hello")
        story.phone("I do not know you yet.")
        world.settle()
        world.bot.stop()
        # Whoever writes to us is answered, and the answer's address is kept like a stranger's.
        check_that_nothing_is_left(world, folder, tuple(word for word in words if word != str(world.amina.id)))
        world.check_nothing_went_wrong()


def check_that_nothing_is_left(world: World, folder: Path, words: tuple[str, ...]) -> None:
    """None of the words is in a column, in the bytes of the store's files or in the log."""
    assert not found_in_rows(world.store, words)
    if world.store.is_sqlite:
        assert not found_in_files(folder, words)
    log = world.bot.log.read_text()
    assert not [word for word in words if word in log]


def person(store: Store, key: str) -> Person:
    with store.read() as session:
        return session.exec(select(Person).where(Person.key == key)).one()
