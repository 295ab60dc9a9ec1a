"""The versions of metrics that are known, and deaths that were told."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, NUMBER, TEXT, numbered, refers, required

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table("known_metrics", numbered(), *required(TEXT, "metric"), *required(NUMBER, "version"))
    with op.batch_alter_table("known_metrics") as table:
        table.create_unique_constraint("uq_known_metrics_metric", ["metric"])
    op.create_table(
        "urgent_reports",
        numbered(),
        refers("site_id", "sites.id"),
        *required(TEXT, "metric", "period"),
        refers("person_id", "people.id", nullable=True),
        *required(MOMENT, "at"),
        refers("spoken_by_id", "people.id", nullable=True),
        sa.Column("spoken_at", MOMENT, nullable=True),
    )
    op.create_index("ix_urgent_reports_at", "urgent_reports", ["at"])


def downgrade() -> None:
    """Take both away."""
    op.drop_table("urgent_reports")
    op.drop_table("known_metrics")
