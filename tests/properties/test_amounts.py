"""Whatever is typed into an amount: the same money comes back, or a refusal; never a guess, never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnernet.domain.money import LARGEST_PAYMENT, AmountRefusal, Money, parse_amount, to_five_cents
from partnernet.i18n import in_language
from partnernet.i18n.formats import money

PAYABLE = st.integers(1, LARGEST_PAYMENT.cents).map(Money)
BLANKS = st.sampled_from(" \t\u00a0\u2007\u2009\u202f\u3000")
MARKS = st.sampled_from(",.")


def grouped(amount: Money, between: str, mark: str) -> str:
    """The amount with ``between`` between its thousands and ``mark`` before its cents."""
    return f"{amount.cents // 100:,}".replace(",", between) + f"{mark}{amount.cents % 100:02d}"


@given(PAYABLE, st.sampled_from(["fr", "en"]))
def test_what_the_screen_shows_is_read_back(amount: Money, language: str) -> None:
    with in_language(language):
        assert parse_amount(money(amount)) == amount


@given(PAYABLE, BLANKS, MARKS, BLANKS, st.sampled_from(["{}", "$ {}", "{} $", "{}$"]))
def test_any_blank_and_either_mark_is_read(amount: Money, between: str, mark: str, around: str, dollar: str) -> None:
    typed = around + dollar.format(grouped(amount, between, mark)) + around

    assert parse_amount(typed) == amount


@given(PAYABLE)
def test_thousands_and_cents_with_opposite_marks_are_read(amount: Money) -> None:
    assert parse_amount(grouped(amount, ",", ".")) == amount
    assert parse_amount(grouped(amount, ".", ",")) == amount


@given(PAYABLE, MARKS)
def test_plain_digits_are_read(amount: Money, mark: str) -> None:
    assert parse_amount(str(amount).replace(".", mark)) == amount


@given(st.text(max_size=60) | st.text("0123456789 ,.$-\u00a0", max_size=30))
def test_any_other_text_is_refused_or_is_payable_money(typed: str) -> None:
    try:
        amount = parse_amount(typed)
    except AmountRefusal:
        return

    assert Money(1) <= amount <= LARGEST_PAYMENT
    digits = "".join(mark for mark in typed if mark.isascii() and mark.isdigit())
    assert str(amount.cents).rstrip("0") in digits, "every figure of the amount was typed, in this order"


@given(st.integers(1, 999), st.integers(0, 999), MARKS)
def test_three_figures_after_one_mark_are_never_guessed(whole: int, rest: int, mark: str) -> None:
    with pytest.raises(AmountRefusal):
        parse_amount(f"{whole}{mark}{rest:03d}")


@given(st.integers(0, 10**12).map(Money))
def test_rounding_moves_at_most_two_cents_and_leaves_whole_five_cents(amount: Money) -> None:
    rounded = to_five_cents(amount)

    assert rounded.cents % 5 == 0
    assert abs(rounded - amount) <= Money(2)
    assert to_five_cents(rounded) == rounded
