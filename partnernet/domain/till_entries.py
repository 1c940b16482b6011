"""The entries of the counter: which accounts each act moves (the worked day of ``tests/test_counter_day.py``)."""

from __future__ import annotations

from dataclasses import replace

from partnernet.domain.entries import Entry, LedgerAccount, Line, credit, debit, reverse
from partnernet.domain.money import ZERO, Money
from partnernet.domain.payments import Settlement
from partnernet.domain.reversals import WhereIsTheMoney
from partnernet.domain.tenders import Tender

_IN_HAND = (LedgerAccount.DRAWER, LedgerAccount.CHEQUES)


def payment_entry(settlement: Settlement, tender: Tender, *, customer_id: int, agent_id: int, session_id: int) -> Entry:
    """Dr drawer or cheques, Cr owed; a five-cent difference goes to rounding and is borne by the principal."""
    held = LedgerAccount.DRAWER if tender is Tender.CASH else LedgerAccount.CHEQUES
    lines = [debit(held, settlement.received, agent_id, till_session_id=session_id)]
    if settlement.rounding < ZERO:
        lines.append(debit(LedgerAccount.ROUNDING, -settlement.rounding, agent_id, till_session_id=session_id))
    lines.append(
        credit(LedgerAccount.OWED, settlement.amount, agent_id, till_session_id=session_id, customer_id=customer_id)
    )
    if settlement.rounding > ZERO:
        lines.append(credit(LedgerAccount.ROUNDING, settlement.rounding, agent_id, till_session_id=session_id))
    return Entry(tuple(lines))


def float_entry(amount: Money, *, agent_id: int, session_id: int) -> Entry:
    """Dr drawer, Cr branch funds: the branch hands a float to the agent."""
    return Entry(
        (
            debit(LedgerAccount.DRAWER, amount, agent_id, till_session_id=session_id),
            credit(LedgerAccount.BRANCH_FUNDS, amount, agent_id, till_session_id=session_id),
        )
    )


def reversal_entry(payment: Entry, where: WhereIsTheMoney, *, session_id: int, still_open: bool) -> Entry:
    """The opposite of a payment, moving cash only when cash moves.

    It belongs to the payment's own till session while that is open, and to the agent's session of today
    (``session_id``) afterwards. Money that was never received leaves the drawer while the session is open
    (``still_open``); after its submission the count has already found it missing, so it is a difference.
    """

    def placed(line: Line) -> Line:
        account = line.account
        if account in _IN_HAND and where is WhereIsTheMoney.NEVER_RECEIVED and not still_open:
            account = LedgerAccount.OVER_SHORT
        return replace(line, account=account, till_session_id=session_id)

    return Entry(tuple(placed(line) for line in reverse(payment).lines))
