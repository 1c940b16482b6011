"""Lines that were checked, kept on disk until all of the file is, and what is stored already of the same things.

SQLite's private temporary database, whatever the application's own: it spills to disk, so that a file of any size needs
little memory; it disappears when closed. Comparing takes place in it, so that nobody at a counter waits meanwhile.
Names of tables and columns are the code's own: nothing that comes out of a file stands in a statement.
"""

# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from types import TracebackType
from typing import Any

Record = Sequence[str | int]
Row = tuple[Any, ...]

_CACHE_KIBIBYTES = 32_768


class Staging:
    """Records of these columns in the order of their lines; the first ``key_columns`` of them name one thing, which a
    file may name once. Tables ``staged`` (with ``line``) and ``stored`` (with ``id``) stand side by side."""

    def __init__(self, columns: Sequence[str], key_columns: int) -> None:
        self.columns = tuple(columns)
        self.key, self.values = self.columns[:key_columns], self.columns[key_columns:]
        marks = ", ".join("?" * (len(self.columns) + 1))
        self._insert = f"INSERT INTO staged VALUES ({marks}) ON CONFLICT ({', '.join(self.key)}) DO NOTHING"
        self._insert_stored = f"INSERT OR REPLACE INTO stored VALUES ({marks})"
        self._first_line = f"SELECT line FROM staged WHERE {' AND '.join(f'{name} = ?' for name in self.key)}"

    def __enter__(self) -> Staging:
        self._connection = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIBIBYTES}"):
            self._connection.execute(f"PRAGMA {pragma}")
        columns, key = " ANY NOT NULL, ".join(self.columns), ", ".join(self.key)
        for table, own in (("staged", "line"), ("stored", "id")):
            self._connection.execute(
                f"CREATE TABLE {table} ({own} INTEGER PRIMARY KEY, {columns} ANY NOT NULL, UNIQUE ({key})) STRICT"
            )
        self._connection.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def add(self, line: int, record: Record) -> int | None:
        """Keep a record; the line of the record that has the key already, which then stays alone."""
        if self._connection.execute(self._insert, (line, *record)).rowcount:
            return None
        (first_line,) = self._connection.execute(self._first_line, record[: len(self.key)]).fetchone()
        return int(first_line)

    def add_stored(self, rows: Iterable[Row]) -> None:
        """Keep rows as the application has them: their ids, then the columns. The last of two of one thing stays: they
        come of two imports, and whoever compares finds that out at the end."""
        self._connection.executemany(self._insert_stored, rows)

    def forget_stored(self) -> None:
        """Be ready to compare again."""
        self._connection.execute("DELETE FROM stored")

    def count(self) -> int:
        """How many records there are."""
        return int(self.one("SELECT count(*) FROM staged")[0])

    def chunks(self, size: int) -> Generator[list[Row]]:
        """The records in order, ``size`` at a time."""
        return self.rows(f"SELECT {', '.join(self.columns)} FROM staged ORDER BY line", size)

    def make(self, table: str, columns: str) -> None:
        """Another table of one's own beside these two, empty."""
        self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        self._connection.execute(f"CREATE TABLE {table} ({columns}) STRICT")

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table of one's own."""
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def run(self, sql: str) -> None:
        """A statement on tables of one's own."""
        self._connection.execute(sql)

    def one(self, sql: str) -> Row:
        """The only row of a query."""
        row: Row = self._connection.execute(sql).fetchone()
        return row

    def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The few rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def rows(self, sql: str, size: int) -> Generator[list[Row]]:
        """The rows of a query, ``size`` at a time."""
        with closing(self._connection.execute(sql)) as found:
            while chunk := found.fetchmany(size):
                yield chunk
