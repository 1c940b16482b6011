"""Snapshots as rows: the stamp of each, and which exported postings its books refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from partnernet.domain.snapshots import Reference
from partnernet.storage import tables as t
from partnernet.storage.balances import snapshot_in_force

_reversing = t.posting.alias("reversing")


def start(connection: Connection, **columns: Any) -> tuple[int, bool]:
    """Put a snapshot in force, its items to be compared with those of the one before; its id, and whether it is the
    first."""
    first = snapshot_in_force(connection) is None
    snapshot_id = connection.execute(insert(t.snapshot).values(**columns).returning(t.snapshot.c.id)).scalar_one()
    return snapshot_id, first


def keep_exceptions(connection: Connection, snapshot_id: int, posting_ids: Iterable[int]) -> None:
    """Keep which postings of its batches the snapshot does not include."""
    rows = [{"snapshot_id": snapshot_id, "posting_id": posting_id} for posting_id in posting_ids]
    if rows:
        connection.execute(insert(t.snapshot_exception), rows)


def cut_at(connection: Connection, batch_number: int) -> datetime | None:
    """When a batch was cut; ``None`` when there is none of this number."""
    query = select(t.export_batch.c.cut_at).where(t.export_batch.c.number == batch_number)
    return connection.execute(query).scalar_one_or_none()


def postings_of(connection: Connection, references: Collection[Reference]) -> dict[Reference, tuple[int, int | None]]:
    """The posting of each payment or reversal that there is, with the batch that it went out in, if it did."""
    found: dict[Reference, tuple[int, int | None]] = {}
    for code in {reference.branch_code for reference in references}:
        numbers = [each.receipt_number for each in references if each.branch_code == code]
        exported, undone = t.export_line.alias("exported"), t.export_line.alias("undone")
        query = (
            select(
                t.payment.c.receipt_number,
                t.payment.c.posting_id,
                exported.c.batch_number,
                _reversing.c.id.label("reversal_id"),
                undone.c.batch_number.label("reversal_batch"),
            )
            .join(t.branch, t.branch.c.id == t.payment.c.branch_id)
            .outerjoin(exported, exported.c.posting_id == t.payment.c.posting_id)
            .outerjoin(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
            .outerjoin(undone, undone.c.posting_id == _reversing.c.id)
            .where(func.upper(t.branch.c.code) == code, t.payment.c.receipt_number.in_(numbers))
        )
        for row in connection.execute(query):
            found[Reference(code, row.receipt_number, is_reversal=False)] = (row.posting_id, row.batch_number)
            if row.reversal_id is not None:
                found[Reference(code, row.receipt_number, is_reversal=True)] = (row.reversal_id, row.reversal_batch)
    return found
