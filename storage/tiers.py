"""Proposals of a lighter tier."""

from sqlmodel import Session, col, select

from storage.tables.programme import ProposalState, Supplier, TierProposal


def proposal(session: Session, proposal_id: int) -> TierProposal | None:
    """The proposal of this number, locked for this transaction."""
    return session.exec(select(TierProposal).where(TierProposal.id == proposal_id).with_for_update()).first()


def proposed(session: Session, supplier_id: int, tier: str, since: str) -> bool:
    """Whether a supplier in this tier was proposed already in the clean run that began with the month `since`."""
    query = select(TierProposal.id).where(
        TierProposal.supplier_id == supplier_id, TierProposal.from_tier == tier, TierProposal.since == since
    )
    return session.exec(query).first() is not None


def last_accepted(session: Session, supplier_id: int) -> TierProposal | None:
    """The newest proposal for a supplier that was accepted."""
    query = select(TierProposal).where(
        TierProposal.supplier_id == supplier_id, TierProposal.state == ProposalState.ACCEPTED
    )
    return session.exec(query.order_by(col(TierProposal.id).desc())).first()


def in_tiers(session: Session, tiers: list[str]) -> list[Supplier]:
    """The suppliers of these tiers, in order of name."""
    return list(session.exec(select(Supplier).where(col(Supplier.tier).in_(tiers)).order_by(Supplier.name)))


def undecided(session: Session) -> list[TierProposal]:
    """The proposals that wait for a decision, oldest first."""
    query = select(TierProposal).where(TierProposal.state == ProposalState.OPEN).order_by(col(TierProposal.id))
    return list(session.exec(query))
