"""Petty-cash vouchers and replenishments from their rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from partnernet.domain.money import Money
from partnernet.domain.petty_cash import Replenishment, Voucher, VoucherCategory, VoucherRequest
from partnernet.storage import tables as t

_reversing = t.posting.alias("reversing")
_granter = t.app_user.alias("granter")


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


def requests(
    connection: Connection, branch_id: int, *, agent_id: int | None = None, request_id: int | None = None
) -> tuple[Replenishment, ...]:
    """Replenishments asked in a branch (by one agent, or the one request), newest first."""
    asked = t.replenishment_request.c
    query = (
        select(
            t.replenishment_request,
            t.app_user.c.login,
            t.app_user.c.name,
            t.posting.c.posted_at.label("granted_at"),
            _granter.c.name.label("granted_by"),
        )
        .join(t.app_user, t.app_user.c.id == asked.agent_id)
        .outerjoin(t.replenishment_grant, t.replenishment_grant.c.request_id == asked.id)
        .outerjoin(t.posting, t.posting.c.id == t.replenishment_grant.c.posting_id)
        .outerjoin(_granter, _granter.c.id == t.replenishment_grant.c.granted_by_id)
        .where(asked.branch_id == branch_id)
        .order_by(asked.id.desc())
        .limit(50)
    )
    if agent_id is not None:
        query = query.where(asked.agent_id == agent_id)
    if request_id is not None:
        query = query.where(asked.id == request_id)
    return tuple(
        Replenishment(
            row.id,
            row.login,
            row.name,
            Money(row.amount_cents),
            row.asked_at,
            row.granted_at,
            row.granted_by or "",
        )
        for row in connection.execute(query)
    )


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
