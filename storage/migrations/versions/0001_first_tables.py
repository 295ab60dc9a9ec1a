"""The first tables.

Revision 0001, after nothing.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.String()
WORD = sa.String(32)
NUMBER = sa.Integer()
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table, each after those it refers to."""
    _people()
    _programme()
    _figures()
    _capas()
    _obstacles()
    _files()
    _results()
    _talks()
    _queues()
    _planning()


def downgrade() -> None:
    """Take every table away, each before those it refers to."""
    _drop("due_notes", "calendar")
    _drop("work", "outbox")
    _drop("deliveries", "dialogs")
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


def _id() -> sa.Column[int]:
    return sa.Column("id", NUMBER, primary_key=True)


def _all(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _ref(name: str, target: str, **options: bool) -> sa.Column[Any]:
    kind = TEXT if target == "blobs.sha256" else NUMBER
    return sa.Column(name, kind, sa.ForeignKey(target), **options)


def _people() -> None:
    op.create_table(
        "people",
        _id(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("role", WORD, nullable=False),
        *_all(TEXT, "language", "home_language", "timezone", "calendar", "channel"),
        *_all(sa.Boolean(), "active", "reachable"),
        sa.Column("privacy_version", TEXT, nullable=False),
        sa.Column("privacy_at", MOMENT, nullable=True),
        sa.Column("erased_at", MOMENT, nullable=True),
    )
    op.create_table(
        "contacts",
        _id(),
        _ref("person_id", "people.id", nullable=False, index=True),
        *_all(TEXT, "channel", "account", "conversation"),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.UniqueConstraint("channel", "account"),
    )
    op.create_table(
        "invites",
        _id(),
        _ref("person_id", "people.id", nullable=False, index=True),
        sa.Column("token_hash", TEXT, nullable=False, unique=True),
        _ref("made_by_id", "people.id", nullable=True),
        *_all(MOMENT, "made_at", "expires_at"),
        sa.Column("used_at", MOMENT, nullable=True),
    )


def _programme() -> None:
    op.create_table(
        "programme",
        _id(),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("clock_offset_s", sa.Float(), nullable=False),
    )
    op.create_table(
        "suppliers",
        _id(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        *_all(TEXT, "name", "spend_band", "tier"),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "sites",
        _id(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        _ref("supplier_id", "suppliers.id", nullable=False, index=True),
        *_all(TEXT, "name", "country", "timezone", "weekend", "languages"),
        sa.Column("calendar", TEXT, nullable=False, index=True),
        _ref("mentor_id", "people.id", nullable=True, index=True),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "memberships",
        _id(),
        _ref("person_id", "people.id", nullable=False, index=True),
        _ref("site_id", "sites.id", nullable=False, index=True),
        sa.Column("duty", WORD, nullable=False),
        sa.UniqueConstraint("person_id", "site_id", "duty"),
    )


def _figures() -> None:
    op.create_table(
        "submissions",
        _id(),
        _ref("site_id", "sites.id", nullable=False),
        *_all(TEXT, "metric", "period"),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("base_value", sa.BigInteger(), nullable=False),
        sa.Column("base_unit", TEXT, nullable=False),
        sa.Column("metric_version", NUMBER, nullable=False),
        sa.Column("typed", TEXT, nullable=False),
        _ref("person_id", "people.id", nullable=True, index=True),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.UniqueConstraint("site_id", "metric", "period", "version"),
    )
    op.create_table(
        "breaches",
        _id(),
        _ref("site_id", "sites.id", nullable=False),
        *_all(TEXT, "metric", "period"),
        _ref("submission_id", "submissions.id", nullable=False),
        *_all(sa.BigInteger(), "value", "threshold"),
        sa.Column("state", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.UniqueConstraint("site_id", "metric", "period"),
    )


def _capas() -> None:
    op.create_table(
        "capas",
        _id(),
        _ref("site_id", "sites.id", nullable=False, index=True),
        _ref("breach_id", "breaches.id", nullable=True, index=True),
        *_all(TEXT, "finding", "severity"),
        _ref("owner_id", "people.id", nullable=False, index=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", WORD, nullable=False, index=True),
        _ref("opened_by_id", "people.id", nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("version", NUMBER, nullable=False),
    )
    op.create_table(
        "capa_events",
        _id(),
        _ref("capa_id", "capas.id", nullable=False, index=True),
        sa.Column("at", MOMENT, nullable=False),
        _ref("person_id", "people.id", nullable=True),
        *_all(TEXT, "what", "note"),
    )


def _obstacles() -> None:
    op.create_table(
        "obstacles",
        _id(),
        _ref("site_id", "sites.id", nullable=False, index=True),
        _ref("person_id", "people.id", nullable=False, index=True),
        *_all(TEXT, "category", "words"),
        sa.Column("state", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "obstacle_messages",
        _id(),
        _ref("obstacle_id", "obstacles.id", nullable=False, index=True),
        _ref("person_id", "people.id", nullable=True, index=True),
        sa.Column("side", WORD, nullable=False),
        *_all(TEXT, "words", "source"),
        sa.Column("at", MOMENT, nullable=False),
    )


def _files() -> None:
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "file_links",
        _id(),
        _ref("sha256", "blobs.sha256", nullable=False, index=True),
        _ref("obstacle_message_id", "obstacle_messages.id", nullable=False, index=True),
        _ref("person_id", "people.id", nullable=True, index=True),
    )


def _results() -> None:
    op.create_table(
        "lesson_results",
        _id(),
        _ref("person_id", "people.id", nullable=False, index=True),
        sa.Column("course", TEXT, nullable=False),
        sa.Column("course_version", NUMBER, nullable=False),
        sa.Column("lesson", TEXT, nullable=False),
        *_all(NUMBER, "asked", "right"),
        sa.Column("finished_at", MOMENT, nullable=False, index=True),
        sa.UniqueConstraint("person_id", "course", "lesson", "finished_at"),
    )
    op.create_table(
        "audit",
        _id(),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("actor_id", NUMBER, nullable=True, index=True),
        *_all(TEXT, "what", "object"),
        sa.Column("object_id", NUMBER, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
    )


def _talks() -> None:
    op.create_table(
        "dialogs",
        _id(),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("argument", sa.JSON(), nullable=False),
        *_all(TEXT, "channel", "conversation", "thread"),
        _ref("person_id", "people.id", nullable=False, index=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False, index=True),
        sa.Column("modal", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        *_all(TEXT, "asked_key", "asked_revision", "asked_in"),
    )
    op.create_index("ix_dialogs_place", "dialogs", ["channel", "conversation", "thread", "person_id", "state"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("state", WORD, nullable=False, index=True),
        sa.Column("answer", sa.JSON(), nullable=False),
        *_all(TEXT, "channel", "account"),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("error", TEXT, nullable=False),
    )


def _queues() -> None:
    op.create_table(
        "outbox",
        _id(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        sa.Column("lane", NUMBER, nullable=False),
        *_all(TEXT, "channel", "conversation", "thread"),
        _ref("person_id", "people.id", nullable=True, index=True),
        _ref("about_id", "people.id", nullable=True, index=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        *_all(MOMENT, "ready_at", "made_at"),
        sa.Column("sent_at", MOMENT, nullable=True),
        *_all(NUMBER, "attempts", "repeats"),
        *_all(TEXT, "ref", "error"),
    )
    op.create_index("ix_outbox_place", "outbox", ["channel", "conversation", "thread", "state"])
    op.create_index("ix_outbox_ready", "outbox", ["state", "lane", "ready_at"])
    op.create_index("ix_outbox_ref", "outbox", ["channel", "conversation", "ref"])
    op.create_table(
        "work",
        _id(),
        sa.Column("key", TEXT, nullable=False, unique=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("argument", sa.JSON(), nullable=False),
        _ref("person_id", "people.id", nullable=True, index=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("ready_at", MOMENT, nullable=False),
        sa.Column("attempts", NUMBER, nullable=False),
        sa.Column("error", TEXT, nullable=False),
    )
    op.create_index("ix_work_ready", "work", ["state", "ready_at"])


def _planning() -> None:
    op.create_table(
        "calendar",
        sa.Column("calendar", TEXT, primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("ordinal", NUMBER, nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("working_number", NUMBER, nullable=False),
        *_all(MOMENT, "opens_at", "closes_at"),
    )
    op.create_table(
        "due_notes",
        _id(),
        _ref("person_id", "people.id", nullable=False, index=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("object_id", NUMBER, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False, index=True),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("state", WORD, nullable=False, index=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.UniqueConstraint("person_id", "kind", "object_id", "step", "day"),
    )
