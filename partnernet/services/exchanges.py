"""Exchanges with the principal's books: importing its customers, and what they owe.

A whole file is checked and compared first, without keeping anybody waiting; nothing is imported unless all of it is
good, or its faulty lines are to be set aside. Then what differs is written in one transaction.
"""

from __future__ import annotations

import secrets
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from partnernet.domain.agents import Agent
from partnernet.domain.exchanges import WHOLE_FILE, Caution, ChangedSinceChecked, FileImport, FileKind, Imported
from partnernet.domain.keys import checked_key
from partnernet.domain.permissions import Permission, require
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.snapshots import (
    BatchAfterMoment,
    BatchGoesBack,
    BatchUnknown,
    ManyVanish,
    SnapshotInTheFuture,
    SnapshotStamp,
    SnapshotTooOld,
    loses_many,
)
from partnernet.services import audit
from partnernet.services.file_check import Listener
from partnernet.services.file_reading import (
    CHECKED,
    Refused,
    Staged,
    count_to_import,
    read_refused,
    refused_postings,
    stage_customers,
    stage_open_items,
)
from partnernet.services.tabular import file_hash
from partnernet.storage import balances, comparing, comparison, imports, snapshots
from partnernet.storage.database import Database
from partnernet.storage.staging import Staging

# How much of the work is done once the file is compared, for the progress bar.
COMPARED = 0.7


class _File(NamedTuple):
    """A file to import, and what its key may carry only once."""

    kind: FileKind
    path: Path
    hash: str
    key: str
    stamp: SnapshotStamp | None = None


def import_customers(
    db: Database,
    path: Path,
    listener: Listener | None = None,
    *,
    set_aside: bool = False,
    key: str | None = None,
    after: int | None = None,
    by: Agent,
    at: datetime,
) -> Imported:
    """Add the customers of a file and update those already known, by account number; nobody is removed.

    Faults are told to the listener in the order of the file. ``key`` is that of the form, when one asks: the same again
    answers the same; ``after`` is the import that a check has rested on (`last_import`). Raises `ChangedSinceChecked`
    when there was another since; `NothingImported` when there are faults, unless they are to be set aside; `FileEmpty`,
    `FileUnreadable`, `OtherContentForKey`.
    """
    require(by, Permission.EXCHANGE_FILES)
    listener = listener or Listener()
    file = _File(FileKind.CUSTOMERS, path, file_hash(path), checked_key(key or secrets.token_urlsafe(16)))
    with db.read() as connection:
        done = _already(connection, file, by)
    if done:
        return done
    with comparing.staging_of_customers() as staging:
        staged = stage_customers(path, staging, listener)
        count_to_import(staged, set_aside=set_aside)
        compared = comparing.compare_customers(db.read, staging, listener.between(CHECKED, COMPARED))

        def work(connection: Connection) -> Imported:
            imports.take_turn(connection)
            imports.take_time(connection)
            done = _already(connection, file, by)
            if done:
                return done
            _refuse_others_since(connection, after)
            if comparing.customers_as_of(connection) != compared:
                comparing.compare_customers(lambda: nullcontext(connection), staging, lambda _fraction: None)
            comparing.write_customers(connection, staging, listener.between(COMPARED, 1))
            _keep(connection, file, staged, by, at)
            return Imported(*staged)

        return db.run_write(work)


