"""The one door to the database: consistent reads, whole-or-nothing writes, bounded retry."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from partnernet.domain.refusals import DatabaseBusy, DatabaseForeign, DatabaseMissing, DatabaseUnavailable
from partnernet.storage.fair_lock import FairLock
from partnernet.storage.pragmas import LOCK_TIMEOUT_SECONDS, POSTGRESQL_OPTIONS, prepare_sqlite

Result = TypeVar("Result")

_ATTEMPTS = 3
# PostgreSQL: serialization failure, deadlock; SQLSTATE class 08 and 57P are lost connections.
_TRY_AGAIN_STATES = ("40001", "40P01")
_LOCK_STATES = ("55P03", "25P03")


class Database:
    """An open database: ``read()`` gives a consistent snapshot, ``write()`` one transaction, whole or nothing."""

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.dialect = self.url.get_backend_name()
        self._engine = _sqlite_engine(self.url) if self.dialect == "sqlite" else _postgresql_engine(self.url)
        self._turn = FairLock() if self.dialect == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection whose statements all see the same state; it cannot write."""
        with self._as_refusals(), self._engine.connect() as connection:
            if self.dialect == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed when the block ends, rolled back on BaseException (a stopped run raises one)."""
        if self._turn and not self._turn.acquire(LOCK_TIMEOUT_SECONDS):
            raise DatabaseBusy()
        try:
            with self._as_refusals(), self._engine.connect() as plain:
                connection = plain.execution_options(writes=True)
                with connection.begin():
                    yield connection
        finally:
            if self._turn:
                self._turn.release()

    def run_write(self, work: Callable[[Connection], Result]) -> Result:
        """Run ``work`` in a transaction, again after a deadlock or a lost connection, three times at most.

        ``work`` must look its idempotency key up first: when the answer to COMMIT was lost, the next attempt finds it.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self.write() as connection:
                    return work(connection)
            except DatabaseUnavailable as lost:
                if attempt == _ATTEMPTS or not _may_try_again(lost.__cause__):
                    raise
                time.sleep(0.05 * attempt)
            except IntegrityError as conflict:
                # Two branches met on one key: the next attempt finds the first one's posting.
                if attempt == _ATTEMPTS or not _key_taken(conflict):
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def dispose(self) -> None:
        """Close every pooled connection."""
        self._engine.dispose()

    @property
    def where(self) -> str:
        """The file, or the address without its password."""
        return self.url.database or "" if self.dialect == "sqlite" else self.url.render_as_string(hide_password=True)

    @contextmanager
    def _as_refusals(self) -> Iterator[None]:
        """Turn what the database says of itself (busy, full, gone) into refusals; programming errors pass."""
        try:
            yield
        except PoolExhausted as crowded:
            raise DatabaseBusy() from crowded
        except (OperationalError, InterfaceError) as error:
            message = str(error.orig)
            # Not "locked" anywhere: PostgreSQL tells of a deadlock who was "blocked" by whom.
            if "is locked" in message or getattr(error.orig, "sqlstate", "") in _LOCK_STATES:
                raise DatabaseBusy() from error
            raise DatabaseUnavailable(message.splitlines()[0] if message else type(error.orig).__name__) from error
        except DatabaseError as error:
            if is_damaged(error):
                raise DatabaseForeign(self.where) from error
            if error.connection_invalidated:
                raise DatabaseUnavailable("connection lost") from error
            raise


def is_damaged(error: DBAPIError) -> bool:
    """Whether SQLite says that the file is no database, or not a whole one."""
    return "not a database" in str(error.orig) or "malformed" in str(error.orig)


def _key_taken(conflict: IntegrityError) -> bool:
    constraint = getattr(getattr(conflict.orig, "diag", None), "constraint_name", None)
    return constraint == "uq_posting_key" or "posting.key" in str(conflict.orig)


def _may_try_again(error: BaseException | None) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or state in _TRY_AGAIN_STATES or state[:2] in ("08", "57")


def _sqlite_engine(url: URL) -> Engine:
    path = url.database or ""
    try:
        # Opening a missing file would silently create an empty one.
        if path not in ("", ":memory:") and not Path(path).exists():
            raise DatabaseMissing(path)
    except OSError as closed:
        raise DatabaseUnavailable(str(closed)) from closed
    engine = create_engine(url, connect_args={"check_same_thread": False}, pool_timeout=LOCK_TIMEOUT_SECONDS)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        prepare_sqlite(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred BEGIN that reads and then writes fails at once with SQLITE_BUSY_SNAPSHOT, whatever the timeout.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_timeout=LOCK_TIMEOUT_SECONDS,
        connect_args={"options": POSTGRESQL_OPTIONS, "connect_timeout": 5},
    )
