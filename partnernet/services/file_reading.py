"""Reading the principal's files: lines into records that are staged until all of the file is checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from partnernet.domain import customer_file, open_item_file
from partnernet.domain.exchanges import AccountUnknown, Fault, FileEmpty, NothingImported, RowRepeated
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

_CHUNK_ROWS = 5000
# How much of the work is done once the file is checked, for the progress bar.
_CHECKED = 0.5


class Staged(NamedTuple):
    """A checked file: its good lines, those that cannot be imported, and cautions."""

    row_count: int
    fault_count: int
    caution_count: int


class Refused(NamedTuple):
    """A line of the file of refused receipts."""

    line: int
    fields: tuple[str, ...]
    written: str
    reference: Reference


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
    listener = _of_file(listener, path)
    column = next((name for name in REFERENCE_COLUMNS if name in _names(path)), REFERENCE_COLUMNS[0])
    faults: list[Fault] = []
    found: dict[str, Refused] = {}
    try:
        for item in read_each(list(read_table(path, [column])), _read_refused):
            if isinstance(item, Fault):
                faults.append(item)
            elif item.written in found:
                reason = RowRepeated(item.written, found[item.written].line)
                faults.append(Fault(item.line, item.fields, reason))
            else:
                found[item.written] = item
    except FileFaulty as faulty:
        faults += faulty.faults
    _refuse(faults, listener)
    return list(found.values())


def refused_postings(
    connection: Connection, refused: Iterable[Refused], through_batch: int, path: Path | None, listener: Listener
) -> list[int]:
    """The postings that the refused receipts are. Raises `NothingImported` for one that is none, or was not sent."""
    every = list(refused)
    known = snapshots.postings_of(connection, {each.reference for each in every})
    faults = []
    for each in every:
        posting_id, batch = known.get(each.reference, (None, None))
        reason: Refusal | None = None
        if posting_id is None:
            reason = ReferenceUnknown(each.written)
        elif batch is None or batch > through_batch:
            reason = ReferenceNotSent(each.written, through_batch)
        if reason:
            faults.append(Fault(each.line, each.fields, reason))
    _refuse(faults, _of_file(listener, path) if path else listener)
    return [known[each.reference][0] for each in every]


def count_to_import(staged: Staged, *, set_aside: bool) -> int:
    """How many lines are to be imported; refuses faults that may not be set aside, and a file without a good line."""
    if staged.fault_count and not (set_aside and staged.row_count):
        raise NothingImported(staged.fault_count)
    if not staged.row_count:
        raise FileEmpty()
    return staged.row_count


def chunks(staging: Staging, count: int, listener: Listener) -> Iterator[list[list[str | int]]]:
    """The staged records, many at a time, the second half of the progress told as they go."""
    done = 0
    for chunk in staging.chunks(_CHUNK_ROWS):
        yield chunk
        done += len(chunk)
        listener.progress(_CHECKED + (1 - _CHECKED) * done / max(count, 1))


def customer_row(record: list[str | int]) -> dict[str, Any]:
    """A staged customer as its columns."""
    return dict(zip(customer_file.CustomerRecord._fields, record, strict=True))


def open_item_row(record: list[str | int]) -> dict[str, Any]:
    """A staged document as its columns."""
    customer_id, document_number, kind, document_date, due_date, amount_cents, open_amount_cents = record
    return {
        "customer_id": customer_id,
        "document_number": document_number,
        "kind": kind,
        "document_date": date.fromisoformat(str(document_date)),
        "due_date": date.fromisoformat(str(due_date)),
        "amount_cents": amount_cents,
        "open_amount_cents": open_amount_cents,
    }


# --- lines ----------------------------------------------------------------------------------------------------------


def _read_customers(batch: list[Line | Fault]) -> Iterator[Checked | Fault]:
    return read_each(batch, _read_customer)


def _read_customer(line: Line) -> Checked:
    record, cautions = customer_file.read_customer(line.values)
    return Checked(line, record.number, record.number, record, tuple(cautions))


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
        item.document_number,
        item.kind.value,
        item.document_date.isoformat(),
        item.due_date.isoformat(),
        item.amount_cents,
        item.open_amount_cents,
    )
    return Checked(line, f"{customer_id} {item.kind} {item.document_number}", item.document_number, record)


def _read_refused(line: Line) -> Refused:
    written, reference = read_reference(line.values)
    return Refused(line.number, line.fields, written, reference)


def _names(path: Path) -> set[str]:
    return {name.strip().lower().replace(" ", "_") for name in header_of(path)}


def _refuse(faults: list[Fault], listener: Listener) -> None:
    for fault in faults:
        listener.fault(fault)
    if faults:
        raise NothingImported(len(faults))


def _of_file(listener: Listener, path: Path) -> Listener:
    return replace(listener, fault=lambda fault: listener.fault(replace(fault, file_name=path.name)))


def _first_half(listener: Listener) -> Listener:
    return replace(listener, progress=lambda fraction: listener.progress(fraction * _CHECKED))
