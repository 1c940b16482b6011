"""A payment entered again in place of one that was just reversed, its money kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent
from partnernet.domain.corrections import AccountKeptToCash, NothingCorrected, Whereabouts
from partnernet.domain.customers import Customer
from partnernet.domain.entries import PostingKind
from partnernet.domain.keys import part_of
from partnernet.domain.money import ZERO
from partnernet.domain.payments import AmountChoice, CustomerVanished, PaymentRequest, settle
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import Reentry, ReversalReason, ReversalRequest
from partnernet.domain.tenders import Tender
from partnernet.domain.till_entries import Place, paid_into
from partnernet.services import audit
from partnernet.storage import bags, balances, customers, ledger, receipts, reentries
from partnernet.storage.payment_rows import payment_row


def account_to_credit(
    connection: Connection, reason: ReversalReason, reentry: Reentry, whereabouts: Whereabouts
) -> Customer:
    """The account of what is entered again, locked.

    One that is kept to cash takes no cheque that can still be handed back; what it has taken before, or what is at the
    bank under another name, is paid. Raises `CustomerVanished`, `AccountKeptToCash`.
    """
    customer = customers.lock(connection, reentry.customer_number)
    if customer is None:
        raise CustomerVanished(reentry.customer_number)
    taken = reason is ReversalReason.WRONG_AMOUNT or whereabouts is Whereabouts.AT_BANK
    if reentry.tender is Tender.CHEQUE and customer.cash_only and not taken:
        raise AccountKeptToCash(customer.number)
    return customer


def enter_again(
    connection: Connection,
    request: ReversalRequest,
    reentry: Reentry,
    customer: Customer,
    undone: Receipt,
    place: Place,
    *,
    by: Agent,
    at: datetime,
) -> Receipt:
    """Enter a payment of ``customer`` in place of ``undone``, whose reversal was just posted, its money at ``place``.

    It gets a receipt number of its own and goes to the oldest documents of the account as it stands now. Nobody is
    asked to confirm anything: the money is there. Raises the refusals of `partnernet.domain.payments`, and
    `NothingCorrected` when it comes to what was reversed.
    """
    branch, today = undone.branch, undone.branch.business_date(at)
    standing = balances.standings(connection, [customer.id], today)[customer.id]
    payment = _request(request, reentry, undone)
    settlement = settle(payment, standing)
    if request.reason is ReversalReason.WRONG_AMOUNT and settlement.received == undone.received:
        raise NothingCorrected(request.reason)
    row = payment_row(connection, payment, customer, standing, settlement, (), today)
    stands_for = {
        "corrects_id": undone.posting_id,
        "taken_by_id": reentries.taker_of(connection, undone.posting_id),
    }
    new = ledger.NewPosting(
        branch=branch,
        kind=PostingKind.PAYMENT,
        key=payment.key,
        fingerprint=request.fingerprint(),
        at=at,
        agent_id=by.id,
        entry=paid_into(place, settlement, customer_id=customer.id),
        payment=replace(row, reentry=stands_for),
    )
    posted = ledger.post(connection, ledger.lock_branch(connection, branch), new)
    entered = receipts.by_posting(connection, branch, posted.id)
    _join_bag(connection, undone, entered)
    audit.record(connection, "payment.reentered", entered.number, by=by, at=at, corrects=undone.number)
    return entered


def _request(request: ReversalRequest, reentry: Reentry, undone: Receipt) -> PaymentRequest:
    """What is entered, as an agent would submit it. For another customer the sheet of paper is the same one."""
    same_sheet = request.reason is ReversalReason.WRONG_CUSTOMER
    return PaymentRequest(
        key=part_of(request.key, "reentry"),
        customer_number=reentry.customer_number,
        choice=AmountChoice.OTHER,
        amount=reentry.amount,
        tender=reentry.tender,
        cheque=reentry.cheque,
        handed=None,
        seen_total_due=ZERO,
        seen_past_due=ZERO,
        face_amount=undone.face_amount if same_sheet else None,
        cheque_id=undone.cheque_id if same_sheet else None,
    )


def _join_bag(connection: Connection, undone: Receipt, entered: Receipt) -> None:
    """A sheet on record anew is in the bag where the one that it stands for was."""
    if entered.cheque_id is None or entered.cheque_id == undone.cheque_id:
        return
    bag = bags.holding_cheque_of(connection, undone.posting_id)
    if bag is not None:
        bags.put_in(connection, bag.bag_id, entered.cheque_id)
