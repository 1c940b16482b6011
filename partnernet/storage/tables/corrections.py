"""Corrections of payments: one entered again in place of another, errors that agents report, accounts kept to cash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Identity, Index, Table, Text, TypedColumns

from partnernet.storage.tables.base import metadata, one_of
from partnernet.storage.types import RowId, UtcDateTime


class ReentryColumns(TypedColumns):
    posting_id: Column[int] = Column(RowId, ForeignKey("payment.posting_id"), primary_key=True, autoincrement=False)
    corrects_id: Column[int] = Column(RowId, ForeignKey("payment.posting_id"), nullable=False, unique=True)
    taken_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)


# A payment that stands in place of a reversed one, whose money was kept. Written by ``storage/ledger.py`` alone;
# ``taken_by_id`` is the agent who took the money, the posting's agent the supervisor who corrected.
reentry = Table(
    "reentry",
    metadata,
    ReentryColumns,
    CheckConstraint("posting_id <> corrects_id", name="another"),
    sqlite_strict=True,
)


class ErrorReportColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    posting_id: Column[int] = Column(RowId, ForeignKey("payment.posting_id"), nullable=False)
    reason: Column[str] = Column(Text, nullable=False)
    note: Column[str] = Column(Text, nullable=False)
    reported_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    reported_at: Column[datetime] = Column(UtcDateTime, nullable=False)


# « Signaler une erreur »: an agent's word on a payment of their own, for the supervisor to settle.
error_report = Table(
    "error_report",
    metadata,
    ErrorReportColumns,
    one_of("reason", "wrong_customer", "wrong_amount", "wrong_tender", "duplicate", "other"),
    CheckConstraint("length(note) <= 500", name="note"),
    CheckConstraint("reason <> 'other' OR length(note) > 0", name="other_says_what"),
    Index("ix_error_report_of_branch", "branch_id", "id"),
    Index("ix_error_report_of_payment", "posting_id"),
    sqlite_strict=True,
)


class ErrorReportAnswerColumns(TypedColumns):
    report_id: Column[int] = Column(RowId, ForeignKey("error_report.id"), primary_key=True, autoincrement=False)
    outcome: Column[str] = Column(Text, nullable=False)
    answered_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    answered_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    note: Column[str] = Column(Text, nullable=False)


error_report_answer = Table(
    "error_report_answer",
    metadata,
    ErrorReportAnswerColumns,
    one_of("outcome", "reversed", "dismissed"),
    CheckConstraint("outcome = 'reversed' OR length(note) > 0", name="dismissal_says_why"),
    sqlite_strict=True,
)


class CashOnlyMarkColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    customer_id: Column[int] = Column(RowId, ForeignKey("customer.id"), nullable=False)
    cash_only: Column[bool] = Column(Boolean, nullable=False)
    reversal_id: Column[int | None] = Column(RowId, ForeignKey("reversal.posting_id"))
    marked_by_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    marked_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    note: Column[str] = Column(Text, nullable=False)


# « Comptant seulement » after a returned cheque, and its lifting: an account's last mark is in force, beside whatever
# the principal's terms say. No import touches it.
cash_only_mark = Table(
    "cash_only_mark",
    metadata,
    CashOnlyMarkColumns,
    CheckConstraint("cash_only OR length(note) > 0", name="lifting_says_why"),
    Index("ix_cash_only_mark_of_customer", "customer_id", "id"),
    sqlite_strict=True,
)
