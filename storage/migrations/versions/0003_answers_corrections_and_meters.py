"""Answers in place of figures, estimates, corrections, returns, evidence, meters, and how somebody writes numbers."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from storage.migrations.columns import MOMENT, NUMBER, TEXT, WORD, numbered, refers, required

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

QUANTITY = sa.BigInteger()
WORDS_OF_FIGURES = ("grade", "method", "reason", "returned_why")


def upgrade() -> None:
    """Make the new tables, then the new columns of the old ones."""
    _absences()
    _meters()
    with op.batch_alter_table("submissions") as table:
        table.add_column(sa.Column("basis", WORD, nullable=False, server_default="measured"))
        for name in WORDS_OF_FIGURES:
            table.add_column(_words(name))
        _add_person(table, "submissions", "returned_by_id")
        table.add_column(sa.Column("returned_at", MOMENT, nullable=True))
    with op.batch_alter_table("breaches") as table:
        table.add_column(sa.Column("rule", TEXT, nullable=False, server_default="limit"))
        _add_person(table, "breaches", "seen_by_id")
        table.add_column(sa.Column("seen_at", MOMENT, nullable=True))
        table.add_column(sa.Column("snoozed_until", MOMENT, nullable=True))
    with op.batch_alter_table("people") as table:
        table.add_column(_words("decimal_mark"))
    with op.batch_alter_table("file_links") as table:
        table.alter_column("obstacle_message_id", existing_type=NUMBER, nullable=True)
        table.add_column(sa.Column("submission_id", NUMBER, nullable=True))
        table.create_index("ix_file_links_submission_id", ["submission_id"])
        table.create_foreign_key("fk_file_links_submission_id_submissions", "submissions", ["submission_id"], ["id"])


def downgrade() -> None:
    """Take it all away; evidence goes with its figures' links."""
    op.execute("DELETE FROM file_links WHERE obstacle_message_id IS NULL")
    with op.batch_alter_table("file_links") as table:
        table.drop_constraint("fk_file_links_submission_id_submissions", type_="foreignkey")
        table.drop_index("ix_file_links_submission_id")
        table.drop_column("submission_id")
        table.alter_column("obstacle_message_id", existing_type=NUMBER, nullable=False)
    with op.batch_alter_table("people") as table:
        table.drop_column("decimal_mark")
    _drop("breaches", "seen_by_id", "rule", "seen_at", "snoozed_until")
    _drop("submissions", "returned_by_id", "basis", "returned_at", *WORDS_OF_FIGURES)
    for name in ("meter_readings", "meters", "absences"):
        op.drop_table(name)


def _absences() -> None:
    op.create_table(
        "absences",
        numbered(),
        refers("site_id", "sites.id"),
        *required(TEXT, "metric", "period"),
        *required(WORD, "kind"),
        sa.Column("until", sa.Date(), nullable=True),
        *required(TEXT, "reason"),
        refers("person_id", "people.id", nullable=True),
        *required(MOMENT, "at"),
        *required(WORD, "state"),
        refers("decided_by_id", "people.id", nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        *required(TEXT, "decided_why"),
    )


def _meters() -> None:
    op.create_table(
        "meters",
        numbered(),
        refers("site_id", "sites.id"),
        *required(TEXT, "metric", "unit"),
        *required(QUANTITY, "multiplier"),
        *required(NUMBER, "digits"),
        *required(sa.Boolean(), "active"),
        *required(MOMENT, "at"),
    )
    op.create_table(
        "meter_readings",
        numbered(),
        refers("meter_id", "meters.id"),
        *required(sa.Date(), "day"),
        *required(QUANTITY, "index_value"),
        refers("person_id", "people.id", nullable=True),
        *required(MOMENT, "at"),
    )


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False, server_default="")


def _add_person(table: BatchOperations, of: str, name: str) -> None:
    table.add_column(sa.Column(name, NUMBER, nullable=True))
    table.create_index(f"ix_{of}_{name}", [name])
    table.create_foreign_key(f"fk_{of}_{name}_people", "people", [name], ["id"])


def _drop(of: str, person: str, *names: str) -> None:
    with op.batch_alter_table(of) as table:
        table.drop_constraint(f"fk_{of}_{person}_people", type_="foreignkey")
        table.drop_index(f"ix_{of}_{person}")
        for name in (person, *names):
            table.drop_column(name)
