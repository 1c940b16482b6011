"""Where the money of a payment lies in the ledger: what a correction takes it out of, and puts it back into."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Branch
from partnernet.domain.corrections import Whereabouts
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ChequeDeposited, Reentry, ReversalReason, TakerElsewhere, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till import TillOpenElsewhere
from partnernet.domain.till_entries import Place
from partnernet.storage import bags, counts, ledger, reconciliations, reentries, tills


def whereabouts(connection: Connection, paid: Receipt) -> Whereabouts:
    """Where the money of a payment is now."""
    if paid.tender is Tender.CASH:
        return Whereabouts.COUNTED if _uncounted(connection, paid) is None else Whereabouts.DRAWER
    bag = bags.holding_cheque_of(connection, paid.posting_id)
    if bag is None:
        return Whereabouts.ON_HAND
    return Whereabouts.AT_BANK if bag.remitted else Whereabouts.IN_BAG


def bag_and_slip(connection: Connection, paid: Receipt) -> tuple[int, int]:
    """The numbers of the sealed bag that the cheque of a payment is in, and of the slip that lists it; 0: none."""
    bag = bags.holding_cheque_of(connection, paid.posting_id)
    return (bags.number_of(connection, bag.bag_id), bag.slip_number) if bag else (0, 0)


def taken_from(connection: Connection, paid: Receipt, where: WhereIsTheMoney, branch: Branch, at: datetime) -> Place:
    """Who gives the money up, and out of what, when it is not kept. Raises `ChequeDeposited`.

    Before the count cash comes out of the drawer into which it came; later out of today's, or out of the shortage that
    the count has found when it never came in. A sheet comes out of wherever it is.
    """
    if paid.tender is Tender.CASH:
        never = where is WhereIsTheMoney.NEVER_RECEIVED
        counted = LedgerAccount.OVER_SHORT if never else LedgerAccount.DRAWER
        return _of_cash(connection, paid, counted, branch, at)
    at_bank = whereabouts(connection, paid) is Whereabouts.AT_BANK
    if at_bank and where is not WhereIsTheMoney.RETURNED_BY_BANK:
        raise ChequeDeposited(paid.number)
    return _of_sheet(connection, paid)


def kept_at(
    connection: Connection, paid: Receipt, reentry: Reentry, reason: ReversalReason, branch: Branch, at: datetime
) -> tuple[Place, Place]:
    """What the reversal of a payment takes its money out of, and what its re-entry puts it into.

    For another customer nothing moves: what is owed waits for a name, where it stands. An amount is corrected where the
    money is, or where the count has found the difference. Cash that was a cheque is a sheet on hand, and the other way
    round, of whoever took it.
    """
    if reason is ReversalReason.WRONG_CUSTOMER:
        owed = next(line for line in ledger.entry_of(connection, paid.posting_id).lines if line.customer_id)
        nameless = Place(LedgerAccount.OWED, owed.holder_id, owed.till_session_id)
        return nameless, nameless
    if paid.tender is reentry.tender is Tender.CHEQUE:
        sheet = _of_sheet(connection, paid)
        return sheet, sheet
    cash = _of_cash(connection, paid, LedgerAccount.OVER_SHORT, branch, at)
    if paid.tender is reentry.tender:
        return cash, cash
    if paid.tender is Tender.CHEQUE:
        return _of_sheet(connection, paid), cash
    return cash, Place(LedgerAccount.CHEQUES, cash.holder_id, cash.till_session_id)


def _of_cash(connection: Connection, paid: Receipt, counted: LedgerAccount, branch: Branch, at: datetime) -> Place:
    """The drawer while its count is to come; once it is done, ``counted`` in the taker's current till."""
    taker_id, uncounted = reentries.taker_of(connection, paid.posting_id), _uncounted(connection, paid)
    if uncounted is not None:
        return Place(LedgerAccount.DRAWER, taker_id, uncounted)
    try:
        return Place(counted, taker_id, tills.open_session(connection, taker_id, branch.id, at))
    except TillOpenElsewhere as elsewhere:
        raise TakerElsewhere(paid.number, elsewhere.branch_code) from elsewhere


def _of_sheet(connection: Connection, paid: Receipt) -> Place:
    """On hand in the till that holds it, in a bag, or at the bank."""
    bag = bags.holding_cheque_of(connection, paid.posting_id)
    if bag is not None:
        account = LedgerAccount.REMITTED if bag.remitted else LedgerAccount.BAG
        return Place(account, bag.holder_id, bag.till_session_id)
    taker_id = reentries.taker_of(connection, paid.posting_id)
    session_id: int | None = tills.session_of_posting(connection, paid.posting_id)
    if session_id is not None and tills.is_submitted(connection, session_id):
        session_id = counts.session_to_count(connection, taker_id)
    return Place(LedgerAccount.CHEQUES, taker_id, session_id)


def _uncounted(connection: Connection, paid: Receipt) -> int | None:
    """The session whose submission will account for the cash with which a payment came in, or for what it should have
    been: that session, or the one into which its bag was opened when it was sent back; ``None`` once accounted for."""
    current: int | None = tills.session_of_posting(connection, reentries.origin_of(connection, paid.posting_id))
    while current is not None and tills.is_submitted(connection, current):
        current = reconciliations.reopened_into(connection, current)
    return current
