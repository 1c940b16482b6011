"""Deposits of a branch: approved bags on one slip, then the bank's reference, and only then is less owed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.deposits import (
    BagTaken,
    BranchDeposits,
    Deposit,
    DepositEmpty,
    DepositNotFound,
    DepositSettled,
    NoBagChosen,
    WaitingBag,
    read_bank_reference,
)
from partnernet.domain.entries import DUE_TO_PRINCIPAL, PostingKind
from partnernet.domain.keys import checked_key, part_of
from partnernet.domain.permissions import Permission, require
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.till_entries import deposit_entry
from partnernet.services import audit
from partnernet.storage import branches, deposits, ledger, settings_of_branch, tills
from partnernet.storage.database import Database


def overview(db: Database, branch_code: str | None = None, key: str = "", *, by: Agent, at: datetime) -> BranchDeposits:
    """Where the money of one's branch is between approval and the bank, or of the one that an auditor names.

    ``key`` is the form's: the slip that it has made, if its maker asks. Raises `NoBranch` and `BranchNotFound`.
    """
    require(by, Permission.VIEW_DEPOSITS)
    with db.read() as connection:
        branch = branches.to_read(connection, by, branch_code)
        today = branch.business_date(at)
        made = deposits.by_key(connection, key) if key else None
        return BranchDeposits(
            branch=branch,
            waiting=deposits.waiting(connection, branch, today),
            under_way=deposits.under_way(connection, branch, today),
            settled=deposits.settled(connection, branch),
            due=-tills.debit_of(tills.sums_of_custody(connection, branch.id), DUE_TO_PRINCIPAL),
            made=deposits.one(connection, branch, made[0], today) if made and made[1] == by.id else None,
        )


def waiting(db: Database, *, by: Agent, at: datetime) -> tuple[WaitingBag, ...]:
    """The branch's approved bags that are on no slip yet."""
    require(by, Permission.VIEW_DEPOSITS)
    branch = branch_of(by)
    with db.read() as connection:
        return deposits.waiting(connection, branch, branch.business_date(at))


def listed(db: Database, *, by: Agent, at: datetime) -> tuple[Deposit, ...]:
    """The branch's last deposits, newest first."""
    require(by, Permission.VIEW_DEPOSITS)
    branch = branch_of(by)
    with db.read() as connection:
        return deposits.listed(connection, branch, branch.business_date(at))


def one(db: Database, deposit_id: int, *, by: Agent, at: datetime) -> Deposit:
    """One deposit of the branch; `DepositNotFound` for any other."""
    require(by, Permission.VIEW_DEPOSITS)
    branch = branch_of(by)
    with db.read() as connection:
        found = deposits.one(connection, branch, deposit_id, branch.business_date(at))
    if found is None:
        raise DepositNotFound(deposit_id)
    return found


def make(db: Database, bag_ids: frozenset[int], key: str, *, by: Agent, at: datetime) -> Deposit:
    """Group approved bags on one slip; the same key again gives the same slip. Raises `NoBagChosen`, `BagTaken`."""
    require(by, Permission.MAKE_DEPOSIT)
    branch = branch_of(by)
    checked_key(key)

    def work(connection: Connection) -> Deposit:
        instant = ledger.lock_branch(connection, branch).instant(at)
        today = branch.business_date(instant)
        existing = deposits.by_key(connection, key)
        if existing and existing[1] != by.id:
            raise OtherContentForKey(key)
        deposit_id = existing[0] if existing else None
        if deposit_id is None:
            if not bag_ids:
                raise NoBagChosen()
            if not bag_ids <= {waiting.bag.id for waiting in deposits.waiting(connection, branch, today)}:
                raise BagTaken()
            account = settings_of_branch.read(connection, branch).deposit_account
            deposit_id = deposits.make(
                connection, branch, tuple(sorted(bag_ids)), key=key, made_by_id=by.id, made_at=instant, account=account
            )
            audit.record(connection, "deposit.made", str(deposit_id), by=by, at=instant, bags=len(bag_ids))
        found = deposits.one(connection, branch, deposit_id, today)
        if found is None or {bag.id for bag in found.bags} != bag_ids:
            raise OtherContentForKey(key)
        return found

    return db.run_write(work)


def settle(db: Database, deposit_id: int, reference: str, *, by: Agent, at: datetime) -> Deposit:
    """Enter the bank's reference: the deposit is remitted. The same reference again changes nothing.

    Raises `BankReferenceMalformed`, `DepositNotFound`, `DepositEmpty`, and `DepositSettled` for another reference.
    """
    require(by, Permission.MAKE_DEPOSIT)
    branch = branch_of(by)
    read = read_bank_reference(reference)

    def work(connection: Connection) -> Deposit:
        head = ledger.lock_branch(connection, branch)
        instant = head.instant(at)
        today = branch.business_date(instant)
        found = deposits.one(connection, branch, deposit_id, today)
        if found is None:
            raise DepositNotFound(deposit_id)
        if found.settled_at is not None:
            if found.bank_reference != read:
                raise DepositSettled()
            return found
        if not found.amount:
            raise DepositEmpty()
        new = ledger.NewPosting(
            branch=branch,
            kind=PostingKind.DEPOSIT,
            key=part_of(f"deposit {deposit_id}", "settle"),
            fingerprint=PostingKind.DEPOSIT.value,
            at=instant,
            agent_id=by.id,
            entry=deposit_entry(found.amount),
        )
        posting_id = ledger.post(connection, head, new).id
        deposits.settle(connection, deposit_id, posting_id=posting_id, reference=read, by_id=by.id, at=instant)
        detail = {"amount_cents": found.amount.cents}
        audit.record(connection, "deposit.settled", str(deposit_id), by=by, at=instant, **detail)
        settled = deposits.one(connection, branch, deposit_id, today)
        if settled is None:
            raise DepositNotFound(deposit_id)
        return settled

    return db.run_write(work)
