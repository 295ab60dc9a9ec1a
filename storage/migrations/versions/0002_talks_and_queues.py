"""Talks, what is to be said and done, and when it is due."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, NUMBER, TEXT, WORD, numbered, refers, required

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _talks()
    _queues()
    _planning()


def downgrade() -> None:
    """Take the tables away, each before those it refers to."""
    _drop("due_notes", "calendar")
    _drop("work", "outbox")
    _drop("deliveries", "dialogs")


def _drop(*names: str) -> None:
    for name in names:
        op.drop_table(name)


def _talks() -> None:
    op.create_table(
        "dialogs",
        numbered(),
        *required(TEXT, "name"),
        *required(sa.JSON(), "argument"),
        *required(TEXT, "channel", "conversation", "thread"),
        refers("person_id", "people.id"),
        *required(WORD, "state"),
        *required(MOMENT, "began_at"),
        sa.Column("touched_at", MOMENT, nullable=False, index=True),
        *required(sa.Boolean(), "modal"),
        *required(sa.JSON(), "answers"),
        *required(TEXT, "asked_key", "asked_revision", "asked_in"),
    )
    op.create_index("ix_dialogs_place", "dialogs", ["channel", "conversation", "thread", "person_id", "state"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("state", WORD, nullable=False, index=True),
        *required(sa.JSON(), "answer"),
        *required(TEXT, "channel", "account"),
        sa.Column("content", sa.JSON(), nullable=True),
        *required(TEXT, "error"),
    )


def _queues() -> None:
    op.create_table(
        "outbox",
        numbered(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        *required(NUMBER, "lane"),
        *required(TEXT, "channel", "conversation", "thread"),
        refers("person_id", "people.id", nullable=True),
        refers("about_id", "people.id", nullable=True),
        *required(TEXT, "kind"),
        *required(sa.JSON(), "payload"),
        *required(WORD, "state"),
        *required(MOMENT, "ready_at", "made_at"),
        sa.Column("sent_at", MOMENT, nullable=True),
        *required(NUMBER, "attempts", "repeats"),
        *required(TEXT, "ref", "error"),
    )
    op.create_index("ix_outbox_place", "outbox", ["channel", "conversation", "thread", "state"])
    op.create_index("ix_outbox_ready", "outbox", ["state", "lane", "ready_at"])
    op.create_index("ix_outbox_ref", "outbox", ["channel", "conversation", "ref"])
    op.create_table(
        "work",
        numbered(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        *required(TEXT, "kind"),
        *required(sa.JSON(), "argument"),
        refers("person_id", "people.id", nullable=True),
        *required(WORD, "state"),
        *required(MOMENT, "ready_at"),
        *required(NUMBER, "attempts"),
        *required(TEXT, "error"),
    )
    op.create_index("ix_work_ready", "work", ["state", "ready_at"])


def _planning() -> None:
    op.create_table(
        "calendar",
        sa.Column("calendar", TEXT, primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        *required(NUMBER, "ordinal"),
        *required(sa.Boolean(), "working"),
        *required(NUMBER, "working_number"),
        *required(MOMENT, "opens_at", "closes_at"),
    )
    op.create_table(
        "due_notes",
        numbered(),
        refers("person_id", "people.id"),
        *required(TEXT, "kind"),
        *required(NUMBER, "object_id"),
        *required(TEXT, "step"),
        *required(sa.Date(), "day"),
        sa.Column("opens_at", MOMENT, nullable=False, index=True),
        *required(MOMENT, "closes_at"),
        sa.Column("state", WORD, nullable=False, index=True),
        *required(TEXT, "reason"),
        sa.UniqueConstraint("person_id", "kind", "object_id", "step", "day"),
    )
