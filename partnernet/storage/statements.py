"""What an account's statement is made of: what was posted to it, every snapshot, and what each changed in it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, select

from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.statements import Change, Posted, Snapshot
from partnernet.domain.tenders import Tender
from partnernet.storage import tables as t
from partnernet.storage.balances import item_of
from partnernet.storage.receipts import receipt_number

_line = t.ledger_line.c
_reversing = t.posting.alias("reversing")
_corrected, _corrected_branch = t.payment.alias("corrected"), t.branch.alias("corrected_branch")

# Statements are made once: making one costs more than running it.
_CHANGES_OF = (
    select(_line.posting_id, func.sum(_line.debit_cents - _line.credit_cents).label("change_cents"))
    .where(_line.account == LedgerAccount.OWED, _line.customer_id == bindparam("customer_id"))
    .group_by(_line.posting_id)
    .subquery()
)
_POSTED = (
    select(
        t.posting.c.id,
        t.posting.c.posted_at,
        _CHANGES_OF.c.change_cents,
        t.payment.c.branch_id,
        t.payment.c.receipt_number,
        t.payment.c.tender,
        t.branch.c.code,
        t.cheque.c.number.label("cheque_number"),
        t.cheque.c.dated.label("cheque_dated"),
        t.reversal.c.reason,
        _reversing.c.posted_at.label("reversed_at"),
        _corrected.c.receipt_number.label("corrected_number"),
        _corrected_branch.c.code.label("corrected_code"),
        t.export_line.c.batch_number,
    )
    .join(_CHANGES_OF, _CHANGES_OF.c.posting_id == t.posting.c.id)
    .join(t.payment, t.payment.c.posting_id == func.coalesce(t.posting.c.reverses_id, t.posting.c.id))
    .join(t.branch, t.branch.c.id == t.payment.c.branch_id)
    .outerjoin(t.cheque, t.cheque.c.id == t.payment.c.cheque_id)
    .outerjoin(t.reversal, t.reversal.c.posting_id == t.posting.c.id)
    .outerjoin(_reversing, _reversing.c.reverses_id == t.posting.c.id)
    .outerjoin(t.reentry, t.reentry.c.posting_id == t.posting.c.id)
    # Whose receipt it was that is entered again under another account is nobody's business here.
    .outerjoin(
        _corrected,
        and_(_corrected.c.posting_id == t.reentry.c.corrects_id, _corrected.c.customer_id == t.payment.c.customer_id),
    )
    .outerjoin(_corrected_branch, _corrected_branch.c.id == _corrected.c.branch_id)
    .outerjoin(t.export_line, t.export_line.c.posting_id == t.posting.c.id)
    .order_by(t.posting.c.posted_at, t.posting.c.id)
)
_SNAPSHOTS = select(t.snapshot.c.id, t.snapshot.c.as_of, t.snapshot.c.through_batch).order_by(t.snapshot.c.id)
_REFUSED = select(t.snapshot_exception).where(
    t.snapshot_exception.c.posting_id.in_(bindparam("posting_ids", expanding=True))
)
_CHANGES = select(t.snapshot_change).where(t.snapshot_change.c.customer_id == bindparam("customer_id"))


def posted(connection: Connection, customer_id: int) -> tuple[Posted, ...]:
    """Every payment and reversal of a customer, oldest first, in whichever branch."""
    return tuple(_posted(row) for row in connection.execute(_POSTED, {"customer_id": customer_id}))


def snapshots(connection: Connection, posted: tuple[Posted, ...]) -> tuple[Snapshot, ...]:
    """Every snapshot there ever was, oldest first, with those of these postings that its books refused."""
    refused: dict[int, set[int]] = defaultdict(set)
    sent = [each.posting_id for each in posted if each.batch is not None]
    for row in connection.execute(_REFUSED, {"posting_ids": sent}) if sent else ():
        refused[row.snapshot_id].add(row.posting_id)
    return tuple(
        Snapshot(row.id, row.as_of, row.through_batch, frozenset(refused.get(row.id, ())))
        for row in connection.execute(_SNAPSHOTS)
    )


def changes(connection: Connection, customer_id: int) -> tuple[Change, ...]:
    """Everything that snapshots have changed in a customer's documents."""
    rows = connection.execute(_CHANGES, {"customer_id": customer_id})
    return tuple(Change(row.snapshot_id, row.side == "after", item_of(row)) for row in rows)


def _posted(row: Row[*tuple[Any, ...]]) -> Posted:
    corrects = receipt_number(row.corrected_code, row.corrected_number) if row.corrected_number else ""
    return Posted(
        posting_id=row.id,
        at=row.posted_at,
        branch_id=row.branch_id,
        receipt_number=receipt_number(row.code, row.receipt_number),
        tender=Tender(row.tender),
        change=Money(int(row.change_cents)),
        cheque_number=row.cheque_number or "",
        cheque_dated=row.cheque_dated,
        reason=ReversalReason(row.reason) if row.reason else None,
        reversed_at=row.reversed_at,
        corrects=corrects,
        batch=row.batch_number,
    )
