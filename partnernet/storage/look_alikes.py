"""Earlier payments that a new one resembles: the questions behind « confirmez-vous ? »."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from partnernet.domain.cheques import Cheque
from partnernet.domain.concerns import LOOK_ALIKE_HOURS, SimilarPayment
from partnernet.domain.money import Money
from partnernet.domain.tenders import Tender
from partnernet.storage import tables as t
from partnernet.storage.receipts import receipt_number

_WINDOW = timedelta(hours=LOOK_ALIKE_HOURS)

_reversing = t.posting.alias("reversing")
_NOT_REVERSED = ~select(_reversing.c.id).where(_reversing.c.reverses_id == t.posting.c.id).exists()


_SIMILAR = (
    select(
        t.branch.c.code,
        t.payment.c.receipt_number,
        t.posting.c.posted_at,
        t.payment.c.amount_cents,
        t.payment.c.tender,
    )
    .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
    .join(t.branch, t.branch.c.id == t.payment.c.branch_id)
    .outerjoin(t.cheque, t.cheque.c.id == t.payment.c.cheque_id)
    .where(_NOT_REVERSED)
    .order_by(t.posting.c.posted_at, t.posting.c.id)
)
_SAME_AMOUNT = _SIMILAR.where(
    t.payment.c.customer_id == bindparam("customer_id"),
    t.payment.c.amount_cents == bindparam("amount_cents"),
    t.posting.c.posted_at > bindparam("since"),
)
_SAME_CHEQUE = _SIMILAR.where(
    *(t.cheque.c[name] == bindparam(name) for name in ("institution", "transit", "account", "number")),
    t.cheque.c.id != bindparam("own_sheet"),
)
_CASH = (
    select(func.coalesce(func.sum(t.payment.c.received_cents), 0))
    .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
    .where(
        t.payment.c.customer_id == bindparam("customer_id"),
        t.payment.c.tender == Tender.CASH.value,
        t.posting.c.posted_at > bindparam("since"),
        _NOT_REVERSED,
    )
)


def same_amount(connection: Connection, customer_id: int, amount: Money, at: datetime) -> tuple[SimilarPayment, ...]:
    """Payments of the account with this amount in the last 24 hours, any tender and any branch, not reversed."""
    which = {"customer_id": customer_id, "amount_cents": amount.cents, "since": at - _WINDOW}
    return _similar(connection, _SAME_AMOUNT, which)


def same_cheque(connection: Connection, cheque: Cheque, *, sheet_id: int | None) -> tuple[SimilarPayment, ...]:
    """Payments made with this very cheque (institution, transit, account, number), whenever, not reversed.

    Those that share one sheet of paper, ``sheet_id``, are meant to: they are left out.
    """
    which = {name: getattr(cheque, name) for name in ("institution", "transit", "account", "number")}
    return _similar(connection, _SAME_CHEQUE, {**which, "own_sheet": sheet_id or 0})


def cash_in_24_hours(connection: Connection, customer_id: int, at: datetime) -> Money:
    """Cash received from the customer in the last 24 hours, not reversed."""
    which = {"customer_id": customer_id, "since": at - _WINDOW}
    return Money(int(connection.execute(_CASH, which).scalar_one()))


def _similar(
    connection: Connection, query: Select[*tuple[Any, ...]], which: dict[str, Any]
) -> tuple[SimilarPayment, ...]:
    return tuple(
        SimilarPayment(
            receipt_number(row.code, row.receipt_number), row.posted_at, Money(row.amount_cents), Tender(row.tender)
        )
        for row in connection.execute(query, which)
    )
