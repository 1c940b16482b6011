"""The till sessions, the ledger and what hangs on its postings. Written by ``storage/ledger.py`` alone."""

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

from partnernet.storage.tables.base import cents_in_bounds, metadata, one_of
from partnernet.storage.types import RowId, UtcDateTime


class TillSessionColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    agent_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    opened_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    closed_at: Column[datetime | None] = Column(UtcDateTime)


till_session = Table(
    "till_session",
    metadata,
    TillSessionColumns,
    Index(
        "uq_till_session_open",
        "agent_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    sqlite_strict=True,
)

_KINDS = (
    "payment", "reversal", "float", "voucher", "replenishment", "difference", "seal", "custody", "deposit",
    "returned_cheque", "transfer",
)  # fmt: skip


class PostingColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    sequence: Column[int] = Column(BigInteger, nullable=False)
    kind: Column[str] = Column(Text, nullable=False)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    fingerprint: Column[str] = Column(Text, nullable=False)
    posted_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    business_date: Column[date] = Column(Date, nullable=False)
    agent_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)
    reverses_id: Column[int | None] = Column(RowId, ForeignKey("posting.id"), unique=True)
    previous_hash: Column[str] = Column(Text, nullable=False)
    hash: Column[str] = Column(Text, nullable=False)


# One link of the branch's hash chain: header here, lines, payment and allocations below (``ledger.py``).
posting = Table(
    "posting",
    metadata,
    PostingColumns,
    one_of("kind", *_KINDS),
    CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reverses"),
    CheckConstraint("length(key) BETWEEN 16 AND 64", name="key"),
    CheckConstraint("sequence >= 1", name="sequence"),
    UniqueConstraint("branch_id", "sequence"),
    Index("ix_posting_of_day", "branch_id", "business_date"),
    sqlite_strict=True,
)


class LedgerLineColumns(TypedColumns):
    posting_id: Column[int] = Column(RowId, ForeignKey("posting.id"), primary_key=True, autoincrement=False)
    position: Column[int] = Column(Integer, primary_key=True, autoincrement=False)
    account: Column[str] = Column(Text, nullable=False)
    debit_cents: Column[int] = Column(BigInteger, nullable=False)
    credit_cents: Column[int] = Column(BigInteger, nullable=False)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    holder_id: Column[int | None] = Column(RowId, ForeignKey("app_user.id"))
    till_session_id: Column[int | None] = Column(RowId, ForeignKey("till_session.id"))
    customer_id: Column[int | None] = Column(RowId, ForeignKey("customer.id"))


_ACCOUNTS = (
    "drawer", "cheques", "bag", "owed", "rounding", "remitted", "branch_funds", "petty_expense", "over_short",
)  # fmt: skip

ledger_line = Table(
    "ledger_line",
    metadata,
    LedgerLineColumns,
    one_of("account", *_ACCOUNTS),
    cents_in_bounds("debit_cents", least=0),
    cents_in_bounds("credit_cents", least=0),
    CheckConstraint("(debit_cents = 0) <> (credit_cents = 0)", name="one_side"),
    CheckConstraint("account NOT IN ('drawer', 'cheques') OR till_session_id IS NOT NULL", name="till"),
    Index(
        "ix_ledger_line_of_customer",
        "customer_id",
        "posting_id",
        "debit_cents",
        "credit_cents",
        sqlite_where=text("account = 'owed'"),
        postgresql_where=text("account = 'owed'"),
    ),
    Index("ix_ledger_line_of_holder", "holder_id", "account", "debit_cents", "credit_cents"),
    Index("ix_ledger_line_of_branch", "branch_id", "account", "holder_id"),
    sqlite_strict=True,
)


class ChequeColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    number: Column[str] = Column(Text, nullable=False)
    transit: Column[str] = Column(Text, nullable=False)
    institution: Column[str] = Column(Text, nullable=False)
    account: Column[str] = Column(Text, nullable=False)
    dated: Column[date] = Column(Date, nullable=False)
    drawer: Column[str] = Column(Text, nullable=False)
    face_amount_cents: Column[int] = Column(BigInteger, nullable=False)


# A sheet of paper: several payments may share it, its face amount is entered once.
cheque = Table(
    "cheque",
    metadata,
    ChequeColumns,
    CheckConstraint("length(number) BETWEEN 1 AND 12", name="number"),
    CheckConstraint("length(transit) = 5", name="transit"),
    CheckConstraint("length(institution) = 3", name="institution"),
    CheckConstraint("length(account) BETWEEN 7 AND 12", name="account"),
    CheckConstraint("length(drawer) BETWEEN 1 AND 200", name="drawer"),
    cents_in_bounds("face_amount_cents"),
    Index("ix_cheque_on_record", "institution", "transit", "account", "number"),
    sqlite_strict=True,
)


