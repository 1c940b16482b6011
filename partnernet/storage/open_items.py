"""Open items of a file beside those in force: they are put into a temporary table, and what differs is told by SQL.

A document that stands as it did is not written again, so that a snapshot costs what it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    select,
)

from partnernet.domain.accounts import DocumentKind
from partnernet.storage import tables as t
from partnernet.storage.types import RowId

_stored = t.open_item
_KEY = ("customer_id", "kind", "document_number")
_VALUES = ("document_date", "due_date", "amount_cents", "open_amount_cents")

incoming = Table(
    "incoming_open_item",
    MetaData(),
    Column("customer_id", RowId, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("document_number", Text, primary_key=True),
    Column("document_date", Date, nullable=False),
    Column("due_date", Date, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("open_amount_cents", BigInteger, nullable=False),
    prefixes=["TEMPORARY"],
)


@contextmanager
def comparing(connection: Connection) -> Iterator[None]:
    """Have the temporary table for the length of the block; a transaction that fails takes it along."""
    incoming.create(connection)
    yield
    incoming.drop(connection)


def add(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Put documents of the file beside those in force (columns of the temporary table)."""
    connection.execute(insert(incoming), rows)


def analyse(connection: Connection) -> None:
    """Tell PostgreSQL how large the file is, or it plans for an empty table; SQLite goes by the keys."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ANALYZE {incoming.name}")


def replace(connection: Connection, snapshot_id: int, *, keep_changes: bool) -> None:
    """Put the documents of the file in force, and keep what that changes unless it is the first snapshot."""
    if keep_changes:
        for side, rows in (("before", gone()), ("after", come())):
            columns: list[ColumnElement[Any]] = [literal(snapshot_id), literal(side)]
            columns += [rows.c[name] for name in (*_KEY, *_VALUES)]
            names = ["snapshot_id", "side", *_KEY, *_VALUES]
            connection.execute(insert(t.snapshot_change).from_select(names, select(*columns)))
    connection.execute(delete(_stored).where(~_same(incoming).exists()))
    is_there = select(_stored.c.id).where(_of_one_document(_stored, incoming))
    fresh = select(literal(snapshot_id), *(incoming.c[name] for name in (*_KEY, *_VALUES))).where(~is_there.exists())
    connection.execute(insert(_stored).from_select(["snapshot_id", *_KEY, *_VALUES], fresh))


def gone() -> FromClause:
    """Documents in force that are no more, or no more like that."""
    return select(_stored).where(~_same(incoming).exists()).subquery("gone")


def come() -> FromClause:
    """Documents of the file that are new, or stand otherwise now."""
    same = select(_stored.c.id).where(_of_one_document(_stored, incoming), _alike(_stored, incoming))
    return select(incoming).where(~same.exists()).subquery("come")


def counts(connection: Connection) -> tuple[int, int, int]:
    """How many documents would appear, vanish, and stand otherwise."""
    before, after = gone(), come()
    both = select(func.count()).select_from(before.join(after, _of_one_document(before, after)))
    moving = connection.execute(both).scalar_one()
    appearing, vanishing = (
        connection.execute(select(func.count()).select_from(side)).scalar_one() for side in (after, before)
    )
    return appearing - moving, vanishing - moving, moving


def balance_changes() -> Select[int, int]:
    """By how many cents each account's open documents change (rows of ``customer_id`` and ``cents``)."""
    before, after = gone(), come()
    sides = select(before.c.customer_id, (-_signed(before)).label("cents")).union_all(
        select(after.c.customer_id, _signed(after).label("cents"))
    )
    each = sides.subquery("each_change")
    return select(each.c.customer_id, func.sum(each.c.cents).label("cents")).group_by(each.c.customer_id)


def moved_documents() -> FromClause:
    """The documents, by customer, kind and number, that differ on either side."""
    before, after = gone(), come()
    both = select(*(before.c[name] for name in _KEY)).union(select(*(after.c[name] for name in _KEY)))
    return both.subquery("moved")


def _same(side: Table) -> Select[Any]:
    return select(side.c.customer_id).where(_of_one_document(_stored, side), _alike(_stored, side))


def _of_one_document(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(*(one.c[name] == other.c[name] for name in _KEY))


def _alike(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(*(one.c[name] == other.c[name] for name in _VALUES))


def _signed(side: FromClause) -> ColumnElement[int]:
    """What a document adds to the total due."""
    open_cents = side.c.open_amount_cents
    return case((side.c.kind == DocumentKind.INVOICE.value, open_cents), else_=-open_cents)
