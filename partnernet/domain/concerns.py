"""What the agent is asked to confirm before a payment is saved: each concern is a value with its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from partnernet.domain.accounts import Standing
from partnernet.domain.cheques import Cheque, is_post_dated, is_stale
from partnernet.domain.money import ZERO, Money
from partnernet.domain.refusals import Refusal
from partnernet.domain.tenders import Tender


@dataclass(frozen=True, slots=True)
class SimilarPayment:
    """A payment already taken that this one looks like."""

    receipt_number: str
    at: datetime
    amount: Money
    tender: Tender


@dataclass(frozen=True, slots=True)
class Overpayment:
    """More than the total due: the rest becomes credit on account."""

    amount: Money
    total_due: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class LooksLikeEarlierPayment:
    """Same account and amount within 24 hours, any tender, not reversed."""

    earlier: tuple[SimilarPayment, ...]


@dataclass(frozen=True, slots=True)
class ChequeOnRecord:
    """The same cheque (institution, transit, account, number) was already taken and not reversed."""

    earlier: tuple[SimilarPayment, ...]


@dataclass(frozen=True, slots=True)
class PostDatedCheque:
    """The cheque can only be deposited from its date on."""

    dated: date


@dataclass(frozen=True, slots=True)
class StaleCheque:
    """The cheque is older than six months: its bank may refuse it."""

    dated: date


@dataclass(frozen=True, slots=True)
class LargeCash:
    """Cash of the customer within 24 hours, this payment included, reaches the limit."""

    cash_in_24_hours: Money
    limit: Money


@dataclass(frozen=True, slots=True)
class BalanceChanged:
    """The balance moved while the form was open."""

    seen_total_due: Money
    seen_past_due: Money
    total_due: Money
    past_due: Money


Concern = (
    BalanceChanged | Overpayment | LooksLikeEarlierPayment | ChequeOnRecord | PostDatedCheque | StaleCheque | LargeCash
)

LARGE_CASH = Money(10_000_00)
LOOK_ALIKE_HOURS = 24


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the ledger already knows: payments of this amount, of this cheque, and cash within 24 hours."""

    same_amount: tuple[SimilarPayment, ...]
    same_cheque: tuple[SimilarPayment, ...]
    cash_in_24_hours: Money


@dataclass(eq=False)
class ConfirmationNeeded(Refusal):
    """All the reasons for which the agent is asked to confirm, in one list; nothing was saved."""

    concerns: tuple[Concern, ...]


def concerns_of(
    *,
    amount: Money,
    received: Money,
    cheque: Cheque | None,
    standing: Standing,
    seen_total_due: Money,
    seen_past_due: Money,
    earlier: Earlier,
    today: date,
) -> tuple[Concern, ...]:
    """Every reason to ask before this payment is saved, in the order in which the agent reads them."""
    found: list[Concern] = []
    if (seen_total_due, seen_past_due) != (standing.total_due, standing.past_due):
        found.append(BalanceChanged(seen_total_due, seen_past_due, standing.total_due, standing.past_due))
    due = max(standing.total_due, ZERO)
    if amount > due:
        found.append(Overpayment(amount, standing.total_due, amount - due))
    if earlier.same_amount:
        found.append(LooksLikeEarlierPayment(earlier.same_amount))
    if cheque is None:
        cash = earlier.cash_in_24_hours + received
        return (*found, LargeCash(cash, LARGE_CASH)) if cash >= LARGE_CASH else tuple(found)
    if earlier.same_cheque:
        found.append(ChequeOnRecord(earlier.same_cheque))
    if is_post_dated(cheque, today):
        found.append(PostDatedCheque(cheque.dated))
    if is_stale(cheque, today):
        found.append(StaleCheque(cheque.dated))
    return tuple(found)
