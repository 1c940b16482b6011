"""How each database is told to keep what it acknowledges."""

from __future__ import annotations

import sqlite3

# How long one waits for another's transaction before the person is told that nothing was saved.
LOCK_TIMEOUT_SECONDS = 8
# A client that died inside a transaction frees its branch after this, so that others post within ten seconds.
IDLE_IN_TRANSACTION_SECONDS = 5


def journal_settings(version: tuple[int, ...]) -> tuple[str, str]:
    """``(journal_mode, synchronous)`` for a version of SQLite.

    Versions before 3.51.3, 3.50.7 and 3.44.6 carry the WAL-reset race (sqlite.org), so they keep a rollback journal.
    Never WAL with NORMAL: it loses acknowledged payments when the power fails.
    """
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return ("WAL", "FULL") if fixed else ("DELETE", "EXTRA")


def prepare_sqlite(connection: sqlite3.Connection) -> None:
    """Settings of every SQLite connection; transactions are begun by `Database`, never by the driver."""
    connection.isolation_level = None
    journal_mode, synchronous = journal_settings(sqlite3.sqlite_version_info)
    for pragma in (
        f"busy_timeout = {LOCK_TIMEOUT_SECONDS * 1000}",
        f"journal_mode = {journal_mode}",
        f"synchronous = {synchronous}",
        "foreign_keys = ON",
        # Without it INSERT OR REPLACE deletes rows without firing the triggers that forbid it.
        "recursive_triggers = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


POSTGRESQL_OPTIONS = (
    f"-c lock_timeout={LOCK_TIMEOUT_SECONDS}s "
    f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_SECONDS}s "
    "-c timezone=UTC -c client_encoding=UTF8"
)