def import_open_items(
    db: Database,
    path: Path,
    stamp: SnapshotStamp,
    listener: Listener | None = None,
    *,
    not_posted: Path | None = None,
    set_aside: bool = False,
    key: str | None = None,
    after: int | None = None,
    by: Agent,
    at: datetime,
) -> Imported:
    """Replace the open items by those of a file: what the principal's books held at ``stamp.as_of``.

    ``not_posted`` is a file of receipts (or reversals) that went out in the batches included and were refused. What the
    snapshot changes is kept, but for the first. Raises what `import_customers` raises, and the refusals of a stamp:
    `SnapshotInTheFuture`, `SnapshotTooOld`, `BatchUnknown`, `BatchGoesBack`, `BatchAfterMoment`.
    """
    require(by, Permission.EXCHANGE_FILES)
    listener = listener or Listener()
    file = _File(FileKind.OPEN_ITEMS, path, file_hash(path), checked_key(key or secrets.token_urlsafe(16)), stamp)
    with db.read() as connection:
        done = _already(connection, file, by)
        if done:
            return done
        refuse_stamp(connection, stamp, at)
        refused = read_refused(not_posted, listener)
        refused_postings(connection, refused, stamp.through_batch, listener)
    with comparing.staging_of_open_items() as staging:
        staged = stage_open_items(db, path, staging, listener)
        count_to_import(staged, set_aside=set_aside)
        compared = comparing.compare_open_items(db.read, staging, listener.between(CHECKED, COMPARED))
        _point_out_loss(staging, staged, listener)

        def work(connection: Connection) -> Imported:
            imports.take_turn(connection)
            imports.take_time(connection)
            done = _already(connection, file, by)
            if done:
                return done
            _refuse_others_since(connection, after)
            refuse_stamp(connection, stamp, at)
            before = comparing.open_items_as_of(connection)
            if before != compared:
                comparing.compare_open_items(lambda: nullcontext(connection), staging, lambda _fraction: None)
            snapshot_id = _start(connection, file, staged, refused, listener, by, at)
            progress = listener.between(COMPARED, 1)
            comparing.write_open_items(connection, staging, snapshot_id, keep_changes=before > 0, progress=progress)
            _keep(connection, file, staged, by, at, snapshot_id=snapshot_id)
            snapshots.wait_for_readers(connection)
            return Imported(*staged)

        return db.run_write(work)


def last_import(db: Database, *, by: Agent) -> int:
    """Which import was the last one, of either kind of file; 0 before the first. What a check rests on."""
    require(by, Permission.VIEW_EXCHANGES)
    with db.read() as connection:
        return imports.last_id(connection)


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


def _point_out_loss(staging: Staging, staged: Staged, listener: Listener) -> None:
    """Tell whoever listens when a large part of the documents would vanish."""
    differences = comparison.count(staging)
    known = staged.row_count - differences.new + differences.gone
    if loses_many(differences.gone, known):
        listener.caution(Caution(WHOLE_FILE, ManyVanish(differences.gone, known)))


def _refuse_others_since(connection: Connection, after: int | None) -> None:
    """What was checked beside the books is not what would change once another file was imported."""
    if after is not None and imports.last_id(connection) != after:
        raise ChangedSinceChecked()


def _already(connection: Connection, file: _File, by: Agent) -> Imported | None:
    """What the key has done already. Raises `OtherContentForKey` when that was something else, or somebody else's."""
    row = imports.by_key(connection, file.key)
    if row is None:
        return None
    stamp = SnapshotStamp(row.as_of, row.through_batch) if row.as_of else None
    if (row.kind, row.file_hash, row.imported_by, stamp) != (file.kind, file.hash, by.login, file.stamp):
        raise OtherContentForKey(file.key)
    return Imported(row.row_count, row.fault_count, row.caution_count)


def _start(
    connection: Connection,
    file: _File,
    staged: Staged,
    refused: list[Refused],
    listener: Listener,
    by: Agent,
    at: datetime,
) -> int:
    """Put a snapshot in force, its documents to follow; its id."""
    assert file.stamp is not None  # noqa: S101 - a file of open items has one
    exceptions = refused_postings(connection, refused, file.stamp.through_batch, listener)
    snapshot_id = snapshots.start(
        connection,
        as_of=file.stamp.as_of,
        through_batch=file.stamp.through_batch,
        imported_at=at,
        imported_by=by.login,
        file_hash=file.hash,
        item_count=staged.row_count,
    )
    snapshots.keep_exceptions(connection, snapshot_id, exceptions)
    return snapshot_id


def _keep(
    connection: Connection, file: _File, staged: Staged, by: Agent, at: datetime, *, snapshot_id: int | None = None
) -> None:
    imports.keep(
        connection,
        key=file.key,
        kind=file.kind.value,
        file_name=file.path.name,
        file_hash=file.hash,
        imported_at=at,
        imported_by=by.login,
        row_count=staged.row_count,
        fault_count=staged.fault_count,
        caution_count=staged.caution_count,
        snapshot_id=snapshot_id,
    )
    figures: dict[str, object] = {"rows": staged.row_count, "set_aside": staged.fault_count}
    if file.stamp:
        figures["through_batch"] = file.stamp.through_batch
    audit.record(connection, f"{file.kind}.imported", file.path.name, by=by, at=at, **figures)
