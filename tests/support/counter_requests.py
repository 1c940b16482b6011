"""What people send, from what the model of a counter says that they do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from partnernet.domain.cheques import Cheque
from partnernet.domain.money import Money
from partnernet.domain.payments import AmountChoice, PaymentRequest
from partnernet.domain.reversals import Reentry
from partnernet.domain.tenders import Tender
from tests.support.counter_model import Act, Correction
from tests.support.requests import new_key


def requested(act: Act) -> PaymentRequest:
    """What the agent submits."""
    cheque = act.dated and act.cheque and Cheque(act.cheque, "00006", "006", "0123456", act.dated, "Jean Côté")
    return PaymentRequest(
        key=new_key(),
        customer_number=act.customer,
        choice=AmountChoice(act.choice),
        amount=None if act.typed is None else Money(act.typed),
        tender=Tender.CHEQUE if act.cheque else Tender.CASH,
        cheque=cheque or None,
        handed=None if act.handed is None else Money(act.handed),
        seen_total_due=Money(act.seen[0]),
        seen_past_due=Money(act.seen[1]),
    )


def reentered(entered: Reentry, right: Correction, today: date) -> Reentry:
    """What the supervisor sends: the receipt, with what was wrong on it."""
    entered = replace(entered, customer_number=right.customer, amount=Money(right.typed))
    if right.reason != "wrong_tender":
        return entered
    cheque = right.cheque and Cheque(right.cheque, "00006", "006", "0123456", today, "Jean Côté")
    return replace(entered, tender=Tender.CHEQUE if cheque else Tender.CASH, cheque=cheque or None)
