"""Bags dropped during the day, from their rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from partnernet.domain.agents import Branch
from partnernet.domain.drops import Drop
from partnernet.storage import bags
from partnernet.storage import tables as t

_receiver = t.app_user.alias("receiver")
_QUERY = (
    select(
        t.bag,
        t.till_drop.c.fingerprint,
        t.app_user.c.name.label("agent_name"),
        t.drop_receipt.c.received_at,
        t.drop_receipt.c.alone,
        _receiver.c.name.label("received_by"),
    )
    .join(t.till_drop, t.till_drop.c.bag_id == t.bag.c.id)
    .join(t.app_user, t.app_user.c.id == t.bag.c.agent_id)
    .outerjoin(t.drop_receipt, t.drop_receipt.c.bag_id == t.bag.c.id)
    .outerjoin(_receiver, _receiver.c.id == t.drop_receipt.c.received_by_id)
    .order_by(t.bag.c.id)
)


def keep(connection: Connection, bag_id: int, *, key: str, fingerprint: str, agent_id: int) -> None:
    """That a sealed bag is a drop."""
    values = {"bag_id": bag_id, "key": key, "fingerprint": fingerprint, "agent_id": agent_id}
    connection.execute(insert(t.till_drop).values(**values))


def by_key(connection: Connection, key: str) -> tuple[int, tuple[int, str]] | None:
    """The bag that an idempotency key already made: its id, and by whom with what content."""
    drop = t.till_drop.c
    row = connection.execute(select(t.till_drop).where(drop.key == key)).one_or_none()
    return (row.bag_id, (row.agent_id, row.fingerprint)) if row else None


def received_by(connection: Connection, bag_id: int) -> int | None:
    """The person who took a drop for the branch; ``None`` while it waits."""
    query = select(t.drop_receipt.c.received_by_id).where(t.drop_receipt.c.bag_id == bag_id)
    return connection.execute(query).scalar_one_or_none()


def receive(connection: Connection, drop: Drop, *, by_id: int, at: datetime, alone: bool) -> None:
    """Keep who took the bag for the branch; the primary key keeps it single."""
    values = {
        "bag_id": drop.bag.id,
        "agent_id": drop.agent_id,
        "received_by_id": by_id,
        "received_at": at,
        "alone": alone,
    }
    connection.execute(insert(t.drop_receipt).values(**values))


def one(connection: Connection, branch: Branch, bag_id: int, today: date) -> Drop | None:
    """One drop of the branch."""
    row = connection.execute(_QUERY.where(t.bag.c.branch_id == branch.id, t.bag.c.id == bag_id)).one_or_none()
    return _drop(connection, row, today) if row else None


def waiting(connection: Connection, branch: Branch, today: date, *, agent_id: int | None = None) -> tuple[Drop, ...]:
    """The branch's drops (one agent's) that nobody has received yet, oldest first."""
    query = _QUERY.where(t.bag.c.branch_id == branch.id, t.drop_receipt.c.bag_id.is_(None))
    if agent_id is not None:
        query = query.where(t.bag.c.agent_id == agent_id)
    return tuple(_drop(connection, row, today) for row in connection.execute(query).all())


def _drop(connection: Connection, row: Row[Any], today: date) -> Drop:
    return Drop(
        bag=bags.of_row(connection, row, today),
        agent_id=row.agent_id,
        agent_name=row.agent_name,
        received_at=row.received_at,
        received_by=row.received_by or "",
        alone=bool(row.alone),
    )
