"""What the clock does for learning is set by set, in SQL: it does the same on both stores."""

from datetime import UTC, datetime

from storage.engine import Store
from storage.tables.documents import DocumentReading
from storage.tables.planning import DueNote
from storage.tables.training import Assignment, CourseResult, Learner, Reason
from tests.handlers.deeds import figure_sent, person, rows
from tests.talks import Town
from tests.training.school import FIRE, WATER, code, course, programme_says, pushes, take, teach

NEWER = course("fire", "Fire", "safety", {"doors": ("Keep doors free?",), "drill": ("Where?",)}, version=2)
RULES = [
    {"course": "fire", "duty": "data_owner"},
    {"course": "water", "tier": "high"},
    {"course": "metering", "breach": "electricity"},
]


def test_rules_breaches_changes_terms_documents_and_pushes(store: Store) -> None:
    town = Town(store)
    town.import_example()
    metering = course("metering", "Metering", "energy", {"meter": ("Which?",)})
    # A result that counts for a month is to be renewed at once.
    water = WATER.model_copy(update={"valid_for": 1})
    teach(town, code(), fire=FIRE, water=water, metering=metering)
    amina, duc = town.joined("amina"), town.joined("duc")
    figure_sent(amina)
    programme_says(town, training=RULES)
    for _again in range(2):
        town.tick(minutes=20)
    expected = {
        ("amina", "fire", "first", Reason.DUTY),
        ("amina", "water", "first", Reason.TIER),
        ("amina", "metering", "breach/1", Reason.BREACH),
        ("duc", "water", "first", Reason.TIER),
        ("duc", "metering", "breach/1", Reason.BREACH),
    }
    assert assigned(town) == expected
    assert len(rows(town, DocumentReading)) == len(rows(town, Learner)) == 2

    town.tick(datetime(2026, 11, 25, 3, 5, tzinfo=UTC))
    assert len(pushes(town, amina)) == len(pushes(town, duc)) == 1
    daily = [note for note in rows(town, DueNote) if note.kind == "training.daily"]
    assert len({(note.person_id, note.day) for note in daily}) == len(daily)

    take(amina, "Right", start="Begin the lesson")
    take(amina, "Right", "Right")
    take(amina, "Right")
    assert [row.course for row in rows(town, CourseResult)] == ["fire", "water"]
    teach(town, code(2), fire=NEWER, water=water, metering=metering)
    town.tick(hours=1)
    assert ("amina", "fire", "version/2", Reason.CHANGED) in assigned(town)
    assert ("amina", "water", "after/2", Reason.RENEWAL) in assigned(town)
    assert [row.version for row in rows(town, DocumentReading)] == [1, 1, 2, 2]
    before = assigned(town)
    town.tick(days=1)
    assert assigned(town) == before


def assigned(town: Town) -> set[tuple[str, str, str, Reason]]:
    """Everything that was ever assigned."""
    names = {person(town, key).id: key for key in ("amina", "duc")}
    return {(names[row.person_id], row.course, row.round, row.reason) for row in rows(town, Assignment)}
