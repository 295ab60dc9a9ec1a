"""Assignments, results of courses, questions that come back, people's pace, documents, workshops, hours."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, NUMBER, TEXT, WORD, numbered, refers, required

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEW = ("seats", "workshops", "document_readings", "learners", "review_cards", "course_results", "assignments")


def upgrade() -> None:
    """Make the new tables, then the new columns of the old ones."""
    _assignments()
    _results()
    _pace()
    _workshops()
    with op.batch_alter_table("lesson_results") as table:
        table.add_column(sa.Column("digest", TEXT, nullable=False, server_default=""))
    with op.batch_alter_table("calendar") as table:
        table.add_column(sa.Column("learns_at", MOMENT, nullable=True))
    op.execute("UPDATE calendar SET learns_at = opens_at")
    with op.batch_alter_table("calendar") as table:
        table.alter_column("learns_at", existing_type=MOMENT, nullable=False)


def downgrade() -> None:
    """Take it all away."""
    with op.batch_alter_table("calendar") as table:
        table.drop_column("learns_at")
    with op.batch_alter_table("lesson_results") as table:
        table.drop_column("digest")
    for name in NEW:
        op.drop_table(name)


def _assignments() -> None:
    op.create_table(
        "assignments",
        numbered(),
        refers("person_id", "people.id"),
        *required(TEXT, "course", "round"),
        *required(WORD, "reason"),
        refers("assigned_by_id", "people.id", nullable=True),
        *required(MOMENT, "assigned_at"),
        sa.Column("counts_from", MOMENT, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", WORD, nullable=False, index=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.UniqueConstraint("person_id", "course", "round"),
    )


def _results() -> None:
    op.create_table(
        "course_results",
        numbered(),
        refers("person_id", "people.id"),
        *required(TEXT, "course"),
        *required(NUMBER, "version", "asked", "right"),
        *required(MOMENT, "passed_at"),
        *required(sa.Date(), "passed_on"),
        sa.Column("valid_until", sa.Date(), nullable=True),
    )
    op.create_table(
        "review_cards",
        numbered(),
        refers("person_id", "people.id"),
        *required(TEXT, "course", "lesson", "question"),
        *required(NUMBER, "box"),
        sa.Column("due_on", sa.Date(), nullable=True),
        *required(MOMENT, "answered_at"),
        sa.UniqueConstraint("person_id", "course", "lesson", "question"),
    )


def _pace() -> None:
    op.create_table(
        "learners",
        numbered(),
        refers("person_id", "people.id", index=False),
        sa.Column("lesson_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        *required(NUMBER, "nudges"),
        *required(WORD, "paused_by"),
        sa.Column("paused_at", MOMENT, nullable=True),
        *required(WORD, "recognition"),
        sa.UniqueConstraint("person_id"),
    )
    op.create_table(
        "document_readings",
        numbered(),
        refers("person_id", "people.id"),
        *required(TEXT, "document"),
        *required(NUMBER, "version"),
        *required(MOMENT, "made_at"),
        sa.Column("ask_on", sa.Date(), nullable=True),
        *required(NUMBER, "asks"),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.UniqueConstraint("person_id", "document", "version"),
    )


def _workshops() -> None:
    op.create_table(
        "workshops",
        numbered(),
        *required(WORD, "kind"),
        *required(TEXT, "topic", "title", "place"),
        *required(sa.Date(), "day"),
        *required(NUMBER, "places"),
        refers("site_id", "sites.id", nullable=True),
        refers("mentor_id", "people.id"),
        *required(MOMENT, "offered_at"),
        *required(WORD, "state"),
    )
    op.create_table(
        "seats",
        numbered(),
        refers("workshop_id", "workshops.id"),
        refers("person_id", "people.id"),
        *required(MOMENT, "joined_at"),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.Column("attended_at", MOMENT, nullable=True),
        sa.UniqueConstraint("workshop_id", "person_id"),
    )
