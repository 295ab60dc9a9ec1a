"""Suppliers as they are looked up."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from storage.tables.programme import Site, Supplier


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Supplier]:
    """The suppliers of these ids, by id."""
    return {row.id: row for row in session.exec(select(Supplier).where(col(Supplier.id).in_(ids)))}


def sites(session: Session, supplier_id: int) -> list[Site]:
    """The active sites of a supplier, in order of name."""
    query = select(Site).where(Site.supplier_id == supplier_id, col(Site.active)).order_by(Site.name)
    return list(session.exec(query))
