"""Reversals (contre-passation): a supervisor's equal and opposite entry, taken from where the money is; and, when the
money was kept, the payment entered again as it should have been, in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.corrections import AccountChange, Correction, checked_reentry
from partnernet.domain.entries import PostingKind
from partnernet.domain.error_reports import ErrorOutcome
from partnernet.domain.keys import checked_key, is_key, part_of
from partnernet.domain.money import Money
from partnernet.domain.permissions import Permission, require
from partnernet.domain.receipts import Receipt, ReceiptNotFound
from partnernet.domain.reconciliations import PasswordProofTooOld
from partnernet.domain.refusals import DatabaseBusy
from partnernet.domain.reversals import (
    AlreadyReversed,
    CashOnlyNotAsked,
    NotPaidByCheque,
    OwnEntry,
    Reversal,
    ReversalReason,
    ReversalRequest,
)
from partnernet.domain.sign_in import PROOF_HOLDS
from partnernet.domain.tenders import Tender
from partnernet.domain.till_entries import Place, reversal_entry
from partnernet.services import audit
from partnernet.services.reentries import account_to_credit, enter_again
from partnernet.storage import (
    balances,
    cash_only,
    corrections,
    customers,
    error_reports,
    ledger,
    places,
    receipts,
    reentries,
)
from partnernet.storage.database import Database


class _Undone(Exception):
    """Ends the transaction of a preview, so that nothing of it is kept."""

    def __init__(self, correction: Correction) -> None:
        self.correction = correction


def reverse(db: Database, request: ReversalRequest, *, by: Agent, at: datetime, proved_at: datetime) -> Reversal:
    """Reverse a payment of the supervisor's branch: a linked equal and opposite entry, once only, never one's own.

    A sheet of paper that paid several accounts goes whole: every payment that shares it is reversed with this one. When
    the money was kept, this payment alone is reversed, and entered again in the same step. ``proved_at`` is when the
    person last proved their password. The same key again gives the same reversal.

    Raises `ReceiptNotFound`, `OwnEntry`, `AlreadyReversed`, `PasswordProofTooOld`, `NotPaidByCheque`,
    `ChequeDeposited`, `TakerElsewhere`, `NoteMissing`, `CashOnlyNotAsked`, those of `partnernet.domain.corrections`,
    and of what is entered again those of `partnernet.domain.payments`. An attempt on one's own work or on work undone
    already is kept in the audit log.
    """
    require(by, Permission.REVERSE_PAYMENT)
    branch = branch_of(by)
    checked_key(request.key)
    try:
        return db.run_write(lambda connection: _reverse(connection, request, branch, by, at, proved_at))
    except (OwnEntry, AlreadyReversed) as refusal:
        why = type(refusal).__name__
        audit.refused(db, "payment.reversed", refusal.receipt_number, by=by, at=at, why=why)
        raise


def preview(db: Database, request: ReversalRequest, *, by: Agent, at: datetime) -> Correction:
    """What `reverse` would do now, with what it does to the accounts; nothing of it is kept. Raises the same refusals,
    but asks for no proof of the password."""
    require(by, Permission.REVERSE_PAYMENT)
    branch = branch_of(by)
    checked_key(request.key)
    try:
        with db.write() as connection:
            raise _Undone(_preview(connection, request, branch, by, at))
    except _Undone as undone:
        return undone.correction


def by_key(db: Database, key: str, *, by: Agent) -> Reversal | None:
    """One's own reversal that a form's key has already made; ``None`` while it has made none."""
    require(by, Permission.REVERSE_PAYMENT)
    branch = branch_of(by)
    if not is_key(key):
        return None
    with db.read() as connection:
        posted = ledger.find_by_key(connection, key)
        own = (PostingKind.REVERSAL, branch.id, by.id)
        if posted is None or (posted.kind, posted.branch_id, posted.agent_id) != own:
            return None
        undone_id = ledger.reversed_by(connection, posted.posting_id)
        return receipts.by_posting(connection, branch, undone_id).reversal


def _reverse(
    connection: Connection,
    request: ReversalRequest,
    branch: Branch,
    by: Agent,
    at: datetime,
    proved_at: datetime | None,
) -> Reversal:
    note = request.checked_note()
    if request.cash_only and request.reason is not ReversalReason.RETURNED_CHEQUE:
        raise CashOnlyNotAsked()
    seen, sharing = _lock_customers(connection, request, branch)
    head = ledger.lock_branch(connection, branch)
    named = receipts.by_posting(connection, branch, seen.posting_id)
    if ledger.replayed(connection, request.key, (branch.id, by.id, request.fingerprint())) and named.reversal:
        return named.reversal
    _check(connection, request, named, by, at, proved_at)
    # Another share of the sheet was saved while this waited for its turn: its customer is not locked.
    if receipts.sharing(connection, named.posting_id) != sharing:
        raise DatabaseBusy()
    shared = [receipts.by_posting(connection, branch, posting_id) for posting_id in sharing]
    at = head.instant(at)
    several = len(shared) > 1 or named.shares_cheque
    whereabouts = places.whereabouts(connection, named)
    reentry = checked_reentry(request, named, whereabouts, shared=several)
    if reentry:
        customer = account_to_credit(connection, request.reason, reentry, whereabouts)
        source, target = places.kept_at(connection, named, reentry, request.reason, branch, at)
        _undo(connection, request, named, source, note, by, at)
        enter_again(connection, request, reentry, customer, named, target, by=by, at=at)
    else:
        for paid in shared:
            _refuse_own(connection, paid, by)
        for paid in shared:
            source = places.taken_from(connection, paid, request.where, branch, at)
            _undo(connection, request, paid, source, note, by, at)
    return _made(receipts.by_posting(connection, branch, named.posting_id))


def _lock_customers(
    connection: Connection, request: ReversalRequest, branch: Branch
) -> tuple[Receipt, tuple[int, ...]]:
    """Every account that the correction touches, in order; the receipt, and what shares its sheet of paper."""
    named = receipts.by_number(connection, branch, request.receipt_number)
    if named is None:
        raise ReceiptNotFound(request.receipt_number)
    sharing = receipts.sharing(connection, named.posting_id)
    shared = [receipts.by_posting(connection, branch, posting_id) for posting_id in sharing]
    numbers = {paid.customer.number for paid in (named, *shared)}
    for number in sorted(numbers | ({request.reentry.customer_number} if request.reentry else set())):
        customers.lock(connection, number)
    return named, sharing


def _check(
    connection: Connection,
    request: ReversalRequest,
    paid: Receipt,
    by: Agent,
    at: datetime,
    proved_at: datetime | None,
) -> None:
    _refuse_own(connection, paid, by)
    if paid.reversal:
        raise AlreadyReversed(paid.number)
    if proved_at is not None and at - proved_at > PROOF_HOLDS:
        raise PasswordProofTooOld()
    if request.concerns_the_bank and paid.tender is not Tender.CHEQUE:
        raise NotPaidByCheque(paid.number)


def _refuse_own(connection: Connection, paid: Receipt, by: Agent) -> None:
    """Neither who entered it nor who took the money."""
    poster = ledger.header_of(connection, paid.posting_id).agent_id
    if by.id in (poster, reentries.taker_of(connection, paid.posting_id)):
        raise OwnEntry(paid.number)


def _undo(
    connection: Connection, request: ReversalRequest, paid: Receipt, source: Place, note: str, by: Agent, at: datetime
) -> None:
    """Post the reversal of one payment, with all that it settles: reported errors, and the account's restriction."""
    new = ledger.NewPosting(
        branch=paid.branch,
        kind=PostingKind.REVERSAL,
        key=request.key if paid.number == request.receipt_number else part_of(request.key, paid.number),
        fingerprint=request.fingerprint(),
        at=at,
        agent_id=by.id,
        entry=reversal_entry(ledger.entry_of(connection, paid.posting_id), source),
        reverses_id=paid.posting_id,
        reversal={"reason": request.reason.value, "where_is_the_money": request.where.value, "note": note},
    )
    posted = ledger.post(connection, ledger.lock_branch(connection, paid.branch), new)
    audit.record(connection, "payment.reversed", paid.number, by=by, at=at, reason=request.reason.value)
    for report_id in error_reports.open_about(connection, paid.posting_id):
        error_reports.answer(connection, report_id, ErrorOutcome.REVERSED, note="", by_id=by.id, at=at)
    if request.cash_only:
        cash_only.put(connection, paid.customer.id, reversal_id=posted.id, note=note, by_id=by.id, at=at)
        audit.record(connection, "cash_only.marked", paid.customer.number, by=by, at=at, receipt=paid.number)


