"""Money: whole cents, and the one reader of typed amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """A sum of Canadian dollars in whole cents, signed (below zero: a credit)."""

    cents: int

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise TypeError(f"Money takes whole cents as int, not {type(self.cents).__name__}")

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __abs__(self) -> Money:
        return Money(abs(self.cents))

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        """``-5.00``: for refusals and logs that know no language; screens use `partnernet.i18n.formats`."""
        return f"{'-' if self.cents < 0 else ''}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d}"


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """The sum of an iterable of ``Money``; zero when it is empty."""
    return Money(sum(amount.cents for amount in amounts))


class AmountRefusal(Refusal):
    """Base of what can be wrong with a typed amount; the sentence stands beside the amount field."""

    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class AmountMissing(AmountRefusal):
    """Nothing was typed."""


@dataclass(eq=False)
class AmountUnreadable(AmountRefusal):
    """What was typed is not an amount of money."""

    typed: str


@dataclass(eq=False)
class AmountAmbiguous(AmountRefusal):
    """``1,234`` or ``1.234``: thousands or thousandths? Never guessed."""

    typed: str
    as_thousands: Money
    as_decimals: str


@dataclass(eq=False)
class AmountTooPrecise(AmountRefusal):
    """More than two decimals."""

    typed: str


@dataclass(eq=False)
class AmountNotPositive(AmountRefusal):
    """Zero or below: an amount paid is always at least one cent."""

    typed: str


@dataclass(eq=False)
class AmountTooLarge(AmountRefusal):
    """Above the limit of one payment."""

    limit: Money


# Payments Canada refuses a single item above this (its rule on large-value items); no counter payment exceeds it.
LARGEST_PAYMENT = Money(25_000_000_00)

# Every blank that people and spreadsheets put between thousands: whatever has a width and stays on its line.
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_GROUPED_BY_BLANK = re.compile(r"[1-9][0-9]{0,2}( [0-9]{3})+")
_DECIMALS = re.compile(r"(?P<whole>[0-9 ]*|[1-9][0-9]{0,2}(?:[,.][0-9]{3})+)(?P<mark>[.,])(?P<fraction>[0-9]+)")


def parse_amount(typed: str) -> Money:
    """Read an amount as people type it: ``1 234,56``, ``1234.56``, ``1,234.56``, ``1 234,56 $``, ``$12``.

    Never guesses: ``1,234`` and ``1.234`` raise `AmountAmbiguous`. Only ASCII digits count. Raises a subclass of
    `AmountRefusal` whenever the result would not be a payable amount (1 cent to `LARGEST_PAYMENT`).
    """
    text = _BLANKS.sub(" ", typed).strip()
    if not text:
        raise AmountMissing()
    bare = text.removeprefix("$").removesuffix("$").strip() if text.count("$") <= 1 else text
    if bare.startswith(("-", "−", "–", "(")) and re.search(r"[0-9]", bare):
        raise AmountNotPositive(text)
    cents = _cents(bare, text)
    if cents <= 0:
        raise AmountNotPositive(text)
    if cents > LARGEST_PAYMENT.cents:
        raise AmountTooLarge(LARGEST_PAYMENT)
    return Money(cents)


def _cents(bare: str, typed: str) -> int:
    if len(bare) > 40 or not re.fullmatch(r"[0-9 .,]*[0-9]", bare):
        raise AmountUnreadable(typed)
    if not re.search(r"[.,]", bare):
        return _whole(bare, typed) * 100
    decimal = _DECIMALS.fullmatch(bare)
    if decimal is None:
        return _grouped_by_mark(bare, typed)
    whole, mark, fraction = decimal["whole"], decimal["mark"], decimal["fraction"]
    if re.search(r"[.,]", whole):
        # Several marks: the last is the decimal one only when the others are its opposite (1,234.56 or 1.234,56).
        if mark in whole or len(set(re.findall(r"[.,]", whole))) > 1:
            return _grouped_by_mark(bare, typed)
        whole = re.sub(r"[.,]", "", whole)
    elif len(fraction) == 3 and re.fullmatch(r"[1-9][0-9]{0,2}", whole):
        raise AmountAmbiguous(typed, Money(int(whole + fraction) * 100), f"{whole}{mark}{fraction}")
    if len(fraction) > 2:
        raise AmountTooPrecise(typed)
    return _whole(whole or "0", typed) * 100 + int(fraction.ljust(2, "0"))


def _whole(text: str, typed: str) -> int:
    if " " in text and not _GROUPED_BY_BLANK.fullmatch(text):
        raise AmountUnreadable(typed)
    return int(text.replace(" ", ""))


def _grouped_by_mark(bare: str, typed: str) -> int:
    """``1,234,567`` or ``1.234.567``: two or more equal marks between groups of three can only be thousands."""
    for mark in ",.":
        groups = bare.split(mark)
        in_threes = all(re.fullmatch(r"[0-9]{3}", group) for group in groups[1:])
        if len(groups) > 2 and in_threes and re.fullmatch(r"[1-9][0-9]{0,2}", groups[0]):
            return int("".join(groups)) * 100
    raise AmountUnreadable(typed)


def to_five_cents(amount: Money) -> Money:
    """Round to the nearest five cents, as cash is since the penny was withdrawn (CRA, « Phasing out the penny », 2013).

    Cents ending in 1, 2 → 0; 3, 4 → 5; 6, 7 → 5; 8, 9 → 10.
    """
    return Money((amount.cents + 2) // 5 * 5)
