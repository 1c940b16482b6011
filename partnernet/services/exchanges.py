"""Exchanges with the principal's books: importing its customers, and what they owe.

A whole file is checked first, without keeping anybody waiting; nothing is imported unless all of it is good, or its
faulty lines are to be set aside. Then everything is written in one transaction.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from partnernet.domain.agents import Agent
from partnernet.domain.exchanges import FileImport, FileKind, Imported
from partnernet.domain.keys import checked_key
from partnernet.domain.permissions import Permission, require
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.snapshots import (
    BatchAfterMoment,
    BatchGoesBack,
    BatchUnknown,
    SnapshotInTheFuture,
    SnapshotStamp,
    SnapshotTooOld,
)
from partnernet.services import audit
from partnernet.services.file_check import Listener
from partnernet.services.file_reading import (
    Staged,
    chunks,
    count_to_import,
    customer_row,
    open_item_row,
    read_refused,
    refused_postings,
    stage_customers,
    stage_open_items,
)
from partnernet.services.tabular import file_hash
from partnernet.storage import balances, imports, open_items, snapshots
from partnernet.storage.database import Database
from partnernet.storage.staging import Staging


def import_customers(
    db: Database,
    path: Path,
    listener: Listener | None = None,
    *,
    set_aside: bool = False,
    key: str | None = None,
    by: Agent,
    at: datetime,
) -> Imported:
    """Add the customers of a file and update those already known, by account number; nobody is removed.

    Faults are told to the listener in the order of the file. ``key`` is that of the form, when one asks: the same again
    answers the same. Raises `NothingImported` when there are faults, unless they are to be set aside; `FileEmpty`,
    `FileUnreadable`, `OtherContentForKey`.
    """
    require(by, Permission.EXCHANGE_FILES)
    listener, key = listener or Listener(), checked_key(key or secrets.token_urlsafe(16))
    hashed = file_hash(path)
    with db.read() as connection:
        done = _already(connection, key, hashed)
    if done:
        return done
    with Staging() as staging:
        staged = stage_customers(path, staging, listener)
        count = count_to_import(staged, set_aside=set_aside)
        with db.write() as connection:
            imports.take_turn(connection)
            done = _already(connection, key, hashed)
            if done:
                return done
            for chunk in chunks(staging, count, listener):
                imports.upsert_customers(connection, [customer_row(record) for record in chunk])
            _keep(connection, FileKind.CUSTOMERS, path, hashed, staged, key, by, at)
    return Imported(*staged)


def import_open_items(
    db: Database,
    path: Path,
    stamp: SnapshotStamp,
    listener: Listener | None = None,
    *,
    not_posted: Path | None = None,
    set_aside: bool = False,
    key: str | None = None,
    by: Agent,
    at: datetime,
) -> Imported:
    """Replace the open items by those of a file: what the principal's books held at ``stamp.as_of``.

    ``not_posted`` is a file of receipts (or reversals) that went out in the batches included and were refused. What the
    snapshot changes is kept, but for the first. Raises what `import_customers` raises, and the refusals of a stamp:
    `SnapshotInTheFuture`, `SnapshotTooOld`, `BatchUnknown`, `BatchGoesBack`, `BatchAfterMoment`.
    """
    require(by, Permission.EXCHANGE_FILES)
    listener, key = listener or Listener(), checked_key(key or secrets.token_urlsafe(16))
    hashed = file_hash(path)
    with db.read() as connection:
        done = _already(connection, key, hashed)
        if done:
            return done
        refuse_stamp(connection, stamp, at)
        refused = read_refused(not_posted, listener)
        refused_postings(connection, refused, stamp.through_batch, not_posted, listener)
    with Staging() as staging:
        staged = stage_open_items(db, path, staging, listener)
        count = count_to_import(staged, set_aside=set_aside)
        with db.write() as connection:
            imports.take_turn(connection)
            done = _already(connection, key, hashed)
            if done:
                return done
            refuse_stamp(connection, stamp, at)
            exceptions = refused_postings(connection, refused, stamp.through_batch, not_posted, listener)
            snapshot_id, first = snapshots.start(
                connection,
                as_of=stamp.as_of,
                through_batch=stamp.through_batch,
                imported_at=at,
                imported_by=by.login,
                file_hash=hashed,
                item_count=count,
            )
            snapshots.keep_exceptions(connection, snapshot_id, exceptions)
            with open_items.comparing(connection):
                for chunk in chunks(staging, count, listener):
                    open_items.add(connection, [open_item_row(record) for record in chunk])
                open_items.analyse(connection)
                open_items.replace(connection, snapshot_id, keep_changes=not first)
            _keep(connection, FileKind.OPEN_ITEMS, path, hashed, staged, key, by, at, snapshot_id=snapshot_id)
    return Imported(*staged)


def history(db: Database, *, by: Agent) -> tuple[FileImport, ...]:
    """The last files imported, newest first."""
    require(by, Permission.VIEW_EXCHANGES)
    with db.read() as connection:
        return imports.history(connection)


def by_key(db: Database, key: str, *, by: Agent) -> FileImport | None:
    """The import that a form's key has made, whoever made it; ``None`` when it has made none."""
    require(by, Permission.VIEW_EXCHANGES)
    with db.read() as connection:
        return imports.made_by(connection, key)


def refuse_stamp(connection: Connection, stamp: SnapshotStamp, at: datetime) -> None:
    """Raise what is wrong with the moment of a snapshot, or with the batch that it says it includes."""
    if stamp.as_of > at:
        raise SnapshotInTheFuture(stamp.as_of)
    in_force = balances.snapshot_in_force(connection)
    if in_force and stamp.as_of < in_force.as_of:
        raise SnapshotTooOld(stamp.as_of, in_force.as_of)
    if in_force and stamp.through_batch < in_force.through_batch:
        raise BatchGoesBack(stamp.through_batch, in_force.through_batch)
    if not stamp.through_batch:
        return
    cut_at = snapshots.cut_at(connection, stamp.through_batch)
    if cut_at is None:
        raise BatchUnknown(stamp.through_batch)
    if cut_at > stamp.as_of:
        raise BatchAfterMoment(stamp.through_batch, cut_at, stamp.as_of)


def _already(connection: Connection, key: str, hashed: str) -> Imported | None:
    row = imports.by_key(connection, key)
    if row is None:
        return None
    if row.file_hash != hashed:
        raise OtherContentForKey(key)
    return Imported(row.row_count, row.fault_count, row.caution_count)


def _keep(
    connection: Connection,
    kind: FileKind,
    path: Path,
    hashed: str,
    staged: Staged,
    key: str,
    by: Agent,
    at: datetime,
    *,
    snapshot_id: int | None = None,
) -> None:
    imports.keep(
        connection,
        key=key,
        kind=kind.value,
        file_name=path.name,
        file_hash=hashed,
        imported_at=at,
        imported_by=by.login,
        row_count=staged.row_count,
        fault_count=staged.fault_count,
        caution_count=staged.caution_count,
        snapshot_id=snapshot_id,
    )
    rows, aside = staged.row_count, staged.fault_count
    audit.record(connection, f"{kind}.imported", path.name, by=by, at=at, rows=rows, set_aside=aside)
