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


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer's account. ``phone`` is E.164 or empty; ``postal_code`` is ``A1A 1A1`` where it could be read."""

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


@dataclass(frozen=True, slots=True)
class SearchResult:
    """At most `RESULT_LIMIT` rows by name; ``wider`` is the same search with ``*`` around a name that found nothing."""

    rows: tuple[CustomerRow, ...]
    truncated: bool
    wider: SearchCriteria | None


RESULT_LIMIT = 200
