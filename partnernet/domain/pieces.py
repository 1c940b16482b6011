"""Canadian coins and notes: what a person counted, line by line, and how a sum can be taken out of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal

# In circulation and legal tender, in cents. The penny was withdrawn in 2013; $1, $2, $25, $500 and $1,000 notes are no
# longer legal tender (Bank of Canada, 2021).
COINS = (5, 10, 25, 100, 200)
NOTES = (500, 1000, 2000, 5000, 10000)
DENOMINATIONS = COINS + NOTES
# Pieces in a bank roll (Royal Canadian Mint).
ROLLS = {5: 40, 10: 50, 25: 40, 100: 25, 200: 25}
LARGEST_QUANTITY = 100_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """How many of each denomination, in the order of `DENOMINATIONS`; never below zero."""

    quantities: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.quantities) != len(DENOMINATIONS) or min(self.quantities) < 0:
            raise ValueError("one quantity of zero or more for each denomination")

    def total(self) -> Money:
        """What they are worth."""
        return Money(sum(each * count for each, count in zip(DENOMINATIONS, self.quantities, strict=True)))

    def of(self, denomination_cents: int) -> int:
        """How many of one denomination."""
        return self.quantities[DENOMINATIONS.index(denomination_cents)]

    def lines(self) -> tuple[tuple[int, int], ...]:
        """``(denomination in cents, quantity)`` of those that are there, smallest first."""
        return tuple((each, count) for each, count in zip(DENOMINATIONS, self.quantities, strict=True) if count)

    def __add__(self, other: Pieces) -> Pieces:
        return Pieces(tuple(mine + theirs for mine, theirs in zip(self.quantities, other.quantities, strict=True)))

    def __sub__(self, other: Pieces) -> Pieces:
        """What is left; raises `ValueError` when the other is not contained in these."""
        return Pieces(tuple(mine - theirs for mine, theirs in zip(self.quantities, other.quantities, strict=True)))

    def contains(self, other: Pieces) -> bool:
        """Whether the other could be taken out of these."""
        return all(mine >= theirs for mine, theirs in zip(self.quantities, other.quantities, strict=True))


NO_PIECES = Pieces((0,) * len(DENOMINATIONS))


@dataclass(eq=False)
class QuantityMalformed(Refusal):
    """A quantity of pieces or rolls is not a whole number from 0 to `LARGEST_QUANTITY`, or both make more than that."""

    field: ClassVar[str | None] = "pieces"
    denomination_cents: int
    typed: str


@dataclass(eq=False)
class CountRefused(Refusal):
    """One or more lines cannot be read; one refusal a line."""

    refusals: tuple[QuantityMalformed, ...]


def pieces(quantities: Mapping[int, int]) -> Pieces:
    """From quantities by denomination in cents; those not named are zero."""
    return Pieces(tuple(quantities.get(each, 0) for each in DENOMINATIONS))


def read_pieces(typed: Mapping[int, str], rolls: Mapping[int, str]) -> Pieces:
    """What was typed beside each denomination: loose pieces and whole rolls; blank is zero.

    Whole numbers only: ``1,5`` and ``-2`` are refused, never guessed. Raises `CountRefused` with every faulty line.
    """
    refusals: list[QuantityMalformed] = []
    quantities = {}
    for each in DENOMINATIONS:
        loose, in_rolls = typed.get(each, ""), rolls.get(each, "")
        quantities[each] = _quantity(each, loose, refusals) + _quantity(each, in_rolls, refusals) * ROLLS.get(each, 0)
        if quantities[each] > LARGEST_QUANTITY:
            refusals.append(QuantityMalformed(each, in_rolls))
    if refusals:
        raise CountRefused(tuple(refusals))
    return pieces(quantities)


def _quantity(denomination_cents: int, typed: str, refusals: list[QuantityMalformed]) -> int:
    text = re.sub("[ \u00a0\u202f]", "", typed)
    if not text:
        return 0
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > LARGEST_QUANTITY:
        refusals.append(QuantityMalformed(denomination_cents, typed))
        return 0
    return int(text)


def take(available: Pieces, amount: Money) -> Pieces | None:
    """Pieces worth exactly ``amount`` out of those available, large ones first; ``None`` when change must be made."""
    found = _take(available.quantities, len(DENOMINATIONS) - 1, amount.cents)
    return None if found is None else Pieces(found)


# A larger piece less, and its value in smaller ones: two steps back reach every sum that Canadian pieces can make. The
# larger is not a multiple of the smaller only for 25 ¢ against 10 ¢, $5 against $2 and $50 against $20, and there twice
# the larger is.
_STEPS_BACK = 2


def _take(quantities: tuple[int, ...], at: int, rest_cents: int) -> tuple[int, ...] | None:
    if at < 0:
        return () if rest_cents == 0 else None
    most = min(quantities[at], rest_cents // DENOMINATIONS[at])
    for count in range(most, max(most - _STEPS_BACK, 0) - 1, -1):
        smaller = _take(quantities, at - 1, rest_cents - count * DENOMINATIONS[at])
        if smaller is not None:
            return (*smaller, count)
    return None
