"""What goes out to the principal and when, worked out beside the application: lists, dates and whole cents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONES = {"MTL": "America/Toronto", "VAN": "America/Vancouver", "NFL": "America/St_Johns"}


@dataclass
class Posted:
    """A payment, or the reversal of one (``undoes``); ``dated`` is the cheque's, that of the payment for a reversal."""

    reference: str
    branch: str
    cents: int
    dated: date | None
    undoes: Posted | None = None
    reversed: bool = False
    batch: int = 0


@dataclass
class Outbox:
    """Every payment and reversal of the branches, and the batches that took them."""

    posted: list[Posted] = field(default_factory=list)
    last_at: dict[str, datetime] = field(default_factory=dict)
    batches: list[list[Posted]] = field(default_factory=list)

    def instant(self, branch: str, at: datetime) -> datetime:
        """Time never goes back within a branch."""
        return max(at, self.last_at.get(branch, at))

    def today(self, branch: str, at: datetime) -> date:
        """The branch's business date."""
        return self.instant(branch, at).astimezone(ZoneInfo(ZONES[branch])).date()

    def post(self, posted: Posted, at: datetime) -> None:
        """Something was posted at that moment."""
        self.last_at[posted.branch] = self.instant(posted.branch, at)
        self.posted.append(posted)

    def going(self, at: datetime) -> list[Posted]:
        """What a batch cut now holds: by branch and in the order posted, cheques from their date on."""
        return [each for branch in sorted(ZONES) for each in self._of(branch) if self._is_due(each, at)]

    def held(self, at: datetime) -> list[Posted]:
        """What waits for its date."""
        return [each for branch in sorted(ZONES) for each in self._of(branch) if not self._is_due(each, at)]

    def cut(self, at: datetime) -> list[Posted]:
        """Take what goes; nothing makes no batch."""
        going = self.going(at)
        if going:
            self.batches.append(going)
            for each in going:
                each.batch = len(self.batches)
        return going

    def _of(self, branch: str) -> Iterator[Posted]:
        return (each for each in self.posted if each.branch == branch and not each.batch)

    def _is_due(self, posted: Posted, at: datetime) -> bool:
        return posted.dated is None or posted.dated <= self.today(posted.branch, at)


def net(some: list[Posted]) -> int:
    """What they take off the customers' balances, in cents."""
    return sum(-each.cents if each.undoes else each.cents for each in some)
