"""What is exchanged with the principal's books: batches that went out, files that came in, what a snapshot changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
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
)

from partnernet.storage.tables.base import cents_in_bounds, metadata, one_of
from partnernet.storage.types import RowId, UtcDateTime


class ExportBatchColumns(TypedColumns):
    number: Column[int] = Column(BigInteger, primary_key=True, autoincrement=False)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    cut_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    cut_by: Column[str] = Column(Text, nullable=False)
    payment_count: Column[int] = Column(BigInteger, nullable=False)
    reversal_count: Column[int] = Column(BigInteger, nullable=False)
    payments_cents: Column[int] = Column(BigInteger, nullable=False)
    reversals_cents: Column[int] = Column(BigInteger, nullable=False)
    anchors: Column[str] = Column(Text, nullable=False)


# Batches of all branches together, numbered 1, 2, 3… without a gap. ``anchors`` is JSON of each branch's chain head at
# that moment: [code, sequence, hash].
export_batch = Table(
    "export_batch",
    metadata,
    ExportBatchColumns,
    CheckConstraint("number >= 1", name="number"),
    CheckConstraint("payment_count >= 0 AND reversal_count >= 0", name="counts"),
    CheckConstraint("payment_count + reversal_count >= 1", name="not_empty"),
    CheckConstraint("payments_cents >= 0 AND reversals_cents >= 0", name="totals"),
    sqlite_strict=True,
)


class ExportLineColumns(TypedColumns):
    posting_id: Column[int] = Column(RowId, ForeignKey("posting.id"), primary_key=True, autoincrement=False)
    batch_number: Column[int] = Column(BigInteger, ForeignKey("export_batch.number"), nullable=False)
    position: Column[int] = Column(Integer, nullable=False)


# A payment or a reversal goes out once, for ever: the primary key says so.
export_line = Table(
    "export_line",
    metadata,
    ExportLineColumns,
    CheckConstraint("position >= 1", name="position"),
    UniqueConstraint("batch_number", "position"),
    sqlite_strict=True,
)


class ExportFileColumns(TypedColumns):
    batch_number: Column[int] = Column(
        BigInteger, ForeignKey("export_batch.number"), primary_key=True, autoincrement=False
    )
    kind: Column[str] = Column(Text, primary_key=True)
    content: Column[str] = Column(Text, nullable=False)
    sha256: Column[str] = Column(Text, nullable=False)


# The files themselves: a batch is produced again byte for byte, whatever has changed since.
export_file = Table(
    "export_file",
    metadata,
    ExportFileColumns,
    one_of("kind", "payments", "deposits"),
    CheckConstraint("length(sha256) = 64", name="sha256"),
    sqlite_strict=True,
)


class ExportDepositColumns(TypedColumns):
    deposit_id: Column[int] = Column(RowId, ForeignKey("deposit.id"), primary_key=True, autoincrement=False)
    batch_number: Column[int] = Column(BigInteger, ForeignKey("export_batch.number"), nullable=False, index=True)


# In which batch a deposit that the bank has went out: once.
export_deposit = Table("export_deposit", metadata, ExportDepositColumns, sqlite_strict=True)


class FileImportColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    key: Column[str] = Column(Text, nullable=False, unique=True)
    kind: Column[str] = Column(Text, nullable=False)
    file_name: Column[str] = Column(Text, nullable=False)
    file_hash: Column[str] = Column(Text, nullable=False)
    imported_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    imported_by: Column[str] = Column(Text, nullable=False)
    row_count: Column[int] = Column(BigInteger, nullable=False)
    fault_count: Column[int] = Column(BigInteger, nullable=False)
    caution_count: Column[int] = Column(BigInteger, nullable=False)
    snapshot_id: Column[int | None] = Column(RowId, ForeignKey("snapshot.id"), unique=True)


# Every file that was imported; one of open items made a snapshot.
file_import = Table(
    "file_import",
    metadata,
    FileImportColumns,
    one_of("kind", "customers", "open_items"),
    CheckConstraint("(kind = 'open_items') = (snapshot_id IS NOT NULL)", name="snapshot"),
    CheckConstraint("row_count >= 0 AND fault_count >= 0 AND caution_count >= 0", name="counts"),
    sqlite_strict=True,
)


class SnapshotExceptionColumns(TypedColumns):
    snapshot_id: Column[int] = Column(RowId, ForeignKey("snapshot.id"), primary_key=True, autoincrement=False)
    posting_id: Column[int] = Column(RowId, ForeignKey("posting.id"), primary_key=True, autoincrement=False)


# Payments and reversals of the batches that a snapshot includes, but which the principal's books refused.
snapshot_exception = Table("snapshot_exception", metadata, SnapshotExceptionColumns, sqlite_strict=True)


class SnapshotChangeColumns(TypedColumns):
    snapshot_id: Column[int] = Column(RowId, ForeignKey("snapshot.id"), primary_key=True, autoincrement=False)
    customer_id: Column[int] = Column(RowId, ForeignKey("customer.id"), primary_key=True, autoincrement=False)
    side: Column[str] = Column(Text, primary_key=True)
    kind: Column[str] = Column(Text, primary_key=True)
    document_number: Column[str] = Column(Text, primary_key=True)
    document_date: Column[date] = Column(Date, nullable=False)
    due_date: Column[date] = Column(Date, nullable=False)
    amount_cents: Column[int] = Column(BigInteger, nullable=False)
    open_amount_cents: Column[int] = Column(BigInteger, nullable=False)


# What a snapshot changed in the one before it: a document as it stood ``before`` and is no more, and as it stands
# ``after``. The first snapshot changes nothing: it is where the account begins. Walking back through these rows from
# the open items of today gives those of any earlier snapshot.
snapshot_change = Table(
    "snapshot_change",
    metadata,
    SnapshotChangeColumns,
    one_of("side", "before", "after"),
    one_of("kind", "invoice", "credit_note", "unapplied_payment"),
    cents_in_bounds("amount_cents"),
    cents_in_bounds("open_amount_cents"),
    Index("ix_snapshot_change_of_customer", "customer_id", "snapshot_id"),
    sqlite_strict=True,
)
