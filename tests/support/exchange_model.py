"""What the counter must say of an account between two snapshots, from the principal's books and the counter's receipts.

An independent reckoning of product.md section 8: it shares no code with the application.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.support.principal_books import Document


@dataclass
class Taken:
    """A payment that the counter took: what its receipt printed, and when and how it was undone."""

    number: str
    branch: str
    agent: str
    account: str
    amount: int
    at: datetime
    parts: list[tuple[str, date, int]]
    unallocated: int
    dated: date | None = None
    at_bank: bool = False
    reversed_at: datetime | None = None
    batch: int = 0
    reversal_batch: int = 0
    corrected_by: str = ""

    @property
    def reversal(self) -> str:
        """The reference of its reversal in an exported file."""
        return f"{self.number}-R"


@dataclass
class Seen:
    """The newest snapshot as it was imported."""

    as_of: datetime
    through_batch: int = 0
    documents: dict[str, dict[str, Document]] = field(default_factory=dict)
    not_posted: frozenset[str] = frozenset()
    own_balance: dict[str, int] = field(default_factory=dict)

    def includes(self, batch: int, reference: str) -> bool:
        return 0 < batch <= self.through_batch and reference not in self.not_posted


class CounterSide:
    """Every payment taken, and the snapshot in force."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.taken: list[Taken] = []

    def of(self, account: str) -> list[Taken]:
        return [each for each in self.taken if each.account == account]

    def total_due(self, account: str) -> int:
        """What the principal knew at the snapshot but for the counter, less all that the counter took and kept: batches
        that go out or come back never move it."""
        kept = sum(each.amount for each in self.of(account) if each.reversed_at is None)
        return self.seen.own_balance.get(account, 0) - kept

    def past_due(self, account: str, today: date) -> int:
        """What is late of the oldest documents once everything not in the books has gone to them."""
        documents = copy.deepcopy(self.seen.documents.get(account, {}))
        settled = sum(each.open for each in documents.values() if each.kind != "invoice")
        due = {each.number: (each.due, each.open) for each in documents.values() if each.kind == "invoice"}
        for paid in self.of(account):
            posted = self.seen.includes(paid.batch, paid.number)
            undone_there = self.seen.includes(paid.reversal_batch, paid.reversal)
            if not posted:
                settled += paid.amount
            if paid.reversed_at is None or undone_there:
                continue
            if not posted:
                settled -= paid.amount
                continue
            settled -= paid.unallocated
            for number, when, part in paid.parts:
                _, still_open = due.get(number, (when, 0))
                due[number] = (due.get(number, (when, 0))[0], still_open + part)
        total_due = sum(open_cents for _, open_cents in due.values()) - settled
        late = 0
        for when, open_cents in sorted(due.values()):
            part = max(0, min(settled, open_cents))
            settled -= part
            late += open_cents - part if when < today else 0
        return max(0, min(late, total_due))
