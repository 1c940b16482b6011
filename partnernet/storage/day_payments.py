"""Payments as lists show them: of a day, of a till session, or by themselves; each under who took the money."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from partnernet.domain.agents import Branch
from partnernet.domain.money import Money
from partnernet.domain.receipts import DayPayment
from partnernet.domain.tenders import Tender
from partnernet.storage import tables as t
from partnernet.storage.printed import printed_name
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
            printed_name(t.payment.c.customer_printed).label("customer_name"),
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
    """The rows as payments. A busy day has thousands: they are unpacked, which takes half the time of their names."""
    code = branch.code
    return tuple(
        DayPayment(
            receipt_number=receipt_number(code, number),
            at=at,
            customer_number=customer_number,
            customer_name=customer_name,
            tender=Tender(tender),
            amount=Money(amount_cents),
            received=Money(received_cents),
            cheque_number=cheque_number or "",
            agent_login=login,
            agent_name=agent_name,
            post_dated=post_dated,
            reversed=reversing_id is not None,
            corrects=receipt_number(code, corrects) if corrects else "",
            reentered=receipt_number(code, reentered) if reentered else "",
            reentered_in_cash=reentered_tender == Tender.CASH,
        )
        for (
            _posting_id, number, at, customer_number, customer_name, tender, amount_cents, received_cents,
            cheque_number, login, agent_name, post_dated, reversing_id, corrects, reentered, reentered_tender,
        ) in rows
    )  # fmt: skip
