"""Customers of the principal, as the search shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from partnernet.domain.money import Money


class Terms(StrEnum):
    """What the principal allows the account. ``blocked`` blocks sales, never payments."""

    OPEN = "open"
    CASH_ONLY = "cash_only"
    BLOCKED = "blocked"


def restrictions(terms: Terms, *, marked_cash_only: bool) -> tuple[Terms, ...]:
    """What restricts an account: « comptant seulement » by either word, then « compte bloqué »."""
    cash_only = marked_cash_only or terms is Terms.CASH_ONLY
    blocked = terms is Terms.BLOCKED
    return (Terms.CASH_ONLY,) * cash_only + (Terms.BLOCKED,) * blocked


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer's account. ``phone`` is E.164 or empty; ``postal_code`` is ``A1A 1A1`` where it could be read.

    ``terms`` are the principal's; ``marked_cash_only`` is the branches' own word after a returned cheque.
    """

    id: int
    number: str
    name: str
    address_line1: str
    address_line2: str
    city: str
    province: str
    postal_code: str
    phone: str
    phone_extension: str
    language: str
    terms: Terms
    marked_cash_only: bool = False

    @property
    def restrictions(self) -> tuple[Terms, ...]:
        """What is in force of both, to be shown: the strictest for a payment first; nothing for an open account."""
        return restrictions(self.terms, marked_cash_only=self.marked_cash_only)

    @property
    def cash_only(self) -> bool:
        """Whether no cheque is accepted."""
        return Terms.CASH_ONLY in self.restrictions


@dataclass(frozen=True, slots=True)
class SearchCriteria:
    """What was typed into the four fields, as typed; empty means not asked."""

    name: str = ""
    city: str = ""
    postal_code: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the search results."""

    number: str
    name: str
    address: str
    city: str
    postal_code: str
    phone: str
    phone_extension: str
    past_due: Money
    total_due: Money
    terms: Terms
    marked_cash_only: bool = False

    @property
    def restrictions(self) -> tuple[Terms, ...]:
        """As of `Customer`."""
        return restrictions(self.terms, marked_cash_only=self.marked_cash_only)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """At most `RESULT_LIMIT` rows by name; ``wider`` is the same search with ``*`` around a name that found nothing."""

    rows: tuple[CustomerRow, ...]
    truncated: bool
    wider: SearchCriteria | None


RESULT_LIMIT = 200
