"""Grave tickets are taken, ideas have a stage, tips are published, phones shared, work handed over."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, TEXT, WORD, numbered, refers, required

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ONE_OWNER, SHARED = ["channel", "account"], ["channel", "account", "person_id"]


def upgrade() -> None:
    """Make the new tables and columns; an account may belong to several people from now on."""
    with op.batch_alter_table("tickets") as table:
        table.add_column(sa.Column("taken_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("taken_at", MOMENT, nullable=True))
        table.add_column(sa.Column("stage", WORD, nullable=False, server_default="new"))
        table.add_column(sa.Column("stage_reason", TEXT, nullable=False, server_default=""))
        table.create_index("ix_tickets_taken_by_id", ["taken_by_id"])
        table.create_foreign_key("fk_tickets_taken_by_id_people", "people", ["taken_by_id"], ["id"])
    with op.batch_alter_table("ticket_messages") as table:
        table.add_column(sa.Column("outcome", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("contacts") as table:
        table.add_column(sa.Column("speaking", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.drop_constraint("uq_contacts_channel_account", type_="unique")
        table.create_unique_constraint("uq_contacts_channel_account_person_id", SHARED)
    _tables()


def downgrade() -> None:
    """Take the new tables and columns away, grave tickets with their talk, and accounts beyond the first of a phone."""
    for name in ("handovers", "translations", "tip_votes", "tips"):
        op.drop_table(name)
    _drop_grave()
    op.execute("DELETE FROM contacts WHERE id NOT IN (SELECT min(id) FROM contacts GROUP BY channel, account)")
    with op.batch_alter_table("contacts") as table:
        table.drop_constraint("uq_contacts_channel_account_person_id", type_="unique")
        table.create_unique_constraint("uq_contacts_channel_account", ONE_OWNER)
        table.drop_column("speaking")
    with op.batch_alter_table("ticket_messages") as table:
        table.drop_column("outcome")
    with op.batch_alter_table("tickets") as table:
        table.drop_constraint("fk_tickets_taken_by_id_people", type_="foreignkey")
        table.drop_index("ix_tickets_taken_by_id")
        for name in ("stage_reason", "stage", "taken_at", "taken_by_id"):
            table.drop_column(name)


def _drop_grave() -> None:
    grave = "SELECT id FROM tickets WHERE kind = 'grave'"
    talk = f"SELECT id FROM ticket_messages WHERE ticket_id IN ({grave})"  # noqa: S608  (nothing from outside)
    op.execute(f"DELETE FROM file_links WHERE ticket_message_id IN ({talk})")  # noqa: S608
    for name in ("ticket_messages", "ticket_colleagues"):
        op.execute(f"DELETE FROM {name} WHERE ticket_id IN ({grave})")  # noqa: S608
    op.execute("DELETE FROM tickets WHERE kind = 'grave'")


def _tables() -> None:
    op.create_table(
        "tips",
        numbered(),
        refers("ticket_id", "tickets.id"),
        refers("author_id", "people.id"),
        *required(TEXT, "words", "language", "topic", "tier", "country"),
        *required(MOMENT, "at"),
    )
    op.create_table(
        "tip_votes",
        numbered(),
        refers("tip_id", "tips.id"),
        *required(TEXT, "voter"),
        sa.UniqueConstraint("tip_id", "voter"),
    )
    op.create_table(
        "translations",
        numbered(),
        refers("message_id", "ticket_messages.id", nullable=True),
        refers("tip_id", "tips.id", nullable=True),
        *required(TEXT, "language", "words"),
        sa.UniqueConstraint("message_id", "language"),
        sa.UniqueConstraint("tip_id", "language"),
    )
    op.create_table(
        "handovers",
        numbered(),
        refers("from_id", "people.id"),
        refers("to_id", "people.id", nullable=True),
        refers("made_by_id", "people.id", nullable=True, index=False),
        sa.Column("code_hash", TEXT, nullable=False, unique=True),
        *required(MOMENT, "made_at", "expires_at"),
        sa.Column("used_at", MOMENT, nullable=True),
    )
