"""« Signaler une erreur »: an agent's word on a payment that they took, for a supervisor to settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.free_text import clean
from partnernet.domain.receipts import ListedPayment
from partnernet.domain.refusals import Refusal

NOTE_LIMIT_CHARS = 500


class ErrorReason(StrEnum):
    """What the agent says is wrong with a payment."""

    WRONG_CUSTOMER = "wrong_customer"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_TENDER = "wrong_tender"
    DUPLICATE = "duplicate"
    OTHER = "other"


class ErrorOutcome(StrEnum):
    """How a supervisor settled it: the payment was reversed, in whatever way, or there was nothing to correct."""

    REVERSED = "reversed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class ErrorReportRequest:
    """What the agent sends; the note may be blank unless the reason is another than those listed."""

    key: str
    receipt_number: str
    reason: ErrorReason
    note: str

    def checked_note(self) -> str:
        """The note as it is kept; raises `ErrorNoteMissing`, and the refusals of `clean`."""
        note = clean(self.note, field="note", limit_chars=NOTE_LIMIT_CHARS)
        if self.reason is ErrorReason.OTHER and not note:
            raise ErrorNoteMissing(NOTE_LIMIT_CHARS)
        return note


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """What became of a reported error; a dismissal says why."""

    outcome: ErrorOutcome
    by_login: str
    by_name: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """A reported error with the payment it is about (amounts hidden while its agent counts); open while ``answer`` is
    ``None``."""

    id: int
    key: str
    payment: ListedPayment
    reason: ErrorReason
    note: str
    by_login: str
    by_name: str
    at: datetime
    answer: ErrorAnswer | None


@dataclass(eq=False)
class ErrorReasonMissing(Refusal):
    """The agent did not say what is wrong: nothing is preselected."""

    field: ClassVar[str | None] = "reason"


@dataclass(eq=False)
class NotOwnPayment(Refusal):
    """An agent reports errors in payments of their own; another's are that agent's to report."""

    receipt_number: str


@dataclass(eq=False)
class ReportedAlready(Refusal):
    """An error in this payment is reported, and waits for a supervisor."""

    receipt_number: str


@dataclass(eq=False)
class NothingToReport(Refusal):
    """The payment is reversed: there is nothing left to correct in it."""

    receipt_number: str


@dataclass(eq=False)
class ErrorNoteMissing(Refusal):
    """An error that none of the reasons names is told in words."""

    field: ClassVar[str | None] = "note"
    limit_chars: int


@dataclass(eq=False)
class ReportNotOpen(Refusal):
    """No such report waits in the branch: it was settled meanwhile."""


@dataclass(eq=False)
class DismissalNoteMissing(Refusal):
    """Dismissing a reported error says why."""

    field: ClassVar[str | None] = "note"
    limit_chars: int


def checked_dismissal(note: str) -> str:
    """The note of a dismissal as it is kept; raises `DismissalNoteMissing`, and the refusals of `clean`."""
    kept = clean(note, field="note", limit_chars=NOTE_LIMIT_CHARS)
    if not kept:
        raise DismissalNoteMissing(NOTE_LIMIT_CHARS)
    return kept
