"""Payments on account: record one, find it again, list the day, count its copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from partnernet.domain.accounts import Standing
from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.concerns import Concern, ConfirmationNeeded, Earlier, concerns_of
from partnernet.domain.customers import Customer
from partnernet.domain.entries import PostingKind
from partnernet.domain.keys import checked_key, is_key
from partnernet.domain.money import ZERO, Money
from partnernet.domain.payments import ChequeNotAccepted, CustomerVanished, PaymentRequest, Settlement, settle
from partnernet.domain.permissions import Permission, require
from partnernet.domain.receipts import DayPayments, Receipt, ReceiptNotFound, day_totals, lists_only_own
from partnernet.domain.shared_cheques import NothingLeftToShare, SharedCheque, checked_face_amount
from partnernet.domain.tenders import Tender
from partnernet.domain.till_entries import payment_entry
from partnernet.services import audit
from partnernet.storage import (
    balances,
    counts,
    customers,
    day_payments,
    held_cheques,
    ledger,
    look_alikes,
    receipts,
    tills,
)
from partnernet.storage.database import Database
from partnernet.storage.payment_rows import payment_row


def record(db: Database, request: PaymentRequest, *, by: Agent, at: datetime) -> Receipt:
    """Take a payment: one transaction, one receipt number; the same key again gives the same receipt.

    Raises the refusals of `partnernet.domain.payments` and of `partnernet.domain.shared_cheques`, `ConfirmationNeeded`
    with every concern not confirmed yet, `OtherContentForKey` when the key already carried something else, and
    `TillOpenElsewhere`. Nothing is saved when anything is raised.
    """
    require(by, Permission.TAKE_PAYMENT)
    branch = branch_of(by)
    checked_key(request.key)
    return db.run_write(lambda connection: _record(connection, request, branch, by, at))


def by_key(db: Database, key: str, *, by: Agent) -> Receipt | None:
    """The receipt that a form's key has already made in the person's branch; ``None`` while it has made none."""
    require(by, Permission.TAKE_PAYMENT)
    branch = branch_of(by)
    if not is_key(key):
        return None
    with db.read() as connection:
        existing = ledger.find_by_key(connection, key)
        if existing is None or (existing.kind, existing.branch_id) != (PostingKind.PAYMENT, branch.id):
            return None
        return receipts.by_posting(connection, branch, existing.posting_id)


def unfinished_cheques(db: Database, *, by: Agent) -> tuple[SharedCheque, ...]:
    """The person's cheques on hand of which something is left to apply to accounts before the count, oldest first."""
    require(by, Permission.TAKE_PAYMENT)
    with db.read() as connection:
        return held_cheques.unfinished(connection, branch_of(by).id, by.id)


def unfinished_cheque(db: Database, cheque_id: int, *, by: Agent) -> SharedCheque | None:
    """One of the person's `unfinished_cheques`; ``None`` when it is not among them (any more)."""
    require(by, Permission.TAKE_PAYMENT)
    with db.read() as connection:
        return _on_hand(connection, cheque_id, by)


def receipt(db: Database, number: str, *, by: Agent) -> Receipt:
    """A receipt of the person's branch; `ReceiptNotFound` for any other, another branch's included."""
    require(by, Permission.VIEW_PAYMENTS)
    with db.read() as connection:
        return _receipt(connection, number, by)


def count_copy(db: Database, number: str, *, by: Agent, at: datetime) -> int:
    """Keep that a copy of the receipt is printed; 1 is the original, from 2 on the paper says DUPLICATA."""
    require(by, Permission.VIEW_PAYMENTS)

    def work(connection: Connection) -> int:
        head = ledger.lock_branch(connection, branch_of(by))
        found = _receipt(connection, number, by)
        copy_number = receipts.count_copy(connection, found, by.id, head.instant(at))
        audit.record(connection, "receipt.printed", found.number, by=by, at=at, copy=copy_number)
        return copy_number

    return db.run_write(work)


def copies_printed(db: Database, number: str, *, by: Agent) -> int:
    """How many copies of the receipt have been printed so far, which looking at it does not change."""
    require(by, Permission.VIEW_PAYMENTS)
    with db.read() as connection:
        return receipts.copies_printed(connection, _receipt(connection, number, by))


