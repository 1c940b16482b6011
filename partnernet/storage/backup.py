"""Copies of a SQLite database through SQLite's own backup, which sees one consistent state while others write.

Copying the file instead would catch it in the middle of a transaction.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from partnernet.domain.backups import BackupDamaged, BackupElsewhere, BackupExists
from partnernet.storage.database import Database


def file_of(database: Database) -> Path:
    """The file that holds the database. Raises `BackupElsewhere` for PostgreSQL."""
    if database.dialect != "sqlite":
        raise BackupElsewhere()
    return Path(database.url.database or "")


def copy_out(database: Database, target: Path) -> int:
    """Copy the database into a new file, complete and on disk before it bears its name; returns its size in bytes."""
    source = file_of(database)
    if target.exists():
        raise BackupExists(str(target))
    partial = target.with_name(f"{target.name}.part")
    partial.touch(mode=0o600)
    try:
        _copy(source, partial)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def copy_back(source: Path, database: Database) -> None:
    """Replace the content of the database by that of a sound copy, in one transaction."""
    _copy(source, file_of(database))


def check(source: Path) -> None:
    """Raise `BackupDamaged` unless every page of the copy is sound."""
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            sound = False
    if not sound:
        raise BackupDamaged(str(source))


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as reader, closing(sqlite3.connect(target)) as writer:
        reader.backup(writer)
