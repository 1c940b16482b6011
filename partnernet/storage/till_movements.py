"""What moved a till, posting by posting, from the lines of its sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from partnernet.domain.entries import LedgerAccount, PostingKind
from partnernet.domain.money import ZERO, Money
from partnernet.domain.till_report import MovementKind, TillMovement, TillSums, till_sums
from partnernet.storage import tables as t

_line = t.ledger_line.c
_undone = t.posting.alias("undone")
_KINDS = {
    PostingKind.FLOAT: MovementKind.FLOAT,
    PostingKind.VOUCHER: MovementKind.VOUCHER,
    PostingKind.REPLENISHMENT: MovementKind.REPLENISHMENT,
    PostingKind.DIFFERENCE: MovementKind.DIFFERENCE,
    PostingKind.SEAL: MovementKind.SEALED,
    PostingKind.CUSTODY: MovementKind.CUSTODY,
}


def opened_at(connection: Connection, session_id: int) -> datetime:
    """When a till session began."""
    return connection.execute(select(t.till_session.c.opened_at).where(t.till_session.c.id == session_id)).scalar_one()


def key_of_submission(connection: Connection, reconciliation_id: int) -> str:
    """The idempotency key from which the keys of a submission's own postings are made."""
    return connection.execute(
        select(t.reconciliation.c.key).where(t.reconciliation.c.id == reconciliation_id)
    ).scalar_one()


def of_sessions(connection: Connection, agent_id: int, session_ids: Sequence[int]) -> tuple[TillMovement, ...]:
    """Every movement of these sessions of an agent in ledger order; the rounding of a payment is one by itself."""
    touching = select(_line.posting_id).where(_line.holder_id == agent_id, _line.till_session_id.in_(session_ids))
    query = (
        select(
            t.ledger_line,
            t.posting.c.kind,
            t.posting.c.key,
            t.posting.c.posted_at,
            _undone.c.kind.label("undone_kind"),
            t.reentry.c.corrects_id,
            t.bag.c.number.label("bag_number"),
        )
        .join(t.posting, t.posting.c.id == _line.posting_id)
        .outerjoin(_undone, _undone.c.id == t.posting.c.reverses_id)
        .outerjoin(t.reentry, t.reentry.c.posting_id == t.posting.c.id)
        .outerjoin(t.till_drop, t.till_drop.c.key == t.posting.c.key)
        .outerjoin(t.bag, t.bag.c.id == t.till_drop.c.bag_id)
        .where(_line.posting_id.in_(touching))
        .order_by(t.posting.c.sequence, _line.posting_id, _line.position)
    )
    movements: list[TillMovement] = []
    for _, rows in groupby(connection.execute(query), key=lambda row: row.posting_id):
        movements += _of_posting(list(rows), agent_id, session_ids)
    return tuple(movements)


def _of_posting(rows: list[Row[Any]], agent_id: int, session_ids: Sequence[int]) -> list[TillMovement]:
    ours = [row for row in rows if row.holder_id == agent_id and row.till_session_id in session_ids]
    debits: dict[LedgerAccount, Money] = {}
    for row in ours:
        account = LedgerAccount(row.account)
        debits[account] = debits.get(account, ZERO) + Money(row.debit_cents - row.credit_cents)
    sums, head = till_sums(debits), rows[0]
    kind = PostingKind(head.kind)
    if kind is not PostingKind.PAYMENT or head.corrects_id is not None:
        named = _kind(kind, rows, agent_id, session_ids)
        return [
            TillMovement(
                named, head.posted_at, sums, posting_id=head.posting_id, key=head.key, bag_number=head.bag_number
            )
        ]
    if LedgerAccount.CHEQUES in debits:
        return [TillMovement(MovementKind.CHEQUE_PAYMENT, head.posted_at, sums, posting_id=head.posting_id)]
    rounding = -debits.get(LedgerAccount.ROUNDING, ZERO)
    rounded = TillSums(cash=rounding, due=rounding)
    paid = TillMovement(MovementKind.CASH_PAYMENT, head.posted_at, sums - rounded, posting_id=head.posting_id)
    return [paid, TillMovement(MovementKind.ROUNDING, head.posted_at, rounded)] if rounding else [paid]


def _kind(kind: PostingKind, rows: list[Row[Any]], agent_id: int, session_ids: Sequence[int]) -> MovementKind:
    if kind is PostingKind.PAYMENT:
        return MovementKind.REENTRY
    if kind is PostingKind.REVERSAL:
        of_voucher = rows[0].undone_kind == PostingKind.VOUCHER
        return MovementKind.VOUCHER if of_voucher else MovementKind.REVERSAL
    if kind is PostingKind.TRANSFER:
        return _transfer(rows, agent_id, session_ids)
    return _KINDS.get(kind, MovementKind.OTHER)


def _transfer(rows: list[Row[Any]], agent_id: int, session_ids: Sequence[int]) -> MovementKind:
    """A float passes between two agents; a bag that was sent back is opened into the current session; everything else
    goes on to the next one."""
    if any(row.holder_id != agent_id for row in rows):
        return MovementKind.FLOAT
    others = {row.till_session_id for row in rows} - set(session_ids)
    if not others or any(row.account == LedgerAccount.BAG for row in rows):
        return MovementKind.REOPENED
    return MovementKind.CARRIED_IN if min(others) < min(session_ids) else MovementKind.CARRIED_OUT
