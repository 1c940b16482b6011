"""Payments as lists show them: of a day, of a till session, or by themselves; each under who took the money."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from partnernet.domain.agents import Branch
from partnernet.domain.money import Money
from partnernet.domain.receipts import DayPayment
from partnernet.domain.tenders import Tender
from partnernet.storage import tables as t
from partnernet.storage.receipts import receipt_number

_reversing, _taker = t.posting.alias("reversing"), t.app_user.alias("taker")
# A payment entered again, and the reversed one that it corrects; the other way round, the one in its own place.
_corrected, _later, _replacement = (
    t.payment.alias("corrected"),
    t.reentry.alias("later"),
    t.payment.alias("replacement"),
)
_taken_by_id = func.coalesce(t.reentry.c.taken_by_id, t.posting.c.agent_id)


def of_day(connection: Connection, branch: Branch, day: date, agent_id: int | None) -> tuple[DayPayment, ...]:
    """The branch's payments of a business date in the order entered; those that one agent took, with ``agent_id``."""
    query = _day_query().where(t.posting.c.branch_id == branch.id, t.posting.c.business_date == day)
    if agent_id is not None:
        query = query.where(_taken_by_id == agent_id)
    return _day_payments(branch, connection.execute(query.order_by(t.posting.c.sequence)))


def of_session(connection: Connection, branch: Branch, session_id: int, agent_id: int) -> tuple[DayPayment, ...]:
    """An agent's payments of one till session in the order taken."""
    line = t.ledger_line.c
    of_session = select(line.posting_id).where(
        line.posting_id == t.posting.c.id, line.till_session_id == session_id, line.holder_id == agent_id
    )
    query = _day_query().where(t.posting.c.branch_id == branch.id, of_session.exists())
    return _day_payments(branch, connection.execute(query.order_by(t.posting.c.sequence)))


def by_posting(connection: Connection, branch: Branch, posting_ids: Collection[int]) -> dict[int, DayPayment]:
    """These payments of the branch, by posting."""
    query = _day_query().where(t.posting.c.branch_id == branch.id, t.payment.c.posting_id.in_(posting_ids))
    rows = connection.execute(query).all()
    return dict(zip((row.posting_id for row in rows), _day_payments(branch, rows), strict=True))


def _day_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            t.payment.c.posting_id,
            t.payment.c.receipt_number,
            t.posting.c.posted_at,
            t.customer.c.number.label("customer_number"),
            t.payment.c.customer_printed,
            t.payment.c.tender,
            t.payment.c.amount_cents,
            t.payment.c.received_cents,
            t.cheque.c.number.label("cheque_number"),
            _taker.c.login,
            _taker.c.name.label("agent_name"),
            t.payment.c.post_dated,
            _reversing.c.id.label("reversing_id"),
            _corrected.c.receipt_number.label("corrects"),
            _replacement.c.receipt_number.label("reentered"),
            _replacement.c.tender.label("reentered_tender"),
        )
        .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
        .outerjoin(t.reentry, t.reentry.c.posting_id == t.payment.c.posting_id)
        .outerjoin(_corrected, _corrected.c.posting_id == t.reentry.c.corrects_id)
        .outerjoin(_later, _later.c.corrects_id == t.payment.c.posting_id)
        .outerjoin(_replacement, _replacement.c.posting_id == _later.c.posting_id)
        .join(_taker, _taker.c.id == _taken_by_id)
        .join(t.customer, t.customer.c.id == t.payment.c.customer_id)
        .outerjoin(t.cheque, t.cheque.c.id == t.payment.c.cheque_id)
        .outerjoin(_reversing, _reversing.c.reverses_id == t.posting.c.id)
    )


def _day_payments(branch: Branch, rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[DayPayment, ...]:
    return tuple(
        DayPayment(
            receipt_number=receipt_number(branch.code, row.receipt_number),
            at=row.posted_at,
            customer_number=row.customer_number,
            customer_name=json.loads(row.customer_printed)["name"],
            tender=Tender(row.tender),
            amount=Money(row.amount_cents),
            received=Money(row.received_cents),
            rounding=Money(row.received_cents - row.amount_cents),
            cheque_number=row.cheque_number or "",
            agent_login=row.login,
            agent_name=row.agent_name,
            post_dated=row.post_dated,
            reversed=row.reversing_id is not None,
            corrects=receipt_number(branch.code, row.corrects) if row.corrects else "",
            reentered=receipt_number(branch.code, row.reentered) if row.reentered else "",
            reentered_in_cash=row.reentered_tender == Tender.CASH,
        )
        for row in rows
    )
