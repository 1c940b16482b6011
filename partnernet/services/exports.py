"""Exports to the principal's books: payments and reversals go out in numbered batches, each in exactly one."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.batch_files import deposits_csv, payments_csv
from partnernet.domain.batches import (
    Anchor,
    Batch,
    BatchFile,
    BatchNotFound,
    BatchWithoutDeposits,
    ExportFile,
    Waiting,
    file_name,
)
from partnernet.domain.keys import checked_key
from partnernet.domain.permissions import Permission, require
from partnernet.domain.refusals import OtherContentForKey
from partnernet.services import audit
from partnernet.storage import batch_deposits, branches, imports, ledger
from partnernet.storage import batches as kept
from partnernet.storage.batch_deposits import UnsentDeposit
from partnernet.storage.batches import Totals
from partnernet.storage.database import Database


def cut(db: Database, key: str, *, by: Agent, at: datetime) -> Batch | None:
    """Cut the next batch: whatever every branch has to send, and the deposits that the bank has since the last one.

    ``None`` when there is no payment or reversal to send; deposits wait for the next batch then. The same key again
    gives the same batch. Raises `OtherContentForKey` when the key made somebody else's.
    """
    require(by, Permission.EXCHANGE_FILES)
    checked_key(key)
    return db.run_write(lambda connection: _cut(connection, key, by, at))


def waiting(db: Database, *, by: Agent, at: datetime) -> Waiting:
    """What the next batch would hold, of all branches together."""
    require(by, Permission.VIEW_EXCHANGES)
    with db.read() as connection:
        days = [_day(branch, ledger.head_of(connection, branch), at) for branch in branches.every(connection)]
        going, held = _unsent(connection, days)
    return Waiting(
        payment_count=going.payment_count,
        reversal_count=going.reversal_count,
        payments=going.payments,
        reversals=going.reversals,
        since=going.since,
        post_dated_count=held.payment_count - held.reversal_count,
        post_dated=held.payments - held.reversals,
    )


def batches(db: Database, *, by: Agent) -> tuple[Batch, ...]:
    """Every batch, newest first."""
    require(by, Permission.VIEW_EXCHANGES)
    with db.read() as connection:
        return kept.every(connection)


def last(db: Database, *, by: Agent) -> Batch | None:
    """The newest batch; ``None`` before the first."""
    require(by, Permission.VIEW_EXCHANGES)
    with db.read() as connection:
        return kept.last(connection)


def by_key(db: Database, key: str, *, by: Agent) -> Batch | None:
    """The batch that a key has made, whoever cut it; ``None`` when it has made none."""
    require(by, Permission.VIEW_EXCHANGES)
    with db.read() as connection:
        return kept.by_key(connection, key)


def file(db: Database, number: int, kind: BatchFile, *, by: Agent) -> ExportFile:
    """A file of a batch as it was cut, to the byte. Raises `BatchNotFound` and `BatchWithoutDeposits`."""
    require(by, Permission.VIEW_EXCHANGES)
    with db.read() as connection:
        content = kept.content(connection, number, kind)
        if content is None and kept.one(connection, number) is None:
            raise BatchNotFound(number)
    if content is None:
        raise BatchWithoutDeposits(number)
    return ExportFile(file_name(kind, number), content.encode())


def produce_again(db: Database, number: int, *, by: Agent, at: datetime) -> Batch:
    """A batch whose files (`file`) are produced once more: the audit log keeps that. Raises `BatchNotFound`."""
    require(by, Permission.EXCHANGE_FILES)

    def work(connection: Connection) -> Batch:
        found = kept.one(connection, number)
        if found is None:
            raise BatchNotFound(number)
        audit.record(connection, "batch.produced_again", str(number), by=by, at=at)
        return found

    return db.run_write(work)


# --- cutting --------------------------------------------------------------------------------------------------------


def _cut(connection: Connection, key: str, by: Agent, at: datetime) -> Batch | None:
    imports.take_turn(connection)
    existing = kept.by_key(connection, key)
    if existing:
        if existing.cut_by != by.login:
            raise OtherContentForKey(key)
        return existing
    days = _lock_every_branch(connection, at)
    going, _held = _unsent(connection, days)
    if not going.payment_count + going.reversal_count:
        return None
    deposits = [each for day in days for each in batch_deposits.unsent(connection, day.branch)]
    batch = Batch(
        number=kept.next_number(connection),
        cut_at=max(at, kept.last_cut_at(connection) or at, *(day.instant for day in days)),
        cut_by=by.login,
        payment_count=going.payment_count,
        reversal_count=going.reversal_count,
        payments=going.payments,
        reversals=going.reversals,
        deposit_count=len(deposits),
        anchors=tuple(day.anchor for day in days),
    )
    kept.keep(connection, batch, key)
    _fill(connection, batch.number, days, deposits)
    figures = {"payments": batch.payment_count, "reversals": batch.reversal_count, "net_cents": batch.net.cents}
    audit.record(connection, "batch.cut", str(batch.number), by=by, at=batch.cut_at, **figures)
    return batch


def _unsent(connection: Connection, days: list[_Day]) -> tuple[Totals, Totals]:
    """What all branches together have to send, and what waits for the date of its cheque."""
    going, held = Totals(), Totals()
    for day in days:
        of_branch = kept.unsent(connection, day.branch, day.today)
        going, held = going.and_those(of_branch[0]), held.and_those(of_branch[1])
    return going, held


def _fill(connection: Connection, number: int, days: list[_Day], deposits: list[UnsentDeposit]) -> None:
    """The lines of a batch by branch and sequence, and its files."""
    for day in days:
        kept.take(connection, number, day.branch, day.today)
    content = payments_csv(number, kept.lines(connection, number))
    kept.keep_file(connection, number, BatchFile.PAYMENTS, content)
    if deposits:
        kept.keep_deposits(connection, number, [each.id for each in deposits])
        content = deposits_csv(number, (line for each in deposits for line in each.lines))
        kept.keep_file(connection, number, BatchFile.DEPOSITS, content)


class _Day(NamedTuple):
    """A branch at the moment of a cut: its business date and the head of its chain."""

    branch: Branch
    instant: datetime
    today: date
    anchor: Anchor


def _lock_every_branch(connection: Connection, at: datetime) -> list[_Day]:
    """Every branch by code, locked in one order (by id): nothing is posted until the cut is over."""
    in_order = sorted(branches.every(connection), key=lambda branch: branch.id)
    days = [_day(branch, ledger.lock_branch(connection, branch), at) for branch in in_order]
    return sorted(days, key=lambda day: day.branch.code)


def _day(branch: Branch, head: ledger.Head | None, at: datetime) -> _Day:
    if head is None:
        raise LookupError(f"branch {branch.code} has no head")
    instant = head.instant(at)
    anchor = Anchor(branch.code, head.last_sequence, head.last_hash)
    return _Day(branch, instant, branch.business_date(instant), anchor)
