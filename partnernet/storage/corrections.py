"""Corrections from their rows: what was undone together, and what stands in its place."""

from __future__ import annotations

from sqlalchemy import Connection, select

from partnernet.domain.agents import Branch
from partnernet.domain.corrections import Correction, NotReversed
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import WhereIsTheMoney
from partnernet.storage import receipts
from partnernet.storage import tables as t

_reversing = t.posting.alias("reversing")


def of_receipt(connection: Connection, named: Receipt) -> Correction:
    """The correction of a receipt, as it was made. Raises `NotReversed` when it stands."""
    if named.reversal is None:
        raise NotReversed(named.number)
    others = tuple(receipts.by_posting(connection, named.branch, each) for each in _undone_with(connection, named))
    reentered = named.reversal.reentered
    stands = receipts.by_number(connection, named.branch, reentered) if reentered else None
    return Correction(named.reversal, (named, *others), stands, ())


def last(connection: Connection, branch: Branch, limit: int) -> tuple[Receipt, ...]:
    """The branch's receipts that were reversed last, newest first."""
    query = (
        select(t.payment.c.posting_id)
        .join(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
        .where(_reversing.c.branch_id == branch.id)
        .order_by(_reversing.c.sequence.desc())
        .limit(limit)
    )
    ids = connection.execute(query).scalars().all()
    return tuple(receipts.by_posting(connection, branch, posting_id) for posting_id in ids)


def _undone_with(connection: Connection, receipt: Receipt) -> tuple[int, ...]:
    """The postings of the other payments made with the same sheet of paper that its reversal took along.

    They were reversed at the same moment in the same words; one whose money was kept was reversed by itself.
    """
    undone = receipt.reversal
    if undone is None or receipt.cheque_id is None or undone.where is WhereIsTheMoney.KEPT:
        return ()
    query = (
        select(t.payment.c.posting_id)
        .join(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
        .join(t.reversal, t.reversal.c.posting_id == _reversing.c.id)
        .where(
            t.payment.c.cheque_id == receipt.cheque_id,
            t.payment.c.posting_id != receipt.posting_id,
            _reversing.c.posted_at == undone.at,
            t.reversal.c.where_is_the_money == undone.where.value,
            t.reversal.c.note == undone.note,
        )
    )
    return tuple(connection.execute(query.order_by(t.payment.c.posting_id)).scalars())
