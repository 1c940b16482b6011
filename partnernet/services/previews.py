"""The dry run of a file from the principal's books: what is wrong with it, and what it would change.

Nothing is written, and nobody waits.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from partnernet.domain.agents import Agent
from partnernet.domain.customer_preview import CustomerChange, CustomersPreview
from partnernet.domain.exchanges import FileEmpty
from partnernet.domain.permissions import Permission, require
from partnernet.domain.snapshots import EXAMPLES, OpenItemsPreview, SnapshotStamp
from partnernet.services.exchanges import refuse_stamp
from partnernet.services.file_check import Listener
from partnernet.services.file_reading import (
    chunks,
    customer_row,
    open_item_row,
    read_refused,
    refused_postings,
    stage_customers,
    stage_open_items,
)
from partnernet.services.tabular import file_hash
from partnernet.storage import balances, imports, open_items, previews
from partnernet.storage.database import Database
from partnernet.storage.staging import Staging

# What a person reads of a customer; the search keys follow from it.
_SHOWN = (
    "number", "name", "address_line1", "address_line2", "city", "province", "postal_code", "phone",
    "phone_extension", "language", "terms",
)  # fmt: skip


def preview_customers(db: Database, path: Path, listener: Listener | None = None, *, by: Agent) -> CustomersPreview:
    """What a file of customers would add and change, its faults and cautions told to the listener.

    Raises `FileEmpty`, `FileUnreadable`, and `NothingImported` for a file that cannot be read as a table.
    """
    require(by, Permission.EXCHANGE_FILES)
    listener = listener or Listener()
    new_count = changed_count = 0
    changes: list[CustomerChange] = []
    with Staging() as staging:
        staged = stage_customers(path, staging, listener)
        if not (staged.row_count or staged.fault_count):
            raise FileEmpty()
        with db.read() as connection:
            for chunk in chunks(staging, staged.row_count, listener):
                rows = [customer_row(record) for record in chunk]
                stored = imports.stored_customers(connection, [row["number"] for row in rows], _SHOWN)
                new_count += len(rows) - len(stored)
                differing = [found for row in rows if (found := _changes(row, stored.get(row["number"])))]
                changed_count += len(differing)
                changes += differing[: EXAMPLES - len(changes)]
    return CustomersPreview(
        file_hash=file_hash(path),
        row_count=staged.row_count,
        fault_count=staged.fault_count,
        caution_count=staged.caution_count,
        new_count=new_count,
        changed_count=changed_count,
        changes=tuple(changes),
    )


def preview_open_items(
    db: Database,
    path: Path,
    stamp: SnapshotStamp,
    listener: Listener | None = None,
    *,
    not_posted: Path | None = None,
    by: Agent,
    at: datetime,
) -> OpenItemsPreview:
    """What a file of open items would change: documents, balances, and what it says of the counter's payments.

    Raises what `preview_customers` raises, and the refusals of a stamp.
    """
    require(by, Permission.EXCHANGE_FILES)
    listener = listener or Listener()
    with db.read() as connection:
        refuse_stamp(connection, stamp, at)
        refused = read_refused(not_posted, listener)
        exceptions = refused_postings(connection, refused, stamp.through_batch, not_posted, listener)
    with Staging() as staging:
        staged = stage_open_items(db, path, staging, listener)
        if not (staged.row_count or staged.fault_count):
            raise FileEmpty()
        with db.trial() as connection, open_items.comparing(connection):
            for chunk in chunks(staging, staged.row_count, listener):
                open_items.add(connection, [open_item_row(record) for record in chunk])
            open_items.analyse(connection)
            inclusion = previews.Inclusion(stamp.through_batch, exceptions)
            today = balances.business_date(connection, by.branch, at)
            return OpenItemsPreview(
                file_hash=file_hash(path),
                row_count=staged.row_count,
                fault_count=staged.fault_count,
                caution_count=staged.caution_count,
                included_count=inclusion.count_newly(connection),
                **_compared(connection, inclusion, today),
            )


def _compared(connection: Connection, inclusion: previews.Inclusion, today: date) -> dict[str, Any]:
    appearing, vanishing, moving = open_items.counts(connection)
    balances_found = previews.changed_balances(connection, inclusion, today)
    unmoved, posted = inclusion.unmoved(connection), inclusion.posted_after_all(connection)
    return {
        "appearing_count": appearing,
        "vanishing_count": vanishing,
        "moving_count": moving,
        "balance_count": balances_found.count,
        "balances": balances_found.examples,
        "unmoved_count": unmoved.count,
        "unmoved": unmoved.examples,
        "posted_after_all_count": posted.count,
        "posted_after_all": posted.examples,
    }


def _changes(row: dict[str, Any], stored: Any | None) -> CustomerChange | None:
    """What would change of a known customer; nothing for a new one."""
    if stored is None:
        return None
    fields = tuple(
        (column, getattr(stored, column), row[column]) for column in _SHOWN if getattr(stored, column) != row[column]
    )
    return CustomerChange(row["number"], stored.name, fields) if fields else None
