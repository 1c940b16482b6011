"""The account as a page shows it today, and its statement (relevé de compte) for a period.

Between two moments a balance moves by what the counter posted, by the documents that the principal's books show for the
first time, and by whatever else changed in these books: « Règlements et ajustements » there. The last is the difference
that is left, so that the opening balance and the lines make the closing balance to the cent, whatever was exported,
refused or paid to the principal directly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from partnernet.domain.accounts import Account, DocumentKind, OpenItem, Standing
from partnernet.domain.aging import Aging
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money, total
from partnernet.domain.periods import Period, Span
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.tenders import Tender


@dataclass(frozen=True, slots=True)
class Posted:
    """A payment or the reversal of one, as a customer's account sees it.

    ``change`` is what it adds to the balance: below zero for a payment. ``receipt_number`` is the payment's, or of the
    one reversed for ``reason``. ``corrects`` is the receipt of the same account in whose place it stands, if any;
    ``batch`` is the one in which it went to the principal.
    """

    posting_id: int
    at: datetime
    branch_id: int
    receipt_number: str
    tender: Tender
    change: Money
    cheque_number: str
    cheque_dated: date | None
    reason: ReversalReason | None
    reversed_at: datetime | None
    corrects: str
    batch: int | None

    def not_due_at(self, closed_at: datetime, day: date) -> bool:
        """Whether it is a payment, in force at that moment, by a cheque dated after that day."""
        kept = self.reason is None and (self.reversed_at is None or self.reversed_at > closed_at)
        return kept and self.at <= closed_at and self.cheque_dated is not None and self.cheque_dated > day


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An import of open items: the moment of the principal's books, the batches up to which it includes what the
    counter sent, and the postings among these that the books ``refused``."""

    id: int
    as_of: datetime
    through_batch: int
    refused: frozenset[int] = frozenset()

    def includes(self, posted: Posted) -> bool:
        """Whether the books have it already."""
        return posted.batch is not None and posted.batch <= self.through_batch and posted.posting_id not in self.refused


@dataclass(frozen=True, slots=True)
class Change:
    """A document that a snapshot changed: as it stood in the one before (``after`` is false), or as it stands since."""

    snapshot_id: int
    after: bool
    item: OpenItem


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What moved the balance by ``change``: something posted at the counter, a document, or (``None``) what the
    principal's books settled or adjusted by other ways. ``day`` is when it came into the account, ``snapshot_id`` the
    import that showed it."""

    day: date
    change: Money
    about: Posted | OpenItem | None
    snapshot_id: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A customer's account between two moments of the reader's time zone.

    ``period`` ends today at the latest: then ``closed_at`` is the moment at which it was asked for. ``snapshots`` are
    those that the balances and the lines rest on; ``unchanged`` counts the others of the period. ``awaited`` is what of
    the payments is in cheques not payable yet on its last day. Raises `ArithmeticError` unless it adds up.
    """

    customer: Customer
    period: Period
    span: Span
    timezone: str
    at: datetime
    opening: Money
    lines: tuple[StatementLine, ...]
    closing: Standing
    aging: Aging
    awaited: Money
    snapshots: tuple[Snapshot, ...]
    unchanged: int

    def __post_init__(self) -> None:
        if self.opening + total(line.change for line in self.lines) != self.closing.total_due:
            raise ArithmeticError(f"the statement of account {self.customer.number} does not add up")

    @property
    def to_date(self) -> bool:
        """Whether it closes at the moment at which it was asked for, and not at the end of a day gone by."""
        return self.span.closed_at == self.at


@dataclass(frozen=True, slots=True)
class AccountToday:
    """Everything that the account's page shows at one moment.

    ``credits`` are credit notes and unapplied payments in the principal's books; ``since`` is what was posted at the
    counter that they do not include, the latest first. Documents, credits and ``since`` make the total due.
    ``first_day`` and ``last_import_day`` bound the statements that can be made; there are none before the first import.
    """

    account: Account
    today: date
    timezone: str
    aging: Aging
    credits: tuple[OpenItem, ...]
    since: tuple[Posted, ...]
    first_day: date | None
    last_import_day: date | None

    @property
    def since_amount(self) -> Money:
        """What ``since`` adds to the balance: below zero when more was paid than reversed."""
        return total(posted.change for posted in self.since)


def signed(item: OpenItem, amount: Money) -> Money:
    """What an amount of a document adds to the balance: an invoice is owed, everything else is a credit."""
    return amount if item.kind is DocumentKind.INVOICE else -amount


def net(items: Iterable[OpenItem]) -> Money:
    """What documents come to in the principal's books."""
    return total(signed(item, item.open_amount) for item in items)


def credits_among(items: Iterable[OpenItem]) -> tuple[OpenItem, ...]:
    """Credit notes and unapplied payments, oldest first."""
    found = (item for item in items if item.kind is not DocumentKind.INVOICE)
    return tuple(sorted(found, key=lambda item: (item.document_date, item.document_number)))


def awaited(posted: Iterable[Posted], closed_at: datetime, day: date) -> Money:
    """The part of what was paid that is in cheques not payable yet."""
    return -total(each.change for each in posted if each.not_due_at(closed_at, day))


def last_at(snapshots: Sequence[Snapshot], at: datetime) -> Snapshot | None:
    """The newest snapshot of the principal's books at a moment, whenever it was imported; they come in order."""
    return next((snapshot for snapshot in reversed(snapshots) if snapshot.as_of <= at), None)


def items_at(items: Iterable[OpenItem], changes: Iterable[Change], snapshot_id: int) -> tuple[OpenItem, ...]:
    """The documents of an earlier snapshot: those of today, walked back through every change since it."""
    standing = {(item.kind, item.document_number): item for item in items}
    for change in sorted(changes, key=lambda change: (-change.snapshot_id, not change.after)):
        if change.snapshot_id <= snapshot_id:
            break
        key = change.item.kind, change.item.document_number
        if change.after:
            standing.pop(key, None)
        else:
            standing[key] = change.item
    return tuple(standing.values())
