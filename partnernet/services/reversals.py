"""Reversals (contre-passation): a supervisor's equal and opposite entry, taken from where the money is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.entries import LedgerAccount, PostingKind
from partnernet.domain.keys import checked_key, part_of
from partnernet.domain.permissions import Permission, require
from partnernet.domain.receipts import Receipt, ReceiptNotFound
from partnernet.domain.refusals import DatabaseBusy
from partnernet.domain.reversals import (
    AlreadyReversed,
    ChequeDeposited,
    NotPaidByCheque,
    OwnEntry,
    Reversal,
    ReversalRequest,
    WhereIsTheMoney,
)
from partnernet.domain.tenders import Tender
from partnernet.domain.till_entries import Source, reversal_entry
from partnernet.services import audit
from partnernet.storage import bags, counts, customers, ledger, receipts, reconciliations, tills
from partnernet.storage.database import Database


def reverse(db: Database, request: ReversalRequest, *, by: Agent, at: datetime) -> Reversal:
    """Reverse a payment of the supervisor's branch: a linked equal and opposite entry, once only, never one's own.

    A sheet of paper that paid several accounts goes whole: every payment that shares it is reversed with this one. The
    same key again gives the same reversal. Raises `ReceiptNotFound`, `OwnEntry`, `AlreadyReversed`, `NotPaidByCheque`,
    `ChequeDeposited`, `NoteMissing`; an attempt on one's own work or on work undone already is kept in the audit log.
    """
    require(by, Permission.REVERSE_PAYMENT)
    branch = branch_of(by)
    checked_key(request.key)
    try:
        return db.run_write(lambda connection: _reverse(connection, request, branch, by, at))
    except (OwnEntry, AlreadyReversed) as refusal:
        why = type(refusal).__name__
        audit.refused(db, "payment.reversed", refusal.receipt_number, by=by, at=at, why=why)
        raise


def _reverse(connection: Connection, request: ReversalRequest, branch: Branch, by: Agent, at: datetime) -> Reversal:
    note = request.checked_note()
    named = receipts.by_number(connection, branch, request.receipt_number)
    if named is None:
        raise ReceiptNotFound(request.receipt_number)
    sharing = receipts.sharing(connection, named.posting_id)
    shared = [receipts.by_posting(connection, branch, posting_id) for posting_id in sharing]
    for number in sorted({paid.customer.number for paid in (named, *shared)}):
        customers.lock(connection, number)
    head = ledger.lock_branch(connection, branch)
    if ledger.replayed(connection, request.key, (branch.id, by.id, request.fingerprint())):
        return receipts.reversal(connection, named)
    _check(connection, request, named, by)
    # Another share of the sheet was saved while this waited for its turn: its customer is not locked.
    if receipts.sharing(connection, named.posting_id) != sharing:
        raise DatabaseBusy()
    at = head.instant(at)
    words = {"reason": request.reason.value, "where_is_the_money": request.where.value, "note": note}
    for paid in shared:
        new = ledger.NewPosting(
            branch=branch,
            kind=PostingKind.REVERSAL,
            key=request.key if paid.number == named.number else part_of(request.key, paid.number),
            fingerprint=request.fingerprint(),
            at=at,
            agent_id=by.id,
            entry=reversal_entry(
                ledger.entry_of(connection, paid.posting_id), _source(connection, paid, request.where, branch, at)
            ),
            reverses_id=paid.posting_id,
            reversal=words,
        )
        ledger.post(connection, ledger.lock_branch(connection, branch), new)
        audit.record(connection, "payment.reversed", paid.number, by=by, at=at, reason=request.reason.value)
    return receipts.reversal(connection, named)


def _check(connection: Connection, request: ReversalRequest, paid: Receipt, by: Agent) -> None:
    original = ledger.header_of(connection, paid.posting_id)
    if original.agent_id == by.id:
        raise OwnEntry(paid.number)
    if original.reversed:
        raise AlreadyReversed(paid.number)
    if request.concerns_the_bank and paid.tender is not Tender.CHEQUE:
        raise NotPaidByCheque(paid.number)


def _source(connection: Connection, paid: Receipt, where: WhereIsTheMoney, branch: Branch, at: datetime) -> Source:
    """Who gives the money up, and out of what."""
    agent_id = ledger.header_of(connection, paid.posting_id).agent_id
    session_id = tills.session_of_posting(connection, paid.posting_id)
    if paid.tender is Tender.CASH:
        uncounted = _uncounted(connection, session_id)
        if uncounted is not None:
            return Source(LedgerAccount.DRAWER, agent_id, uncounted)
        never = where is WhereIsTheMoney.NEVER_RECEIVED
        account = LedgerAccount.OVER_SHORT if never else LedgerAccount.DRAWER
        return Source(account, agent_id, tills.open_session(connection, agent_id, branch.id, at))
    bag = bags.holding_cheque_of(connection, paid.posting_id)
    if bag is None:
        submitted = tills.is_submitted(connection, session_id)
        on_hand = counts.session_to_count(connection, agent_id) if submitted else session_id
        return Source(LedgerAccount.CHEQUES, agent_id, on_hand)
    if bag.remitted and where is not WhereIsTheMoney.RETURNED_BY_BANK:
        raise ChequeDeposited(paid.number)
    account = LedgerAccount.REMITTED if bag.remitted else LedgerAccount.BAG
    return Source(account, bag.holder_id, bag.till_session_id)


def _uncounted(connection: Connection, session_id: int) -> int | None:
    """The session whose submission will account for the cash that came into this one: itself, or the one into which its
    bag was opened when it was sent back; ``None`` once it is accounted for."""
    current: int | None = session_id
    while current is not None and tills.is_submitted(connection, current):
        current = reconciliations.reopened_into(connection, current)
    return current
