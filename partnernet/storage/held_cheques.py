"""Cheques on hand: received by an agent, not reversed, in no sealed bag."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select

from partnernet.domain.cheques import Cheque
from partnernet.domain.counts import HeldCheque
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money
from partnernet.domain.shared_cheques import SharedCheque
from partnernet.storage import tables as t

_reversing = t.posting.alias("reversing")
# A returned submission's bag has been opened: its cheques are on hand again.
_SEALED = (
    select(t.bag_cheque.c.cheque_id)
    .outerjoin(t.reconciliation, t.reconciliation.c.bag_id == t.bag_cheque.c.bag_id)
    .outerjoin(t.reconciliation_decision, t.reconciliation_decision.c.reconciliation_id == t.reconciliation.c.id)
    .where(
        t.bag_cheque.c.cheque_id == t.cheque.c.id,
        t.reconciliation_decision.c.outcome.is_distinct_from("returned"),
    )
)


def in_session(connection: Connection, agent_id: int, session_id: int, today: date) -> tuple[HeldCheque, ...]:
    """The agent's cheques that a till session holds, those carried over from earlier ones included, oldest first."""
    line = t.ledger_line.c
    held_here = and_(
        line.posting_id == t.payment.c.posting_id,
        line.account == LedgerAccount.CHEQUES,
        line.holder_id == agent_id,
        line.till_session_id <= session_id,
    )
    return _cheques(connection, today, select(line.posting_id).where(held_here).exists(), ~_SEALED.exists())


def unfinished(
    connection: Connection,
    branch_id: int,
    agent_id: int,
    *,
    up_to_session: int | None = None,
    sheet_id: int | None = None,
) -> tuple[SharedCheque, ...]:
    """The agent's cheques on hand whose payments do not add up to their face amount, oldest first.

    ``up_to_session`` leaves out those of later till sessions, ``sheet_id`` all but one.
    """
    line, sheet, applied = t.ledger_line.c, t.cheque.c, func.sum(t.payment.c.amount_cents)
    held = select(line.posting_id).where(
        line.posting_id == t.payment.c.posting_id,
        line.account == LedgerAccount.CHEQUES,
        line.holder_id == agent_id,
    )
    if up_to_session is not None:
        held = held.where(line.till_session_id <= up_to_session)
    query = (
        select(t.cheque, applied.label("applied_cents"))
        .join(t.payment, t.payment.c.cheque_id == sheet.id)
        .outerjoin(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
        .where(_reversing.c.id.is_(None), t.payment.c.branch_id == branch_id, held.exists(), ~_SEALED.exists())
        .group_by(sheet.id)
        .having(applied < sheet.face_amount_cents)
    )
    if sheet_id is not None:
        query = query.where(sheet.id == sheet_id)
    return tuple(_shared(row) for row in connection.execute(query.order_by(sheet.id)))


def in_bag(connection: Connection, bag_id: int, today: date) -> tuple[HeldCheque, ...]:
    """The cheques of a sealed bag, but those that a reversal has taken out of it; the bank's returns stay listed."""
    sealed_here = select(t.bag_cheque.c.cheque_id).where(
        t.bag_cheque.c.bag_id == bag_id, t.bag_cheque.c.cheque_id == t.cheque.c.id
    )
    taken_out = select(t.ledger_line.c.posting_id).where(
        t.ledger_line.c.posting_id == _reversing.c.id, t.ledger_line.c.account == LedgerAccount.BAG
    )
    return _cheques(connection, today, sealed_here.exists(), ~taken_out.exists(), reversed_too=True)


def sealed_in(connection: Connection, bag_id: int, today: date) -> tuple[HeldCheque, ...]:
    """The cheques that a bag was sealed with, those taken out of it since included."""
    sealed_here = select(t.bag_cheque.c.cheque_id).where(
        t.bag_cheque.c.bag_id == bag_id, t.bag_cheque.c.cheque_id == t.cheque.c.id
    )
    return _cheques(connection, today, sealed_here.exists(), reversed_too=True)


def reversed_in_bags(
    connection: Connection, bag_ids: Collection[int], today: date
) -> tuple[tuple[HeldCheque, datetime], ...]:
    """The cheques that were sealed in these bags and reversed since, and when."""
    query = (
        select(t.cheque, func.max(_reversing.c.posted_at).label("reversed_at"))
        .join(t.bag_cheque, t.bag_cheque.c.cheque_id == t.cheque.c.id)
        .join(t.payment, t.payment.c.cheque_id == t.cheque.c.id)
        .join(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
        .where(t.bag_cheque.c.bag_id.in_(bag_ids))
        .group_by(t.cheque.c.id)
        .order_by(t.cheque.c.id)
    )
    return tuple((_held(row, today), row.reversed_at) for row in connection.execute(query))


def of_count(connection: Connection, count_id: int, today: date) -> tuple[HeldCheque, ...]:
    """The cheques that were ticked when a count was frozen."""
    ticked = select(t.till_count_cheque.c.cheque_id).where(
        t.till_count_cheque.c.count_id == count_id, t.till_count_cheque.c.cheque_id == t.cheque.c.id
    )
    return _cheques(connection, today, ticked.exists(), reversed_too=True)


def _cheques(
    connection: Connection, today: date, *which: ColumnElement[bool], reversed_too: bool = False
) -> tuple[HeldCheque, ...]:
    query = (
        select(t.cheque)
        .join(t.payment, t.payment.c.cheque_id == t.cheque.c.id)
        .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
        .outerjoin(_reversing, _reversing.c.reverses_id == t.posting.c.id)
        .where(*which)
    )
    if not reversed_too:
        query = query.where(_reversing.c.id.is_(None))
    return tuple(_once(_held(row, today) for row in connection.execute(query.order_by(t.cheque.c.id))))


def _once(cheques: Iterable[HeldCheque]) -> Iterable[HeldCheque]:
    """A sheet shared by several payments counts once."""
    return dict.fromkeys(cheques)


def _shared(row: Row[Any]) -> SharedCheque:
    cheque = Cheque(row.number, row.transit, row.institution, row.account, row.dated, row.drawer)
    return SharedCheque(row.id, cheque, Money(row.face_amount_cents), Money(int(row.applied_cents)))


def _held(row: Row[Any], today: date) -> HeldCheque:
    return HeldCheque(
        id=row.id,
        number=row.number,
        transit=row.transit,
        institution=row.institution,
        account=row.account,
        drawer=row.drawer,
        dated=row.dated,
        amount=Money(row.face_amount_cents),
        post_dated=row.dated > today,
    )
