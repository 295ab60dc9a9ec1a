"""Reminders that respect people: who was told in which message, closures, leaves, own hours, what was decided."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, NUMBER, TEXT, numbered, refers, required

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OLD_KEY = ["person_id", "kind", "object_id", "step", "day"]
KEY = OLD_KEY[:-1]
OLD_NAME, NAME = (f"uq_due_notes_{'_'.join(key)}" for key in (OLD_KEY, KEY))
TWICE = (
    "DELETE FROM due_notes WHERE EXISTS (SELECT 1 FROM due_notes AS other WHERE other.person_id = due_notes.person_id "
    "AND other.kind = due_notes.kind AND other.object_id = due_notes.object_id AND other.step = due_notes.step "
    "AND (CASE other.state WHEN 'said' THEN 0 ELSE 1 END, other.id) "
    "< (CASE due_notes.state WHEN 'said' THEN 0 ELSE 1 END, due_notes.id))"
)


def upgrade() -> None:
    """A note is planned once whatever its day: of several rows the said one stays, else the first."""
    _notes()
    op.create_index("ix_calendar_working", "calendar", ["calendar", "working_number"])
    op.create_index("ix_calendar_ordinal", "calendar", ["calendar", "ordinal"])
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("country", TEXT, nullable=False, server_default=""))
        table.add_column(sa.Column("hour", NUMBER, nullable=True))
    op.create_table(
        "closures",
        numbered(),
        refers("site_id", "sites.id"),
        *required(sa.Date(), "first", "last"),
        refers("person_id", "people.id", nullable=True),
        *required(MOMENT, "at"),
    )
    op.create_table(
        "leaves",
        numbered(),
        refers("person_id", "people.id"),
        refers("deputy_id", "people.id", nullable=True),
        *required(sa.Date(), "first", "last"),
        *required(MOMENT, "at"),
    )
    _decisions()


def downgrade() -> None:
    """Take it all away; notes are keyed by their day again."""
    for name in ("decision_voices", "decisions", "leaves", "closures"):
        op.drop_table(name)
    with op.batch_alter_table("people") as table:
        table.drop_column("hour")
        table.drop_column("country")
    op.drop_index("ix_calendar_ordinal", "calendar")
    op.drop_index("ix_calendar_working", "calendar")
    with op.batch_alter_table("due_notes") as table:
        table.drop_index("ix_due_notes_told")
        table.drop_index("ix_due_notes_object")
        table.drop_constraint("fk_due_notes_told_id_people", type_="foreignkey")
        for name in ("message", "said_at", "told_id", "urgent"):
            table.drop_column(name)
        table.drop_constraint(NAME, type_="unique")
        table.create_unique_constraint(OLD_NAME, OLD_KEY)
        table.create_index("ix_due_notes_person_id", ["person_id"])


def _notes() -> None:
    op.execute(TWICE)
    with op.batch_alter_table("due_notes") as table:
        table.drop_index("ix_due_notes_person_id")
        table.drop_constraint(OLD_NAME, type_="unique")
        table.create_unique_constraint(NAME, KEY)
        table.add_column(sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("told_id", NUMBER, nullable=True))
        table.add_column(sa.Column("said_at", MOMENT, nullable=True))
        table.add_column(sa.Column("message", TEXT, nullable=False, server_default=""))
        table.create_foreign_key("fk_due_notes_told_id_people", "people", ["told_id"], ["id"])
        table.create_index("ix_due_notes_object", ["kind", "object_id"])
        table.create_index("ix_due_notes_told", ["told_id", "said_at"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        numbered(),
        *required(TEXT, "right", "words", "why"),
        *required(sa.Date(), "held_on"),
        refers("recorded_by_id", "people.id", nullable=True),
        *required(MOMENT, "at"),
        sa.Index("ix_decisions_at", "at"),
    )
    op.create_table(
        "decision_voices",
        numbered(),
        refers("decision_id", "decisions.id"),
        refers("person_id", "people.id"),
        sa.UniqueConstraint("decision_id", "person_id"),
    )
