"""Somebody with the database file and a SQLite shell: no triggers, no checks, no foreign keys."""
# ruff: noqa: S608 - an attacker's SQL is made of strings

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from partnernet.domain.agents import console_operator
from partnernet.domain.verification import Verification
from partnernet.services import verification
from partnernet.storage import schema


@dataclass
class Attacker:
    """Acts on the file behind the application's back, then lets the application verify it."""

    path: Path

    def run(self, statement: str, *values: Any) -> int:
        """Execute one statement; the number of rows it touched."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        touched = connection.execute(statement, values).rowcount
        connection.close()
        return touched

    def read(self, table: Table, column: str, row: str) -> Any:
        """A stored value, as SQLite keeps it, of the ``first`` or the ``last`` row."""
        connection = sqlite3.connect(self.path)
        (value,) = connection.execute(f"SELECT {column} FROM {table.name} WHERE {_which(table, row)}").fetchone()
        connection.close()
        return value

    def write(self, table: Table, column: str, row: str, value: Any) -> None:
        """Change one value of the first or the last row."""
        assert self.run(f"UPDATE {table.name} SET {column} = ? WHERE {_which(table, row)}", value) == 1

    def write_everywhere(self, table: str, column: str, literal: str) -> None:
        """Change a column in every row."""
        assert self.run(f"UPDATE {table} SET {column} = {literal}") > 0

    def remove(self, table: Table, row: str) -> None:
        """Remove the first or the last row."""
        assert self.run(f"DELETE FROM {table.name} WHERE {_which(table, row)}") == 1

    def remove_posting(self, posting_id: int) -> None:
        """Remove a posting with everything that hangs on it."""
        for table in ("allocation", "receipt_copy", "reversal", "payment", "ledger_line"):
            self.run(f"DELETE FROM {table} WHERE posting_id = ?", posting_id)
        assert self.run("DELETE FROM posting WHERE id = ?", posting_id) == 1

    def add_copy(self, table: Table, changes: dict[str, str]) -> bool:
        """Add a row like the last one, but for some literals; False when a rule of uniqueness is in the way."""
        names = [column.name for column in table.c]
        values = ", ".join(changes.get(name, name) for name in names)
        source = f"SELECT {values} FROM {table.name} WHERE {_which(table, 'last')}"
        return self.run(f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)}) {source}") == 1

    def verify(self) -> Verification:
        """What the application says afterwards."""
        database = schema.open_database(f"sqlite:///{self.path}")
        try:
            return verification.verify(database, by=console_operator("test"))
        finally:
            database.dispose()


def _which(table: Table, row: str) -> str:
    direction = {"first": "ASC", "last": "DESC"}[row]
    order = ", ".join(f"{column.name} {direction}" for column in table.primary_key.columns)
    return f"rowid = (SELECT rowid FROM {table.name} ORDER BY {order} LIMIT 1)"
