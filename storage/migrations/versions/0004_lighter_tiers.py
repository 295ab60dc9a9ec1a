"""Proposals of lighter tiers, and the tier that was decided on in chat."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, TEXT, WORD, numbered, refers, required

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column; nothing has been decided in chat so far."""
    op.create_table(
        "tier_proposals",
        numbered(),
        refers("supplier_id", "suppliers.id", index=False),
        *required(TEXT, "from_tier", "to_tier", "since", "until"),
        *required(WORD, "state"),
        *required(MOMENT, "at"),
        refers("decided_by_id", "people.id", nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        *required(TEXT, "why"),
        sa.UniqueConstraint("supplier_id", "from_tier", "since"),
    )
    with op.batch_alter_table("suppliers") as table:
        table.add_column(sa.Column("chosen_tier", TEXT, nullable=False, server_default=""))


def downgrade() -> None:
    """Take both away; the tier that holds stays."""
    with op.batch_alter_table("suppliers") as table:
        table.drop_column("chosen_tier")
    op.drop_table("tier_proposals")