def of_day(db: Database, day: date, *, by: Agent) -> DayPayments:
    """The branch's payments of a business date with totals by tender and by agent; an agent reads only their own.

    The cash of an agent whose till is being counted is hidden.
    """
    require(by, Permission.VIEW_PAYMENTS)
    branch = branch_of(by)
    with db.read() as connection:
        payments = day_payments.of_day(connection, branch, day, by.id if lists_only_own(by) else None)
        counting = counts.being_counted(connection, branch.id)
    return day_totals(branch, day, payments, counting)


def _record(connection: Connection, request: PaymentRequest, branch: Branch, by: Agent, at: datetime) -> Receipt:
    customer = customers.lock(connection, request.customer_number)
    head = ledger.lock_branch(connection, branch)
    fingerprint = request.fingerprint()
    existing = ledger.replayed(connection, request.key, (branch.id, by.id, fingerprint))
    if existing:
        return receipts.by_posting(connection, branch, existing.posting_id)
    if customer is None:
        raise CustomerVanished(request.customer_number)
    if request.tender is Tender.CHEQUE and customer.cash_only:
        raise ChequeNotAccepted(customer.number)
    at = head.instant(at)
    today = branch.business_date(at)
    standing = balances.standings(connection, [customer.id], today)[customer.id]
    settlement = settle(request, standing)
    request = _with_cheque(connection, request, settlement.amount, by)
    concerns = _concerns(connection, request, customer, standing, settlement, at, today)
    if not request.confirmed.issuperset(concerns):
        raise ConfirmationNeeded(concerns)
    session_id = tills.open_session(connection, by.id, branch.id, at)
    entry = payment_entry(settlement, request.tender, customer_id=customer.id, agent_id=by.id, session_id=session_id)
    new = ledger.NewPosting(
        branch=branch,
        kind=PostingKind.PAYMENT,
        key=request.key,
        fingerprint=fingerprint,
        at=at,
        agent_id=by.id,
        entry=entry,
        payment=payment_row(connection, request, customer, standing, settlement, concerns, today),
    )
    posted = ledger.post(connection, head, new)
    number = receipts.receipt_number(branch.code, posted.receipt_number)
    audit.record(connection, "payment.recorded", number, by=by, at=at, amount_cents=settlement.amount.cents)
    return receipts.by_posting(connection, branch, posted.id)


def _with_cheque(connection: Connection, request: PaymentRequest, amount: Money, by: Agent) -> PaymentRequest:
    """The request with all that is known of its cheque: the sheet that it names, and the face amount."""
    if request.tender is not Tender.CHEQUE:
        return request
    sheet = None
    if request.cheque_id is not None:
        sheet = _on_hand(connection, request.cheque_id, by)
        if sheet is None:
            raise NothingLeftToShare()
    face_amount = checked_face_amount(amount, request.face_amount, sheet)
    return replace(request, cheque=sheet.cheque if sheet else request.cheque, face_amount=face_amount)


def _on_hand(connection: Connection, cheque_id: int, by: Agent) -> SharedCheque | None:
    return next(iter(held_cheques.unfinished(connection, branch_of(by).id, by.id, sheet_id=cheque_id)), None)


def _concerns(
    connection: Connection,
    request: PaymentRequest,
    customer: Customer,
    standing: Standing,
    settlement: Settlement,
    at: datetime,
    today: date,
) -> tuple[Concern, ...]:
    cash = request.tender is Tender.CASH
    cheque, sheet_id = request.cheque, request.cheque_id
    earlier = Earlier(
        same_amount=look_alikes.same_amount(connection, customer.id, settlement.amount, at),
        same_cheque=look_alikes.same_cheque(connection, cheque, sheet_id=sheet_id) if cheque else (),
        cash_in_24_hours=look_alikes.cash_in_24_hours(connection, customer.id, at) if cash else ZERO,
    )
    return concerns_of(
        amount=settlement.amount,
        received=settlement.received,
        cheque=cheque,
        standing=standing,
        seen_total_due=request.seen_total_due,
        seen_past_due=request.seen_past_due,
        earlier=earlier,
        today=today,
    )


def _receipt(connection: Connection, number: str, by: Agent) -> Receipt:
    found = receipts.by_number(connection, branch_of(by), number)
    if found is None:
        raise ReceiptNotFound(number)
    return found
