"""Snapshots of the principal's books: the moment that they show, what they include of the counter's payments, and what
a file of open items would change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from partnernet.domain.accounts import OpenItem
from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class SnapshotStamp:
    """What the principal's books include: up to the moment ``as_of`` and up to the exported batch ``through_batch``,
    but the receipts that they refused, which come in a file of their own."""

    as_of: datetime
    through_batch: int = 0


# --- receipts that the principal's books refused ----------------------------------------------------------------------

# Either column names them: what an exported file calls a payment or a reversal, or the number on the receipt.
REFERENCE_COLUMNS = ("reference", "receipt_number")
_REFERENCE = re.compile(r"([A-Z0-9]+)-([0-9]{1,15})(-R)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A payment as its receipt numbers it, or its reversal, as an exported file names them."""

    branch_code: str
    receipt_number: int
    is_reversal: bool


def read_reference(fields: Sequence[str]) -> tuple[str, Reference]:
    """What was written and what it names: ``MTL-000012``, ``MTL-000012-R``. Raises `ReferenceMalformed`."""
    written = fields[0].strip()
    found = _REFERENCE.fullmatch(written)
    if found is None:
        raise ReferenceMalformed(written)
    return written.upper(), Reference(found[1].upper(), int(found[2]), found[3] is not None)


@dataclass(eq=False)
class ReferenceMalformed(Refusal):
    """Not the number of a receipt, with or without the mark of its reversal."""

    found: str


@dataclass(eq=False)
class ReferenceUnknown(Refusal):
    """No payment, or no reversal, has this reference."""

    reference: str


@dataclass(eq=False)
class ReferenceNotSent(Refusal):
    """The payment or reversal went out in none of the batches that the snapshot includes: nobody can refuse it."""

    reference: str
    through_batch: int


# --- the stamp --------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class SnapshotInTheFuture(Refusal):
    """The principal's books cannot be known as of a moment that has not come."""

    as_of: datetime


@dataclass(eq=False)
class SnapshotTooOld(Refusal):
    """A newer state of the principal's books is in force already."""

    as_of: datetime
    in_force: datetime


@dataclass(eq=False)
class BatchUnknown(Refusal):
    """No batch with this number was exported, so the principal's books cannot include it."""

    through_batch: int


@dataclass(eq=False)
class BatchGoesBack(Refusal):
    """The snapshot in force includes more batches: what the principal's books have posted they do not forget."""

    through_batch: int
    in_force: int


@dataclass(eq=False)
class BatchAfterMoment(Refusal):
    """The batch was cut after the moment that the file shows, and so cannot be in it."""

    through_batch: int
    cut_at: datetime
    as_of: datetime


# --- what a file would change -----------------------------------------------------------------------------------------

EXAMPLES = 50
# From one snapshot to the next a few documents in a hundred are paid: a quarter of them gone is a file cut short, or a
# month end that somebody can vouch for. A handful of documents is not worth asking about.
_FEWEST_LOST, _LOST_ONE_IN = 20, 4


@dataclass(eq=False)
class ManyVanish(Refusal):
    """A large part of the documents in force is not in the file. No refusal: whoever imports it is told."""

    vanishing_count: int
    in_force_count: int


def loses_many(vanishing_count: int, in_force_count: int) -> bool:
    """Whether so many of the documents in force would vanish that the file may have been cut short."""
    return vanishing_count >= _FEWEST_LOST and vanishing_count * _LOST_ONE_IN > in_force_count


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document as it stands and as it would stand; ``before`` is none when it would appear, ``after`` when vanish."""

    account_number: str
    before: OpenItem | None
    after: OpenItem | None


@dataclass(frozen=True, slots=True)
class BalanceChange:
    """An account whose total due would change."""

    account_number: str
    name: str
    before: Money
    after: Money


@dataclass(frozen=True, slots=True)
class IncludedPayment:
    """A payment or a reversal that the snapshot would newly include."""

    reference: str
    account_number: str
    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class OpenItemsPreview:
    """What a file of open items would do, beside the snapshot in force. Examples are `EXAMPLES` at most, counts whole.

    ``documents`` begin with those that would vanish, then come those that would move, then those that would appear.
    ``balances`` come by the size of the change; ``unmoved`` are payments that the file says it includes although none
    of the documents that they went to has moved; ``posted_after_all`` were refused before and would count as included;
    ``half_refused`` are refused payments whose reversals would count as included.
    """

    file_hash: str
    row_count: int
    fault_count: int
    caution_count: int
    appearing_count: int
    vanishing_count: int
    moving_count: int
    documents: tuple[DocumentChange, ...]
    included_count: int
    balance_count: int
    balances: tuple[BalanceChange, ...]
    unmoved_count: int
    unmoved: tuple[IncludedPayment, ...]
    posted_after_all_count: int
    posted_after_all: tuple[IncludedPayment, ...]
    half_refused_count: int
    half_refused: tuple[IncludedPayment, ...]

    @property
    def in_force_count(self) -> int:
        """How many documents there are now."""
        return self.row_count - self.appearing_count + self.vanishing_count

    @property
    def loses_many(self) -> bool:
        """Whether so many documents would vanish that the file may have been cut short."""
        return loses_many(self.vanishing_count, self.in_force_count)
