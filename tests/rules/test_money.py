"""Money is whole cents and nothing else, and cash is rounded as since the penny was withdrawn."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from partnernet.domain.money import ZERO, Money, to_five_cents, total


@pytest.mark.parametrize("value", [10.0, 0.1, True, False, "10", None, Decimal(10), Fraction(10)])
def test_money_is_made_of_whole_cents_only(value: object) -> None:
    with pytest.raises(TypeError):
        Money(value)  # type: ignore[arg-type]


def test_money_never_changes() -> None:
    with pytest.raises(AttributeError):
        Money(5).cents = 6  # type: ignore[misc]


def test_money_adds_subtracts_compares_and_knows_zero() -> None:
    assert Money(10_00) + Money(5) - Money(10_05) == ZERO
    assert (-Money(5), abs(Money(-5))) == (Money(-5), Money(5))
    assert Money(-1) < ZERO < Money(1)
    assert not ZERO
    assert Money(-1)


@pytest.mark.parametrize("other", [1, 1.0, "1", None])
def test_money_mixes_with_nothing_else(other: object) -> None:
    with pytest.raises((TypeError, AttributeError)):
        Money(1) + other  # type: ignore[operator]
    assert Money(1) != other


@pytest.mark.parametrize(("cents", "written"), [(0, "0.00"), (5, "0.05"), (-500, "-5.00"), (123456, "1234.56")])
def test_money_is_written_plainly_where_no_language_is_known(cents: int, written: str) -> None:
    assert str(Money(cents)) == written


def test_a_sum_of_nothing_is_zero() -> None:
    assert total([]) == ZERO
    assert total([Money(1), Money(2)]) == Money(3)


@pytest.mark.parametrize(
    ("cents", "rounded"),
    [
        (0, 0), (1, 0), (2, 0), (3, 5), (4, 5), (5, 5), (6, 5), (7, 5), (8, 10), (9, 10),
        (10_01, 10_00), (10_02, 10_00), (10_03, 10_05), (75_04, 75_05), (99_97, 99_95), (99_98, 100_00),
    ],
)  # fmt: skip
def test_cash_rounds_to_the_nearest_five_cents(cents: int, rounded: int) -> None:
    assert to_five_cents(Money(cents)) == Money(rounded)
