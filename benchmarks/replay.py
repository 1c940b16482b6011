"""The floor of whatever asks the database: the same statements, executed by the driver alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import make_url

from partnernet.storage import pragmas
from partnernet.storage.database import Database


@dataclass(frozen=True)
class Statement:
    """What the driver was asked, as it was asked."""

    sql: str
    parameters: Any
    many: bool


Execute = Callable[[list[Statement]], None]


@contextmanager
def recorded(db: Database) -> Iterator[list[Statement]]:
    """Every statement meanwhile, but the one that begins a transaction."""
    statements: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        if not sql.startswith("BEGIN"):
            statements.append(Statement(sql, parameters, many))

    event.listen(db._engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db._engine, "before_cursor_execute", note)


@contextmanager
def driver(url: str, *, begin: str) -> Iterator[Execute]:
    """What executes statements in one transaction, and fetches every row. ``begin`` is how SQLite begins it."""
    if url.startswith("sqlite"):
        with _sqlite_driver(str(make_url(url).database), begin) as execute:
            yield execute
    else:
        with _postgresql_driver(url) as execute:
            yield execute


@contextmanager
def _sqlite_driver(file: str, begin: str) -> Iterator[Execute]:
    raw = sqlite3.connect(file)
    pragmas.prepare_sqlite(raw)

    def execute(statements: list[Statement]) -> None:
        raw.execute(begin)
        for statement in statements:
            if statement.many:
                raw.executemany(statement.sql, statement.parameters)
            else:
                raw.execute(statement.sql, statement.parameters).fetchall()
        raw.execute("COMMIT")

    try:
        yield execute
    finally:
        raw.close()


@contextmanager
def _postgresql_driver(url: str) -> Iterator[Execute]:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as raw:
        raw.execute("SELECT 1")
        raw.commit()

        def execute(statements: list[Statement]) -> None:
            with raw.cursor() as cursor:
                for statement in statements:
                    if statement.many:
                        cursor.executemany(statement.sql, statement.parameters)
                    else:
                        cursor.execute(statement.sql, statement.parameters)
                        _ = cursor.fetchall() if cursor.description else None
            raw.commit()

        yield execute
