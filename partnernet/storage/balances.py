"""Where accounts stand: the open items of the snapshot in force, less what was paid and is not in it yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select

from partnernet.domain.accounts import Account, DocumentKind, OpenItem, Standing, Unincluded, standing
from partnernet.domain.agents import Branch
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money
from partnernet.storage import tables as t
from partnernet.storage.inclusion import included_now, unincluded


class SnapshotInForce(NamedTuple):
    """The newest import of open items: the moment of the principal's books that it shows, up to which batch."""

    id: int
    as_of: datetime
    through_batch: int


_THESE_CUSTOMERS: BindParameter[int] = bindparam("customer_ids", expanding=True)
_OPEN_ITEMS = select(t.open_item).where(t.open_item.c.customer_id.in_(_THESE_CUSTOMERS))
_IN_FORCE = (
    select(t.snapshot.c.id, t.snapshot.c.as_of, t.snapshot.c.through_batch).order_by(t.snapshot.c.id.desc()).limit(1)
)


def standings(conn: Connection, customer_ids: Sequence[int], today: date) -> dict[int, Standing]:
    """Where each of these accounts stands on a business date, in two queries however many they are (two more when the
    principal's books include a payment of theirs whose reversal they do not)."""
    items = open_items(conn, customer_ids)
    apart = unincluded(conn, customer_ids)
    return {key: _standing(items.get(key, ()), apart.get(key, Unincluded()), today) for key in customer_ids}


def open_items(conn: Connection, customer_ids: Sequence[int]) -> dict[int, list[OpenItem]]:
    """The documents that are open in the principal's books, by customer; absent when there are none."""
    found: dict[int, list[OpenItem]] = defaultdict(list)
    for row in conn.execute(_OPEN_ITEMS, {"customer_ids": customer_ids}):
        found[row.customer_id].append(item_of(row))
    return found


def business_date(conn: Connection, branch: Branch | None, at: datetime) -> date:
    """The date on which accounts are read."""
    return at.astimezone(ZoneInfo(timezone_of(conn, branch))).date()


def timezone_of(conn: Connection, branch: Branch | None) -> str:
    """The time zone in which accounts are read: the branch's; the first branch's for someone who serves none."""
    if branch:
        return branch.timezone
    return conn.execute(select(t.branch.c.timezone).order_by(t.branch.c.id).limit(1)).scalar() or "UTC"


def account(conn: Connection, customer: Customer, today: date) -> Account:
    """Where one account stands on a business date, and how old that is."""
    where = standings(conn, [customer.id], today)[customer.id]
    snapshot = snapshot_in_force(conn)
    return Account(customer, where, snapshot.as_of if snapshot else None, payments_since(conn, customer.id))


def snapshot_in_force(conn: Connection) -> SnapshotInForce | None:
    """The newest snapshot; none before the first import."""
    row = conn.execute(_IN_FORCE).first()
    return SnapshotInForce(row.id, row.as_of, row.through_batch) if row else None


def payments_since(conn: Connection, customer_id: int) -> int:
    """How many payments, not reversed, the snapshot in force does not include."""
    reversing = t.posting.alias()
    return conn.execute(
        select(func.count())
        .select_from(t.payment.outerjoin(reversing, reversing.c.reverses_id == t.payment.c.posting_id))
        .where(t.payment.c.customer_id == customer_id, reversing.c.id.is_(None), ~included_now(t.payment.c.posting_id))
    ).scalar_one()


def _standing(items: Sequence[OpenItem], apart: Unincluded, today: date) -> Standing:
    return standing(items, apart.paid, today, apart.returned)


def item_of(row: Row[*tuple[object, ...]]) -> OpenItem:
    """The document in a row of open items, or of what a snapshot changed."""
    return OpenItem(
        row.document_number,
        DocumentKind(row.kind),
        row.document_date,
        row.due_date,
        Money(row.amount_cents),
        Money(row.open_amount_cents),
    )
