"""Exchanges with the principal's books: importing its customers, and what they owe.

A whole file is checked first, without keeping anybody waiting; nothing is imported unless all of it is good, or its
faulty lines are to be set aside. Then everything is written in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from partnernet.domain import customer_file, open_item_file
from partnernet.domain.agents import Agent
from partnernet.domain.exchanges import (
    AccountUnknown,
    BatchUnknown,
    Fault,
    FileEmpty,
    Imported,
    NothingImported,
    SnapshotInTheFuture,
    SnapshotStamp,
    SnapshotTooOld,
)
from partnernet.domain.permissions import Permission, require
from partnernet.services import audit
from partnernet.services.file_check import Checked, Listener, check, read_each
from partnernet.services.tabular import Line, file_hash, read_table
from partnernet.storage import balances, imports
from partnernet.storage.database import Database
from partnernet.storage.staging import Staging

_CHUNK_ROWS = 5000
# How much of the work is done once the file is checked, for the progress bar.
_CHECKED = 0.5


def import_customers(
    db: Database, path: Path, listener: Listener | None = None, *, set_aside: bool = False, by: Agent, at: datetime
) -> Imported:
    """Add the customers of a file and update those already known, by account number; nobody is removed.

    Faults are told to the listener in the order of the file. Raises `NothingImported` when there are any, unless they
    are to be set aside; `FileEmpty`, `FileUnreadable`.
    """
    require(by, Permission.EXCHANGE_FILES)
    listener = listener or Listener()
    with Staging() as staging:
        table = read_table(path, customer_file.COLUMNS)
        faults, cautions = check(table, _read_customers, staging, _first_half(listener))
        count = _count_to_import(staging, faults, set_aside=set_aside)
        with db.write() as connection:
            imports.take_turn(connection)
            for chunk in _chunks(staging, count, listener):
                rows = [dict(zip(customer_file.CustomerRecord._fields, record, strict=True)) for record in chunk]
                imports.upsert_customers(connection, rows)
            audit.record(connection, "customers.imported", path.name, by=by, at=at, rows=count, set_aside=faults)
    return Imported(count, faults, cautions)


def import_open_items(
    db: Database,
    path: Path,
    stamp: SnapshotStamp,
    listener: Listener | None = None,
    *,
    set_aside: bool = False,
    by: Agent,
    at: datetime,
) -> Imported:
    """Replace the open items by those of a file: what the principal's books held at ``stamp.as_of``.

    Raises what `import_customers` raises, and `SnapshotInTheFuture`, `SnapshotTooOld`, `BatchUnknown`.
    """
    require(by, Permission.EXCHANGE_FILES)
    listener = listener or Listener()
    with db.read() as connection:
        _refuse_stamp(connection, stamp, at)
    with Staging() as staging:
        table = read_table(path, open_item_file.COLUMNS)
        faults, cautions = check(table, lambda batch: _read_open_items(db, batch), staging, _first_half(listener))
        count = _count_to_import(staging, faults, set_aside=set_aside)
        with db.write() as connection:
            imports.take_turn(connection)
            _refuse_stamp(connection, stamp, at)
            snapshot_id = imports.start_snapshot(connection, _snapshot(path, stamp, count, by, at))
            for chunk in _chunks(staging, count, listener):
                imports.add_open_items(connection, [_open_item_row(snapshot_id, record) for record in chunk])
            audit.record(connection, "open_items.imported", path.name, by=by, at=at, rows=count, set_aside=faults)
    return Imported(count, faults, cautions)


# --- reading lines --------------------------------------------------------------------------------------------------


def _read_customers(batch: list[Line | Fault]) -> Iterator[Checked | Fault]:
    return read_each(batch, _read_customer)


def _read_customer(line: Line) -> Checked:
    record, cautions = customer_file.read_customer(line.values)
    return Checked(line, record.number, record.number, record, tuple(cautions))


def _read_open_items(db: Database, batch: list[Line | Fault]) -> Iterator[Checked | Fault]:
    """The documents with their customers' ids, asked of the database once for the batch."""
    read = list(read_each(batch, lambda line: (line, open_item_file.read_open_item(line.values))))
    with db.read() as connection:
        numbers = {item[1].account_number for item in read if not isinstance(item, Fault)}
        ids = imports.account_ids(connection, numbers)
    for item in read:
        yield item if isinstance(item, Fault) else _with_account(*item, ids)


def _with_account(line: Line, item: open_item_file.OpenItemRecord, ids: dict[str, int]) -> Checked | Fault:
    customer_id = ids.get(item.account_number)
    if customer_id is None:
        return Fault(line.number, line.fields, AccountUnknown(item.account_number))
    record = (
        customer_id,
        item.document_number,
        item.kind.value,
        item.document_date.isoformat(),
        item.due_date.isoformat(),
        item.amount_cents,
        item.open_amount_cents,
    )
    return Checked(line, f"{customer_id} {item.kind} {item.document_number}", item.document_number, record)


def _open_item_row(snapshot_id: int, record: list[str | int]) -> dict[str, object]:
    customer_id, document_number, kind, document_date, due_date, amount_cents, open_amount_cents = record
    return {
        "snapshot_id": snapshot_id,
        "customer_id": customer_id,
        "document_number": document_number,
        "kind": kind,
        "document_date": date.fromisoformat(str(document_date)),
        "due_date": date.fromisoformat(str(due_date)),
        "amount_cents": amount_cents,
        "open_amount_cents": open_amount_cents,
    }


# --- deciding and writing -------------------------------------------------------------------------------------------


def _refuse_stamp(connection: Connection, stamp: SnapshotStamp, at: datetime) -> None:
    if stamp.as_of > at:
        raise SnapshotInTheFuture(stamp.as_of)
    in_force = balances.snapshot_in_force(connection)
    if in_force and stamp.as_of < in_force.as_of:
        raise SnapshotTooOld(stamp.as_of, in_force.as_of)
    if stamp.through_batch:
        raise BatchUnknown(stamp.through_batch)


def _count_to_import(staging: Staging, faults: int, *, set_aside: bool) -> int:
    """How many lines are to be imported; refuses faults that may not be set aside, and a file without a good line."""
    count = staging.count()
    if faults and not (set_aside and count):
        raise NothingImported(faults)
    if not count:
        raise FileEmpty()
    return count


def _snapshot(path: Path, stamp: SnapshotStamp, count: int, by: Agent, at: datetime) -> dict[str, object]:
    return {
        "as_of": stamp.as_of,
        "through_batch": stamp.through_batch,
        "imported_at": at,
        "imported_by": by.login,
        "file_hash": file_hash(path),
        "item_count": count,
    }


def _first_half(listener: Listener) -> Listener:
    return Listener(listener.fault, listener.caution, lambda fraction: listener.progress(fraction * _CHECKED))


def _chunks(staging: Staging, count: int, listener: Listener) -> Iterator[list[list[str | int]]]:
    done = 0
    for chunk in staging.chunks(_CHUNK_ROWS):
        yield chunk
        done += len(chunk)
        listener.progress(_CHECKED + (1 - _CHECKED) * done / count)
