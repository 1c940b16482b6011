"""Bags, reconciliations and deposits: append-only, a decision is a row of its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)

from partnernet.storage.tables.base import cents_in_bounds, denomination, metadata, one_of
from partnernet.storage.types import RowId, UtcDateTime


class BagColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    number: Column[int] = Column(Integer, nullable=False)
    till_session_id: Column[int] = Column(RowId, ForeignKey("till_session.id"), nullable=False)
    agent_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    sealed_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    cash_cents: Column[int] = Column(BigInteger, nullable=False)


bag = Table(
    "bag",
    metadata,
    BagColumns,
    cents_in_bounds("cash_cents", least=0),
    UniqueConstraint("branch_id", "number"),
    sqlite_strict=True,
)


class BagPieceColumns(TypedColumns):
    bag_id: Column[int] = Column(RowId, ForeignKey("bag.id"), primary_key=True, autoincrement=False)
    denomination_cents: Column[int] = Column(Integer, primary_key=True, autoincrement=False)
    quantity: Column[int] = Column(Integer, nullable=False)


bag_piece = Table(
    "bag_piece",
    metadata,
    BagPieceColumns,
    denomination(),
    CheckConstraint("quantity > 0", name="quantity"),
    sqlite_strict=True,
)


class BagChequeColumns(TypedColumns):
    bag_id: Column[int] = Column(RowId, ForeignKey("bag.id"), primary_key=True, autoincrement=False)
    cheque_id: Column[int] = Column(RowId, ForeignKey("cheque.id"), primary_key=True, autoincrement=False)


bag_cheque = Table(
    "bag_cheque", metadata, BagChequeColumns, Index("ix_bag_cheque_cheque", "cheque_id"), sqlite_strict=True
)


class ReconciliationColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    number: Column[int] = Column(Integer, nullable=False)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    fingerprint: Column[str] = Column(Text, nullable=False)
    till_session_id: Column[int] = Column(RowId, ForeignKey("till_session.id"), nullable=False, unique=True)
    count_id: Column[int] = Column(RowId, ForeignKey("till_count.id"), nullable=False, unique=True)
    bag_id: Column[int] = Column(RowId, ForeignKey("bag.id"), nullable=False, unique=True)
    agent_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    submitted_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    submitted_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    difference_cents: Column[int] = Column(BigInteger, nullable=False)
    reason: Column[str | None] = Column(Text)
    note: Column[str] = Column(Text, nullable=False)


reconciliation = Table(
    "reconciliation",
    metadata,
    ReconciliationColumns,
    CheckConstraint(
        "reason IS NULL OR reason IN ('change_error', 'entry_error', 'counterfeit', 'theft', 'unknown')", name="reason"
    ),
    UniqueConstraint("branch_id", "number"),
    Index("ix_reconciliation_of_agent", "agent_id", "id"),
    sqlite_strict=True,
)


class ReconciliationDecisionColumns(TypedColumns):
    reconciliation_id: Column[int] = Column(
        RowId, ForeignKey("reconciliation.id"), primary_key=True, autoincrement=False
    )
    outcome: Column[str] = Column(Text, nullable=False)
    agent_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    submitted_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    decided_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    decided_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    note: Column[str] = Column(Text, nullable=False)
    alone: Column[bool] = Column(Boolean, nullable=False)


reconciliation_decision = Table(
    "reconciliation_decision",
    metadata,
    ReconciliationDecisionColumns,
    one_of("outcome", "approved", "returned"),
    CheckConstraint("(decided_by_id <> agent_id AND decided_by_id <> submitted_by_id) OR alone", name="by_another"),
    CheckConstraint("outcome = 'approved' OR length(note) > 0", name="return_says_why"),
    sqlite_strict=True,
)


class DepositColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    number: Column[int] = Column(Integer, nullable=False)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    made_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    made_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    account: Column[str] = Column(Text, nullable=False)


deposit = Table("deposit", metadata, DepositColumns, UniqueConstraint("branch_id", "number"), sqlite_strict=True)


class DepositBagColumns(TypedColumns):
    bag_id: Column[int] = Column(RowId, ForeignKey("bag.id"), primary_key=True, autoincrement=False)
    deposit_id: Column[int] = Column(RowId, ForeignKey("deposit.id"), nullable=False, index=True)


# A bag is on one slip only, for ever: the primary key says so.
deposit_bag = Table("deposit_bag", metadata, DepositBagColumns, sqlite_strict=True)


class DepositReferenceColumns(TypedColumns):
    deposit_id: Column[int] = Column(RowId, ForeignKey("deposit.id"), primary_key=True, autoincrement=False)
    posting_id: Column[int] = Column(RowId, ForeignKey("posting.id"), nullable=False, unique=True)
    bank_reference: Column[str] = Column(Text, nullable=False)
    settled_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    settled_at: Column[datetime] = Column(UtcDateTime, nullable=False)


deposit_reference = Table(
    "deposit_reference",
    metadata,
    DepositReferenceColumns,
    CheckConstraint("length(bank_reference) BETWEEN 3 AND 40", name="bank_reference"),
    sqlite_strict=True,
)
