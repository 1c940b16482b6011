"""Money that changes hands inside a branch: bags dropped during the day, floats handed over, approvals reviewed.

Append-only: what is offered and what is answered are rows of their own.
"""

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
    Table,
    Text,
    TypedColumns,
)

from partnernet.storage.tables.base import cents_in_bounds, metadata, one_of
from partnernet.storage.types import RowId, UtcDateTime


class TillDropColumns(TypedColumns):
    bag_id: Column[int] = Column(RowId, ForeignKey("bag.id"), primary_key=True, autoincrement=False)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    fingerprint: Column[str] = Column(Text, nullable=False)
    agent_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)


till_drop = Table("till_drop", metadata, TillDropColumns, sqlite_strict=True)


class DropReceiptColumns(TypedColumns):
    bag_id: Column[int] = Column(RowId, ForeignKey("till_drop.bag_id"), primary_key=True, autoincrement=False)
    agent_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    received_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    received_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    alone: Column[bool] = Column(Boolean, nullable=False)


drop_receipt = Table(
    "drop_receipt",
    metadata,
    DropReceiptColumns,
    CheckConstraint("received_by_id <> agent_id OR alone", name="by_another"),
    sqlite_strict=True,
)


class HandoverColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    fingerprint: Column[str] = Column(Text, nullable=False)
    from_id: Column[int | None] = Column(RowId, ForeignKey("app_user.id"))
    to_id: Column[int | None] = Column(RowId, ForeignKey("app_user.id"))
    amount_cents: Column[int] = Column(BigInteger, nullable=False)
    offered_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    offered_at: Column[datetime] = Column(UtcDateTime, nullable=False)


# ``from_id`` and ``to_id`` are agents; blank is the branch itself.
handover = Table(
    "handover",
    metadata,
    HandoverColumns,
    cents_in_bounds("amount_cents"),
    CheckConstraint("amount_cents % 5 = 0", name="in_five_cents"),
    CheckConstraint("coalesce(from_id, 0) <> coalesce(to_id, 0)", name="between_two"),
    Index("ix_handover_from", "from_id"),
    Index("ix_handover_to", "to_id"),
    sqlite_strict=True,
)


class HandoverAnswerColumns(TypedColumns):
    handover_id: Column[int] = Column(RowId, ForeignKey("handover.id"), primary_key=True, autoincrement=False)
    outcome: Column[str] = Column(Text, nullable=False)
    offered_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    answered_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    answered_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    alone: Column[bool] = Column(Boolean, nullable=False)
    posting_id: Column[int | None] = Column(RowId, ForeignKey("posting.id"), unique=True)


handover_answer = Table(
    "handover_answer",
    metadata,
    HandoverAnswerColumns,
    one_of("outcome", "accepted", "declined", "withdrawn"),
    CheckConstraint("(outcome = 'accepted') = (posting_id IS NOT NULL)", name="accepted"),
    CheckConstraint("outcome = 'withdrawn' OR answered_by_id <> offered_by_id OR alone", name="by_another"),
    sqlite_strict=True,
)


class ReconciliationReviewColumns(TypedColumns):
    reconciliation_id: Column[int] = Column(
        RowId, ForeignKey("reconciliation_decision.reconciliation_id"), primary_key=True, autoincrement=False
    )
    decided_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    reviewed_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    reviewed_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    note: Column[str] = Column(Text, nullable=False)


reconciliation_review = Table(
    "reconciliation_review",
    metadata,
    ReconciliationReviewColumns,
    CheckConstraint("reviewed_by_id <> decided_by_id", name="by_another"),
    sqlite_strict=True,
)
