"""A payment on account: what is submitted, how the amount is chosen and settled, and what is refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.accounts import Standing
from partnernet.domain.cheques import Cheque
from partnernet.domain.concerns import Concern
from partnernet.domain.money import (
    LARGEST_PAYMENT,
    ZERO,
    AmountNotPositive,
    AmountTooLarge,
    Money,
    to_five_cents,
)
from partnernet.domain.refusals import Refusal
from partnernet.domain.tenders import Tender


class AmountChoice(StrEnum):
    """The three ways of choosing the amount; exactly one is in force."""

    PAST_DUE = "past_due"
    TOTAL_DUE = "total_due"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """What the agent submits. ``amount`` is set for `AmountChoice.OTHER` only: the two dues come from the ledger.

    ``key`` is born with the form and lives in its URL. ``seen_total_due`` and ``seen_past_due`` are what the form
    showed when it opened; ``confirmed`` are the concerns that the agent has read and confirmed, facts included, so that
    a concern whose facts have changed is asked again.

    One cheque may pay several accounts (`partnernet.domain.shared_cheques`): with its first payment comes its
    ``face_amount``; those that follow name the sheet by ``cheque_id`` and leave ``cheque`` out.
    """

    key: str
    customer_number: str
    choice: AmountChoice
    amount: Money | None
    tender: Tender
    cheque: Cheque | None
    handed: Money | None
    seen_total_due: Money
    seen_past_due: Money
    confirmed: frozenset[Concern] = frozenset()
    face_amount: Money | None = None
    cheque_id: int | None = None

    def fingerprint(self) -> str:
        """SHA-256 of the content that one key may carry only once (not what was seen or confirmed, not the change)."""
        cheque = self.cheque and [
            self.cheque.number, self.cheque.transit, self.cheque.institution, self.cheque.account,
            self.cheque.dated.isoformat(), self.cheque.drawer,
        ]  # fmt: skip
        amount_cents = None if self.amount is None else self.amount.cents
        face_amount_cents = None if self.face_amount is None else self.face_amount.cents
        content = [
            self.customer_number, self.choice, amount_cents, self.tender, cheque, face_amount_cents, self.cheque_id,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a payment does: ``amount`` is credited to the customer, ``received`` enters the drawer or the cheques.

    ``rounding`` is ``received − amount`` (−2 to +2 cents, cash only, borne by the principal); ``change`` is what goes
    back to the customer when ``handed`` was typed.
    """

    amount: Money
    received: Money
    rounding: Money
    handed: Money | None
    change: Money | None


@dataclass(eq=False)
class AmountNotChosen(Refusal):
    """None of the three ways of choosing the amount is in force."""

    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class TenderNotChosen(Refusal):
    """Neither cheque nor cash was chosen: nothing is preselected."""

    field: ClassVar[str | None] = "tender"


@dataclass(eq=False)
class NothingDue(Refusal):
    """The chosen due is zero or a credit."""

    field: ClassVar[str | None] = "amount"
    choice: AmountChoice


@dataclass(eq=False)
class CashTooSmall(Refusal):
    """A due of one or two cents rounds to nothing in cash."""

    field: ClassVar[str | None] = "tender"
    amount: Money


@dataclass(eq=False)
class CashNotMultipleOfFive(Refusal):
    """A partial cash payment is a multiple of five cents."""

    field: ClassVar[str | None] = "amount"
    amount: Money
    nearest: Money


@dataclass(eq=False)
class HandedAmount(Refusal):
    """« Montant remis » cannot be read; ``why`` is the refusal of the amount."""

    field: ClassVar[str | None] = "handed"
    why: Refusal


@dataclass(eq=False)
class HandedTooLittle(Refusal):
    """The customer handed over less than the amount to receive."""

    field: ClassVar[str | None] = "handed"
    handed: Money
    received: Money


@dataclass(eq=False)
class HandedNotMultipleOfFive(Refusal):
    """No coin smaller than five cents can have been handed over."""

    field: ClassVar[str | None] = "handed"
    handed: Money


@dataclass(eq=False)
class ChequeNotAccepted(Refusal):
    """The account is « comptant seulement »."""

    field: ClassVar[str | None] = "tender"
    customer_number: str


@dataclass(eq=False)
class CustomerVanished(Refusal):
    """The account no longer exists among the customers."""

    customer_number: str


def settle(request: PaymentRequest, account: Standing) -> Settlement:
    """What the request credits and what is received, by the rules of the chosen amount and tender.

    Cash that settles a whole due is rounded to five cents and the due closes exactly; partial cash is a multiple of
    five cents. Raises the refusals of this module.
    """
    amount = _chosen_amount(request, account)
    if request.tender is Tender.CHEQUE:
        return _in_bounds(Settlement(amount, amount, ZERO, None, None))
    if request.choice is AmountChoice.OTHER:
        amount = _due_settled_by(amount, account) or amount
    received = to_five_cents(amount)
    settles_a_due = amount in (account.total_due, account.past_due)
    if not settles_a_due and received != amount:
        raise CashNotMultipleOfFive(amount, max(received, Money(5)))
    if received.cents == 0:
        raise CashTooSmall(amount)
    return _in_bounds(
        Settlement(amount, received, received - amount, request.handed, _change(request.handed, received))
    )


def _chosen_amount(request: PaymentRequest, account: Standing) -> Money:
    if request.choice is AmountChoice.OTHER:
        if request.amount is None:
            raise AmountNotChosen()
        if request.amount <= ZERO:
            raise AmountNotPositive(str(request.amount))
        return request.amount
    due = account.total_due if request.choice is AmountChoice.TOTAL_DUE else account.past_due
    if due <= ZERO:
        raise NothingDue(request.choice)
    return due


def _due_settled_by(typed: Money, account: Standing) -> Money | None:
    """The due that typed cash settles: exactly first, then as rounded; the total due before the past due."""
    dues = [due for due in (account.total_due, account.past_due) if due > ZERO]
    exact = [due for due in dues if due == typed]
    rounded = [due for due in dues if to_five_cents(due) == typed]
    return next(iter(exact + rounded), None)


def _change(handed: Money | None, received: Money) -> Money | None:
    if handed is None:
        return None
    if handed > LARGEST_PAYMENT:
        raise HandedAmount(AmountTooLarge(LARGEST_PAYMENT))
    if handed.cents % 5:
        raise HandedNotMultipleOfFive(handed)
    if handed < received:
        raise HandedTooLittle(handed, received)
    return handed - received


def _in_bounds(settlement: Settlement) -> Settlement:
    if max(settlement.amount, settlement.received) > LARGEST_PAYMENT:
        raise AmountTooLarge(LARGEST_PAYMENT)
    return settlement
