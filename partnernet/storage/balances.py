"""Where accounts stand: the open items of the snapshot in force, less what was paid and is not in it yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select

from partnernet.domain.accounts import DocumentKind, OpenItem, Standing, standing
from partnernet.domain.agents import Branch
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import ZERO, Money
from partnernet.storage import tables as t


class SnapshotInForce(NamedTuple):
    """The newest import of open items, and the moment of the principal's books that it shows."""

    id: int
    as_of: datetime


_lines = t.ledger_line.c
_THESE_CUSTOMERS: BindParameter[int] = bindparam("customer_ids", expanding=True)
_OPEN_ITEMS = select(t.open_item).where(t.open_item.c.customer_id.in_(_THESE_CUSTOMERS))
_PAID = (
    select(_lines.customer_id, func.sum(_lines.credit_cents - _lines.debit_cents).label("paid_cents"))
    .where(_lines.account == LedgerAccount.OWED, _lines.customer_id.in_(_THESE_CUSTOMERS))
    .group_by(_lines.customer_id)
)
_IN_FORCE = select(t.snapshot.c.id, t.snapshot.c.as_of).order_by(t.snapshot.c.id.desc()).limit(1)


def standings(conn: Connection, customer_ids: Sequence[int], today: date) -> dict[int, Standing]:
    """Where each of these accounts stands on a business date, in two queries however many they are.

    No exported batch exists yet, so that no payment is in the snapshot: all of them reduce what is open.
    """
    items = _open_items(conn, customer_ids)
    paid = _paid(conn, customer_ids)
    return {key: standing(items.get(key, ()), paid.get(key, ZERO), today) for key in customer_ids}


def business_date(conn: Connection, branch: Branch | None, at: datetime) -> date:
    """The date on which accounts are read: the branch's; the first branch's for someone who serves none."""
    if branch:
        return branch.business_date(at)
    zone = conn.execute(select(t.branch.c.timezone).order_by(t.branch.c.id).limit(1)).scalar()
    return at.astimezone(ZoneInfo(zone) if zone else UTC).date()


def snapshot_in_force(conn: Connection) -> SnapshotInForce | None:
    """The newest snapshot; none before the first import."""
    row = conn.execute(_IN_FORCE).first()
    return SnapshotInForce(row.id, row.as_of) if row else None


def payments_since(conn: Connection, customer_id: int) -> int:
    """How many payments, not reversed, the snapshot in force does not include."""
    reversing = t.posting.alias()
    return conn.execute(
        select(func.count())
        .select_from(t.payment.outerjoin(reversing, reversing.c.reverses_id == t.payment.c.posting_id))
        .where(t.payment.c.customer_id == customer_id, reversing.c.id.is_(None))
    ).scalar_one()


def _open_items(conn: Connection, customer_ids: Sequence[int]) -> dict[int, list[OpenItem]]:
    found: dict[int, list[OpenItem]] = defaultdict(list)
    for row in conn.execute(_OPEN_ITEMS, {"customer_ids": customer_ids}):
        found[row.customer_id].append(_item(row))
    return found


def _item(row: Row[*tuple[object, ...]]) -> OpenItem:
    return OpenItem(
        row.document_number,
        DocumentKind(row.kind),
        row.document_date,
        row.due_date,
        Money(row.amount_cents),
        Money(row.open_amount_cents),
    )


def _paid(conn: Connection, customer_ids: Sequence[int]) -> dict[int, Money]:
    rows = conn.execute(_PAID, {"customer_ids": customer_ids})
    return {row.customer_id: Money(int(row.paid_cents)) for row in rows}
