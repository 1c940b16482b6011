"""How each database is opened, written and tried again: what keeps an acknowledged payment, and what frees a branch."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, make_url, select, text
from sqlalchemy.exc import IntegrityError

from partnernet.domain.refusals import DatabaseBusy, DatabaseUnavailable
from partnernet.storage import tables
from partnernet.storage.database import Database
from partnernet.storage.pragmas import IDLE_IN_TRANSACTION_SECONDS, LOCK_TIMEOUT_SECONDS, journal_settings


@pytest.mark.parametrize(
    ("version", "settings"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")),
        ((3, 44, 5), ("DELETE", "EXTRA")),
        ((3, 44, 6), ("WAL", "FULL")),
        ((3, 45, 0), ("DELETE", "EXTRA")),
        ((3, 50, 6), ("DELETE", "EXTRA")),
        ((3, 50, 7), ("WAL", "FULL")),
        ((3, 51, 0), ("DELETE", "EXTRA")),
        ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")),
        ((4, 0, 0), ("WAL", "FULL")),
    ],
)
def test_a_sqlite_with_the_wal_reset_race_keeps_a_rollback_journal(
    version: tuple[int, ...], settings: tuple[str, str]
) -> None:
    assert journal_settings(version) == settings


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_every_sqlite_connection_is_told_to_keep_what_it_acknowledges(sqlite_db: Database) -> None:
    journal, synchronous = journal_settings(sqlite3.sqlite_version_info)

    with sqlite_db.read() as one, sqlite_db.read() as another:
        for connection in (one, another):
            assert str(pragma(connection, "journal_mode")).upper() == journal
            assert pragma(connection, "synchronous") == {"FULL": 2, "EXTRA": 3}[synchronous]
            assert pragma(connection, "foreign_keys") == 1
            assert pragma(connection, "recursive_triggers") == 1
            assert pragma(connection, "busy_timeout") == LOCK_TIMEOUT_SECONDS * 1000


def shown(connection: Connection, name: str) -> str:
    return str(connection.execute(text(f"SHOW {name}")).scalar_one())


def test_every_postgresql_connection_waits_and_idles_for_a_bounded_time(postgres_db: Database) -> None:
    with postgres_db.write() as connection:
        assert shown(connection, "lock_timeout") == f"{LOCK_TIMEOUT_SECONDS}s"
        assert shown(connection, "idle_in_transaction_session_timeout") == f"{IDLE_IN_TRANSACTION_SECONDS}s"
        assert shown(connection, "transaction_isolation") == "read committed"
        assert shown(connection, "transaction_read_only") == "off"
    with postgres_db.read() as connection:
        assert shown(connection, "transaction_isolation") == "repeatable read"
        assert shown(connection, "transaction_read_only") == "on"
    with postgres_db.write() as connection:
        assert shown(connection, "transaction_isolation") == "read committed", "a read must NOT change later writes"


def test_whoever_waits_for_a_dead_client_has_it_within_ten_seconds() -> None:
    assert IDLE_IN_TRANSACTION_SECONDS < LOCK_TIMEOUT_SECONDS < 10


def test_the_address_of_a_database_is_told_without_its_password() -> None:
    database = Database("postgresql://agent:secret@localhost/partnernet")

    assert database.where == "postgresql://agent:***@localhost/partnernet"


def test_a_sqlite_database_is_told_by_its_file(sqlite_db: Database, tmp_path: Path) -> None:
    assert sqlite_db.where == str(tmp_path / "partnernet.db")


def test_a_sqlite_write_takes_the_file_before_it_reads(sqlite_db: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "partnernet.db", isolation_level=None, timeout=0)

    with sqlite_db.write() as connection:
        connection.execute(select(tables.branch))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_sqlite_read_sees_one_state_whatever_others_try(sqlite_db: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "partnernet.db", isolation_level=None, timeout=0)

    with sqlite_db.read() as connection:
        before = connection.execute(select(tables.database_mark)).all()
        with suppress(sqlite3.OperationalError):  # with a rollback journal the writer waits; with WAL it goes on unseen
            other.execute("INSERT INTO database_mark (name, value) VALUES ('meanwhile', 'x')")
        assert connection.execute(select(tables.database_mark)).all() == before
    other.close()


def test_sqlite_writers_of_one_process_take_turns_and_do_not_wait_for_ever(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnernet.storage.database.LOCK_TIMEOUT_SECONDS", 0.05)

    def write_within_a_write() -> None:
        with sqlite_db.write(), sqlite_db.write():
            raise AssertionError("two writers at once")

    with pytest.raises(DatabaseBusy) as refused:
        write_within_a_write()
    assert refused.value.__cause__ is None, "it is the turn that did not come: SQLite was not even asked"

    with sqlite_db.write() as connection:
        connection.execute(insert(tables.database_mark).values(name="free", value="again"))


def test_postgresql_writers_do_not_wait_for_each_other(postgres_db: Database) -> None:
    with postgres_db.write() as one, postgres_db.write() as another:
        one.execute(insert(tables.database_mark).values(name="one", value="x"))
        another.execute(insert(tables.database_mark).values(name="another", value="x"))

    with postgres_db.read() as connection:
        assert len(connection.execute(select(tables.database_mark)).all()) == 2


def test_a_connection_that_died_in_the_pool_is_replaced_before_it_is_used(postgres_db: Database) -> None:
    with postgres_db.read() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    killer = Database(make_url(postgres_db.url))
    with killer.write() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    killer.dispose()

    with postgres_db.read() as connection:
        assert connection.execute(select(tables.branch)).all() == []


def test_a_connection_that_is_lost_every_time_is_given_up_after_three_attempts(postgres_db: Database) -> None:
    attempts = []

    def work(connection: Connection) -> None:
        attempts.append(connection)
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DatabaseUnavailable):
        postgres_db.run_write(work)

    assert len(attempts) == 3


def test_what_is_wrong_for_good_is_not_tried_again(db: Database) -> None:
    attempts = []

    def work(connection: Connection) -> None:
        attempts.append(connection)
        connection.execute(insert(tables.database_mark), [{"name": "twice", "value": "x"}] * 2)

    with pytest.raises(IntegrityError):
        db.run_write(work)

    assert len(attempts) == 1


def test_two_writes_that_lock_each_other_out_both_end_well(postgres_db: Database) -> None:
    with postgres_db.write() as connection:
        connection.execute(insert(tables.database_mark), [{"name": name, "value": ""} for name in ("a", "b")])
    both_hold_one = threading.Barrier(2)
    attempts: list[str] = []

    def mark(first: str, second: str) -> None:
        def work(connection: Connection) -> None:
            attempts.append(first)
            for position, name in enumerate((first, second)):
                column = tables.database_mark.c
                connection.execute(
                    tables.database_mark.update().where(column.name == name).values(value=column.value + first)
                )
                if position == 0 and attempts.count(first) == 1:
                    both_hold_one.wait(5)

        postgres_db.run_write(work)

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(mark, "a", "b"), pool.submit(mark, "b", "a")):
            done.result()

    with postgres_db.read() as connection:
        values = connection.execute(select(tables.database_mark.c.value)).scalars().all()
    assert [sorted(value) for value in values] == [["a", "b"]] * 2
    assert len(attempts) == 3, "the one that was chosen to give way was tried again"
