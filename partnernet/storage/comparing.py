"""Comparing a checked file with what is stored, and writing what differs.

What is stored is read a few thousand rows at a time and compared elsewhere, so that no counter waits for it. Only
imports change what is compared: the number of the last one tells whether that is still so when the writing begins.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from partnernet.domain.customer_file import CustomerRecord
from partnernet.domain.exchanges import FileKind
from partnernet.storage import balances, comparison, imports, open_items
from partnernet.storage.staging import Staging

_CHUNK_ROWS = 5000

# Each call opens what a few thousand rows are read through.
Reads = Callable[[], AbstractContextManager[Connection]]
Progress = Callable[[float], None]


def staging_of_customers() -> Staging:
    """Where customers are staged under their account numbers."""
    return Staging(CustomerRecord._fields, key_columns=1)


def staging_of_open_items() -> Staging:
    """Where documents are staged under account, kind and number."""
    return Staging(open_items.COLUMNS, open_items.KEY_COLUMNS)


# --- customers --------------------------------------------------------------------------------------------------------


def customers_as_of(connection: Connection) -> int:
    """What tells whether the customers have changed."""
    return imports.last_id(connection, FileKind.CUSTOMERS)


def compare_customers(reads: Reads, staging: Staging, progress: Progress) -> int:
    """Put the stored customers that the file names beside it; what they are as of."""
    staging.forget_stored()
    with reads() as connection:
        as_of = customers_as_of(connection)
    done, count = 0, max(staging.count(), 1)
    number = CustomerRecord._fields.index("number")
    for chunk in staging.chunks(_CHUNK_ROWS):
        with reads() as connection:
            stored = imports.stored_customers(connection, [str(record[number]) for record in chunk])
        staging.add_stored(stored)
        done += len(chunk)
        progress(done / count)
    comparison.settle(staging)
    return as_of


def write_customers(connection: Connection, staging: Staging, progress: Progress) -> None:
    """Add the customers that are new, and update those of whom something differs."""
    tell = _counting(progress, sum(comparison.count(staging)[:2]))
    for chunk in comparison.new(staging, _CHUNK_ROWS):
        imports.add_customers(connection, chunk)
        tell(len(chunk))
    width = len(staging.columns)
    for chunk in comparison.moved(staging, _CHUNK_ROWS):
        imports.change_customers(connection, [(row[0], row[1 + width :]) for row in chunk])
        tell(len(chunk))
    progress(1)


# --- open items -------------------------------------------------------------------------------------------------------


def open_items_as_of(connection: Connection) -> int:
    """The snapshot in force; 0 before the first."""
    in_force = balances.snapshot_in_force(connection)
    return in_force.id if in_force else 0


def compare_open_items(reads: Reads, staging: Staging, progress: Progress) -> int:
    """Put the documents in force beside those of the file; the snapshot that they are of."""
    staging.forget_stored()
    with reads() as connection:
        as_of, last_id, end = open_items_as_of(connection), 0, max(open_items.last_id(connection), 1)
    while True:
        with reads() as connection:
            page = open_items.page(connection, last_id, _CHUNK_ROWS)
        if not page:
            break
        staging.add_stored(page)
        last_id = page[-1][0]
        progress(min(last_id / end, 1))
    comparison.settle(staging)
    return as_of


def write_open_items(
    connection: Connection, staging: Staging, snapshot_id: int, *, keep_changes: bool, progress: Progress
) -> None:
    """Put the documents of the file in force; the rows of those that stand as they did are left alone."""
    differences = comparison.count(staging)
    tell = _counting(progress, sum(differences))
    width = len(staging.columns)
    for chunk in comparison.gone(staging, _CHUNK_ROWS):
        open_items.remove(connection, [row[0] for row in chunk])
        if keep_changes:
            open_items.keep_change(connection, snapshot_id, "before", [row[1:] for row in chunk])
        tell(len(chunk))
    for chunk in comparison.moved(staging, _CHUNK_ROWS):
        before, after = [row[1 : 1 + width] for row in chunk], [row[1 + width :] for row in chunk]
        open_items.remove(connection, [row[0] for row in chunk])
        open_items.add(connection, snapshot_id, after)
        if keep_changes:
            open_items.keep_change(connection, snapshot_id, "before", before)
            open_items.keep_change(connection, snapshot_id, "after", after)
        tell(len(chunk))
    for chunk in comparison.new(staging, _CHUNK_ROWS):
        open_items.add(connection, snapshot_id, chunk)
        if keep_changes:
            open_items.keep_change(connection, snapshot_id, "after", chunk)
        tell(len(chunk))
    progress(1)


def _counting(progress: Progress, count: int) -> Callable[[int], None]:
    """Tells how much of so many rows is done, a few more at a time."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        progress(done / max(count, 1))

    return tell
