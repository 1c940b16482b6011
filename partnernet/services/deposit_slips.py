"""Deposit slips: a deposit as it is printed, its copies counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.deposit_slip import DepositSlip, WithdrawnCheque
from partnernet.domain.deposits import Deposit, DepositNotFound
from partnernet.domain.papers import PaperKind
from partnernet.domain.permissions import Permission, require
from partnernet.services import audit
from partnernet.storage import deposits, held_cheques, ledger, paper_copies
from partnernet.storage.database import Database


def one(db: Database, deposit_id: int, *, by: Agent, at: datetime) -> DepositSlip:
    """The slip of a deposit of the branch, with what was withdrawn since its first print; `DepositNotFound` otherwise.

    A cheque that the bank returns later stays on the slip: the bank had it.
    """
    require(by, Permission.VIEW_DEPOSITS)
    today = branch_of(by).business_date(at)
    with db.read() as connection:
        deposit = _deposit(connection, deposit_id, by, at)
        printed = paper_copies.printed(connection, PaperKind.DEPOSIT_SLIP, deposit.id)
        gone = held_cheques.reversed_in_bags(connection, [bag.id for bag in deposit.bags], today)
    listed = {cheque.id for bag in deposit.bags for cheque in bag.cheques}
    withdrawn = tuple(
        WithdrawnCheque(cheque, when)
        for cheque, when in gone
        if cheque.id not in listed and printed.first_at is not None and when > printed.first_at
    )
    return DepositSlip(deposit, withdrawn, printed)


def count_copy(db: Database, deposit_id: int, *, by: Agent, at: datetime) -> int:
    """Keep that a copy of the slip is printed; 1 is the original, from 2 on the paper says DUPLICATA."""
    require(by, Permission.VIEW_DEPOSITS)

    def work(connection: Connection) -> int:
        instant = ledger.lock_branch(connection, branch_of(by)).instant(at)
        found = _deposit(connection, deposit_id, by, instant)
        copy_number = paper_copies.count(connection, PaperKind.DEPOSIT_SLIP, found.id, by.id, instant)
        audit.record(connection, "deposit_slip.printed", str(found.id), by=by, at=instant, copy=copy_number)
        return copy_number

    return db.run_write(work)


def _deposit(connection: Connection, deposit_id: int, agent: Agent, at: datetime) -> Deposit:
    branch = branch_of(agent)
    found = deposits.one(connection, branch, deposit_id, branch.business_date(at))
    if found is None:
        raise DepositNotFound(deposit_id)
    return found
