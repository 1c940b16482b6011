"""The form that corrects a payment, as it was filled in: which questions a reason needs, and its reading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.cheques import Cheque, read_cheque_fields
from partnernet.domain.corrections import REENTERED, Examination, Whereabouts, as_entered
from partnernet.domain.money import ZERO, Money, parse_amount
from partnernet.domain.payment_form import ChequeFields
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.reversals import (
    NOTE_LIMIT_CHARS,
    NoteMissing,
    Reentry,
    ReversalReason,
    ReversalRequest,
    WhereIsTheMoney,
)
from partnernet.domain.tenders import Tender

LONGEST_DIGITS = 15


class BankReason(StrEnum):
    """Why a bank sends a cheque back."""

    NO_FUNDS = "no_funds"
    STOPPED = "stopped"
    CLOSED = "closed"
    NOT_CLEARED = "not_cleared"
    DATE = "date"
    SIGNATURE = "signature"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """The account that the screen showed for what was typed; ``number`` is empty while there is none such."""

    typed: str
    number: str


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """Everything the form held at one moment. ``account``, ``amount`` and ``cheque`` are as typed; ``found`` is the
    customer that was shown for confirmation."""

    key: str
    reason: ReversalReason | None
    where: WhereIsTheMoney | None
    account: str
    found: FoundCustomer
    amount: str
    cheque: ChequeFields
    bank_reason: BankReason | None
    cash_only: bool
    note: str

    @property
    def reenters(self) -> bool:
        """Whether a payment is entered in place of the one reversed."""
        return self.where is WhereIsTheMoney.KEPT and self.reason in REENTERED


@dataclass(eq=False)
class ReasonNotChosen(Refusal):
    """Nobody said what is wrong with the payment."""

    field: ClassVar[str | None] = "reason"


@dataclass(eq=False)
class WhereNotSaid(Refusal):
    """« Où est l'argent ? » has no answer yet."""

    field: ClassVar[str | None] = "where"


@dataclass(eq=False)
class RightCustomerMissing(Refusal):
    """No account number of the customer who paid."""

    field: ClassVar[str | None] = "account"


@dataclass(eq=False)
class RightCustomerNotFound(Refusal):
    """The number that was typed for the customer who paid is no account's, or that of several."""

    field: ClassVar[str | None] = "account"
    typed: str


@dataclass(eq=False)
class RightCustomerNotSeen(Refusal):
    """The number was typed and submitted at once: nobody has read whose account it is."""

    field: ClassVar[str | None] = "account"


@dataclass(eq=False)
class BankReasonNotChosen(Refusal):
    """Nobody said why the bank has sent the cheque back."""

    field: ClassVar[str | None] = "bank_reason"


def reasons_for(paid: Receipt) -> tuple[ReversalReason, ...]:
    """What can be wrong with a payment: no bank returns cash."""
    return tuple(
        reason
        for reason in ReversalReason
        if paid.tender is Tender.CHEQUE or reason is not ReversalReason.RETURNED_CHEQUE
    )


def ways(reason: ReversalReason, place: Whereabouts) -> tuple[WhereIsTheMoney, ...]:
    """The answers that « Où est l'argent ? » may have; a single one need not be asked.

    What was paid twice was not kept, and a sheet that is at the bank comes back from there only.
    """
    if reason is ReversalReason.RETURNED_CHEQUE:
        return (WhereIsTheMoney.RETURNED_BY_BANK,)
    gone: tuple[WhereIsTheMoney, ...] = (WhereIsTheMoney.HANDED_BACK, WhereIsTheMoney.NEVER_RECEIVED)
    if place is Whereabouts.AT_BANK:
        gone = (WhereIsTheMoney.RETURNED_BY_BANK,)
    return (WhereIsTheMoney.KEPT, *gone) if reason in REENTERED else gone


def other_tender(paid: Receipt) -> Tender:
    """What a payment with the wrong tender was paid with."""
    return Tender.CASH if paid.tender is Tender.CHEQUE else Tender.CHEQUE


def receipt_number(typed: str, branch_code: str) -> str:
    """The number of a receipt as people type it, written in full: ``12`` and ``mtl-12`` are ``MTL-000012``.

    Whatever is no number of a receipt comes back without blanks, to be looked for in vain.
    """
    number = "".join(typed.split()).upper()
    code, _hyphen, digits = number.rpartition("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_DIGITS):
        return number
    return f"{code or branch_code.upper()}-{int(digits):06d}"


def read_correction(form: CorrectionForm, found: Examination) -> ReversalRequest:
    """The request that the form makes about a receipt; raises `FormRefused` with the refusals of all its fields."""
    refusals: list[Refusal] = []
    if form.reason is None:
        raise FormRefused((ReasonNotChosen(),))
    where = _where(form, form.reason, found)
    if where is None:
        refusals.append(WhereNotSaid())
    returned = form.reason is ReversalReason.RETURNED_CHEQUE
    if returned and form.bank_reason is None:
        refusals.append(BankReasonNotChosen())
    reentry = _reentry(form, form.reason, found.receipt, refusals) if form.reenters else None
    if not form.note.strip():
        refusals.append(NoteMissing(NOTE_LIMIT_CHARS))
    if refusals or where is None:
        raise FormRefused(tuple(refusals))
    return ReversalRequest(
        key=form.key,
        receipt_number=found.receipt.number,
        reason=form.reason,
        where=where,
        note=form.note,
        reentry=reentry,
        cash_only=returned and form.cash_only,
    )


def _where(form: CorrectionForm, reason: ReversalReason, found: Examination) -> WhereIsTheMoney | None:
    """What was answered, if that reason asks it; a single possible answer is not asked."""
    answers = ways(reason, found.where or Whereabouts.ON_HAND)
    return answers[0] if len(answers) == 1 else form.where if form.where in answers else None


def _reentry(form: CorrectionForm, reason: ReversalReason, paid: Receipt, refusals: list[Refusal]) -> Reentry | None:
    """The payment as it should have been; only what the reason says was wrong is read."""
    before = as_entered(paid)
    if reason is ReversalReason.WRONG_CUSTOMER:
        return replace(before, customer_number=_account(form, refusals))
    tender, cheque = before.tender, before.cheque
    if reason is ReversalReason.WRONG_TENDER:
        tender = other_tender(paid)
        cheque = _cheque(form, refusals) if tender is Tender.CHEQUE else None
    amount = _amount(form, refusals)
    return None if refusals else Reentry(before.customer_number, tender, amount, cheque)


def _account(form: CorrectionForm, refusals: list[Refusal]) -> str:
    if not form.account.strip():
        refusals.append(RightCustomerMissing())
    elif form.found.typed != form.account:
        refusals.append(RightCustomerNotSeen())
    elif not form.found.number:
        refusals.append(RightCustomerNotFound(form.account.strip()))
    return form.found.number


def _amount(form: CorrectionForm, refusals: list[Refusal]) -> Money:
    try:
        return parse_amount(form.amount)
    except Refusal as refusal:
        refusals.append(refusal)
        return ZERO


def _cheque(form: CorrectionForm, refusals: list[Refusal]) -> Cheque | None:
    typed = form.cheque
    cheque, faults = read_cheque_fields(
        number=typed.number,
        transit=typed.transit,
        institution=typed.institution,
        account=typed.account,
        dated=typed.dated,
        drawer=typed.drawer,
    )
    refusals.extend(faults)
    return cheque
