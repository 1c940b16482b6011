"""What was typed to find a customer: read into keys, or refused beside its field without asking the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from partnernet.domain.customers import SearchCriteria
from partnernet.domain.free_text import clean
from partnernet.domain.phones import phone_key
from partnernet.domain.postal_codes import postal_key
from partnernet.domain.refusals import Refusal
from partnernet.domain.search_text import WILDCARD, SearchPattern, read_pattern, search_key

Key = TypeVar("Key")

LONGEST_CRITERION_CHARS = 200
LONGEST_NUMBER_CHARS = 20
_FEWEST_LETTERS = 2
_LOOKS_LIKE_A_PHONE = re.compile(r"[0-9 ().+/-]+")


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """The criteria as keys of the stored columns, to be met together; None where nothing is asked."""

    name: SearchPattern | None
    city: str | None
    postal_code: SearchPattern | None
    phone: str | None


@dataclass(eq=False)
class NothingToSearch(Refusal):
    """None of the four criteria is filled in."""


@dataclass(eq=False)
class CriteriaRefused(Refusal):
    """One or more fields cannot be searched: one refusal a field, in the order of the form."""

    refusals: tuple[Refusal, ...]


@dataclass(eq=False)
class CriterionTooShort(Refusal):
    """Fewer letters and digits than a search needs: two beside a ``*`` in a name, one anywhere else."""

    fewest: int
    field: str | None = None  # type: ignore[misc]


@dataclass(eq=False)
class WildcardNotAccepted(Refusal):
    """A city and a phone number are exact."""

    field: str | None = None  # type: ignore[misc]


@dataclass(eq=False)
class PhoneNotDigits(Refusal):
    """Something else than a phone number's digits and the marks between them."""

    typed: str
    field: str | None = "phone"  # type: ignore[misc]


@dataclass(eq=False)
class AccountNumberMissing(Refusal):
    """« Aller à » without an account number."""

    field: str | None = "number"  # type: ignore[misc]


@dataclass(eq=False)
class CustomerNotFound(Refusal):
    """No customer has this account number."""

    typed: str
    field: str | None = "number"  # type: ignore[misc]


@dataclass(eq=False)
class AccountNumberAmbiguous(Refusal):
    """Several account numbers differ from what was typed by leading zeros only: never chosen for the agent."""

    typed: str
    numbers: tuple[str, ...]
    field: str | None = "number"  # type: ignore[misc]


def read_criteria(criteria: SearchCriteria) -> SearchKeys:
    """The keys to look for; raises `CriteriaRefused` with the refusal of each field, or `NothingToSearch`."""
    refusals: list[Refusal] = []

    def read(typed: str, field: str, reader: Callable[[str], Key]) -> Key | None:
        try:
            text = clean(typed, field=field, limit_chars=LONGEST_CRITERION_CHARS)
            return reader(text) if text else None
        except Refusal as refusal:
            refusals.append(refusal)
            return None

    keys = SearchKeys(
        read(criteria.name, "name", _name),
        read(criteria.city, "city", _city),
        read(criteria.postal_code, "postal_code", _postal_code),
        read(criteria.phone, "phone", _phone),
    )
    if refusals:
        raise CriteriaRefused(tuple(refusals))
    if keys == SearchKeys(None, None, None, None):
        raise NothingToSearch()
    return keys


def wider(criteria: SearchCriteria) -> SearchCriteria | None:
    """The same search with ``*`` around a name that was typed whole; None when there is no such search."""
    name = criteria.name.strip()
    if not name or WILDCARD in name or read_pattern(name).letter_count < _FEWEST_LETTERS:
        return None
    return replace(criteria, name=f"{WILDCARD}{name}{WILDCARD}")


def number_candidates(typed: str) -> tuple[str, ...]:
    """What an account number may be, leading zeros forgiven: as typed first, then with none to the most that fit."""
    number = clean(typed, field="number", limit_chars=LONGEST_CRITERION_CHARS)
    if not number:
        raise AccountNumberMissing()
    bare = number.lstrip("0")
    padded = (bare.zfill(length) for length in range(max(len(bare), 1), LONGEST_NUMBER_CHARS + 1))
    return tuple(dict.fromkeys([number, *padded]))


def _name(typed: str) -> SearchPattern:
    pattern = read_pattern(typed)
    fewest = 1 if pattern.whole else _FEWEST_LETTERS
    if pattern.letter_count < fewest:
        raise CriterionTooShort(fewest, "name")
    return pattern


def _city(typed: str) -> str:
    if WILDCARD in typed:
        raise WildcardNotAccepted("city")
    return _not_empty(search_key(typed), "city")


def _postal_code(typed: str) -> SearchPattern:
    first, *others = typed.split(WILDCARD)
    middle, last = [postal_key(part) for part in others[:-1]], [postal_key(part) for part in others[-1:]]
    pattern = SearchPattern(((postal_key(first), *filter(None, middle), *last),))
    _not_empty("".join(pattern.alternatives[0]), "postal_code")
    return pattern


def _phone(typed: str) -> str:
    if WILDCARD in typed:
        raise WildcardNotAccepted("phone")
    blanks_alike = " ".join(typed.split())
    if not _LOOKS_LIKE_A_PHONE.fullmatch(blanks_alike):
        raise PhoneNotDigits(typed)
    return _not_empty(phone_key(blanks_alike), "phone")


def _not_empty(key: str, field: str) -> str:
    if not key:
        raise CriterionTooShort(1, field)
    return key
