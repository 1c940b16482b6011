"""The dry run of a file from the principal's books: what is wrong with it, and what it would change.

Nothing is written, and nobody waits.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from partnernet.domain.agents import Agent
from partnernet.domain.customer_file import CustomerRecord
from partnernet.domain.customer_preview import CustomerChange, CustomersPreview
from partnernet.domain.exchanges import FileEmpty
from partnernet.domain.permissions import Permission, require
from partnernet.domain.snapshots import EXAMPLES, OpenItemsPreview, SnapshotStamp
from partnernet.services.exchanges import refuse_stamp
from partnernet.services.file_check import Listener
from partnernet.services.file_reading import (
    CHECKED,
    Staged,
    read_refused,
    refused_postings,
    stage_customers,
    stage_open_items,
)
from partnernet.services.tabular import file_hash
from partnernet.storage import balances, comparing, comparison, previews
from partnernet.storage.database import Database
from partnernet.storage.previews import Inclusion
from partnernet.storage.staging import Row, Staging

_CHUNK_ROWS = 5000
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
    hashed = file_hash(path)
    changed_count = 0
    changes: list[CustomerChange] = []
    with comparing.staging_of_customers() as staging:
        staged = stage_customers(path, staging, listener)
        _refuse_empty(staged)
        comparing.compare_customers(db.read, staging, listener.between(CHECKED, 1))
        differences = comparison.count(staging)
        for chunk in comparison.moved(staging, _CHUNK_ROWS):
            found = [change for row in chunk if (change := _change(row)).fields]
            changed_count += len(found)
            changes += found[: EXAMPLES - len(changes)]
    return CustomersPreview(
        file_hash=hashed,
        row_count=staged.row_count,
        fault_count=staged.fault_count,
        caution_count=staged.caution_count,
        new_count=differences.new,
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
    hashed = file_hash(path)
    with db.read() as connection:
        refuse_stamp(connection, stamp, at)
        refused = read_refused(not_posted, listener)
        exceptions = refused_postings(connection, refused, stamp.through_batch, listener)
    after = Inclusion(stamp.through_batch, frozenset(exceptions))
    with comparing.staging_of_open_items() as staging:
        staged = stage_open_items(db, path, staging, listener)
        _refuse_empty(staged)
        while True:
            as_of = comparing.compare_open_items(db.read, staging, listener.between(CHECKED, 1))
            found = _found(db, hashed, staging, staged, after, by, at)
            with db.read() as connection:
                refuse_stamp(connection, stamp, at)
                if comparing.open_items_as_of(connection) == as_of:
                    return found


def _found(
    db: Database, hashed: str, staging: Staging, staged: Staged, after: Inclusion, by: Agent, at: datetime
) -> OpenItemsPreview:
    with db.read() as connection:
        before, today = previews.in_force(connection), balances.business_date(connection, by.branch, at)
    differences = comparison.count(staging)
    previews.keep_touched(staging)
    previews.keep_counted(db.read, staging, before, after)
    changed = previews.changed_balances(db.read, staging, today)
    unmoved = previews.unmoved(db.read, staging)
    posted = previews.posted_after_all(db.read, staging, before)
    halves = previews.half_refused(db.read, staging, after)
    return OpenItemsPreview(
        file_hash=hashed,
        row_count=staged.row_count,
        fault_count=staged.fault_count,
        caution_count=staged.caution_count,
        appearing_count=differences.new,
        vanishing_count=differences.gone,
        moving_count=differences.moved,
        documents=previews.changed_documents(db.read, staging),
        included_count=previews.count_newly(staging),
        balance_count=changed.count,
        balances=changed.examples,
        unmoved_count=unmoved.count,
        unmoved=unmoved.examples,
        posted_after_all_count=posted.count,
        posted_after_all=posted.examples,
        half_refused_count=halves.count,
        half_refused=halves.examples,
    )


def _refuse_empty(staged: Staged) -> None:
    if not (staged.row_count or staged.fault_count):
        raise FileEmpty()


def _change(row: Row) -> CustomerChange:
    """What would change of a customer, of what people read: id, what is stored, what the file says."""
    width = len(CustomerRecord._fields)
    stored, record = (CustomerRecord(*values) for values in (row[1 : 1 + width], row[1 + width :]))
    both = ((column, str(getattr(stored, column)), str(getattr(record, column))) for column in _SHOWN)
    fields = tuple((column, before, after) for column, before, after in both if before != after)
    return CustomerChange(stored.number, stored.name, fields)
