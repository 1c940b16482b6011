"""Vouchers: paid out of one's own float, within its limits, and taken back once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnernet.domain.keys import KeyMalformed
from partnernet.domain.money import ZERO, AmountNotPositive, Money
from partnernet.domain.petty_cash import (
    VoucherAboveLimit,
    VoucherBeyondFloat,
    VoucherFieldMissing,
    VoucherNotFound,
    VoucherNotMultipleOfFive,
)
from partnernet.domain.refusals import OtherContentForKey, Refusal
from partnernet.domain.till import TillOpenElsewhere
from partnernet.services import till, till_reports
from tests.support.counting import (
    assert_holds,
    assert_verified,
    change_settings,
    count,
    postings,
    receive_float,
    submit,
    take_cash,
)
from tests.support.petty_cash import ask, pay, take_back, voucher, waiting
from tests.support.requests import money, new_key
from tests.support.world import World


@pytest.fixture
def till_of_200(world: World) -> World:
    """A float of 200.00 and 60.00 collected."""
    receive_float(world)
    take_cash(world, "60.00")
    return world


# --- paid -----------------------------------------------------------------------------------------------------------


def test_a_voucher_is_paid_from_the_float_and_owes_the_principal_nothing(till_of_200: World) -> None:
    paid = pay(till_of_200, voucher(till_of_200))

    assert (paid.amount, paid.payee, paid.receipt_kept, paid.reversed) == (
        money("18.40"),
        "Papeterie du Plateau",
        True,
        False,
    )
    assert_holds(till_of_200, till_of_200.agent, drawer="241.60", cheques="0.00", owed="60.00", float_present="181.60")
    assert_verified(till_of_200)


def test_a_receipt_that_is_missing_is_kept_as_missing(till_of_200: World) -> None:
    pay(till_of_200, voucher(till_of_200, receipt_kept=False))

    (listed,) = till_reports.current(till_of_200.db, by=till_of_200.agent, at=till_of_200.now).vouchers
    assert listed.receipt_kept is False


def test_the_same_voucher_again_is_the_same_voucher(till_of_200: World) -> None:
    request = voucher(till_of_200)
    first, before = pay(till_of_200, request), postings(till_of_200)

    assert pay(till_of_200, request) == first
    assert postings(till_of_200) == before


def test_a_vouchers_key_with_other_content_or_from_somebody_else_is_refused(till_of_200: World) -> None:
    world, request = till_of_200, voucher(till_of_200)
    pay(world, request)
    receive_float(world, agent=world.other_agent)
    before = postings(world)

    with pytest.raises(OtherContentForKey):
        pay(world, replace(request, amount=money("18.45")))
    with pytest.raises(OtherContentForKey):
        pay(world, request, by=world.other_agent)
    with pytest.raises(KeyMalformed):
        pay(world, replace(request, key="court"))

    assert postings(world) == before


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"amount": money("50.05")}, VoucherAboveLimit),
        ({"amount": ZERO}, AmountNotPositive),
        ({"amount": Money(-5)}, AmountNotPositive),
        ({"amount": Money(18_42)}, VoucherNotMultipleOfFive),
        ({"payee": " "}, VoucherFieldMissing),
    ],
)
def test_a_voucher_that_cannot_be_leaves_the_till_as_it_was(
    till_of_200: World, changed: dict[str, object], refusal: type[Refusal]
) -> None:
    before = postings(till_of_200)

    with pytest.raises(refusal):
        pay(till_of_200, replace(voucher(till_of_200), **changed))  # type: ignore[arg-type]

    assert postings(till_of_200) == before


def test_vouchers_never_exceed_the_float_whatever_was_collected(till_of_200: World) -> None:
    world = till_of_200
    for _ in range(4):
        pay(world, voucher(world, "49.95"))

    with pytest.raises(VoucherBeyondFloat) as refused:
        pay(world, voucher(world, "0.25"))

    assert refused.value.float_present == money("0.20")
    pay(world, voucher(world, "0.20"))
    assert_holds(world, world.agent, drawer="60.00", cheques="0.00", owed="60.00", float_present="0.00")


def test_the_limits_are_the_branchs(till_of_200: World) -> None:
    change_settings(till_of_200, voucher_limit=money("18.35"))

    with pytest.raises(VoucherAboveLimit) as refused:
        pay(till_of_200, voucher(till_of_200))

    assert refused.value.limit == money("18.35")


def test_a_voucher_without_a_float_is_refused_and_opens_no_till(world: World) -> None:
    with pytest.raises(VoucherBeyondFloat):
        pay(world, voucher(world))

    assert till.position(world.db, by=world.agent).opened_at is None


def test_a_voucher_of_one_branch_does_not_enter_a_till_open_in_another(till_of_200: World) -> None:
    moved = replace(till_of_200.agent, branch=till_of_200.new_branch("QUE", "Québec"))

    with pytest.raises(TillOpenElsewhere):
        pay(till_of_200, voucher(till_of_200), by=moved)


def test_vouchers_are_carried_with_the_float_and_collections_are_bagged_in_full(till_of_200: World) -> None:
    world = till_of_200
    pay(world, voucher(world))

    submitted = submit(world, count(world, {"100": 1, "20": 7, "1": 1, "0.25": 2, "0.10": 1}))

    assert submitted.bag.cash == money("60.00"), "money collected does NOT replenish the float"
    assert [paid.amount for paid in submitted.vouchers] == [money("18.40")]
    assert_holds(world, world.agent, drawer="181.60", cheques="0.00", owed="60.00", float_present="181.60")
    ask(world)
    assert waiting(world)[0].amount == money("18.40"), "what was spent before the submission is still to be replenished"
    assert_verified(world)


# --- taken back -------------------------------------------------------------------------------------------------------


def test_a_voucher_entered_by_mistake_is_reversed_and_its_money_is_back(till_of_200: World) -> None:
    paid = pay(till_of_200, voucher(till_of_200))

    reversed_now = take_back(till_of_200, paid)

    assert reversed_now == replace(paid, reversed=True)
    assert_holds(till_of_200, till_of_200.agent, drawer="260.00", cheques="0.00", owed="60.00", float_present="200.00")
    assert_verified(till_of_200)


def test_a_voucher_is_reversed_once(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    paid = pay(world, voucher(world))
    first, before = take_back(world, paid, key=key), postings(world)

    assert take_back(world, paid, key=key) == first
    with pytest.raises(VoucherNotFound):
        take_back(world, paid)

    assert postings(world) == before


def test_only_ones_own_voucher_of_the_open_session_is_reversed(till_of_200: World) -> None:
    world = till_of_200
    receive_float(world, agent=world.other_agent)
    theirs, ours = pay(world, voucher(world), by=world.other_agent), pay(world, voucher(world))
    payment = take_cash(world, "20.00")

    with pytest.raises(VoucherNotFound):
        take_back(world, theirs)
    with pytest.raises(VoucherNotFound):
        take_back(world, ours, by=world.supervisor)
    with pytest.raises(VoucherNotFound):
        take_back(world, replace(ours, posting_id=payment.posting_id))
    with pytest.raises(VoucherNotFound):
        take_back(world, replace(ours, posting_id=99_999))

    listed = till_reports.current(world.db, by=world.agent, at=world.now).vouchers
    assert [paid.reversed for paid in listed] == [False]


def test_a_counted_voucher_is_not_reversed_any_more(till_of_200: World) -> None:
    world = till_of_200
    paid, key = pay(world, voucher(world)), new_key()
    frozen = count(world, {"100": 1, "20": 7, "1": 1, "0.25": 2, "0.10": 1})

    with pytest.raises(VoucherNotFound):
        take_back(world, paid, key=key)
    submit(world, frozen)
    with pytest.raises(VoucherNotFound):
        take_back(world, paid, key=key)

    assert_holds(world, world.agent, drawer="181.60", cheques="0.00", owed="60.00", float_present="181.60")


def test_a_reversal_sent_again_after_the_count_is_still_the_same_reversal(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    paid = pay(world, voucher(world))
    first = take_back(world, paid, key=key)
    count(world, {"100": 2, "20": 3})

    assert take_back(world, paid, key=key) == first


def test_a_reversals_key_that_carried_something_else_is_refused(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    first, second = pay(world, voucher(world)), pay(world, voucher(world))
    take_back(world, first, key=key)

    with pytest.raises(OtherContentForKey):
        take_back(world, second, key=key)
