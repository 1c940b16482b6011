"""« Comptant seulement » after a returned cheque: a mark of the branches' own, beside the principal's terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from partnernet.domain.free_text import clean
from partnernet.domain.refusals import Refusal

NOTE_LIMIT_CHARS = 500


@dataclass(frozen=True, slots=True)
class CashOnlyMark:
    """That no more cheques are accepted from an account, or that they are again (``cash_only`` false).

    ``receipt_number`` is that of the payment whose cheque was returned, and ``note`` what was said then; a lifting has
    no receipt.
    """

    customer_number: str
    cash_only: bool
    at: datetime
    by_login: str
    by_name: str
    note: str
    receipt_number: str


@dataclass(eq=False)
class NotMarkedCashOnly(Refusal):
    """There is no mark to lift on this account; what the principal's terms say is not the branches' to change."""

    customer_number: str


@dataclass(eq=False)
class LiftingNoteMissing(Refusal):
    """Accepting cheques again says why."""

    field: ClassVar[str | None] = "note"
    limit_chars: int


def checked_lifting(note: str) -> str:
    """The note of a lifting as it is kept; raises `LiftingNoteMissing`, and the refusals of `clean`."""
    kept = clean(note, field="note", limit_chars=NOTE_LIMIT_CHARS)
    if not kept:
        raise LiftingNoteMissing(NOTE_LIMIT_CHARS)
    return kept
