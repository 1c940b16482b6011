"""Batches and snapshots as their rows stand, put in without the services that make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from partnernet.domain.accounts import DocumentKind, OpenItem
from partnernet.domain.customers import Customer
from partnernet.storage import tables
from partnernet.storage.balances import item_of
from tests.support.requests import new_key
from tests.support.world import World

_Key = tuple[DocumentKind, str]


def export_batch(world: World, posting_ids: Sequence[int]) -> int:
    """The next batch, with these postings; returns its number."""
    batch, line = tables.export_batch, tables.export_line
    with world.db.write() as connection:
        number = (connection.execute(select(func.max(batch.c.number))).scalar() or 0) + 1
        connection.execute(
            batch.insert().values(
                number=number, key=new_key(), cut_at=world.now, cut_by="PA1234", payment_count=len(posting_ids),
                reversal_count=0, payments_cents=0, reversals_cents=0, anchors="[]",
            )
        )  # fmt: skip
        rows = [
            {"posting_id": posting_id, "batch_number": number, "position": position}
            for position, posting_id in enumerate(posting_ids, start=1)
        ]
        connection.execute(line.insert(), rows)
    return number


def unexported(world: World) -> tuple[int, ...]:
    """The payments and their reversals that went out in no batch, in the order posted."""
    query = (
        select(tables.posting.c.id)
        .outerjoin(tables.export_line, tables.export_line.c.posting_id == tables.posting.c.id)
        .where(tables.posting.c.kind.in_(("payment", "reversal")), tables.export_line.c.posting_id.is_(None))
    )
    with world.db.read() as connection:
        return tuple(connection.execute(query.order_by(tables.posting.c.id)).scalars())


def take_snapshot(
    world: World,
    documents: Mapping[Customer, Iterable[OpenItem]],
    *,
    as_of: datetime | None = None,
    through_batch: int = 0,
    refused: Iterable[int] = (),
) -> int:
    """Put a snapshot in force: the open documents of every customer named, nothing of the others; returns its id."""
    with world.db.write() as connection:
        first = connection.execute(select(func.count()).select_from(tables.snapshot)).scalar_one() == 0
        snapshot_id = connection.execute(
            tables.snapshot.insert()
            .values(
                as_of=as_of or world.now, through_batch=through_batch, imported_at=world.now, imported_by="console",
                file_hash="0" * 64, item_count=0,
            )
            .returning(tables.snapshot.c.id)
        ).scalar_one()  # fmt: skip
        for posting_id in refused:
            connection.execute(
                tables.snapshot_exception.insert().values(snapshot_id=snapshot_id, posting_id=posting_id)
            )
        named = {customer.id: list(items) for customer, items in documents.items()}
        stored = connection.execute(select(tables.open_item.c.customer_id).distinct()).scalars()
        for customer_id in {*named, *stored}:
            _replace(connection, snapshot_id, customer_id, named.get(customer_id, []), keep_changes=not first)
    return snapshot_id


def _replace(
    connection: Connection, snapshot_id: int, customer_id: int, items: list[OpenItem], *, keep_changes: bool
) -> None:
    table = tables.open_item
    rows = connection.execute(select(table).where(table.c.customer_id == customer_id))
    before = {_key(item): item for item in map(item_of, rows)}
    after = {_key(item): item for item in items}
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    for key in changed:
        for side, item in (("before", before.get(key)), ("after", after.get(key))):
            if item and keep_changes:
                row = {"snapshot_id": snapshot_id, "customer_id": customer_id, "side": side, **_row(item)}
                connection.execute(tables.snapshot_change.insert().values(**row))
        kind, number = key
        connection.execute(
            delete(table).where(
                table.c.customer_id == customer_id, table.c.kind == kind.value, table.c.document_number == number
            )
        )
        if key in after:
            row = {"snapshot_id": snapshot_id, "customer_id": customer_id, **_row(after[key])}
            connection.execute(table.insert().values(**row))


def _key(item: OpenItem) -> _Key:
    return item.kind, item.document_number


def _row(item: OpenItem) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "document_number": item.document_number,
        "document_date": item.document_date,
        "due_date": item.due_date,
        "amount_cents": item.amount.cents,
        "open_amount_cents": item.open_amount.cents,
    }
