"""Reversals (contre-passation): a supervisor's correction, equal and opposite, once only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal


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


@dataclass(frozen=True, slots=True)
class ReversalRequest:
    """A supervisor's correction of one receipt."""

    key: str
    receipt_number: str
    reason: ReversalReason
    where: WhereIsTheMoney
    note: str


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
class NoteMissing(Refusal):
    """A reversal says why in words."""

    field: ClassVar[str | None] = "note"
    limit_chars: int
