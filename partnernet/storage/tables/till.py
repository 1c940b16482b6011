"""What the tills keep beside the ledger: settings, vouchers, replenishments and counts.

A count's draft changes until it is frozen; everything else is append-only.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
    text,
)

from partnernet.storage.tables.base import cents_in_bounds, denomination, metadata, one_of
from partnernet.storage.types import RowId, UtcDateTime


class BranchSettingColumns(TypedColumns):
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), primary_key=True, autoincrement=False)
    voucher_limit_cents: Column[int] = Column(BigInteger, nullable=False)
    fund_limit_cents: Column[int] = Column(BigInteger, nullable=False)
    tolerance_cents: Column[int] = Column(BigInteger, nullable=False)
    cash_limit_cents: Column[int | None] = Column(BigInteger)
    deposit_account: Column[str] = Column(Text, nullable=False)
    one_person: Column[bool] = Column(Boolean, nullable=False)


# A branch without a row has the defaults of ``domain/branch_settings.py``; the authorised float stands in ``branch``.
branch_setting = Table(
    "branch_setting",
    metadata,
    BranchSettingColumns,
    cents_in_bounds("voucher_limit_cents", least=0),
    cents_in_bounds("fund_limit_cents", least=0),
    cents_in_bounds("tolerance_cents", least=0),
    cents_in_bounds("cash_limit_cents", nullable=True),
    sqlite_strict=True,
)


class VoucherColumns(TypedColumns):
    posting_id: Column[int] = Column(RowId, ForeignKey("posting.id"), primary_key=True, autoincrement=False)
    spent_on: Column[date] = Column(Date, nullable=False)
    payee: Column[str] = Column(Text, nullable=False)
    purpose: Column[str] = Column(Text, nullable=False)
    category: Column[str] = Column(Text, nullable=False)
    amount_cents: Column[int] = Column(BigInteger, nullable=False)
    receipt_kept: Column[bool] = Column(Boolean, nullable=False)


voucher = Table(
    "voucher",
    metadata,
    VoucherColumns,
    one_of("category", "office", "postage", "travel", "cleaning", "repairs", "meals", "other"),
    cents_in_bounds("amount_cents"),
    CheckConstraint("amount_cents % 5 = 0", name="in_five_cents"),
    CheckConstraint("length(payee) BETWEEN 1 AND 100", name="payee"),
    CheckConstraint("length(purpose) BETWEEN 1 AND 200", name="purpose"),
    sqlite_strict=True,
)


class ReplenishmentRequestColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    agent_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    amount_cents: Column[int] = Column(BigInteger, nullable=False)
    asked_at: Column[datetime] = Column(UtcDateTime, nullable=False)


replenishment_request = Table(
    "replenishment_request",
    metadata,
    ReplenishmentRequestColumns,
    cents_in_bounds("amount_cents"),
    Index("ix_replenishment_request_of_agent", "agent_id"),
    sqlite_strict=True,
)


class ReplenishmentAnswerColumns(TypedColumns):
    request_id: Column[int] = Column(
        RowId, ForeignKey("replenishment_request.id"), primary_key=True, autoincrement=False
    )
    outcome: Column[str] = Column(Text, nullable=False)
    asked_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    answered_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    answered_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    note: Column[str] = Column(Text, nullable=False)
    alone: Column[bool] = Column(Boolean, nullable=False)
    posting_id: Column[int | None] = Column(RowId, ForeignKey("posting.id"), unique=True)


replenishment_answer = Table(
    "replenishment_answer",
    metadata,
    ReplenishmentAnswerColumns,
    one_of("outcome", "granted", "refused", "withdrawn"),
    CheckConstraint("(outcome = 'granted') = (posting_id IS NOT NULL)", name="granted"),
    CheckConstraint("(outcome = 'refused') = (note <> '') AND length(note) <= 500", name="note"),
    CheckConstraint(
        "(outcome = 'withdrawn') = (answered_by_id = asked_by_id) OR (outcome = 'granted' AND alone)", name="by_whom"
    ),
    sqlite_strict=True,
)


class TillCountColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    till_session_id: Column[int] = Column(RowId, ForeignKey("till_session.id"), nullable=False)
    number: Column[int] = Column(Integer, nullable=False)
    blind: Column[bool] = Column(Boolean, nullable=False)
    counted_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    witness_id: Column[int | None] = Column(RowId, ForeignKey("app_user.id"))
    started_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    draft: Column[str] = Column(Text, nullable=False)
    frozen_at: Column[datetime | None] = Column(UtcDateTime)
    counted_cents: Column[int | None] = Column(BigInteger)
    expected_cents: Column[int | None] = Column(BigInteger)


# ``draft`` is JSON of what was typed, exactly, and of the posting after which the count began; a frozen count has its
# pieces and ticked cheques in the tables below.
till_count = Table(
    "till_count",
    metadata,
    TillCountColumns,
    CheckConstraint(
        "(frozen_at IS NULL) = (counted_cents IS NULL) AND (frozen_at IS NULL) = (expected_cents IS NULL)",
        name="frozen",
    ),
    CheckConstraint("witness_id IS NULL OR witness_id <> counted_by_id", name="witness"),
    cents_in_bounds("counted_cents", least=0, nullable=True),
    UniqueConstraint("till_session_id", "number"),
    Index(
        "uq_till_count_open",
        "till_session_id",
        unique=True,
        sqlite_where=text("frozen_at IS NULL"),
        postgresql_where=text("frozen_at IS NULL"),
    ),
    sqlite_strict=True,
)


class TillCountPieceColumns(TypedColumns):
    count_id: Column[int] = Column(RowId, ForeignKey("till_count.id"), primary_key=True, autoincrement=False)
    denomination_cents: Column[int] = Column(Integer, primary_key=True, autoincrement=False)
    quantity: Column[int] = Column(Integer, nullable=False)


till_count_piece = Table(
    "till_count_piece",
    metadata,
    TillCountPieceColumns,
    denomination(),
    CheckConstraint("quantity > 0", name="quantity"),
    sqlite_strict=True,
)


class TillCountChequeColumns(TypedColumns):
    count_id: Column[int] = Column(RowId, ForeignKey("till_count.id"), primary_key=True, autoincrement=False)
    cheque_id: Column[int] = Column(RowId, ForeignKey("cheque.id"), primary_key=True, autoincrement=False)


till_count_cheque = Table("till_count_cheque", metadata, TillCountChequeColumns, sqlite_strict=True)
