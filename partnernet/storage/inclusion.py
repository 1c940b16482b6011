"""What the principal's books include of the counter's payments and reversals, snapshot by snapshot.

A snapshot includes the exported batches up to the one that it names, but those postings that the principal's books
refused. Whatever it does not include still changes the balance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, case, func, literal, select

from partnernet.domain.accounts import Allocation, DocumentKind, Returned, Unincluded
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money, total
from partnernet.storage import tables as t

_line, _undone = t.ledger_line.c, t.payment.alias("undone")
_THESE_CUSTOMERS: BindParameter[int] = bindparam("customer_ids", expanding=True)


class SnapshotRef(NamedTuple):
    """A snapshot as its row identifies it; both are 0 before the first import."""

    id: int
    through_batch: int


def included(
    posting_id: ColumnElement[Any], snapshot_id: ColumnElement[int], through_batch: ColumnElement[int]
) -> ColumnElement[bool]:
    """Whether a snapshot includes a posting."""
    exported, refused = t.export_line.c, t.snapshot_exception.c
    went_out = select(exported.posting_id).where(
        exported.posting_id == posting_id, exported.batch_number <= through_batch
    )
    came_back = select(refused.posting_id).where(refused.posting_id == posting_id, refused.snapshot_id == snapshot_id)
    return went_out.exists() & ~came_back.exists()


def _unincluded(snapshot_id: ColumnElement[int], through_batch: ColumnElement[int]) -> Select[int, int, int]:
    """What customers paid, less reversals, that the snapshot does not include; and how many of these undo a payment
    that it does include, which are counted apart."""
    in_books = included(t.posting.c.reverses_id, snapshot_id, through_batch)
    returned = func.coalesce(case((in_books, 1), else_=0), 0)
    paid = _line.credit_cents - _line.debit_cents
    return (
        select(
            _line.customer_id,
            func.sum(case((returned == 1, 0), else_=paid)).label("paid_cents"),
            func.sum(returned).label("returned_count"),
        )
        .join(t.posting, t.posting.c.id == _line.posting_id)
        .where(
            _line.account == LedgerAccount.OWED,
            _line.customer_id.in_(_THESE_CUSTOMERS),
            ~included(_line.posting_id, snapshot_id, through_batch),
        )
        .group_by(_line.customer_id)
    )


def _returned(snapshot_id: ColumnElement[int], through_batch: ColumnElement[int]) -> Select[int, int, int]:
    """Payments that the snapshot includes and whose reversal it does not."""
    return (
        select(_undone.c.customer_id, _undone.c.posting_id, _undone.c.unallocated_cents)
        .join(t.posting, t.posting.c.reverses_id == _undone.c.posting_id)
        .where(
            _undone.c.customer_id.in_(_THESE_CUSTOMERS),
            ~included(t.posting.c.id, snapshot_id, through_batch),
            included(_undone.c.posting_id, snapshot_id, through_batch),
        )
    )


# Statements are made once: making one costs more than running it. Those of the snapshot in force look it up themselves.
_newest = t.snapshot.alias("newest")
_IN_FORCE_ID = select(_newest.c.id).order_by(_newest.c.id.desc()).limit(1).scalar_subquery()
_IN_FORCE_BATCH = select(_newest.c.through_batch).order_by(_newest.c.id.desc()).limit(1).scalar_subquery()
_NOW = (_unincluded(_IN_FORCE_ID, _IN_FORCE_BATCH), _returned(_IN_FORCE_ID, _IN_FORCE_BATCH))
_ALLOCATIONS = select(t.allocation).where(t.allocation.c.posting_id.in_(bindparam("posting_ids", expanding=True)))


def included_now(posting_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the snapshot in force includes a posting; false before the first import."""
    return included(posting_id, _IN_FORCE_ID, _IN_FORCE_BATCH)


def unincluded(
    connection: Connection,
    customer_ids: Sequence[int],
    *,
    snapshot: SnapshotRef | None = None,
    until: datetime | None = None,
) -> dict[int, Unincluded]:
    """What each of these customers paid that a snapshot (the one in force) does not include; absent when nothing.

    ``until`` leaves out what was posted later. One query, two more for customers with a payment that the principal's
    books include and whose reversal they do not.
    """
    paid, returned = _NOW
    if snapshot is not None:
        snapshot_id, through_batch = literal(snapshot.id), literal(snapshot.through_batch)
        paid, returned = _unincluded(snapshot_id, through_batch), _returned(snapshot_id, through_batch)
    if until is not None:
        paid, returned = (query.where(t.posting.c.posted_at <= until) for query in (paid, returned))
    rows = connection.execute(paid, {"customer_ids": customer_ids}).all()
    with_returned = [row.customer_id for row in rows if row.returned_count]
    brought_back = _brought_back(connection, returned, with_returned) if with_returned else {}
    return {
        row.customer_id: Unincluded(Money(int(row.paid_cents)), brought_back.get(row.customer_id, Returned()))
        for row in rows
    }


def _brought_back(
    connection: Connection, query: Select[int, int, int], customer_ids: Sequence[int]
) -> dict[int, Returned]:
    payments = connection.execute(query, {"customer_ids": customer_ids}).all()
    owners = {row.posting_id: row.customer_id for row in payments}
    credit: dict[int, list[Money]] = defaultdict(list)
    for row in payments:
        credit[row.customer_id].append(Money(row.unallocated_cents))
    parts: dict[int, list[Allocation]] = defaultdict(list)
    for row in connection.execute(_ALLOCATIONS, {"posting_ids": list(owners)}):
        part = Allocation(row.document_number, DocumentKind(row.kind), row.due_date, Money(row.amount_cents))
        parts[owners[row.posting_id]].append(part)
    return {key: Returned(tuple(parts[key]), total(credit[key])) for key in credit}
