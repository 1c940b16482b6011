"""Reversals (contre-passation): a supervisor's correction, equal and opposite, once only."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.cheques import Cheque
from partnernet.domain.free_text import clean
from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal
from partnernet.domain.tenders import Tender

NOTE_LIMIT_CHARS = 500


class ReversalReason(StrEnum):
    """Why a payment is reversed (contre-passation)."""

    WRONG_CUSTOMER = "wrong_customer"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_TENDER = "wrong_tender"
    DUPLICATE = "duplicate"
    RETURNED_CHEQUE = "returned_cheque"


class WhereIsTheMoney(StrEnum):
    """« Où est l'argent ? »: a reversal moves cash only when cash moves. Kept: only what was written is wrong."""

    HANDED_BACK = "handed_back"
    NEVER_RECEIVED = "never_received"
    RETURNED_BY_BANK = "returned_by_bank"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Reentry:
    """A payment as it should have been entered (`partnernet.domain.corrections`), in place of one that is reversed.

    ``amount`` is what was paid: what a cheque is made out for; in cash what was received, or a due that it settles.
    """

    customer_number: str
    tender: Tender
    amount: Money
    cheque: Cheque | None

    def __post_init__(self) -> None:
        if (self.tender is Tender.CHEQUE) != (self.cheque is not None):
            raise ValueError("a cheque has its details, cash has none")

    def content(self) -> list[object]:
        """What it says, in a fixed order."""
        cheque = self.cheque and [
            self.cheque.number, self.cheque.transit, self.cheque.institution, self.cheque.account,
            self.cheque.dated.isoformat(), self.cheque.drawer,
        ]  # fmt: skip
        return [self.customer_number, self.tender, self.amount.cents, cheque]


@dataclass(frozen=True, slots=True)
class ReversalRequest:
    """A supervisor's correction of one receipt.

    ``reentry`` is what stands in its place when its money was kept. ``cash_only`` accepts no more cheques from the
    accounts that a returned one paid.
    """

    key: str
    receipt_number: str
    reason: ReversalReason
    where: WhereIsTheMoney
    note: str
    reentry: Reentry | None = None
    cash_only: bool = False

    @property
    def concerns_the_bank(self) -> bool:
        """Whether it says that a bank returned a cheque."""
        return self.reason is ReversalReason.RETURNED_CHEQUE or self.where is WhereIsTheMoney.RETURNED_BY_BANK

    def fingerprint(self) -> str:
        """SHA-256 of the content that one key may carry only once."""
        content: list[object] = [self.receipt_number, self.reason, self.where, self.note]
        if self.reentry or self.cash_only:  # requests had neither once, and keep the fingerprint that they had
            content += [self.reentry and self.reentry.content(), self.cash_only]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def checked_note(self) -> str:
        """The note as it is kept; raises `NoteMissing` when it is blank, and the refusals of `clean`."""
        note = clean(self.note, field="note", limit_chars=NOTE_LIMIT_CHARS)
        if not note:
            raise NoteMissing(NOTE_LIMIT_CHARS)
        return note


@dataclass(frozen=True, slots=True)
class Reversal:
    """A posted reversal; ``reentered`` is the number of the receipt in place of the one that it undoes, if any."""

    posting_id: int
    receipt_number: str
    at: datetime
    amount: Money
    reason: ReversalReason
    where: WhereIsTheMoney
    note: str
    by_login: str = ""
    by_name: str = ""
    reentered: str = ""


@dataclass(eq=False)
class AlreadyReversed(Refusal):
    """A payment is reversed once only."""

    receipt_number: str


@dataclass(eq=False)
class OwnEntry(Refusal):
    """Nobody reverses or approves their own work: neither who entered the payment nor who took the money."""

    receipt_number: str


@dataclass(eq=False)
class NotPaidByCheque(Refusal):
    """A bank returns cheques; it never had this payment's cash."""

    receipt_number: str


@dataclass(eq=False)
class ChequeDeposited(Refusal):
    """The bank has the sheet: it can come back from there only, nobody can hand it back or miss it any more."""

    receipt_number: str


@dataclass(eq=False)
class TakerElsewhere(Refusal):
    """What a count has accounted for is corrected in the taker's current till, which is another branch's now."""

    receipt_number: str
    branch_code: str


@dataclass(eq=False)
class CashOnlyNotAsked(Refusal):
    """Only a cheque that a bank returned is a reason to accept no more cheques on an account."""


@dataclass(eq=False)
class NoteMissing(Refusal):
    """A reversal says why in words."""

    field: ClassVar[str | None] = "note"
    limit_chars: int
