"""Reversals of payments as a till report lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from partnernet.domain.agents import Branch
from partnernet.domain.money import Money
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import TillReentry, TillReversal
from partnernet.storage import tables as t
from partnernet.storage.printed import printed_name
from partnernet.storage.receipts import receipt_number

_paid = t.posting.alias("paid")
# What stands in place of a reversed payment whose money was kept.
_again, _its_cheque, _its_customer = t.payment.alias("again"), t.cheque.alias("its_cheque"), t.customer.alias("its")


def of_sessions(
    connection: Connection, branch: Branch, agent_id: int, session_ids: Sequence[int]
) -> tuple[TillReversal, ...]:
    """Reversals that moved these till sessions of an agent, whenever the payments were taken, in ledger order."""
    return _reversals(connection, branch, _either_moves(agent_id, session_ids))


def touching(connection: Connection, branch: Branch, agent_id: int, session_id: int) -> tuple[TillReversal, ...]:
    """Reversals that moved a session, or undid a payment taken in it or by a cheque of its bags, in ledger order."""
    in_bag = (
        select(t.bag_cheque.c.cheque_id)
        .join(t.bag, t.bag.c.id == t.bag_cheque.c.bag_id)
        .where(t.bag.c.till_session_id == session_id)
    )
    return _reversals(
        connection,
        branch,
        or_(
            _either_moves(agent_id, [session_id]),
            _moves(_paid.c.id, agent_id, [session_id]),
            t.payment.c.cheque_id.in_(in_bag),
        ),
    )


def _either_moves(agent_id: int, session_ids: Sequence[int]) -> ColumnElement[bool]:
    """The reversal moved the sessions, or what was entered again in its place did."""
    return or_(_moves(t.posting.c.id, agent_id, session_ids), _moves(t.reentry.c.posting_id, agent_id, session_ids))


def _moves(posting_id: ColumnElement[int], agent_id: int, session_ids: Sequence[int]) -> ColumnElement[bool]:
    line = t.ledger_line.c
    moved = select(line.posting_id).where(
        line.posting_id == posting_id, line.holder_id == agent_id, line.till_session_id.in_(session_ids)
    )
    return moved.exists()


def _reversals(connection: Connection, branch: Branch, which: ColumnElement[bool]) -> tuple[TillReversal, ...]:
    query = (
        select(
            t.reversal,
            t.posting.c.posted_at,
            t.app_user.c.name.label("by_name"),
            _paid.c.posted_at.label("paid_at"),
            t.payment.c.receipt_number,
            printed_name(t.payment.c.customer_printed).label("customer_name"),
            t.payment.c.tender,
            t.payment.c.amount_cents,
            t.payment.c.cheque_id,
            t.customer.c.number.label("customer_number"),
            t.cheque.c.number.label("cheque_number"),
            t.reentry.c.posting_id.label("again_id"),
            _again.c.receipt_number.label("again_receipt_number"),
            printed_name(_again.c.customer_printed).label("again_customer_name"),
            _again.c.tender.label("again_tender"),
            _again.c.amount_cents.label("again_amount_cents"),
            _again.c.cheque_id.label("again_cheque_id"),
            _its_customer.c.number.label("again_customer_number"),
            _its_cheque.c.number.label("again_cheque_number"),
        )
        .join(t.posting, t.posting.c.id == t.reversal.c.posting_id)
        .join(_paid, _paid.c.id == t.posting.c.reverses_id)
        .join(t.payment, t.payment.c.posting_id == _paid.c.id)
        .join(t.customer, t.customer.c.id == t.payment.c.customer_id)
        .join(t.app_user, t.app_user.c.id == t.posting.c.agent_id)
        .outerjoin(t.cheque, t.cheque.c.id == t.payment.c.cheque_id)
        .outerjoin(t.reentry, t.reentry.c.corrects_id == _paid.c.id)
        .outerjoin(_again, _again.c.posting_id == t.reentry.c.posting_id)
        .outerjoin(_its_customer, _its_customer.c.id == _again.c.customer_id)
        .outerjoin(_its_cheque, _its_cheque.c.id == _again.c.cheque_id)
        .where(t.posting.c.branch_id == branch.id, which)
        .order_by(t.posting.c.sequence)
    )
    return tuple(
        TillReversal(
            posting_id=row.posting_id,
            receipt_number=receipt_number(branch.code, row.receipt_number),
            at=row.posted_at,
            by_name=row.by_name,
            reason=ReversalReason(row.reason),
            where=WhereIsTheMoney(row.where_is_the_money),
            paid_at=row.paid_at,
            customer_number=row.customer_number,
            customer_name=row.customer_name,
            tender=Tender(row.tender),
            cheque_id=row.cheque_id,
            cheque_number=row.cheque_number or "",
            amount=Money(row.amount_cents),
            reentry=_reentry(branch, row),
        )
        for row in connection.execute(query)
    )


def _reentry(branch: Branch, row: Row[Any]) -> TillReentry | None:
    if row.again_id is None:
        return None
    return TillReentry(
        posting_id=row.again_id,
        receipt_number=receipt_number(branch.code, row.again_receipt_number),
        customer_number=row.again_customer_number,
        customer_name=row.again_customer_name,
        tender=Tender(row.again_tender),
        cheque_id=row.again_cheque_id,
        cheque_number=row.again_cheque_number or "",
        amount=Money(row.again_amount_cents),
    )
