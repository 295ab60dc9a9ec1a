"""Where sites stood among others."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, TEXT, numbered, refers, required

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

QUANTITY = sa.BigInteger()


def upgrade() -> None:
    """Make the rounds, what groups are told, and the values of their sites."""
    op.create_table(
        "benchmark_rounds",
        numbered(),
        *required(TEXT, "metric", "period", "unit"),
        *required(MOMENT, "made_at"),
        sa.UniqueConstraint("metric", "period", name="uq_benchmark_rounds_metric_period"),
    )
    op.create_index("ix_benchmark_rounds_made_at", "benchmark_rounds", ["made_at"])
    op.create_table(
        "benchmarks",
        numbered(),
        refers("round_id", "benchmark_rounds.id", index=False),
        *required(TEXT, "country", "tier", "kind"),
        *required(QUANTITY, "lower", "middle", "upper"),
        sa.UniqueConstraint("round_id", "country", "tier", "kind", name="uq_benchmarks_round_id_country_tier_kind"),
    )
    op.create_table(
        "benchmark_members",
        numbered(),
        refers("round_id", "benchmark_rounds.id", index=False),
        refers("benchmark_id", "benchmarks.id", nullable=True),
        refers("site_id", "sites.id"),
        *required(QUANTITY, "value"),
        *required(sa.Boolean(), "estimated"),
        sa.UniqueConstraint("round_id", "site_id", name="uq_benchmark_members_round_id_site_id"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("benchmark_members")
    op.drop_table("benchmarks")
    op.drop_table("benchmark_rounds")
