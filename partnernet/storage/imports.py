"""What an import writes: customers by their account number, and the open items of a new snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from partnernet.storage.tables import customer, open_item, snapshot

# Any number will do, as long as nothing else in the database uses it.
_IMPORT_LOCK = 7_260_513


def take_turn(connection: Connection) -> None:
    """Let one import run at a time, for the rest of the transaction (SQLite has one writer anyway)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_IMPORT_LOCK)))


def upsert_customers(connection: Connection, records: Sequence[dict[str, Any]]) -> None:
    """Insert new account numbers and update those that differ; no customer is ever removed."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(customer)
    given = {column: statement.excluded[column] for column in records[0] if column != "number"}
    differs = or_(*(customer.c[column] != value for column, value in given.items()))
    connection.execute(statement.on_conflict_do_update(index_elements=["number"], set_=given, where=differs), records)


def account_ids(connection: Connection, numbers: Iterable[str]) -> dict[str, int]:
    """The customers' ids by account number, those that exist."""
    query = select(customer.c.number, customer.c.id).where(customer.c.number.in_(list(numbers)))
    return {row.number: row.id for row in connection.execute(query)}


def start_snapshot(connection: Connection, values: dict[str, Any]) -> int:
    """Put a snapshot in force and empty the open items, to be added again; returns its id."""
    connection.execute(delete(open_item))
    return connection.execute(insert(snapshot).values(values).returning(snapshot.c.id)).scalar_one()


def add_open_items(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add documents of the snapshot that was just started."""
    connection.execute(insert(open_item), rows)
