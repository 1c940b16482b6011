"""Reversals (contre-passation): a supervisor's correction, equal and opposite, once only."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.free_text import clean
from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal

NOTE_LIMIT_CHARS = 500


class ReversalReason(StrEnum):
    """Why a payment is reversed (contre-passation)."""

    WRONG_CUSTOMER = "wrong_customer"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_TENDER = "wrong_tender"
    DUPLICATE = "duplicate"
    RETURNED_CHEQUE = "returned_cheque"


class WhereIsTheMoney(StrEnum):
    """« Où est l'argent ? »: a reversal moves cash only when cash moves."""

    HANDED_BACK = "handed_back"
    NEVER_RECEIVED = "never_received"
    RETURNED_BY_BANK = "returned_by_bank"


@dataclass(frozen=True, slots=True)
class ReversalRequest:
    """A supervisor's correction of one receipt."""

    key: str
    receipt_number: str
    reason: ReversalReason
    where: WhereIsTheMoney
    note: str

    @property
    def concerns_the_bank(self) -> bool:
        """Whether it says that a bank returned a cheque."""
        return self.reason is ReversalReason.RETURNED_CHEQUE or self.where is WhereIsTheMoney.RETURNED_BY_BANK

    def fingerprint(self) -> str:
        """SHA-256 of the content that one key may carry only once."""
        content = [self.receipt_number, self.reason, self.where, self.note]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def checked_note(self) -> str:
        """The note as it is kept; raises `NoteMissing` when it is blank, and the refusals of `clean`."""
        note = clean(self.note, field="note", limit_chars=NOTE_LIMIT_CHARS)
        if not note:
            raise NoteMissing(NOTE_LIMIT_CHARS)
        return note


@dataclass(frozen=True, slots=True)
class Reversal:
    """A posted reversal."""

    posting_id: int
    receipt_number: str
    at: datetime
    amount: Money
    reason: ReversalReason
    where: WhereIsTheMoney
    note: str


@dataclass(eq=False)
class AlreadyReversed(Refusal):
    """A payment is reversed once only."""

    receipt_number: str


@dataclass(eq=False)
class OwnEntry(Refusal):
    """Nobody reverses or approves their own work."""

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
class NoteMissing(Refusal):
    """A reversal says why in words."""

    field: ClassVar[str | None] = "note"
    limit_chars: int
