"""What a correction refuses: nothing moves, and the receipt stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from partnernet.domain.corrections import (
    AccountKeptToCash,
    CorrectsMore,
    NothingCorrected,
    ReentryMissing,
    ReentryNotAsked,
    as_entered,
)
from partnernet.domain.customers import Customer, Terms
from partnernet.domain.money import LARGEST_PAYMENT, ZERO, AmountNotPositive, AmountTooLarge
from partnernet.domain.payments import CashNotMultipleOfFive, CustomerVanished
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt, ReceiptNotFound
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import (
    CashOnlyNotAsked,
    Reentry,
    ReversalReason,
    ReversalRequest,
    WhereIsTheMoney,
)
from partnernet.domain.tenders import Tender
from partnernet.services import corrections, payments, reversals
from tests.support.correcting import as_it_was, enter_again, entering_again, figures, reach, reverse
from tests.support.counting import approve, assert_verified, deposit, postings, receive_float
from tests.support.requests import a_cheque, new_key, paying, reversing, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)
CUSTOMER, AMOUNT, TENDER = (
    ReversalReason.WRONG_CUSTOMER,
    ReversalReason.WRONG_AMOUNT,
    ReversalReason.WRONG_TENDER,
)


@pytest.fixture
def a(world: World) -> Customer:
    receive_float(world)
    return world.customer("100001", due=[("F-1", "45.00", DUE), ("F-2", "455.00", DUE)])


@pytest.fixture
def b(world: World) -> Customer:
    return world.customer("100002", "L'Œuvre des Sœurs", due=[("G-1", "40.00", DUE), ("G-2", "260.00", DUE)])


@pytest.fixture
def paid(world: World, a: Customer) -> Receipt:
    return payments.record(world.db, paying(world, a, "60.00"), by=world.agent, at=world.later(minutes=1))


# --- what is refused ------------------------------------------------------------------------------------------------

Making = Callable[[Receipt], ReversalRequest]


def kept(paid: Receipt, reason: ReversalReason, reentry: Reentry | None) -> ReversalRequest:
    return ReversalRequest(new_key(), paid.number, reason, WhereIsTheMoney.KEPT, "mal inscrit", reentry)


REFUSED: dict[str, tuple[Making, type[Refusal]]] = {
    "money kept and nothing entered": (lambda p: kept(p, CUSTOMER, None), ReentryMissing),
    "money handed back and entered again": (
        lambda p: replace(kept(p, AMOUNT, as_it_was(p, amount="50.00")), where=WhereIsTheMoney.HANDED_BACK),
        ReentryNotAsked,
    ),
    "taken twice and entered again": (lambda p: kept(p, ReversalReason.DUPLICATE, as_entered(p)), ReentryNotAsked),
    "the same customer": (lambda p: kept(p, CUSTOMER, as_entered(p)), NothingCorrected),
    "the same amount": (lambda p: kept(p, AMOUNT, as_entered(p)), NothingCorrected),
    "the same tender": (lambda p: kept(p, TENDER, as_entered(p)), NothingCorrected),
    "another amount for another customer": (
        lambda p: kept(p, CUSTOMER, replace(as_it_was(p, amount="50.00"), customer_number="100002")),
        CorrectsMore,
    ),
    "another customer with another amount": (
        lambda p: kept(p, AMOUNT, replace(as_it_was(p, amount="50.00"), customer_number="100002")),
        CorrectsMore,
    ),
    "another customer with another tender": (
        lambda p: kept(p, TENDER, replace(as_it_was(p, cheque=a_cheque()), customer_number="100002")),
        CorrectsMore,
    ),
    "nobody": (lambda p: kept(p, CUSTOMER, replace(as_entered(p), customer_number="999999")), CustomerVanished),
    "nobody at all": (lambda p: kept(p, CUSTOMER, replace(as_entered(p), customer_number="a\x00")), CustomerVanished),
    "cash in odd cents": (lambda p: kept(p, AMOUNT, as_it_was(p, amount="50.01")), CashNotMultipleOfFive),
    "nothing": (lambda p: kept(p, AMOUNT, replace(as_entered(p), amount=ZERO)), AmountNotPositive),
    "less than nothing": (lambda p: kept(p, AMOUNT, replace(as_entered(p), amount=-p.amount)), AmountNotPositive),
    "too much": (
        lambda p: kept(p, AMOUNT, replace(as_entered(p), amount=LARGEST_PAYMENT + LARGEST_PAYMENT)),
        AmountTooLarge,
    ),
    "kept to cash without a returned cheque": (
        lambda p: replace(reversing(p.number), cash_only=True),
        CashOnlyNotAsked,
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_moves(
    world: World, a: Customer, b: Customer, paid: Receipt, which: str
) -> None:
    making, refusal = REFUSED[which]
    before, count = figures(world, a, b), postings(world)

    with pytest.raises(refusal):
        reverse(world, making(paid))

    assert (figures(world, a, b), postings(world)) == (before, count)
    assert payments.receipt(world.db, paid.number, by=world.agent) == paid


def test_an_account_kept_to_cash_takes_no_cheque_by_way_of_a_correction(
    world: World, a: Customer, paid: Receipt
) -> None:
    strict = world.customer("100003", due=[("H-1", "90.00", DUE)], terms=Terms.CASH_ONLY)
    by_cheque = payments.record(
        world.db, paying(world, a, "70.00", cheque=a_cheque()), by=world.agent, at=world.later(minutes=1)
    )
    in_cash = payments.record(world.db, paying(world, strict, "90.00"), by=world.agent, at=world.later(minutes=1))

    with pytest.raises(AccountKeptToCash):
        enter_again(world, by_cheque, CUSTOMER, as_it_was(by_cheque, customer=strict))
    with pytest.raises(AccountKeptToCash):
        enter_again(world, in_cash, TENDER, as_it_was(in_cash, cheque=a_cheque("000778")))

    moved = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=strict))
    assert moved.tender is Tender.CASH


def test_a_cheque_that_is_at_the_bank_still_gets_the_name_of_who_paid_it(world: World, a: Customer) -> None:
    """Nobody can hand it back any more, and another account must not keep the money."""
    strict = world.customer("100003", due=[("H-1", "90.00", DUE)], terms=Terms.CASH_ONLY)
    request = paying(world, a, "70.00", cheque=a_cheque())
    by_cheque = payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))
    submitted = reach(world, "submitted", {"20": 10})
    assert submitted
    again = as_it_was(by_cheque, customer=strict)
    with pytest.raises(AccountKeptToCash):
        enter_again(world, by_cheque, CUSTOMER, again)
    approve(world, submitted)
    deposit(world)

    moved = enter_again(world, by_cheque, CUSTOMER, again)

    assert (moved.customer.number, str(moved.amount)) == ("100003", "70.00")
    assert [str(standing_of(world, who).total_due) for who in (a, strict)] == ["500.00", "20.00"], "paid once"
    assert_verified(world)


def test_the_receipt_of_another_branch_is_not_found(world: World, b: Customer, paid: Receipt) -> None:
    stranger = world.person("SU3000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))
    request = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))

    with pytest.raises(ReceiptNotFound):
        reverse(world, request, by=stranger)
    with pytest.raises(ReceiptNotFound):
        reversals.preview(world.db, request, by=stranger, at=world.now)
    with pytest.raises(ReceiptNotFound):
        corrections.examined(world.db, paid.number, by=stranger)
