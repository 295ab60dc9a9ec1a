"""Every table of the store, so that migrations, backups and erasure can miss none."""

from sqlalchemy import Table

from storage.tables import (
    audit,
    base,
    benchmarks,
    capas,
    committee,
    definitions,
    documents,
    figures,
    files,
    meters,
    people,
    planning,
    programme,
    queues,
    talks,
    tickets,
    time_off,
    tips,
    training,
    urgent,
    workshops,
)

MODULES = (
    audit,
    benchmarks,
    capas,
    committee,
    definitions,
    documents,
    figures,
    files,
    meters,
    people,
    planning,
    programme,
    queues,
    talks,
    time_off,
    tickets,
    tips,
    training,
    urgent,
    workshops,
)
metadata = base.metadata


def tables() -> list[Table]:
    """All tables, each after those it refers to."""
    return list(metadata.sorted_tables)
