"""A checked file beside what is stored: what is new in it, what stands otherwise, and what is in it no more.

`settle` finds it once; reading it afterwards takes no time, so that nothing waits for it while it is written.
"""

# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

from partnernet.storage.staging import Row, Staging


class Differences(NamedTuple):
    """How many things are new in the file, how many stand otherwise than stored, and how many it names no more."""

    new: int
    moved: int
    gone: int


_TABLES = Differences._fields


def settle(staging: Staging) -> Differences:
    """Find what differs; what the other functions give is of this moment."""
    same_key = " AND ".join(f"stored.{name} = staged.{name}" for name in staging.key)
    other = " OR ".join(f"stored.{name} <> staged.{name}" for name in staging.values)
    staging.make("new", "line INTEGER PRIMARY KEY")
    staging.make("moved", "line INTEGER PRIMARY KEY, id INTEGER NOT NULL")
    staging.make("gone", "id INTEGER PRIMARY KEY")
    staging.run(f"INSERT INTO new SELECT line FROM staged WHERE NOT EXISTS (SELECT 1 FROM stored WHERE {same_key})")
    staging.run(f"INSERT INTO moved SELECT line, id FROM staged JOIN stored ON {same_key} WHERE {other}")
    staging.run(f"INSERT INTO gone SELECT id FROM stored WHERE NOT EXISTS (SELECT 1 FROM staged WHERE {same_key})")
    return count(staging)


def count(staging: Staging) -> Differences:
    """How many of each there are."""
    return Differences(*staging.one(f"SELECT {', '.join(f'(SELECT count(*) FROM {each})' for each in _TABLES)}"))


def new(staging: Staging, size: int) -> Generator[list[Row]]:
    """Records that are not stored, in the order of the file."""
    return staging.rows(f"SELECT {', '.join(staging.columns)} FROM new JOIN staged USING (line) ORDER BY line", size)


def moved(staging: Staging, size: int) -> Generator[list[Row]]:
    """The id, what is stored and what the file says, of whatever stands otherwise, in the order of the file."""
    columns = ", ".join(f"{table}.{name}" for table in ("stored", "staged") for name in staging.columns)
    return staging.rows(
        f"SELECT id, {columns} FROM moved JOIN staged USING (line) JOIN stored USING (id) ORDER BY line", size
    )


def gone(staging: Staging, size: int) -> Generator[list[Row]]:
    """Id and columns of what is stored and not in the file."""
    return staging.rows("SELECT stored.* FROM gone JOIN stored USING (id) ORDER BY id", size)