def _made(undone: Receipt) -> Reversal:
    if undone.reversal is None:
        raise LookupError(f"receipt {undone.number} is not reversed")
    return undone.reversal


# --- what would be --------------------------------------------------------------------------------------------------


def _preview(connection: Connection, request: ReversalRequest, branch: Branch, by: Agent, at: datetime) -> Correction:
    named, sharing = _lock_customers(connection, request, branch)
    numbers = {receipts.by_posting(connection, branch, posting_id).customer.number for posting_id in sharing}
    numbers |= {named.customer.number} | ({request.reentry.customer_number} if request.reentry else set())
    before = _dues(connection, numbers, branch, at)
    _reverse(connection, request, branch, by, at, None)
    after = _dues(connection, numbers, branch, at)
    made = corrections.of_receipt(connection, receipts.by_posting(connection, branch, named.posting_id))
    accounts = (AccountChange(number, name, due, after[number][1]) for number, (name, due) in sorted(before.items()))
    return replace(made, accounts=tuple(accounts))


def _dues(connection: Connection, numbers: set[str], branch: Branch, at: datetime) -> dict[str, tuple[str, Money]]:
    """Name and total due of each account."""
    found = [customer for number in numbers if (customer := customers.by_number(connection, number))]
    where = balances.standings(connection, [customer.id for customer in found], branch.business_date(at))
    return {customer.number: (customer.name, where[customer.id].total_due) for customer in found}
