"""Customers, and what the principal's books say they owe."""

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
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)

from partnernet.storage.tables.base import cents_in_bounds, metadata, one_of
from partnernet.storage.types import KeyText, RowId, UtcDateTime


class CustomerColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    number: Column[str] = Column(KeyText, nullable=False, unique=True)
    name: Column[str] = Column(Text, nullable=False)
    address_line1: Column[str] = Column(Text, nullable=False)
    address_line2: Column[str] = Column(Text, nullable=False)
    city: Column[str] = Column(Text, nullable=False)
    province: Column[str] = Column(Text, nullable=False)
    postal_code: Column[str] = Column(Text, nullable=False)
    phone: Column[str] = Column(Text, nullable=False)
    phone_extension: Column[str] = Column(Text, nullable=False)
    language: Column[str] = Column(Text, nullable=False)
    terms: Column[str] = Column(Text, nullable=False)
    name_key: Column[str] = Column(KeyText, nullable=False)
    city_key: Column[str] = Column(KeyText, nullable=False)
    postal_key: Column[str] = Column(KeyText, nullable=False)
    phone_key: Column[str] = Column(KeyText, nullable=False)


customer = Table(
    "customer",
    metadata,
    CustomerColumns,
    one_of("language", "fr", "en"),
    one_of("terms", "open", "cash_only", "blocked"),
    CheckConstraint("length(number) BETWEEN 1 AND 20", name="number"),
    CheckConstraint("length(name) BETWEEN 1 AND 200", name="name"),
    Index("ix_customer_by_name", "name_key", "postal_key", "id"),
    Index("ix_customer_by_city", "city_key", "name_key", "id"),
    Index("ix_customer_by_postal_code", "postal_key", "name_key", "id"),
    Index("ix_customer_by_phone", "phone_key", "id"),
    sqlite_strict=True,
)


class SnapshotColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    as_of: Column[datetime] = Column(UtcDateTime, nullable=False)
    through_batch: Column[int] = Column(BigInteger, nullable=False)
    imported_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    imported_by: Column[str] = Column(Text, nullable=False)
    file_hash: Column[str] = Column(Text, nullable=False)
    item_count: Column[int] = Column(BigInteger, nullable=False)


# Each import of open items; the newest is in force. Exported batches 1 to ``through_batch`` are already in its amounts.
snapshot = Table(
    "snapshot",
    metadata,
    SnapshotColumns,
    CheckConstraint("through_batch >= 0", name="through_batch"),
    sqlite_strict=True,
)


class OpenItemColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    snapshot_id: Column[int] = Column(RowId, ForeignKey("snapshot.id"), nullable=False)
    customer_id: Column[int] = Column(RowId, ForeignKey("customer.id"), nullable=False)
    document_number: Column[str] = Column(Text, nullable=False)
    kind: Column[str] = Column(Text, nullable=False)
    document_date: Column[date] = Column(Date, nullable=False)
    due_date: Column[date] = Column(Date, nullable=False)
    amount_cents: Column[int] = Column(BigInteger, nullable=False)
    open_amount_cents: Column[int] = Column(BigInteger, nullable=False)


# Documents of the snapshot in force only; ``snapshot_id`` is the one since which a document stands as it does.
open_item = Table(
    "open_item",
    metadata,
    OpenItemColumns,
    one_of("kind", "invoice", "credit_note", "unapplied_payment"),
    cents_in_bounds("amount_cents"),
    cents_in_bounds("open_amount_cents"),
    CheckConstraint("open_amount_cents <= amount_cents", name="open_part"),
    UniqueConstraint("customer_id", "kind", "document_number"),
    sqlite_strict=True,
)
