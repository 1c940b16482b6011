"""Deposits and the bags on them, from their rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from partnernet.domain.agents import Branch
from partnernet.domain.deposits import Deposit, SettledDeposit, WaitingBag
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money
from partnernet.storage import bags
from partnernet.storage import tables as t
from partnernet.storage.numbers import next_number

_LAST_SETTLED = 20
_it = t.deposit.c


def waiting(connection: Connection, branch: Branch, today: date) -> tuple[WaitingBag, ...]:
    """Bags that the branch has (approved, or dropped and received), not empty and on no slip yet, oldest first."""
    approved = select(t.reconciliation.c.bag_id).join(
        t.reconciliation_decision, t.reconciliation_decision.c.reconciliation_id == t.reconciliation.c.id
    )
    query = (
        select(t.bag, t.app_user.c.name.label("agent_name"))
        .join(t.app_user, t.app_user.c.id == t.bag.c.agent_id)
        .where(
            t.bag.c.branch_id == branch.id,
            t.bag.c.id.in_(approved.where(t.reconciliation_decision.c.outcome == "approved"))
            | t.bag.c.id.in_(select(t.drop_receipt.c.bag_id)),
            t.bag.c.id.not_in(select(t.deposit_bag.c.bag_id)),
        )
        .order_by(t.bag.c.id)
    )
    held = [WaitingBag(bags.of_row(connection, row, today), row.agent_name) for row in connection.execute(query).all()]
    return tuple(waiting for waiting in held if waiting.bag.total)


def make(connection: Connection, branch: Branch, bag_ids: tuple[int, ...], **columns: Any) -> int:
    """Put bags on a slip, numbered without a gap under the branch's lock, and return its id."""
    values = {"branch_id": branch.id, "number": next_number(connection, t.deposit, branch), **columns}
    deposit_id = connection.execute(insert(t.deposit).values(**values).returning(_it.id)).scalar_one()
    for bag_id in bag_ids:
        connection.execute(insert(t.deposit_bag).values(bag_id=bag_id, deposit_id=deposit_id))
    return deposit_id


def by_key(connection: Connection, key: str) -> tuple[int, int] | None:
    """The deposit that an idempotency key already made: its id and who made it."""
    row = connection.execute(select(_it.id, _it.made_by_id).where(_it.key == key)).one_or_none()
    return (row.id, row.made_by_id) if row else None


def settle(
    connection: Connection, deposit_id: int, *, posting_id: int, reference: str, by_id: int, at: datetime
) -> None:
    """Keep the bank's reference; the primary key keeps it single."""
    values = {
        "deposit_id": deposit_id,
        "posting_id": posting_id,
        "bank_reference": reference,
        "settled_by_id": by_id,
        "settled_at": at,
    }
    connection.execute(insert(t.deposit_reference).values(**values))


def listed(connection: Connection, branch: Branch, today: date) -> tuple[Deposit, ...]:
    """The branch's last deposits, newest first."""
    query = _query().where(_it.branch_id == branch.id).order_by(_it.id.desc()).limit(50)
    return tuple(_deposit(connection, branch, row, today) for row in connection.execute(query).all())


def under_way(connection: Connection, branch: Branch, today: date) -> tuple[Deposit, ...]:
    """The branch's deposits that wait for the bank's reference, oldest first."""
    query = _query().where(_it.branch_id == branch.id, t.deposit_reference.c.deposit_id.is_(None)).order_by(_it.id)
    return tuple(_deposit(connection, branch, row, today) for row in connection.execute(query).all())


def settled(connection: Connection, branch: Branch) -> tuple[SettledDeposit, ...]:
    """The branch's last deposits that the bank has, newest first."""
    reference, line = t.deposit_reference.c, t.ledger_line.c
    bag_count = select(func.count()).where(t.deposit_bag.c.deposit_id == _it.id).scalar_subquery()
    remitted = (
        select(func.sum(line.debit_cents))
        .where(line.posting_id == reference.posting_id, line.account == LedgerAccount.REMITTED)
        .scalar_subquery()
    )
    query = (
        select(
            _it.id,
            _it.number,
            _it.made_at,
            bag_count.label("bag_count"),
            remitted.label("cents"),
            reference.bank_reference,
            reference.settled_at,
            t.app_user.c.name.label("settled_by"),
        )
        .join(t.deposit_reference, reference.deposit_id == _it.id)
        .join(t.app_user, t.app_user.c.id == reference.settled_by_id)
        .where(_it.branch_id == branch.id)
        .order_by(reference.settled_at.desc(), _it.id.desc())
        .limit(_LAST_SETTLED)
    )
    return tuple(
        SettledDeposit(
            id=row.id,
            number=row.number,
            made_at=row.made_at,
            bag_count=row.bag_count,
            amount=Money(int(row.cents or 0)),
            bank_reference=row.bank_reference,
            settled_at=row.settled_at,
            settled_by=row.settled_by,
        )
        for row in connection.execute(query)
    )


def one(connection: Connection, branch: Branch, deposit_id: int, today: date) -> Deposit | None:
    """One deposit of the branch."""
    row = connection.execute(_query().where(_it.branch_id == branch.id, _it.id == deposit_id)).one_or_none()
    return _deposit(connection, branch, row, today) if row else None


def _query() -> Any:
    return (
        select(
            t.deposit,
            t.app_user.c.name.label("made_by"),
            t.deposit_reference.c.bank_reference,
            t.deposit_reference.c.settled_at,
        )
        .join(t.app_user, t.app_user.c.id == _it.made_by_id)
        .outerjoin(t.deposit_reference, t.deposit_reference.c.deposit_id == _it.id)
    )


def _deposit(connection: Connection, branch: Branch, row: Row[Any], today: date) -> Deposit:
    query = (
        select(t.bag)
        .join(t.deposit_bag, t.deposit_bag.c.bag_id == t.bag.c.id)
        .where(t.deposit_bag.c.deposit_id == row.id)
        .order_by(t.bag.c.id)
    )
    held = connection.execute(query).all()
    return Deposit(
        id=row.id,
        number=row.number,
        branch=branch,
        made_at=row.made_at,
        made_by=row.made_by,
        account=row.account,
        bags=tuple(bags.of_row(connection, bag, today) for bag in held),
        bank_reference=row.bank_reference or "",
        settled_at=row.settled_at,
    )
