"""Batches of payments for the principal's books: numbered 1, 2, 3…, of all branches together, each posting in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal


class BatchFile(StrEnum):
    """A file of a batch. Every batch has the first; the second only when deposits reached the bank since."""

    PAYMENTS = "payments"
    DEPOSITS = "deposits"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of a branch's chain when a batch was cut: its last posting (0 before the first) and that one's hash."""

    branch_code: str
    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it was cut; it never changes. ``payments`` and ``reversals`` are what each credited or took back."""

    number: int
    cut_at: datetime
    cut_by: str
    payment_count: int
    reversal_count: int
    payments: Money
    reversals: Money
    deposit_count: int
    anchors: tuple[Anchor, ...]

    @property
    def net(self) -> Money:
        """What the batch takes off the customers' balances; below zero when it takes back more than it brings."""
        return self.payments - self.reversals

    @property
    def files(self) -> tuple[BatchFile, ...]:
        """The files that it has."""
        return (BatchFile.PAYMENTS, BatchFile.DEPOSITS) if self.deposit_count else (BatchFile.PAYMENTS,)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the next batch would hold, posted ``since`` at the earliest; cheques held back until their date apart."""

    payment_count: int
    reversal_count: int
    payments: Money
    reversals: Money
    since: datetime | None
    post_dated_count: int
    post_dated: Money

    @property
    def count(self) -> int:
        """How many lines it would have; a batch is never empty."""
        return self.payment_count + self.reversal_count

    @property
    def net(self) -> Money:
        """What it would take off the customers' balances."""
        return self.payments - self.reversals


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of a batch, the same to the byte whenever it is asked for."""

    name: str
    content: bytes


def file_name(kind: BatchFile, number: int) -> str:
    """``payments-000012.csv``."""
    return f"{kind}-{number:06d}.csv"


@dataclass(eq=False)
class BatchNotFound(Refusal):
    """No batch has this number."""

    number: int


@dataclass(eq=False)
class BatchWithoutDeposits(Refusal):
    """No deposit went out with this batch, so it has no such file."""

    number: int


@dataclass(eq=False)
class ExportFileDiffers(Refusal):
    """A file of this name is there already and holds something else: it is never written over."""

    path: str
    number: int


@dataclass(eq=False)
class BatchNotWritten(Refusal):
    """The batch exists, but its file could not be written; ``errno`` is the system's number for the reason."""

    number: int
    path: str
    errno: int


@dataclass(eq=False)
class ExportInterrupted(Refusal):
    """Somebody stopped the command after the batch was cut and before its files were written."""

    number: int
