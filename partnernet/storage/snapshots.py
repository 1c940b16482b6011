"""Snapshots as rows: the stamp of each, and which exported postings its books refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from partnernet.domain.snapshots import Reference
from partnernet.storage import tables as t
from partnernet.storage.ledger import SNAPSHOT_LOCK

_CHUNK = 1000
_reversing = t.posting.alias("reversing")
_exported, _undone = t.export_line.alias("exported"), t.export_line.alias("undone")
_BY_NUMBER = (
    select(
        t.payment.c.receipt_number,
        t.payment.c.posting_id,
        _exported.c.batch_number,
        _reversing.c.id.label("reversal_id"),
        _undone.c.batch_number.label("reversal_batch"),
    )
    .join(t.branch, t.branch.c.id == t.payment.c.branch_id)
    .outerjoin(_exported, _exported.c.posting_id == t.payment.c.posting_id)
    .outerjoin(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
    .outerjoin(_undone, _undone.c.posting_id == _reversing.c.id)
)


class Sent(NamedTuple):
    """A payment or a reversal, and the batch that it went out in; none while it waits."""

    posting_id: int
    batch_number: int | None


def start(connection: Connection, **columns: Any) -> int:
    """Put a snapshot in force (columns of ``snapshot``); its id."""
    return connection.execute(insert(t.snapshot).values(**columns).returning(t.snapshot.c.id)).scalar_one()


def wait_for_readers(connection: Connection) -> None:
    """Let whoever is posting finish what they read of the snapshot before, just before this one is committed.

    A posting reads documents first, then what they do not include: on PostgreSQL a snapshot that came in between would
    count a payment twice or not at all. SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(SNAPSHOT_LOCK)))


def keep_exceptions(connection: Connection, snapshot_id: int, posting_ids: Iterable[int]) -> None:
    """Keep which postings of its batches the snapshot does not include."""
    rows = [{"snapshot_id": snapshot_id, "posting_id": posting_id} for posting_id in posting_ids]
    if rows:
        connection.execute(insert(t.snapshot_exception), rows)


def cut_at(connection: Connection, batch_number: int) -> datetime | None:
    """When a batch was cut; ``None`` when there is none of this number."""
    query = select(t.export_batch.c.cut_at).where(t.export_batch.c.number == batch_number)
    return connection.execute(query).scalar_one_or_none()


def postings_of(connection: Connection, references: Iterable[Reference]) -> dict[Reference, Sent]:
    """Those payments and reversals that there are."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for reference in references:
        numbers[reference.branch_code].append(reference.receipt_number)
    found: dict[Reference, Sent] = {}
    for code, wanted in numbers.items():
        for first in range(0, len(wanted), _CHUNK):
            some = t.payment.c.receipt_number.in_(wanted[first : first + _CHUNK])
            for row in connection.execute(_BY_NUMBER.where(func.upper(t.branch.c.code) == code, some)):
                found[Reference(code, row.receipt_number, is_reversal=False)] = Sent(row.posting_id, row.batch_number)
                if row.reversal_id is not None:
                    reversal = Sent(row.reversal_id, row.reversal_batch)
                    found[Reference(code, row.receipt_number, is_reversal=True)] = reversal
    return found
