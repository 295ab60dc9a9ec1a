"""Obstacles become tickets: kinds, urgency, anonymity, a clock, a life; their messages know both sides."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, NUMBER, TEXT, WORD, numbered, refers, required

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OLD_TICKET = "id, site_id, person_id, category, words, state, at"
NEW_TICKET = (
    f"{OLD_TICKET}, kind, anonymous, sealed, urgency, language, metric, lesson, close_reason, version",
    f"{OLD_TICKET}, 'obstacle', false, '', 'normal', '', '', '', '', 1",
)
OLD_MESSAGE = "id, person_id, side, words, source, at"
NEW_MESSAGE = (
    f"ticket_id, {OLD_MESSAGE}, language, internal, carried, sealed, state, cause",
    f"obstacle_id, {OLD_MESSAGE}, '', false, '', '', 'delivered', ''",
)
# Tickets and CAPAs point at each other: a backup brings one of them back first.
LATER: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"}


def upgrade() -> None:
    """Make the new tables, move the rows over, and let files and messages to send point at them."""
    _tickets()
    _copy("obstacles", "tickets", *NEW_TICKET)
    _copy("obstacle_messages", "ticket_messages", *NEW_MESSAGE)
    _point_files("obstacle", "ticket")
    _point_capas("obstacle", "ticket")
    _rename_keys("obstacle", "ticket")
    op.drop_table("obstacle_messages")
    op.drop_table("obstacles")
    with op.batch_alter_table("dialogs") as table:
        table.add_column(sa.Column("veiled", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "postgresql":
        # PostgreSQL alters no table while a check of a moved row is still put off to the commit.
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")


def downgrade() -> None:
    """Take the new tables away; anonymous tickets and their talk have no place in the old ones."""
    anonymous = "SELECT id FROM tickets WHERE person_id IS NULL"
    talk = f"SELECT id FROM ticket_messages WHERE ticket_id IN ({anonymous})"  # noqa: S608  (nothing from outside)
    op.execute(f"DELETE FROM file_links WHERE ticket_message_id IN ({talk})")  # noqa: S608
    op.execute(f"UPDATE capas SET ticket_id = NULL WHERE ticket_id IN ({anonymous})")  # noqa: S608
    _obstacles()
    _copy("tickets", "obstacles", OLD_TICKET, OLD_TICKET, "person_id IS NOT NULL")
    kept = f"ticket_id NOT IN ({anonymous})"
    _copy("ticket_messages", "obstacle_messages", f"obstacle_id, {OLD_MESSAGE}", f"ticket_id, {OLD_MESSAGE}", kept)
    _point_files("ticket", "obstacle")
    _point_capas("ticket", "obstacle")
    _rename_keys("ticket", "obstacle")
    for name in ("ticket_colleagues", "ticket_messages", "tickets"):
        op.drop_table(name)
    op.execute("DELETE FROM dialogs WHERE veiled")
    with op.batch_alter_table("dialogs") as table:
        table.drop_column("veiled")


def _tickets() -> None:
    op.create_table(
        "tickets",
        numbered(),
        *required(WORD, "kind"),
        refers("site_id", "sites.id"),
        refers("person_id", "people.id", nullable=True),
        *required(sa.Boolean(), "anonymous"),
        *required(TEXT, "sealed", "category"),
        *required(WORD, "urgency"),
        *required(TEXT, "words", "language", "metric", "lesson"),
        sa.Column("capa_id", NUMBER, sa.ForeignKey("capas.id", **LATER), nullable=True, index=True),
        refers("assignee_id", "people.id", nullable=True),
        *required(WORD, "state"),
        sa.Column("at", MOMENT, nullable=False, index=True),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("waiting_since", "answer_by", "closed_at")),
        *required(TEXT, "close_reason"),
        sa.Column("helped", sa.Boolean(), nullable=True),
        *required(NUMBER, "version"),
    )
    op.create_table(
        "ticket_messages",
        numbered(),
        refers("ticket_id", "tickets.id"),
        refers("person_id", "people.id", nullable=True),
        *required(WORD, "side"),
        *required(TEXT, "words", "language"),
        *required(sa.Boolean(), "internal"),
        refers("quotes_id", "ticket_messages.id", nullable=True, index=False),
        *(sa.Column(name, TEXT, nullable=False, index=True) for name in ("source", "carried")),
        *required(TEXT, "sealed"),
        *required(WORD, "state"),
        *required(TEXT, "cause"),
        *required(MOMENT, "at"),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("edited_at", "removed_at")),
    )
    op.create_table(
        "ticket_colleagues",
        numbered(),
        refers("ticket_id", "tickets.id"),
        refers("person_id", "people.id"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("ticket_id", "person_id"),
    )


def _obstacles() -> None:
    op.create_table(
        "obstacles",
        numbered(),
        refers("site_id", "sites.id"),
        refers("person_id", "people.id"),
        *required(TEXT, "category", "words"),
        *required(WORD, "state"),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "obstacle_messages",
        numbered(),
        refers("obstacle_id", "obstacles.id"),
        refers("person_id", "people.id", nullable=True),
        *required(WORD, "side"),
        *required(TEXT, "words", "source"),
        *required(MOMENT, "at"),
    )


def _copy(source: str, target: str, into: str, values: str, where: str = "true") -> None:
    """Move rows over under their numbers; PostgreSQL then has to count on from the highest."""
    op.execute(f"INSERT INTO {target} ({into}) SELECT {values} FROM {source} WHERE {where}")  # noqa: S608
    if op.get_bind().dialect.name == "postgresql":
        highest = f"coalesce((SELECT max(id) FROM {target}), 0) + 1"  # noqa: S608
        op.execute(f"SELECT setval(pg_get_serial_sequence('{target}', 'id'), {highest}, false)")


def _point_files(before: str, after: str) -> None:
    """Files of a talk belong to its messages, whatever their table is called."""
    old, new = f"{before}_message_id", f"{after}_message_id"
    with op.batch_alter_table("file_links") as table:
        table.drop_constraint(f"fk_file_links_{old}_{before}_messages", type_="foreignkey")
        table.drop_index(f"ix_file_links_{old}")
        table.alter_column(old, new_column_name=new, existing_type=NUMBER, existing_nullable=True)
    with op.batch_alter_table("file_links") as table:
        table.create_index(f"ix_file_links_{new}", [new])
        table.create_foreign_key(f"fk_file_links_{new}_{after}_messages", f"{after}_messages", [new], ["id"])


def _point_capas(before: str, after: str) -> None:
    """A CAPA knows what led to it, and what has stopped its clock."""
    old, new, stopped = f"{before}_id", f"{after}_id", "blocked_by_id"
    with op.batch_alter_table("capas") as table:
        for name in (old, stopped):
            table.drop_constraint(f"fk_capas_{name}_{before}s", type_="foreignkey")
        table.drop_index(f"ix_capas_{old}")
        table.alter_column(old, new_column_name=new, existing_type=NUMBER, existing_nullable=True)
    with op.batch_alter_table("capas") as table:
        table.create_index(f"ix_capas_{new}", [new])
        for name in (new, stopped):
            table.create_foreign_key(f"fk_capas_{name}_{after}s", f"{after}s", [name], ["id"])


def _rename_keys(before: str, after: str) -> None:
    """Threads are found by the keys of the messages that began them."""
    cut = len(before) + 1
    op.execute(f"UPDATE outbox SET key = '{after}' || substr(key, {cut}) WHERE key LIKE '{before}/%'")  # noqa: S608
    op.execute(
        f"UPDATE outbox SET thread = '@{after}' || substr(thread, {cut + 1}) WHERE thread LIKE '@{before}/%'"  # noqa: S608
    )
