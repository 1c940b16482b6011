"""Open items as a snapshot replaces them: read many at a time to be compared, and written only where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Text, bindparam, cast, delete, func, insert, select

from partnernet.storage import tables as t
from partnernet.storage.staging import Row

_item = t.open_item.c
# As they are staged: days as text, like those of the file.
COLUMNS = (
    "customer_id", "kind", "document_number", "document_date", "due_date", "amount_cents", "open_amount_cents",
)  # fmt: skip
KEY_COLUMNS = 3

_PAGE = (
    select(
        _item.id, _item.customer_id, _item.kind, _item.document_number,
        cast(_item.document_date, Text), cast(_item.due_date, Text), _item.amount_cents, _item.open_amount_cents,
    )
    .where(_item.id > bindparam("last_id"))
    .order_by(_item.id)
    .limit(bindparam("size"))
)  # fmt: skip


def last_id(connection: Connection) -> int:
    """The highest id of a document in force; 0 when there is none."""
    return connection.execute(select(func.max(_item.id))).scalar() or 0


def page(connection: Connection, last_id: int, size: int) -> list[Row]:
    """Id and `COLUMNS` of the documents in force whose ids follow this one, ``size`` at most."""
    return [tuple(row) for row in connection.execute(_PAGE, {"last_id": last_id, "size": size})]


def add(connection: Connection, snapshot_id: int, records: Iterable[Row]) -> None:
    """Put documents in force (values in the order of `COLUMNS`)."""
    connection.execute(insert(t.open_item), list(_rows(records, snapshot_id=snapshot_id)))


def remove(connection: Connection, ids: Iterable[int]) -> None:
    """Documents that are no more, or not like that."""
    connection.execute(delete(t.open_item).where(_item.id.in_(list(ids))))


def keep_change(
    connection: Connection, snapshot_id: int, side: Literal["before", "after"], records: Iterable[Row]
) -> None:
    """Keep how documents stood before a snapshot, or how they stand after it (values in the order of `COLUMNS`)."""
    connection.execute(insert(t.snapshot_change), list(_rows(records, snapshot_id=snapshot_id, side=side)))


def _rows(records: Iterable[Row], **same: Any) -> Iterator[dict[str, Any]]:
    for record in records:
        row = dict(zip(COLUMNS, record, strict=True), **same)
        row["document_date"] = date.fromisoformat(row["document_date"])
        row["due_date"] = date.fromisoformat(row["due_date"])
        yield row
