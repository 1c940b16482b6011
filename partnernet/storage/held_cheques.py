"""Cheques on hand: received by an agent, not reversed, in no sealed bag."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from partnernet.domain.cheques import Cheque
from partnernet.domain.counts import HeldCheque
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money
from partnernet.domain.shared_cheques import SharedCheque
from partnernet.storage import bag_contents
from partnernet.storage import tables as t

_reversing, _any, _undoing = t.posting.alias("reversing"), t.payment.alias("any_of"), t.posting.alias("undoing")
# Some payment of the sheet stands: else it has left, or should never have been on record.
_STANDS = (
    select(_any.c.posting_id)
    .outerjoin(_undoing, _undoing.c.reverses_id == _any.c.posting_id)
    .where(_any.c.cheque_id == t.cheque.c.id, _undoing.c.id.is_(None))
    .correlate(t.cheque)
    .exists()
)
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
    return _cheques(connection, today, _came_to(agent_id, session_id), _STANDS, ~_SEALED.exists())


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
    sheet, applied = t.cheque.c, func.sum(t.payment.c.amount_cents)
    query = (
        select(t.cheque, applied.label("applied_cents"))
        .join(t.payment, t.payment.c.cheque_id == sheet.id)
        .outerjoin(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
        .where(
            _reversing.c.id.is_(None),
            t.payment.c.branch_id == branch_id,
            _came_to(agent_id, up_to_session),
            ~_SEALED.exists(),
        )
        .group_by(sheet.id)
        .having(applied < sheet.face_amount_cents)
    )
    if sheet_id is not None:
        query = query.where(sheet.id == sheet_id)
    return tuple(_shared(row) for row in connection.execute(query.order_by(sheet.id)))


def in_bag(connection: Connection, bag_id: int, today: date) -> tuple[HeldCheque, ...]:
    """The cheques of a sealed bag, but those that a reversal has taken out of it; the bank's returns stay listed."""
    return _cheques(connection, today, bag_contents.HELD, bag_id=bag_id)


def sealed_in(connection: Connection, bag_id: int, today: date) -> tuple[HeldCheque, ...]:
    """The cheques that a bag was sealed with, those taken out of it since included."""
    return _cheques(connection, today, bag_contents.SEALED, bag_id=bag_id)


def reversed_in_bags(
    connection: Connection, bag_ids: Collection[int], today: date
) -> tuple[tuple[HeldCheque, datetime], ...]:
    """The cheques that were sealed in these bags and of which no payment stands any more, and since when."""
    query = (
        select(t.cheque, func.max(_reversing.c.posted_at).label("reversed_at"))
        .join(t.bag_cheque, t.bag_cheque.c.cheque_id == t.cheque.c.id)
        .join(t.payment, t.payment.c.cheque_id == t.cheque.c.id)
        .join(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
        .where(t.bag_cheque.c.bag_id.in_(bag_ids), ~_STANDS)
        .group_by(t.cheque.c.id)
        .order_by(t.cheque.c.id)
    )
    return tuple((_held(row, today), row.reversed_at) for row in connection.execute(query))


def of_count(connection: Connection, count_id: int, today: date) -> tuple[HeldCheque, ...]:
    """The cheques that were ticked when a count was frozen."""
    ticked = select(t.till_count_cheque.c.cheque_id).where(t.till_count_cheque.c.count_id == count_id)
    return _cheques(connection, today, t.cheque.c.id.in_(ticked))


def _came_to(agent_id: int, up_to_session: int | None) -> ColumnElement[bool]:
    """The sheet came into the hands of an agent, with whichever of its payments: when one of them is moved to another
    account, no paper moves. ``up_to_session`` leaves out those of later till sessions."""
    line = t.ledger_line.c
    came = (
        select(_any.c.cheque_id)
        .join(t.ledger_line, line.posting_id == _any.c.posting_id)
        .where(line.account == LedgerAccount.CHEQUES, line.holder_id == agent_id)
    )
    return t.cheque.c.id.in_(came if up_to_session is None else came.where(line.till_session_id <= up_to_session))


def _cheques(
    connection: Connection, today: date, *which: ColumnElement[bool], bag_id: int | None = None
) -> tuple[HeldCheque, ...]:
    """The sheets of paper that meet these conditions, each once however many accounts it pays, oldest first."""
    query = select(t.cheque).where(*which)
    if bag_id is not None:
        query = query.join(t.bag_cheque, t.bag_cheque.c.cheque_id == t.cheque.c.id)
        query = query.join(t.bag, t.bag.c.id == t.bag_cheque.c.bag_id).where(t.bag.c.id == bag_id)
    return tuple(_held(row, today) for row in connection.execute(query.order_by(t.cheque.c.id)))


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
