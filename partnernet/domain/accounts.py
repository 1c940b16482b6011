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
class Returned:
    """What reversals bring back that undo payments which the principal's books include and these reversals not yet:
    the ``parts`` that closed documents, open again with their due dates, and the ``credit`` that is none any more."""

    parts: tuple[Allocation, ...] = ()
    credit: Money = ZERO


NOTHING_RETURNED = Returned()


@dataclass(frozen=True, slots=True)
class Unincluded:
    """What the principal's books do not include of a customer: ``paid`` (payments less reversals of such payments),
    and what reversals of payments that they do include bring back."""

    paid: Money = ZERO
    returned: Returned = NOTHING_RETURNED


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of an account at a business date. ``total_due`` below zero is a credit; ``documents`` are the
    invoices with what remains open, oldest due date first."""

    total_due: Money
    past_due: Money
    documents: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A customer with where the account stands: imported at ``snapshot_as_of``, less ``payments_since`` payments that
    the principal's books did not include then."""

    customer: Customer
    standing: Standing
    snapshot_as_of: datetime | None
    payments_since: int


def standing(items: Iterable[OpenItem], paid: Money, today: date, returned: Returned = NOTHING_RETURNED) -> Standing:
    """Where an account stands on a business date.

    ``paid`` is what the customer paid (less reversals) that the items do not include yet: it goes to the oldest
    documents that remain, the rest is credit. A document due today is not past due; past due is never below zero and
    never above the total due.
    """
    items = list(items)
    invoices = _with_returned([item for item in items if item.kind is DocumentKind.INVOICE], returned.parts)
    in_credit = total(item.open_amount for item in items if item.kind is not DocumentKind.INVOICE)
    settled = in_credit + paid - returned.credit
    total_due = total(item.open_amount for item in invoices) - settled
    documents = _after(sorted(invoices, key=_oldest_due_first), settled)
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


def _with_returned(invoices: list[OpenItem], parts: Iterable[Allocation]) -> list[OpenItem]:
    """The invoices with the parts that a reversal opens again: more of one still open, or a document of its own."""
    opened = {item.document_number: item for item in invoices}
    for part in parts:
        known = opened.get(part.document_number)
        open_amount = part.amount + (known.open_amount if known else ZERO)
        opened[part.document_number] = (
            replace(known, open_amount=open_amount, amount=max(known.amount, open_amount))
            if known
            else OpenItem(part.document_number, part.kind, part.due_date, part.due_date, part.amount, part.amount)
        )
    return list(opened.values())
