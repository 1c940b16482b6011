"""Where a customer's account stands: total due, past due, and which documents a payment closes.

Order of application: credit notes first, then oldest due date first; the rest is credit on account (Civil Code of
Québec, art. 1569–1572). The agent cannot choose otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from partnernet.domain.customers import Customer
from partnernet.domain.money import ZERO, Money, total


class DocumentKind(StrEnum):
    """What a line of the principal's open items is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    UNAPPLIED_PAYMENT = "unapplied_payment"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A document still open in the principal's books; ``open_amount`` is above zero whatever the kind."""

    document_number: str
    kind: DocumentKind
    document_date: date
    due_date: date
    amount: Money
    open_amount: Money


@dataclass(frozen=True, slots=True)
class Allocation:
    """The part of a payment that goes to one document."""

    document_number: str
    kind: DocumentKind
    due_date: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of an account at a business date. ``total_due`` below zero is a credit; ``documents`` are the
    invoices with what remains open, oldest due date first."""

    total_due: Money
    past_due: Money
    documents: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A customer with where the account stands: imported at ``snapshot_as_of``, less ``payments_since`` payments."""

    customer: Customer
    standing: Standing
    snapshot_as_of: datetime | None
    payments_since: int


def standing(items: Iterable[OpenItem], paid: Money, today: date) -> Standing:
    """Where an account stands on a business date.

    ``paid`` is what the customer paid (less reversals) that the items do not include yet. A document due today is not
    past due; past due is never below zero and never above the total due.
    """
    items = list(items)
    invoices = sorted((item for item in items if item.kind is DocumentKind.INVOICE), key=_oldest_due_first)
    in_credit = total(item.open_amount for item in items if item.kind is not DocumentKind.INVOICE)
    total_due = total(item.open_amount for item in invoices) - in_credit - paid
    documents = _after(invoices, in_credit + paid)
    late = total(item.open_amount for item in documents if item.due_date < today)
    return Standing(total_due, max(ZERO, min(late, total_due)), documents)


def allocate(account_standing: Standing, amount: Money) -> tuple[tuple[Allocation, ...], Money]:
    """Which documents a payment closes, oldest due date first, and what is left as credit on account."""
    allocations: list[Allocation] = []
    rest = amount
    for item in account_standing.documents:
        part = min(rest, item.open_amount)
        if not part:
            break
        allocations.append(Allocation(item.document_number, item.kind, item.due_date, part))
        rest -= part
    return tuple(allocations), rest


def _oldest_due_first(item: OpenItem) -> tuple[date, date, str]:
    return item.due_date, item.document_date, item.document_number


def _after(invoices: list[OpenItem], settled: Money) -> tuple[OpenItem, ...]:
    """The invoices that stay open once ``settled`` has been applied in order."""
    remaining: list[OpenItem] = []
    for item in invoices:
        part = max(ZERO, min(settled, item.open_amount))
        settled -= part
        if item.open_amount != part:
            remaining.append(replace(item, open_amount=item.open_amount - part))
    return tuple(remaining)
