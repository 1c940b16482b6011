"""Amounts as people type them: read exactly, or refused with the reason; never guessed."""

from __future__ import annotations

import pytest

from partnernet.domain.money import (
    LARGEST_PAYMENT,
    AmountAmbiguous,
    AmountMissing,
    AmountNotPositive,
    AmountRefusal,
    AmountTooLarge,
    AmountTooPrecise,
    AmountUnreadable,
    Money,
    parse_amount,
)

# Every blank of Unicode that has a width and stays on its line.
BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 234,56", 1234_56),
        ("1234.56", 1234_56),
        ("1,234.56", 1234_56),
        ("1.234,56", 1234_56),
        ("1 234,56 $", 1234_56),
        ("$1,234.56", 1234_56),
        ("$ 12", 12_00),
        ("12$", 12_00),
        ("12", 12_00),
        ("12,5", 12_50),
        ("0,01", 1),
        (".05", 5),
        (",50", 50),
        ("007", 7_00),
        ("1 000", 1_000_00),
        ("1,000,000", 1_000_000_00),
        ("1.000.000", 1_000_000_00),
        ("1 000 000,10", 1_000_000_10),
        ("1,234,567.89", 1_234_567_89),
        ("  60,00  ", 60_00),
        ("25 000 000,00", 25_000_000_00),
    ],
)
def test_an_amount_is_read_as_it_was_meant(typed: str, cents: int) -> None:
    assert parse_amount(typed) == Money(cents)


@pytest.mark.parametrize("blank", BLANKS, ids=lambda blank: f"U+{ord(blank):04X}")
def test_any_blank_may_stand_between_thousands_and_around(blank: str) -> None:
    assert parse_amount(f"{blank}1{blank}234,56{blank}${blank}") == Money(1234_56)


@pytest.mark.parametrize("typed", ["", " ", "\u00a0\u202f", "\n", "\t \u3000"])
def test_blank_is_missing(typed: str) -> None:
    with pytest.raises(AmountMissing):
        parse_amount(typed)


@pytest.mark.parametrize(
    ("typed", "thousands", "decimals"),
    [
        ("1,234", 1_234_00, "1,234"),
        ("1.234", 1_234_00, "1.234"),
        ("12.345", 12_345_00, "12.345"),
        ("123,456 $", 123_456_00, "123,456"),
    ],
)
def test_thousands_or_thousandths_is_asked_with_both_readings(typed: str, thousands: int, decimals: str) -> None:
    with pytest.raises(AmountAmbiguous) as refused:
        parse_amount(typed)

    assert (refused.value.as_thousands, refused.value.as_decimals) == (Money(thousands), decimals)


@pytest.mark.parametrize("typed", ["0,123", "1,2345", "1234.567", "1 234,567", "1,234.567", "0.001", "12,3400"])
def test_more_than_two_decimals_is_refused(typed: str) -> None:
    with pytest.raises(AmountTooPrecise):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["0", "0,00", "00", "-5", "- 5,00", "−5", "–5", "-$5", "$-5", "-5 $", "(5)", "-0"])
def test_zero_and_below_are_refused_as_such(typed: str) -> None:
    with pytest.raises(AmountNotPositive):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["26 000 000", "25 000 000,01", "9" * 40])
def test_above_the_limit_of_one_payment_is_refused(typed: str) -> None:
    with pytest.raises(AmountTooLarge) as refused:
        parse_amount(typed)

    assert refused.value.limit == LARGEST_PAYMENT


@pytest.mark.parametrize(
    "typed",
    [
        "1e3", "NaN", "inf", "٣", "１２", "²", "½", "abc", "$", "-", ".", ",", "12.", "5-", "+5", "1_000", "0x10",
        "5 CAD", "$12$", "$$12", "12 34", "1 2345", "1 23", "12 ,50", "12, 50", "1,23,456", "1,234,56", "1.2.3",
        "1,234 567.89", "1 234.567,89", "1'234.56", "12\u200b34", "12\n34", "12\x0034", "\u202e12",
        "0,234.56", "012,345.67", "0 234,56", "0,234,567", "9" * 41, "1" * 10_000,
    ],
)  # fmt: skip
def test_anything_else_is_not_an_amount(typed: str) -> None:
    with pytest.raises(AmountUnreadable) as refused:
        parse_amount(typed)

    assert refused.value.typed == typed


@pytest.mark.parametrize("kind", [AmountMissing(), AmountUnreadable("x"), AmountTooLarge(LARGEST_PAYMENT)])
def test_a_refused_amount_speaks_beside_the_amount(kind: AmountRefusal) -> None:
    assert kind.field == "amount"
