"""What an import writes of customers, by their account number, and that a file was imported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from partnernet.domain.customer_file import CustomerRecord
from partnernet.domain.exchanges import FileImport, FileKind
from partnernet.storage import tables as t
from partnernet.storage.staging import Row
from partnernet.storage.tables import customer

# Any number will do, as long as nothing else in the database uses it.
_IMPORT_LOCK = 7_260_513
_LAST_IMPORTS = 100
_THINKING_SECONDS = 60

_FIELDS = CustomerRecord._fields
_STORED = select(customer.c.id, *(customer.c[name] for name in _FIELDS))
_CHANGE = (
    update(customer)
    .where(customer.c.id == bindparam("customer_id"))
    .values({name: bindparam(name) for name in _FIELDS if name != "number"})
)


def take_turn(connection: Connection) -> None:
    """Let one import run at a time, for the rest of the transaction (SQLite has one writer anyway)."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_IMPORT_LOCK)))


def take_time(connection: Connection) -> None:
    """Let the rest of the transaction think longer between two statements than a counter may: it holds no branch."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{_THINKING_SECONDS}s'")


def last_id(connection: Connection, kind: FileKind | None = None) -> int:
    """Which import (of this kind of file) was the last; 0 before the first."""
    query = select(func.max(t.file_import.c.id))
    if kind:
        query = query.where(t.file_import.c.kind == kind)
    return connection.execute(query).scalar() or 0


def account_ids(connection: Connection, numbers: Iterable[str]) -> dict[str, int]:
    """The customers' ids by account number, those that exist."""
    query = select(customer.c.number, customer.c.id).where(customer.c.number.in_(list(numbers)))
    return {row.number: row.id for row in connection.execute(query)}


def stored_customers(connection: Connection, numbers: Sequence[str]) -> list[Row]:
    """Id and fields, in the order of `CustomerRecord`, of the customers with these account numbers."""
    return [tuple(row) for row in connection.execute(_STORED.where(customer.c.number.in_(numbers)))]


def add_customers(connection: Connection, records: Iterable[Row]) -> None:
    """Insert customers whose fields are in the order of `CustomerRecord`."""
    connection.execute(insert(customer), [dict(zip(_FIELDS, record, strict=True)) for record in records])


def change_customers(connection: Connection, records: Iterable[tuple[int, Row]]) -> None:
    """Update customers, by id, to fields in the order of `CustomerRecord`; no customer is ever removed."""
    rows = [{"customer_id": key, **dict(zip(_FIELDS, record, strict=True))} for key, record in records]
    for row in rows:
        del row["number"]
    connection.execute(_CHANGE, rows)


def keep(connection: Connection, **columns: Any) -> None:
    """Keep that a file was imported (columns of ``file_import``)."""
    connection.execute(insert(t.file_import).values(**columns))


def by_key(connection: Connection, key: str) -> Any | None:
    """The row of the import that an idempotency key has made, with its snapshot's moment and batch."""
    return connection.execute(_IMPORTS.where(t.file_import.c.key == key)).one_or_none()


def made_by(connection: Connection, key: str) -> FileImport | None:
    """The import that an idempotency key has made."""
    row = by_key(connection, key)
    return _file_import(row) if row else None


def history(connection: Connection) -> tuple[FileImport, ...]:
    """The last imports, newest first."""
    query = _IMPORTS.order_by(t.file_import.c.id.desc()).limit(_LAST_IMPORTS)
    return tuple(_file_import(row) for row in connection.execute(query))


_IMPORTS = select(t.file_import, t.snapshot.c.as_of, t.snapshot.c.through_batch).outerjoin(
    t.snapshot, t.snapshot.c.id == t.file_import.c.snapshot_id
)


def _file_import(row: Any) -> FileImport:
    imported_at: datetime = row.imported_at
    return FileImport(
        kind=FileKind(row.kind),
        file_name=row.file_name,
        file_hash=row.file_hash,
        imported_at=imported_at,
        imported_by=row.imported_by,
        row_count=row.row_count,
        fault_count=row.fault_count,
        caution_count=row.caution_count,
        as_of=row.as_of,
        through_batch=row.through_batch,
    )
