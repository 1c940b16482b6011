"""Earlier payments that a new one resembles: the questions behind « confirmez-vous ? »."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from partnernet.domain.cheques import Cheque
from partnernet.domain.concerns import LOOK_ALIKE_HOURS, SimilarPayment
from partnernet.domain.money import Money
from partnernet.domain.tenders import Tender
from partnernet.storage import tables as t
from partnernet.storage.receipts import receipt_number

_reversing = t.posting.alias("reversing")
_NOT_REVERSED = ~select(_reversing.c.id).where(_reversing.c.reverses_id == t.posting.c.id).exists()


def same_amount(connection: Connection, customer_id: int, amount: Money, at: datetime) -> tuple[SimilarPayment, ...]:
    """Payments of the account with this amount in the last 24 hours, any tender and any branch, not reversed."""
    return _similar(
        connection,
        t.payment.c.customer_id == customer_id,
        t.payment.c.amount_cents == amount.cents,
        t.posting.c.posted_at > at - timedelta(hours=LOOK_ALIKE_HOURS),
    )


def same_cheque(connection: Connection, cheque: Cheque) -> tuple[SimilarPayment, ...]:
    """Payments made with this very cheque (institution, transit, account, number), whenever, not reversed."""
    paper = t.cheque.c
    return _similar(
        connection,
        paper.institution == cheque.institution,
        paper.transit == cheque.transit,
        paper.account == cheque.account,
        paper.number == cheque.number,
    )


def cash_in_24_hours(connection: Connection, customer_id: int, at: datetime) -> Money:
    """Cash received from the customer in the last 24 hours, not reversed."""
    query = (
        select(func.coalesce(func.sum(t.payment.c.received_cents), 0))
        .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
        .where(
            t.payment.c.customer_id == customer_id,
            t.payment.c.tender == Tender.CASH.value,
            t.posting.c.posted_at > at - timedelta(hours=LOOK_ALIKE_HOURS),
            _NOT_REVERSED,
        )
    )
    return Money(int(connection.execute(query).scalar_one()))


def _similar(connection: Connection, *conditions: ColumnElement[Any]) -> tuple[SimilarPayment, ...]:
    query = (
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
        .where(*conditions, _NOT_REVERSED)
        .order_by(t.posting.c.posted_at)
    )
    return tuple(
        SimilarPayment(
            receipt_number(row.code, row.receipt_number), row.posted_at, Money(row.amount_cents), Tender(row.tender)
        )
        for row in connection.execute(query)
    )
