"""Drops during the day: an agent bags collections, another person takes the bag for the branch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.counts import CountUnderWay
from partnernet.domain.drops import (
    ChequeNotOnHand,
    Drop,
    DropBasis,
    DropNotWaiting,
    DropRequest,
    checked_drop,
)
from partnernet.domain.entries import FLOAT_PRESENT, LedgerAccount, PostingKind
from partnernet.domain.keys import checked_key, part_of
from partnernet.domain.money import ZERO, total
from partnernet.domain.permissions import Permission, require
from partnernet.domain.reconciliations import OwnReconciliation, collected
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.shared_cheques import refuse_unfinished
from partnernet.domain.till_entries import custody_entry, seal_entry
from partnernet.services import audit
from partnernet.storage import bags, counts, drops, held_cheques, ledger, settings_of_branch, tills
from partnernet.storage.database import Database


def make(db: Database, request: DropRequest, *, by: Agent, at: datetime) -> Drop:
    """Seal collections of one's own till in a bag before the count; the same key again gives the same bag.

    Raises `CountUnderWay`, `DropEmpty`, `DropBeyondCollected`, `ChequeNotOnHand`, `ChequeNotFullyApplied`.
    """
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    checked_key(request.key)
    return db.run_write(lambda connection: _make(connection, request, branch, by, at))


def basis(db: Database, *, by: Agent, at: datetime) -> DropBasis:
    """What the person can drop now, and what they have dropped that nobody has received."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    today = branch.business_date(at)
    with db.read() as connection:
        session = tills.session_of(connection, by.id)
        held = held_cheques.in_session(connection, by.id, session.id, today) if session else ()
        return DropBasis(
            cheques=tuple(cheque for cheque in held if not cheque.post_dated),
            waiting=drops.waiting(connection, branch, today, agent_id=by.id),
            counted=counts.is_counted(connection, by.id),
        )


def by_key(db: Database, key: str, *, by: Agent, at: datetime) -> Drop | None:
    """The drop that a form's key has already made; ``None`` while it has made none, or it is another's."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        found = drops.by_key(connection, key)
        if found is None or found[1][0] != by.id:
            return None
        return drops.one(connection, branch, found[0], branch.business_date(at))


def waiting(db: Database, *, by: Agent, at: datetime) -> tuple[Drop, ...]:
    """The branch's drops that wait to be received."""
    require(by, Permission.VIEW_RECONCILIATIONS)
    branch = branch_of(by)
    with db.read() as connection:
        return drops.waiting(connection, branch, branch.business_date(at))


def receive(db: Database, bag_id: int, *, by: Agent, at: datetime) -> Drop:
    """Take a dropped bag for the branch, and the debt with it; never one's own, unless the branch is of one person.

    Raises `DropNotWaiting` and `OwnReconciliation`. The same person's second click changes nothing.
    """
    require(by, Permission.DECIDE_RECONCILIATION)
    branch = branch_of(by)

    def work(connection: Connection) -> Drop:
        head = ledger.lock_branch(connection, branch)
        instant = head.instant(at)
        today = branch.business_date(instant)
        found = drops.one(connection, branch, bag_id, today)
        if found is None or drops.received_by(connection, bag_id) not in (None, by.id):
            raise DropNotWaiting()
        if found.received_at:
            return found
        alone = found.agent_id == by.id
        if alone and not settings_of_branch.read(connection, branch).one_person:
            raise OwnReconciliation()
        if found.bag.total:
            new = ledger.NewPosting(
                branch=branch,
                kind=PostingKind.CUSTODY,
                key=part_of(f"drop {bag_id}", "receive"),
                fingerprint=PostingKind.CUSTODY.value,
                at=instant,
                agent_id=by.id,
                entry=custody_entry(
                    found.bag.total, agent_id=found.agent_id, session_id=bags.session_of(connection, bag_id)
                ),
            )
            ledger.post(connection, head, new)
        drops.receive(connection, found, by_id=by.id, at=instant, alone=alone)
        audit.record(connection, "drop.received", str(found.bag.number), by=by, at=instant, alone=alone)
        return drops.one(connection, branch, bag_id, today) or found

    return db.run_write(work)


def _make(connection: Connection, request: DropRequest, branch: Branch, by: Agent, at: datetime) -> Drop:
    head = ledger.lock_branch(connection, branch)
    instant = head.instant(at)
    today = branch.business_date(instant)
    replayed = drops.by_key(connection, request.key)
    if replayed and replayed[1] != (by.id, request.fingerprint()):
        raise OtherContentForKey(request.key)
    bag_id = replayed[0] if replayed else _seal(connection, request, branch, by, instant)
    made = drops.one(connection, branch, bag_id, today)
    if made is None:
        raise OtherContentForKey(request.key)
    return made


def _seal(connection: Connection, request: DropRequest, branch: Branch, by: Agent, at: datetime) -> int:
    session = tills.session_of(connection, by.id)
    if counts.is_counted(connection, by.id):
        raise CountUnderWay()
    sums = tills.sums_of_session(connection, session.id, by.id) if session else {}
    float_present = -tills.debit_of(sums, FLOAT_PRESENT)
    cash = checked_drop(request, collected(sums.get(LedgerAccount.DRAWER, ZERO), float_present))
    if session is None:
        raise ChequeNotOnHand()
    on_hand = held_cheques.in_session(connection, by.id, session.id, branch.business_date(at))
    cheques = tuple(cheque for cheque in on_hand if cheque.id in request.cheque_ids and not cheque.post_dated)
    if {cheque.id for cheque in cheques} != request.cheque_ids:
        raise ChequeNotOnHand()
    for sheet_id in sorted(request.cheque_ids):
        refuse_unfinished(held_cheques.unfinished(connection, branch.id, by.id, sheet_id=sheet_id))
    new = ledger.NewPosting(
        branch=branch,
        kind=PostingKind.SEAL,
        key=request.key,
        fingerprint=request.fingerprint(),
        at=at,
        agent_id=by.id,
        entry=seal_entry(cash, total(cheque.amount for cheque in cheques), agent_id=by.id, session_id=session.id),
    )
    ledger.post(connection, ledger.lock_branch(connection, branch), new)
    bag_id = bags.seal(
        connection,
        branch=branch,
        session_id=session.id,
        agent_id=by.id,
        pieces=request.pieces,
        cheques=cheques,
        at=at,
    )
    drops.keep(connection, bag_id, key=request.key, fingerprint=request.fingerprint(), agent_id=by.id)
    audit.record(connection, "drop.made", str(bag_id), by=by, at=at, cash_cents=cash.cents, cheques=len(cheques))
    return bag_id
