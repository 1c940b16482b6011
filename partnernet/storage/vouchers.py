"""Petty-cash vouchers from their rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from partnernet.domain.money import Money
from partnernet.domain.petty_cash import Voucher, VoucherCategory, VoucherRequest
from partnernet.storage import tables as t

_reversing = t.posting.alias("reversing")


def keep(connection: Connection, posting_id: int, request: VoucherRequest) -> None:
    """What a voucher says, beside its posting."""
    values = {
        "posting_id": posting_id,
        "spent_on": request.spent_on,
        "payee": request.payee,
        "purpose": request.purpose,
        "category": request.category.value,
        "amount_cents": request.amount.cents,
        "receipt_kept": request.receipt_kept,
    }
    connection.execute(insert(t.voucher).values(**values))


def of_session(connection: Connection, session_id: int) -> tuple[Voucher, ...]:
    """The vouchers of a till session in the order posted."""
    line = t.ledger_line.c
    here = select(line.posting_id).where(line.posting_id == t.voucher.c.posting_id, line.till_session_id == session_id)
    return _vouchers(connection, here.exists())


def by_posting(connection: Connection, posting_id: int) -> Voucher | None:
    """One voucher."""
    return next(iter(_vouchers(connection, t.voucher.c.posting_id == posting_id)), None)


def _vouchers(connection: Connection, which: ColumnElement[bool]) -> tuple[Voucher, ...]:
    query = (
        select(t.voucher, t.posting.c.posted_at, _reversing.c.id.label("reversing_id"))
        .join(t.posting, t.posting.c.id == t.voucher.c.posting_id)
        .outerjoin(_reversing, _reversing.c.reverses_id == t.posting.c.id)
        .where(which)
        .order_by(t.posting.c.sequence)
    )
    return tuple(_voucher(row) for row in connection.execute(query))


def _voucher(row: Row[Any]) -> Voucher:
    return Voucher(
        posting_id=row.posting_id,
        at=row.posted_at,
        spent_on=row.spent_on,
        payee=row.payee,
        purpose=row.purpose,
        category=VoucherCategory(row.category),
        amount=Money(row.amount_cents),
        receipt_kept=row.receipt_kept,
        reversed=row.reversing_id is not None,
    )
