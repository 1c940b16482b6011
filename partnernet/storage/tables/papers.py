"""Which papers of the till were printed, how often and by whom. A receipt's copies hang on its payment (ledger.py)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text, TypedColumns

from partnernet.storage.tables.base import metadata, one_of
from partnernet.storage.types import RowId, UtcDateTime


class PaperCopyColumns(TypedColumns):
    kind: Column[str] = Column(Text, primary_key=True)
    paper_id: Column[int] = Column(RowId, primary_key=True, autoincrement=False)
    copy_number: Column[int] = Column(Integer, primary_key=True, autoincrement=False)
    printed_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    user_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False)


# ``paper_id`` is a reconciliation for a till report, a deposit for its slip.
paper_copy = Table(
    "paper_copy",
    metadata,
    PaperCopyColumns,
    one_of("kind", "till_report", "deposit_slip"),
    CheckConstraint("copy_number >= 1", name="copy_number"),
    sqlite_strict=True,
)
