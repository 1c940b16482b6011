"""A payment that was entered again goes out as a payment of its own, and is in the bag in which its money was."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason
from tests.support.batches import assert_adds_up, cut, deposit_lines, file, references, rows
from tests.support.correcting import as_cash, as_it_was, enter_again, entering_again, reach, reverse
from tests.support.counting import (
    approve,
    assert_verified,
    count,
    deposit,
    receive_float,
    submit,
    take_cash,
    take_cheque,
)
from tests.support.requests import a_cheque
from tests.support.world import World

CUSTOMER, AMOUNT, TENDER = (
    ReversalReason.WRONG_CUSTOMER,
    ReversalReason.WRONG_AMOUNT,
    ReversalReason.WRONG_TENDER,
)


def corrected(world: World, correction: str, paid: Receipt) -> Receipt:
    """The receipt that stands in the place of ``paid``."""
    neighbour = world.customer("900001")
    reason, reentry = {
        "customer": (CUSTOMER, as_it_was(paid, customer=neighbour)),
        "amount_cash": (AMOUNT, as_it_was(paid, amount="50.00")),
        "amount_cheque": (AMOUNT, as_it_was(paid, amount="70.00", cheque=paid.cheque)),
        "was_cheque": (TENDER, as_it_was(paid, cheque=a_cheque("000999"))),
    }[correction]
    return enter_again(world, paid, reason, reentry)


def to_the_bank(world: World, state: str, pieces: Mapping[str, int]) -> None:
    """Bring whatever the till holds in that state to the bank; ``pieces`` are what a count finds in it now."""
    if state != "deposited":
        if state in ("open", "returned"):
            approve(world, submit(world, count(world, pieces)))
        deposit(world)


M2 = "MTL-000002"

# The correction, what was paid with, when it was corrected, what a count finds afterwards, what the bank is told.
BAGS = [
    ("customer", "cash", "open", {"20": 13}, [("1", M2, "cash", "60.00")]),
    ("customer", "cash", "approved", {}, [("1", M2, "cash", "60.00")]),
    ("customer", "cash", "returned", {"20": 13}, [("2", M2, "cash", "60.00")]),
    ("customer", "cash", "deposited", {}, [("1", M2, "cash", "60.00")]),
    ("customer", "cheque", "open", {"20": 10}, [("1", M2, "cheque", "60.00")]),
    ("customer", "cheque", "approved", {}, [("1", M2, "cheque", "60.00")]),
    ("customer", "cheque", "returned", {"20": 10}, [("2", M2, "cheque", "60.00")]),
    ("customer", "cheque", "deposited", {}, [("1", M2, "cheque", "60.00")]),
    ("amount_cash", "cash", "open", {"20": 12, "10": 1}, [("1", M2, "cash", "50.00")]),
    ("amount_cash", "cash", "approved", {}, [("1", M2, "cash", "50.00"), ("1", "", "cash", "10.00")]),
    ("amount_cash", "cash", "deposited", {}, [("1", M2, "cash", "50.00"), ("1", "", "cash", "10.00")]),
    ("amount_cheque", "cheque", "open", {"20": 10}, [("1", M2, "cheque", "70.00")]),
    ("amount_cheque", "cheque", "approved", {}, [("1", M2, "cheque", "70.00")]),
    ("amount_cheque", "cheque", "deposited", {}, [("1", M2, "cheque", "70.00")]),
    ("was_cheque", "cash", "open", {"20": 10}, [("1", M2, "cheque", "60.00")]),
    ("was_cheque", "cash", "approved", {}, [("1", "", "cash", "60.00")]),
]


@pytest.mark.parametrize(("correction", "tender", "state", "pieces", "lines"), BAGS)
def test_the_bank_s_lines_name_what_stands(
    world: World,
    correction: str,
    tender: str,
    state: str,
    pieces: Mapping[str, int],
    lines: list[tuple[str, str, str, str]],
) -> None:
    receive_float(world)
    paid = take_cash(world, "60.00") if tender == "cash" else take_cheque(world, "60.00")
    reach(world, state, {"20": 13} if tender == "cash" else {"20": 10})
    corrected(world, correction, paid)
    to_the_bank(world, state, pieces)

    cut(world)

    assert references(world, 1) == ["MTL-000001", "MTL-000001-R", M2]
    assert deposit_lines(world, 1) == lines
    if (correction, state) != ("amount_cheque", "deposited"):  # the bank found the difference itself, after the slip
        assert_adds_up(world, 1)
    assert_verified(world)


def test_a_payment_corrected_twice_is_in_the_bag_in_which_its_money_was(world: World) -> None:
    receive_float(world)
    paid = take_cash(world, "60.00")
    take_cash(world, "20.00")
    reach(world, "approved", {"20": 14})
    once = corrected(world, "customer", paid)
    another = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    reverse(world, entering_again(once, AMOUNT, as_it_was(once, amount="50.00")), by=another)
    deposit(world)

    cut(world)

    assert deposit_lines(world, 1) == [
        ("1", M2, "cash", "20.00"),
        ("1", "MTL-000004", "cash", "50.00"),
        ("1", "", "cash", "10.00"),
    ]
    assert_adds_up(world, 1)


def test_a_cheque_that_was_cash_is_in_the_bag_of_the_cash(world: World) -> None:
    receive_float(world)
    paid = take_cheque(world, "60.00")
    enter_again(world, paid, TENDER, as_cash(paid))
    approve(world, submit(world, count(world, {"20": 13})))
    deposit(world)

    cut(world)

    assert deposit_lines(world, 1) == [("1", M2, "cash", "60.00")]
    assert_adds_up(world, 1)


def test_the_agent_of_a_payment_entered_again_is_whoever_took_the_money(world: World) -> None:
    corrected(world, "customer", take_cash(world, "60.00"))

    cut(world)

    agents = {row["reference"]: (row["agent"], row["account_number"]) for row in rows(file(world, 1))}
    assert agents == {
        "MTL-000001": ("PA1234", "500001"),
        "MTL-000001-R": ("SU1000", "500001"),
        M2: ("PA1234", "900001"),
    }


def test_a_correction_after_the_deposit_went_out_is_told_by_payments_alone(world: World) -> None:
    receive_float(world)
    paid = take_cash(world, "60.00")
    reach(world, "deposited", {"20": 13})
    cut(world)
    before = deposit_lines(world, 1)

    corrected(world, "customer", paid)
    batch = cut(world)

    assert batch is not None
    assert (batch.deposit_count, references(world, 2)) == (0, ["MTL-000001-R", M2])
    assert deposit_lines(world, 1) == before == [("1", "MTL-000001", "cash", "60.00")]
    assert_verified(world)
