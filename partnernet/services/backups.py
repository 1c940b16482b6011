"""Backups of a SQLite database, and going back to one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Permission, require
from partnernet.services import audit
from partnernet.storage import backup, branches, schema
from partnernet.storage.database import Database


def back_up(db: Database, target: Path, *, by: Agent, at: datetime) -> int:
    """Write a consistent copy into a new file while others work; returns its size in bytes.

    Raises `BackupElsewhere` (PostgreSQL), `BackupExists`.
    """
    require(by, Permission.KEEP_DATABASE)
    size_bytes = backup.copy_out(db, target)
    with db.write() as connection:
        audit.record(connection, "database.backed_up", target.name, by=by, at=at, size_bytes=size_bytes)
    return size_bytes


def postings_lost(db: Database, source: Path, *, by: Agent) -> int:
    """How many postings the database has that the backup has not: going back would reuse their receipt numbers.

    Raises the storage refusals and `BackupDamaged` when the file is not a sound database of this version.
    """
    require(by, Permission.KEEP_DATABASE)
    backup.file_of(db)
    kept = schema.open_database(f"sqlite:///{source.absolute()}")
    try:
        backup.check(source)
        then = _last_sequences(kept)
    finally:
        kept.dispose()
    return sum(max(0, sequence - then.get(code, 0)) for code, sequence in _last_sequences(db).items())


def restore(db: Database, source: Path, *, by: Agent, at: datetime) -> None:
    """Put the database back into the state of a backup; `postings_lost` has been asked first."""
    require(by, Permission.KEEP_DATABASE)
    backup.check(source)
    backup.copy_back(source, db)
    with db.write() as connection:
        audit.record(connection, "database.restored", source.name, by=by, at=at)


def _last_sequences(db: Database) -> dict[str, int]:
    with db.read() as connection:
        return {branch.code: head.last_sequence for branch, head in branches.with_heads(connection)}
