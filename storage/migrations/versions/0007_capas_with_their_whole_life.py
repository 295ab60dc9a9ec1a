"""CAPAs with their whole life: where they come from, terms, plan, steps, extensions, what is owed, evidence."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from storage.migrations.columns import MOMENT, NUMBER, TEXT, WORD, numbered, refers, required

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PLAN = ("containment", "cause", "corrective", "preventive")
FOUND = ("requirement", "auditor", "reference")
DAYS = ("found_on", "owed_on", "contain_on", "plan_on", "check_on")
MOMENTS = ("contained_at", "blocked_since", "submitted_at", "verified_at")
POINTERS = {
    "obstacle_id": "obstacles",
    "blocked_by_id": "obstacles",
    "earlier_id": "capas",
    "submitted_by_id": "people",
    "verified_by_id": "people",
}
INDEXED = ("owed_on", "reference")
FILES = {"capa_id": "capas", "capa_step_id": "capa_steps"}


def upgrade() -> None:
    """Make the new tables and columns; what was open is in progress and owes its closing."""
    _steps()
    _extensions()
    with op.batch_alter_table("capa_events") as table:
        table.add_column(sa.Column("detail", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("capas") as table:
        _add_columns(table)
    with op.batch_alter_table("file_links") as table:
        _point(table, "file_links", FILES)
    op.execute("UPDATE capas SET state = 'in_progress', owed = 'close', owed_on = due_on WHERE state = 'open'")
    op.execute("UPDATE capas SET source = 'hand' WHERE breach_id IS NULL")


def downgrade() -> None:
    """Take it all away: a CAPA is open or closed again, and the files of CAPAs lose what they belong to."""
    op.execute("DELETE FROM file_links WHERE capa_id IS NOT NULL OR capa_step_id IS NOT NULL")
    op.execute("UPDATE capas SET state = 'closed' WHERE state = 'cancelled'")
    op.execute("UPDATE capas SET state = 'open' WHERE state != 'closed'")
    _give_owners()
    with op.batch_alter_table("file_links") as table:
        _unpoint(table, "file_links", FILES)
        for name in FILES:
            table.drop_column(name)
    with op.batch_alter_table("capas") as table:
        _drop_columns(table)
    with op.batch_alter_table("capa_events") as table:
        table.drop_column("detail")
    op.drop_table("capa_extensions")
    op.drop_table("capa_steps")


def _give_owners() -> None:
    """A draft that nobody owns goes to who opened it, for every CAPA had an owner; one without either goes."""
    op.execute("UPDATE capas SET owner_id = opened_by_id WHERE owner_id IS NULL")
    orphans = "(SELECT id FROM capas WHERE owner_id IS NULL)"
    op.execute(f"UPDATE capas SET earlier_id = NULL WHERE earlier_id IN {orphans}")  # noqa: S608
    for name in ("capa_events", "capa_steps", "capa_extensions"):
        op.execute(f"DELETE FROM {name} WHERE capa_id IN {orphans}")  # noqa: S608
    op.execute("DELETE FROM capas WHERE owner_id IS NULL")


def _add_columns(table: BatchOperations) -> None:
    table.add_column(sa.Column("source", WORD, nullable=False, server_default="breach"))
    table.add_column(sa.Column("owed", WORD, nullable=False, server_default=""))
    for name in (*FOUND, *PLAN):
        table.add_column(sa.Column(name, TEXT, nullable=False, server_default=""))
    for name in DAYS:
        table.add_column(sa.Column(name, sa.Date(), nullable=True))
    for name in MOMENTS:
        table.add_column(sa.Column(name, MOMENT, nullable=True))
    table.add_column(sa.Column("whys", sa.JSON(), nullable=False, server_default="[]"))
    table.add_column(sa.Column("check_figures", NUMBER, nullable=False, server_default="0"))
    table.alter_column("owner_id", existing_type=NUMBER, nullable=True)
    _point(table, "capas", POINTERS)
    for name in INDEXED:
        table.create_index(f"ix_capas_{name}", [name])


def _drop_columns(table: BatchOperations) -> None:
    for name in INDEXED:
        table.drop_index(f"ix_capas_{name}")
    _unpoint(table, "capas", POINTERS)
    table.alter_column("owner_id", existing_type=NUMBER, nullable=False)
    for name in ("source", "owed", *FOUND, *PLAN, *DAYS, *MOMENTS, "whys", "check_figures", *POINTERS):
        table.drop_column(name)


def _point(table: BatchOperations, of: str, pointers: dict[str, str]) -> None:
    """Add columns that point at other tables' numbers."""
    for name, target in pointers.items():
        table.add_column(sa.Column(name, NUMBER, nullable=True))
        table.create_index(f"ix_{of}_{name}", [name])
        table.create_foreign_key(f"fk_{of}_{name}_{target}", target, [name], ["id"])


def _unpoint(table: BatchOperations, of: str, pointers: dict[str, str]) -> None:
    for name, target in pointers.items():
        table.drop_constraint(f"fk_{of}_{name}_{target}", type_="foreignkey")
        table.drop_index(f"ix_{of}_{name}")


def _steps() -> None:
    op.create_table(
        "capa_steps",
        numbered(),
        refers("capa_id", "capas.id"),
        *required(NUMBER, "place"),
        *required(TEXT, "text"),
        refers("owner_id", "people.id", nullable=True),
        *required(sa.Date(), "due_on"),
        sa.Column("done_at", MOMENT, nullable=True),
        refers("done_by_id", "people.id", nullable=True),
        *required(sa.Boolean(), "dropped"),
    )


def _extensions() -> None:
    op.create_table(
        "capa_extensions",
        numbered(),
        refers("capa_id", "capas.id"),
        *required(WORD, "owed"),
        *required(sa.Date(), "owed_on", "until"),
        *required(TEXT, "reason"),
        refers("asked_by_id", "people.id", nullable=True),
        *required(MOMENT, "asked_at"),
        *required(WORD, "state"),
        refers("decided_by_id", "people.id", nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        *required(TEXT, "decided_why"),
    )
