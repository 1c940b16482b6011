"""Lines that were checked, kept on disk until all of the file is: a file of any size needs little memory.

SQLite's private temporary database, whatever the application's own: it spills to disk and disappears when closed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from types import TracebackType

Record = Sequence[str | int]


class Staging:
    """Records in the order of their lines, each under a key that no other record has."""

    def __enter__(self) -> Staging:
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(
            "CREATE TABLE staged (line INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, record TEXT NOT NULL) STRICT"
        )
        self._connection.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def add(self, line: int, key: str, record: Record) -> int | None:
        """Keep a record; the line of the record that has the key already, which then stays alone."""
        kept = self._connection.execute(
            "INSERT INTO staged VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING", (line, key, json.dumps(record))
        )
        if kept.rowcount:
            return None
        (first_line,) = self._connection.execute("SELECT line FROM staged WHERE key = ?", (key,)).fetchone()
        return int(first_line)

    def count(self) -> int:
        """How many records there are."""
        (count,) = self._connection.execute("SELECT count(*) FROM staged").fetchone()
        return int(count)

    def chunks(self, size: int) -> Iterator[list[list[str | int]]]:
        """The records in order, ``size`` at a time."""
        rows = self._connection.execute("SELECT record FROM staged ORDER BY line")
        while chunk := rows.fetchmany(size):
            yield [json.loads(record) for (record,) in chunk]
