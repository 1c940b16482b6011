"""Values of the principal's files, read strictly: each is what it should be, or refused with its column's name."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import TypeVar

from partnernet.domain.exchanges import (
    AccountNumberMalformed,
    AmountAboveLimit,
    AmountNotAboveZero,
    NotADate,
    NotAnAmount,
    NotOneOf,
    ValueHidden,
    ValueMissing,
    ValueTooLong,
)
from partnernet.domain.free_text import HiddenCharacters, clean
from partnernet.domain.money import (
    LARGEST_PAYMENT,
    AmountMissing,
    AmountNotPositive,
    AmountRefusal,
    AmountTooLarge,
    parse_amount,
)

Word = TypeVar("Word", bound=StrEnum)

_ACCOUNT_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_DATE = re.compile(r"(?P<year>[0-9]{4})([-/]?)(?P<month>[0-9]{2})\2(?P<day>[0-9]{2})")
# As most files write every amount; `parse_amount` reads it too, ten times slower.
_PLAIN_AMOUNT = re.compile(r"([0-9]{1,8})[.,]([0-9]{2})")
_EARLIEST, _LATEST = date(1950, 1, 1), date(2199, 12, 31)


def read_text(found: str, column: str, limit_chars: int, *, required: bool = False) -> str:
    """Text without anything hidden; refuses what is too long, and nothing where something is required."""
    text = unicodedata.normalize("NFC", found.strip()) if found.isprintable() else _cleaned(found, column, limit_chars)
    if len(text) > limit_chars:
        raise ValueTooLong(column, limit_chars)
    if required and not text:
        raise ValueMissing(column)
    return text


def read_account_number(found: str, column: str) -> str:
    """An account number as the principal writes it, leading zeros kept."""
    number = read_text(found, column, 20, required=True)
    if not _ACCOUNT_NUMBER.fullmatch(number):
        raise AccountNumberMalformed(column, number)
    return number


def read_word(found: str, column: str, words: type[Word]) -> Word:
    """One of the words that the column accepts, whatever its case."""
    text = read_text(found, column, 40, required=True)
    try:
        return words(text.lower())
    except ValueError:
        raise NotOneOf(column, text, tuple(words)) from None


def read_date(found: str, column: str) -> date:
    """A day written ``2026-11-24``, ``2026/11/24`` or ``20261124``; refuses 31 February and unlikely years."""
    text = read_text(found, column, 40, required=True)
    parts = _DATE.fullmatch(text)
    try:
        day = date(int(parts["year"]), int(parts["month"]), int(parts["day"])) if parts else None
    except ValueError:
        day = None
    if day is None or not _EARLIEST <= day <= _LATEST:
        raise NotADate(column, text)
    return day


def read_cents(found: str, column: str) -> int:
    """An amount above zero in whole cents, with a decimal point or comma."""
    plain = _PLAIN_AMOUNT.fullmatch(found)
    if plain and 0 < (cents := int(plain[1]) * 100 + int(plain[2])) <= LARGEST_PAYMENT.cents:
        return cents
    text = read_text(found, column, 40)
    try:
        return parse_amount(text).cents
    except AmountMissing:
        raise ValueMissing(column) from None
    except AmountNotPositive:
        raise AmountNotAboveZero(column, text) from None
    except AmountTooLarge:
        raise AmountAboveLimit(column, LARGEST_PAYMENT) from None
    except AmountRefusal:
        raise NotAnAmount(column, text) from None


def _cleaned(found: str, column: str, limit_chars: int) -> str:
    """Tabs, line breaks and no-break spaces become blanks; what cannot be seen is refused."""
    if len(found) > 2 * limit_chars:
        raise ValueTooLong(column, limit_chars)
    try:
        return clean(found, limit_chars=2 * limit_chars)
    except HiddenCharacters as refusal:
        raise ValueHidden(column, refusal.code_points) from None
