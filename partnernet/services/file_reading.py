"""Reading the principal's files: lines into records that are staged until all of the file is checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from partnernet.domain import customer_file, open_item_file
from partnernet.domain.exchanges import AccountUnknown, ColumnMissing, Fault, FileEmpty, NothingImported, RowRepeated
from partnernet.domain.refusals import Refusal
from partnernet.domain.snapshots import (
    REFERENCE_COLUMNS,
    Reference,
    ReferenceNotSent,
    ReferenceUnknown,
    read_reference,
)
from partnernet.services.file_check import Checked, Listener, check, read_each
from partnernet.services.tabular import FileFaulty, Line, header_of, read_table
from partnernet.storage import imports, snapshots
from partnernet.storage.database import Database
from partnernet.storage.staging import Staging

# How much of the work is done once the file is checked, for the progress bar.
CHECKED = 0.5


class Staged(NamedTuple):
    """A checked file: its good lines, those that cannot be imported, and cautions."""

    row_count: int
    fault_count: int
    caution_count: int


class Refused(NamedTuple):
    """A line of the file of refused receipts; ``fault`` makes what is wrong with it a fault of that file."""

    line: int
    fields: tuple[str, ...]
    written: str
    reference: Reference
    file_name: str

    def fault(self, reason: Refusal) -> Fault:
        return Fault(self.line, self.fields, reason, self.file_name)


def stage_customers(path: Path, staging: Staging, listener: Listener) -> Staged:
    """The customers of a file, its faults told to the listener. Raises what `check` raises."""
    table = read_table(path, customer_file.COLUMNS)
    faults, cautions = check(table, _read_customers, staging, _first_half(listener))
    return Staged(staging.count(), faults, cautions)


def stage_open_items(db: Database, path: Path, staging: Staging, listener: Listener) -> Staged:
    """The documents of a file under their customers' ids."""
    table = read_table(path, open_item_file.COLUMNS)
    faults, cautions = check(table, lambda batch: _read_open_items(db, batch), staging, _first_half(listener))
    return Staged(staging.count(), faults, cautions)


def read_refused(path: Path | None, listener: Listener) -> list[Refused]:
    """What a file of refused receipts names, each once. Raises `NothingImported` when it holds a fault."""
    if path is None:
        return []
    names = {name.strip().lower().replace(" ", "_") for name in header_of(path)}
    column = next((name for name in REFERENCE_COLUMNS if name in names), REFERENCE_COLUMNS[0])
    faults: list[Fault] = []
    found: dict[Reference, Refused] = {}
    try:
        for item in read_each(read_table(path, [column]), lambda line: _read_refused(line, path.name)):
            if isinstance(item, Fault):
                faults.append(item)
            elif item.reference in found:
                faults.append(item.fault(RowRepeated(item.written, found[item.reference].line)))
            else:
                found[item.reference] = item
    except FileFaulty as faulty:
        faults += faulty.faults
    except FileEmpty:
        faults.append(Fault(1, (), ColumnMissing(column)))
    _refuse([replace(fault, file_name=path.name) for fault in faults], listener)
    return list(found.values())


def refused_postings(
    connection: Connection, refused: list[Refused], through_batch: int, listener: Listener
) -> list[int]:
    """The postings that the refused receipts are. Raises `NothingImported` for one that is none, or was not sent."""
    known = snapshots.postings_of(connection, [each.reference for each in refused])
    faults = []
    for each in refused:
        found = known.get(each.reference)
        if found is None:
            faults.append(each.fault(ReferenceUnknown(each.written)))
        elif found.batch_number is None or found.batch_number > through_batch:
            faults.append(each.fault(ReferenceNotSent(each.written, through_batch)))
    _refuse(faults, listener)
    return [known[each.reference].posting_id for each in refused]


def count_to_import(staged: Staged, *, set_aside: bool) -> int:
    """How many lines are to be imported; refuses faults that may not be set aside, and a file without a good line."""
    if staged.fault_count and not (set_aside and staged.row_count):
        raise NothingImported(staged.fault_count)
    if not staged.row_count:
        raise FileEmpty()
    return staged.row_count


# --- lines ----------------------------------------------------------------------------------------------------------


def _read_customers(batch: list[Line | Fault]) -> Iterator[Checked | Fault]:
    return read_each(batch, _read_customer)


def _read_customer(line: Line) -> Checked:
    record, cautions = customer_file.read_customer(line.values)
    return Checked(line, record.number, record, tuple(cautions))


def _read_open_items(db: Database, batch: list[Line | Fault]) -> Iterator[Checked | Fault]:
    """The documents with their customers' ids, asked of the database once for the batch."""
    read = list(read_each(batch, lambda line: (line, open_item_file.read_open_item(line.values))))
    with db.read() as connection:
        numbers = {item[1].account_number for item in read if not isinstance(item, Fault)}
        ids = imports.account_ids(connection, numbers)
    for item in read:
        yield item if isinstance(item, Fault) else _with_account(*item, ids)


def _with_account(line: Line, item: open_item_file.OpenItemRecord, ids: dict[str, int]) -> Checked | Fault:
    customer_id = ids.get(item.account_number)
    if customer_id is None:
        return Fault(line.number, line.fields, AccountUnknown(item.account_number))
    record = (
        customer_id,
        item.kind.value,
        item.document_number,
        item.document_date.isoformat(),
        item.due_date.isoformat(),
        item.amount_cents,
        item.open_amount_cents,
    )
    return Checked(line, item.document_number, record)


def _read_refused(line: Line, file_name: str) -> Refused:
    written, reference = read_reference(line.values)
    return Refused(line.number, line.fields, written, reference, file_name)


def _refuse(faults: list[Fault], listener: Listener) -> None:
    for fault in faults:
        listener.fault(fault)
    if faults:
        raise NothingImported(len(faults))


def _first_half(listener: Listener) -> Listener:
    return replace(listener, progress=listener.between(0, CHECKED))