class PaymentColumns(TypedColumns):
    posting_id: Column[int] = Column(RowId, ForeignKey("posting.id"), primary_key=True, autoincrement=False)
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), nullable=False)
    receipt_number: Column[int] = Column(BigInteger, nullable=False)
    customer_id: Column[int] = Column(RowId, ForeignKey("customer.id"), nullable=False)
    tender: Column[str] = Column(Text, nullable=False)
    choice: Column[str] = Column(Text, nullable=False)
    amount_cents: Column[int] = Column(BigInteger, nullable=False)
    received_cents: Column[int] = Column(BigInteger, nullable=False)
    handed_cents: Column[int | None] = Column(BigInteger)
    cheque_id: Column[int | None] = Column(RowId, ForeignKey("cheque.id"))
    unallocated_cents: Column[int] = Column(BigInteger, nullable=False)
    total_due_before_cents: Column[int] = Column(BigInteger, nullable=False)
    past_due_after_cents: Column[int] = Column(BigInteger, nullable=False)
    post_dated: Column[bool] = Column(Boolean, nullable=False)
    snapshot_id: Column[int | None] = Column(RowId, ForeignKey("snapshot.id"))
    customer_printed: Column[str] = Column(Text, nullable=False)
    confirmed: Column[str] = Column(Text, nullable=False)


# What the receipt printed stays: ``customer_printed`` is JSON of name, address and phone on that day; ``confirmed`` is
# JSON of the concerns that the agent confirmed.
payment = Table(
    "payment",
    metadata,
    PaymentColumns,
    one_of("tender", "cheque", "cash"),
    one_of("choice", "past_due", "total_due", "other"),
    cents_in_bounds("amount_cents"),
    cents_in_bounds("received_cents"),
    cents_in_bounds("handed_cents", nullable=True),
    CheckConstraint("unallocated_cents BETWEEN 0 AND amount_cents", name="unallocated_cents"),
    CheckConstraint("(tender = 'cheque') = (cheque_id IS NOT NULL)", name="cheque_details"),
    CheckConstraint("tender = 'cash' OR handed_cents IS NULL", name="handed_in_cash"),
    CheckConstraint("handed_cents IS NULL OR handed_cents >= received_cents", name="handed_enough"),
    CheckConstraint("tender = 'cash' OR received_cents = amount_cents", name="cheque_is_exact"),
    CheckConstraint("tender = 'cheque' OR received_cents % 5 = 0", name="cash_in_five_cents"),
    CheckConstraint("received_cents - amount_cents BETWEEN -2 AND 2", name="rounding"),
    CheckConstraint("NOT post_dated OR tender = 'cheque'", name="post_dated"),
    CheckConstraint("post_dated IN (0, 1)", name="post_dated_or_not").ddl_if(dialect="sqlite"),
    CheckConstraint("past_due_after_cents >= 0", name="past_due_after_cents"),
    CheckConstraint("receipt_number >= 1", name="receipt_number"),
    UniqueConstraint("branch_id", "receipt_number"),
    Index("ix_payment_of_customer", "customer_id", "amount_cents"),
    Index("ix_payment_cheque", "cheque_id"),
    sqlite_strict=True,
)


class AllocationColumns(TypedColumns):
    posting_id: Column[int] = Column(RowId, ForeignKey("payment.posting_id"), primary_key=True, autoincrement=False)
    position: Column[int] = Column(Integer, primary_key=True, autoincrement=False)
    document_number: Column[str] = Column(Text, nullable=False)
    kind: Column[str] = Column(Text, nullable=False)
    due_date: Column[date] = Column(Date, nullable=False)
    amount_cents: Column[int] = Column(BigInteger, nullable=False)


allocation = Table(
    "allocation",
    metadata,
    AllocationColumns,
    one_of("kind", "invoice"),
    cents_in_bounds("amount_cents"),
    sqlite_strict=True,
)


class ReversalColumns(TypedColumns):
    posting_id: Column[int] = Column(RowId, ForeignKey("posting.id"), primary_key=True, autoincrement=False)
    reason: Column[str] = Column(Text, nullable=False)
    where_is_the_money: Column[str] = Column(Text, nullable=False)
    note: Column[str] = Column(Text, nullable=False)


reversal = Table(
    "reversal",
    metadata,
    ReversalColumns,
    one_of("reason", "wrong_customer", "wrong_amount", "wrong_tender", "duplicate", "returned_cheque"),
    one_of("where_is_the_money", "handed_back", "never_received", "returned_by_bank", "kept"),
    CheckConstraint("length(note) BETWEEN 1 AND 500", name="note"),
    sqlite_strict=True,
)


class ReceiptCopyColumns(TypedColumns):
    posting_id: Column[int] = Column(RowId, ForeignKey("payment.posting_id"), primary_key=True, autoincrement=False)
    copy_number: Column[int] = Column(Integer, primary_key=True, autoincrement=False)
    printed_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    user_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)


receipt_copy = Table(
    "receipt_copy",
    metadata,
    ReceiptCopyColumns,
    CheckConstraint("copy_number >= 1", name="copy_number"),
    sqlite_strict=True,
)
