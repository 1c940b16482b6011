"""The reconciliation of a till (réconciliation de petite caisse): submitted by one person, decided by another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.counts import FrozenCount, HeldCheque
from partnernet.domain.free_text import clean
from partnernet.domain.keys import part_of
from partnernet.domain.money import ZERO, Money
from partnernet.domain.petty_cash import Voucher
from partnernet.domain.pieces import Pieces
from partnernet.domain.refusals import Refusal

NOTE_LIMIT_CHARS = 500


class DifferenceReason(StrEnum):
    """Why a till is over or short."""

    CHANGE_ERROR = "change_error"
    ENTRY_ERROR = "entry_error"
    COUNTERFEIT = "counterfeit"
    THEFT = "theft"
    UNKNOWN = "unknown"


class ReconciliationState(StrEnum):
    """Where a reconciliation stands: derived from its decision and its bag's deposit, never stored."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    DEPOSITED = "deposited"


@dataclass(frozen=True, slots=True)
class SubmitRequest:
    """« Soumettre la réconciliation »: the frozen count, why it differs, and the pieces that go into the bag.

    ``bag`` is ``None`` to let the application choose them, large pieces first.
    """

    key: str
    count_id: int
    reason: DifferenceReason | None
    note: str
    bag: Pieces | None = None

    def fingerprint(self) -> str:
        """SHA-256 of the content that one key may carry only once."""
        content = ["submit", self.count_id, self.reason, self.note, self.bag and list(self.bag.quantities)]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Bag:
    """A sealed bag of collections: pieces worth ``cash`` and the cheques; numbered per branch."""

    id: int
    number: int
    sealed_at: datetime
    pieces: Pieces
    cash: Money
    cheques: tuple[HeldCheque, ...]

    @property
    def total(self) -> Money:
        """What the principal is owed for it."""
        return sum((cheque.amount for cheque in self.cheques), start=self.cash)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One submission with what its decision needs: the count, the recounts before it, vouchers and bag.

    ``alone`` is true when it was closed without a second person in a branch of one.
    """

    id: int
    number: int
    agent_id: int
    agent_login: str
    agent_name: str
    submitted_by_id: int
    submitted_at: datetime
    state: ReconciliationState
    count: FrozenCount
    recounts: tuple[FrozenCount, ...]
    reason: DifferenceReason | None
    note: str
    vouchers: tuple[Voucher, ...]
    bag: Bag
    decided_at: datetime | None
    decided_by: str
    decision_note: str
    alone: bool


@dataclass(eq=False)
class ExplanationMissing(Refusal):
    """Beyond the branch's tolerance a reason and a note are required."""

    field: ClassVar[str | None] = "note"
    difference: Money
    tolerance: Money


@dataclass(eq=False)
class ChequesMissing(Refusal):
    """Cheques of the ledger were not ticked: they are found, or their payments reversed, before submission."""

    count: int


@dataclass(eq=False)
class TillMoved(Refusal):
    """A reversal touched the till after the count was frozen: it is frozen again before submission."""


@dataclass(eq=False)
class BagDiffers(Refusal):
    """The pieces chosen for the bag are not worth what is collected, or are not among those counted."""

    field: ClassVar[str | None] = "bag"
    wanted: Money


@dataclass(eq=False)
class ChangeNeeded(Refusal):
    """No pieces of the drawer make the exact amount to bag: the agent makes change first, then counts again."""

    wanted: Money


@dataclass(eq=False)
class NotPending(Refusal):
    """The reconciliation was decided already, or it is not of this branch."""


@dataclass(eq=False)
class OwnReconciliation(Refusal):
    """Nobody approves or returns their own reconciliation."""


@dataclass(eq=False)
class PasswordProofTooOld(Refusal):
    """Approving and sending back ask for the password again when it was typed more than five minutes ago."""


@dataclass(eq=False)
class ReturnReasonMissing(Refusal):
    """Sending back says why."""

    field: ClassVar[str | None] = "reason"


def checked_explanation(request: SubmitRequest, difference: Money, tolerance: Money) -> str:
    """The note as it is kept; raises `ExplanationMissing` beyond the tolerance, and the refusals of `clean`."""
    note = clean(request.note, field="note", limit_chars=NOTE_LIMIT_CHARS)
    if abs(difference) > tolerance and (request.reason is None or not note):
        raise ExplanationMissing(difference, tolerance)
    return note


def cash_to_bag(counted: Money, float_expected: Money, expected: Money) -> Money:
    """How much cash the bag takes: collections in full; a shortage reduces the float first, an excess stays with it.

    ``expected`` is the drawer by the ledger, ``float_expected`` the part of it that is the float. What a shortage takes
    beyond the float cannot be bagged and stays owed.
    """
    return min(collected(expected, float_expected), counted)


def collected(expected: Money, float_expected: Money) -> Money:
    """How much of a drawer, by the ledger, is customers' money: never the float, never more than lies there."""
    return max(expected - max(float_expected, ZERO), ZERO)


def return_key(reconciliation_id: int) -> str:
    """The key of the entry that opens the bag of a submission sent back."""
    return part_of(f"reconciliation {reconciliation_id}", "send back")
