"""The programme and its people, and what they gave, learned and decided."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, NUMBER, TEXT, WORD, numbered, refers, required

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each after those it refers to."""
    _people()
    _programme()
    _figures()
    _capas()
    _obstacles()
    _files()
    _results()


def downgrade() -> None:
    """Take the tables away, each before those it refers to."""
    _drop("audit", "lesson_results")
    _drop("file_links", "blobs")
    _drop("obstacle_messages", "obstacles")
    _drop("capa_events", "capas")
    _drop("breaches", "submissions")
    _drop("memberships", "sites", "suppliers", "programme")
    _drop("invites", "contacts", "people")


def _drop(*names: str) -> None:
    for name in names:
        op.drop_table(name)


def _people() -> None:
    op.create_table(
        "people",
        numbered(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        *required(TEXT, "name"),
        *required(WORD, "role"),
        *required(TEXT, "language", "home_language", "timezone", "calendar", "channel"),
        *required(sa.Boolean(), "active", "reachable"),
        *required(TEXT, "privacy_version"),
        sa.Column("privacy_at", MOMENT, nullable=True),
        sa.Column("erased_at", MOMENT, nullable=True),
    )
    op.create_table(
        "contacts",
        numbered(),
        refers("person_id", "people.id"),
        *required(TEXT, "channel", "account", "conversation"),
        *required(sa.Boolean(), "blocked"),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.UniqueConstraint("channel", "account"),
    )
    op.create_table(
        "invites",
        numbered(),
        refers("person_id", "people.id"),
        sa.Column("token_hash", TEXT, nullable=False, unique=True),
        refers("made_by_id", "people.id", nullable=True, index=False),
        *required(MOMENT, "made_at", "expires_at"),
        sa.Column("used_at", MOMENT, nullable=True),
    )


def _programme() -> None:
    op.create_table(
        "programme",
        numbered(),
        *required(TEXT, "name"),
        *required(sa.JSON(), "settings"),
        *required(TEXT, "digest"),
        *required(MOMENT, "imported_at"),
        *required(sa.Float(), "clock_offset_s"),
    )
    op.create_table(
        "suppliers",
        numbered(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        *required(TEXT, "name", "spend_band", "tier"),
        *required(sa.Boolean(), "active"),
    )
    op.create_table(
        "sites",
        numbered(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        refers("supplier_id", "suppliers.id"),
        *required(TEXT, "name", "country", "timezone", "weekend", "languages"),
        sa.Column("calendar", TEXT, nullable=False, index=True),
        refers("mentor_id", "people.id", nullable=True),
        *required(sa.Boolean(), "active"),
    )
    op.create_table(
        "memberships",
        numbered(),
        refers("person_id", "people.id"),
        refers("site_id", "sites.id"),
        *required(WORD, "duty"),
        sa.UniqueConstraint("person_id", "site_id", "duty"),
    )


def _figures() -> None:
    op.create_table(
        "submissions",
        numbered(),
        refers("site_id", "sites.id", index=False),
        *required(TEXT, "metric", "period"),
        *required(NUMBER, "version"),
        *required(sa.BigInteger(), "value"),
        *required(TEXT, "unit"),
        *required(sa.BigInteger(), "base_value"),
        *required(TEXT, "base_unit"),
        *required(NUMBER, "metric_version"),
        *required(TEXT, "typed"),
        refers("person_id", "people.id", nullable=True),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.UniqueConstraint("site_id", "metric", "period", "version"),
    )
    op.create_table(
        "breaches",
        numbered(),
        refers("site_id", "sites.id", index=False),
        *required(TEXT, "metric", "period"),
        refers("submission_id", "submissions.id", index=False),
        *required(sa.BigInteger(), "value", "threshold"),
        *required(WORD, "state"),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.UniqueConstraint("site_id", "metric", "period"),
    )


def _capas() -> None:
    op.create_table(
        "capas",
        numbered(),
        refers("site_id", "sites.id"),
        refers("breach_id", "breaches.id", nullable=True),
        *required(TEXT, "finding", "severity"),
        refers("owner_id", "people.id"),
        *required(sa.Date(), "due_on"),
        sa.Column("state", WORD, nullable=False, index=True),
        refers("opened_by_id", "people.id", nullable=True, index=False),
        *required(MOMENT, "opened_at"),
        sa.Column("closed_at", MOMENT, nullable=True),
        *required(NUMBER, "version"),
    )
    op.create_table(
        "capa_events",
        numbered(),
        refers("capa_id", "capas.id"),
        *required(MOMENT, "at"),
        refers("person_id", "people.id", nullable=True, index=False),
        *required(TEXT, "what", "note"),
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


def _files() -> None:
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(64), primary_key=True),
        *required(TEXT, "media_type"),
        *required(NUMBER, "size"),
        *required(sa.LargeBinary(), "data"),
        *required(MOMENT, "at"),
    )
    op.create_table(
        "file_links",
        numbered(),
        sa.Column("sha256", TEXT, sa.ForeignKey("blobs.sha256"), nullable=False, index=True),
        refers("obstacle_message_id", "obstacle_messages.id"),
        refers("person_id", "people.id", nullable=True),
    )


def _results() -> None:
    op.create_table(
        "lesson_results",
        numbered(),
        refers("person_id", "people.id"),
        *required(TEXT, "course"),
        *required(NUMBER, "course_version"),
        *required(TEXT, "lesson"),
        *required(NUMBER, "asked", "right"),
        sa.Column("finished_at", MOMENT, nullable=False, index=True),
        sa.UniqueConstraint("person_id", "course", "lesson", "finished_at"),
    )
    op.create_table(
        "audit",
        numbered(),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("actor_id", NUMBER, nullable=True, index=True),
        *required(TEXT, "what", "object"),
        sa.Column("object_id", NUMBER, nullable=True),
        *required(sa.JSON(), "detail"),
    )
