"""A checked file beside what is stored: what is new in it, what stands otherwise, and what is in it no more."""

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


def count(staging: Staging) -> Differences:
    """How many of each there are."""
    same_key, other = _same_key(staging), _other_values(staging)
    return Differences(
        *staging.one(
            f"SELECT (SELECT count(*) FROM staged WHERE NOT EXISTS (SELECT 1 FROM stored WHERE {same_key})), "
            f"(SELECT count(*) FROM staged JOIN stored ON {same_key} WHERE {other}), "
            f"(SELECT count(*) FROM stored WHERE NOT EXISTS (SELECT 1 FROM staged WHERE {same_key}))"
        )
    )


def new(staging: Staging, size: int) -> Generator[list[Row]]:
    """Records that are not stored, in the order of the file."""
    columns = ", ".join(f"staged.{name}" for name in staging.columns)
    return staging.rows(
        f"SELECT {columns} FROM staged WHERE NOT EXISTS (SELECT 1 FROM stored WHERE {_same_key(staging)}) "
        "ORDER BY staged.line",
        size,
    )


def moved(staging: Staging, size: int) -> Generator[list[Row]]:
    """The id, what is stored and what the file says, of whatever stands otherwise, in the order of the file."""
    columns = ", ".join(f"{table}.{name}" for table in ("stored", "staged") for name in staging.columns)
    return staging.rows(
        f"SELECT stored.id, {columns} FROM staged JOIN stored ON {_same_key(staging)} "
        f"WHERE {_other_values(staging)} ORDER BY staged.line",
        size,
    )


def gone(staging: Staging, size: int) -> Generator[list[Row]]:
    """Id and columns of what is stored and not in the file."""
    return staging.rows(
        f"SELECT * FROM stored WHERE NOT EXISTS (SELECT 1 FROM staged WHERE {_same_key(staging)}) ORDER BY stored.id",
        size,
    )


def _same_key(staging: Staging) -> str:
    return " AND ".join(f"stored.{name} = staged.{name}" for name in staging.key)


def _other_values(staging: Staging) -> str:
    return "(" + " OR ".join(f"stored.{name} <> staged.{name}" for name in staging.values) + ")"
