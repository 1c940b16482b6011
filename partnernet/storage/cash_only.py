"""Accounts kept to cash after a returned cheque: the last mark of each is in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from partnernet.domain.cash_only import CashOnlyMark
from partnernet.domain.customers import Customer
from partnernet.storage import tables as t
from partnernet.storage.receipts import receipt_number

_mark = t.cash_only_mark.c
_undone = t.posting.alias("undone")
_MARKS = (
    select(
        t.cash_only_mark,
        t.app_user.c.login,
        t.app_user.c.name,
        t.branch.c.code,
        t.payment.c.receipt_number,
    )
    .join(t.app_user, t.app_user.c.id == _mark.marked_by_id)
    .outerjoin(_undone, _undone.c.id == _mark.reversal_id)
    .outerjoin(t.payment, t.payment.c.posting_id == _undone.c.reverses_id)
    .outerjoin(t.branch, t.branch.c.id == _undone.c.branch_id)
    .where(_mark.customer_id == bindparam("of_customer"))
    .order_by(_mark.id.desc())
)


def put(connection: Connection, customer_id: int, *, reversal_id: int, note: str, by_id: int, at: datetime) -> None:
    """Accept no more cheques from an account, because of the cheque that a reversal undid."""
    _keep(connection, customer_id, cash_only=True, reversal_id=reversal_id, note=note, by_id=by_id, at=at)


def lift(connection: Connection, customer_id: int, *, note: str, by_id: int, at: datetime) -> None:
    """Accept cheques again, as far as the principal's terms do."""
    _keep(connection, customer_id, cash_only=False, reversal_id=None, note=note, by_id=by_id, at=at)


def last(connection: Connection, customer: Customer) -> CashOnlyMark | None:
    """The last mark of an account; ``None`` when it never had one."""
    row = connection.execute(_MARKS.limit(1), {"of_customer": customer.id}).one_or_none()
    if row is None:
        return None
    return CashOnlyMark(
        customer_number=customer.number,
        cash_only=row.cash_only,
        at=row.marked_at,
        by_login=row.login,
        by_name=row.name,
        note=row.note,
        receipt_number=receipt_number(row.code, row.receipt_number) if row.receipt_number else "",
    )


def _keep(connection: Connection, customer_id: int, **columns: Any) -> None:
    columns["marked_by_id"], columns["marked_at"] = columns.pop("by_id"), columns.pop("at")
    connection.execute(insert(t.cash_only_mark).values(customer_id=customer_id, **columns))
