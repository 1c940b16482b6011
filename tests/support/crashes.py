"""Ends a transaction at one of its statements, as a crash, a stopped run or a lost connection would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event, select, text

from partnernet.storage import schema
from partnernet.storage.database import Database
from partnernet.storage.tables import metadata


class Crash(BaseException):
    """What ends a run at a statement: like a stopped script's exception, nothing that anybody catches."""


@contextmanager
def crashing_at(db: Database, statement_number: int) -> Iterator[list[str]]:
    """Raise `Crash` instead of the n-th statement; lists every statement that was about to run, COMMIT included."""
    statements: list[str] = []

    def count(statement: str) -> None:
        statements.append(statement)
        if len(statements) == statement_number:
            raise Crash(statement)

    def before(_connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        count(statement)

    def committing(_connection: Connection) -> None:
        count("COMMIT")

    event.listen(db._engine, "before_cursor_execute", before)
    event.listen(db._engine, "commit", committing)
    try:
        yield statements
    finally:
        event.remove(db._engine, "before_cursor_execute", before)
        event.remove(db._engine, "commit", committing)


MOST_STATEMENTS = 200


def crash_at_each_statement(db: Database, act: Callable[[], Any]) -> tuple[int, Any]:
    """Try an act with a crash at its first statement, its second, …, until it ends; how many crashes it took.

    Nothing may be half done after any of them.
    """
    before = everything_in(db)
    for number in range(1, MOST_STATEMENTS):
        with crashing_at(db, number) as statements:
            try:
                return number - 1, act()
            except Crash:
                pass
        assert everything_in(db) == before, f"half done before {statements[-1]}"
    raise AssertionError("it never ends")


@contextmanager
def terminated_before(db: Database, statement_number: int) -> Iterator[list[str]]:
    """End PostgreSQL's side of the connection just before its n-th statement, once; lists every statement."""
    killer = schema.open_database(db.url)
    statements: list[str] = []

    def before(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)
        if len(statements) == statement_number:
            pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
            with killer.write() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    event.listen(db._engine, "before_cursor_execute", before)
    yield statements
    event.remove(db._engine, "before_cursor_execute", before)
    killer.dispose()


def everything_in(db: Database) -> dict[str, list[Any]]:
    """Every row of every table."""
    with db.read() as connection:
        return {
            table.name: list(connection.execute(select(table).order_by(*table.primary_key.columns)))
            for table in metadata.sorted_tables
        }
