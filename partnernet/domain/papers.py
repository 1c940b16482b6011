"""Papers of the till that are counted when they are printed: from the second copy on each is marked as such."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from partnernet.domain.refusals import Refusal


class PaperKind(StrEnum):
    """Which paper it is."""

    TILL_REPORT = "till_report"
    DEPOSIT_SLIP = "deposit_slip"


@dataclass(frozen=True, slots=True)
class Printed:
    """How often a paper was printed so far, and when first (``None`` while it never was)."""

    copies: int
    first_at: datetime | None

    @property
    def copy_number(self) -> int:
        """The number that a paper looked at now carries: that of its last print, and 1 while it has none."""
        return max(1, self.copies)


NEVER_PRINTED = Printed(0, None)


@dataclass(eq=False)
class NoSuchPaper(Refusal):
    """The address asks for a format, a language or a number that no paper has."""
