"""Pieces: what is typed beside each denomination, and how an exact sum is taken out of a drawer."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnernet.domain.money import LARGEST_PAYMENT, ZERO, Money
from partnernet.domain.pieces import (
    DENOMINATIONS,
    LARGEST_QUANTITY,
    NO_PIECES,
    CountRefused,
    Pieces,
    pieces,
    read_pieces,
    take,
)
from tests.support.requests import money

# --- reading what was typed -----------------------------------------------------------------------------------------


def test_blank_lines_are_zero_and_the_others_are_what_they_say() -> None:
    counted = read_pieces({5: "1", 10: "", 500: " ", 2000: "5", 10000: "2"}, {})

    assert counted == pieces({5: 1, 2000: 5, 10000: 2})
    assert counted.total() == money("300.05")
    assert counted.lines() == ((5, 1), (2000, 5), (10000, 2))
    assert read_pieces({}, {}) == NO_PIECES


@pytest.mark.parametrize("text", ["10000", "10 000", "10\u00a0000", "10\u202f000", " 10000 ", "010000"])
def test_ten_thousand_coins_are_read_as_people_write_them(text: str) -> None:
    assert read_pieces({5: text}, {}).total() == money("500.00")


@pytest.mark.parametrize(
    "text", ["1,5", "1.5", "-2", "+2", "- 2", "1e3", "0x10", "deux", "2 rouleaux", "½", "²", "١٢", "1\n2", "1\t2", "--"]
)
def test_what_is_no_whole_number_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(CountRefused) as refused:
        read_pieces({2000: text, 500: "3"}, {})

    (line,) = refused.value.refusals
    assert (line.denomination_cents, line.typed, line.field) == (2000, text, "pieces")


def test_every_faulty_line_is_named_at_once() -> None:
    with pytest.raises(CountRefused) as refused:
        read_pieces({5: "1,5", 25: "-2", 100: "4", 10000: "x"}, {10: "un", 25: "?"})

    named = [(line.denomination_cents, line.typed) for line in refused.value.refusals]
    assert named == [(5, "1,5"), (10, "un"), (25, "-2"), (25, "?"), (10000, "x")]


def test_rolls_hold_what_the_mint_puts_in_them() -> None:
    one_of_each = read_pieces({}, {5: "1", 10: "1", 25: "1", 100: "1", 200: "1"})

    assert one_of_each == pieces({5: 40, 10: 50, 25: 40, 100: 25, 200: 25})
    assert one_of_each.total() == money("92.00")
    assert read_pieces({25: "3"}, {25: "2"}) == pieces({25: 83})


def test_a_count_stays_within_what_a_drawer_could_hold() -> None:
    most = str(LARGEST_QUANTITY)

    assert read_pieces({25: most}, {}).of(25) == LARGEST_QUANTITY
    for loose, rolls in (("100001", ""), ("9" * 7, ""), ("9" * 500, ""), ("", "2501"), (most, "1")):
        with pytest.raises(CountRefused) as refused:
            read_pieces({25: loose}, {25: rolls})
        assert [line.denomination_cents for line in refused.value.refusals] == [25]


def test_the_largest_count_that_is_read_fits_into_the_ledger() -> None:
    everything = read_pieces(dict.fromkeys(DENOMINATIONS, str(LARGEST_QUANTITY)), {})

    assert everything.total() == money("18 840 000.00")
    assert everything.total() < LARGEST_PAYMENT, "the ledger keeps no larger amount"


# --- values ---------------------------------------------------------------------------------------------------------


def test_fewer_than_none_cannot_be() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        pieces({5: -1})
    with pytest.raises(ValueError, match="zero or more"):
        Pieces((1, 2, 3))
    with pytest.raises(ValueError, match="zero or more"):
        pieces({5: 1}) - pieces({5: 2})


def test_pieces_are_put_together_and_taken_apart() -> None:
    drawer, bag = pieces({100: 3, 2000: 5}), pieces({100: 1, 2000: 5})

    assert drawer - bag == pieces({100: 2})
    assert (drawer - bag) + bag == drawer
    assert drawer.contains(bag)
    assert not bag.contains(drawer)
    assert not bag.contains(pieces({5: 1})), "worth less, but not among them"


# --- taking an exact sum --------------------------------------------------------------------------------------------


def _can_be_made(available: Pieces, amount: Money) -> bool:
    """Brute force: bit n of the mask says that n five-cent steps can be made of the pieces seen so far."""
    reachable = 1
    for denomination_cents, quantity in zip(DENOMINATIONS, available.quantities, strict=True):
        for _ in range(quantity):
            reachable |= reachable << (denomination_cents // 5)
    return amount.cents % 5 == 0 and bool(reachable >> (amount.cents // 5) & 1)


DRAWERS = st.lists(st.integers(0, 7), min_size=len(DENOMINATIONS), max_size=len(DENOMINATIONS)).map(
    lambda quantities: Pieces(tuple(quantities))
)
# Few sorts of pieces and no small coins: this is where exact sums are hard to make.
BARE_DRAWERS = st.dictionaries(st.sampled_from([10, 25, 200, 500, 2000, 5000]), st.integers(1, 7), max_size=4).map(
    pieces
)


@given(DRAWERS | BARE_DRAWERS, st.integers(0, 10_000))
@example(pieces({25: 1, 10: 3}), 6)  # 30 cents: the 25 is in the way
@example(pieces({5000: 1, 2000: 3}), 1200)  # 60 dollars: the 50 is in the way
@example(pieces({500: 1, 200: 3}), 120)  # 6 dollars: the 5 is in the way
@example(pieces({25: 3, 10: 8}), 16)
@example(pieces({5000: 1, 2000: 3, 500: 1, 200: 3, 25: 1, 10: 3}), 1326)  # all three at once
def test_a_sum_is_taken_whenever_the_pieces_can_make_it(available: Pieces, five_cents: int) -> None:
    amount = Money(5 * five_cents)

    taken = take(available, amount)

    assert (taken is not None) == _can_be_made(available, amount)
    if taken is not None:
        assert taken.total() == amount
        assert available.contains(taken)


@given(DRAWERS, DRAWERS)
def test_what_was_put_into_a_drawer_can_be_taken_out_again(mine: Pieces, theirs: Pieces) -> None:
    taken = take(mine + theirs, theirs.total())

    assert taken is not None
    assert taken.total() == theirs.total()


def test_large_pieces_are_taken_first() -> None:
    drawer = pieces({5: 1, 500: 1, 2000: 5, 10000: 2})

    assert take(drawer, money("125.05")) == pieces({5: 1, 500: 1, 2000: 1, 10000: 1})
    assert take(drawer, ZERO) == NO_PIECES


@pytest.mark.parametrize("cents", [3, 10, 100, -5, 1_000_000_000])
def test_a_sum_that_needs_change_is_not_taken(cents: int) -> None:
    assert take(pieces({5: 1, 500: 1, 2000: 5, 10000: 2}), Money(cents)) is None


def test_a_drawer_of_a_hundred_thousand_of_each_is_searched_at_once() -> None:
    full = Pieces((LARGEST_QUANTITY,) * len(DENOMINATIONS))

    assert take(full, full.total()) == full
    without_fives = full - pieces({5: LARGEST_QUANTITY})
    assert take(without_fives, full.total() - Money(5)) is None
