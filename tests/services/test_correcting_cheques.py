"""Corrections of cheques that are not payable yet, and of one sheet that pays several accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from partnernet.domain.concerns import PostDatedCheque
from partnernet.domain.corrections import ChequeShared, Whereabouts
from partnernet.domain.customers import Customer
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import corrections, payments
from tests.support.correcting import as_cash, as_it_was, enter_again, entering_again, figures, reach, reverse
from tests.support.counting import assert_verified, count, receive_float, submit
from tests.support.requests import a_cheque, money, paying
from tests.support.sharing import rests
from tests.support.till_reports import current
from tests.support.world import World

DUE = date(2026, 10, 15)
CUSTOMER, AMOUNT, TENDER = (
    ReversalReason.WRONG_CUSTOMER,
    ReversalReason.WRONG_AMOUNT,
    ReversalReason.WRONG_TENDER,
)
FLOAT, WITH_10, WITH_60 = {"20": 10}, {"20": 10, "10": 1}, {"20": 13}


@pytest.fixture
def a(world: World) -> Customer:
    receive_float(world)
    return world.customer("100001", due=[("F-1", "500.00", DUE)])


@pytest.fixture
def b(world: World) -> Customer:
    return world.customer("100002", "L'Œuvre des Sœurs", due=[("G-1", "300.00", DUE)])


def pays(world: World, who: Customer, amount: str | None = None, **how: object) -> Receipt:
    request = paying(world, who, amount, **how)  # type: ignore[arg-type]
    return payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))


def clean(world: World) -> None:
    assert_verified(world)
    current(world)


# --- post-dated cheques ---------------------------------------------------------------------------------------------


@pytest.fixture
def post_dated(world: World, a: Customer) -> Receipt:
    dated = world.today + timedelta(days=7)
    return pays(world, a, "300.00", cheque=a_cheque(dated=dated), confirmed=[PostDatedCheque(dated)])


@pytest.mark.parametrize("state", ["open", "submitted"])
def test_a_post_dated_cheque_stays_on_hand_for_whoever_it_pays(
    world: World, a: Customer, b: Customer, post_dated: Receipt, state: str
) -> None:
    reach(world, state, FLOAT)

    again = enter_again(world, post_dated, CUSTOMER, as_it_was(post_dated, customer=b))

    assert again.post_dated
    assert figures(world, a, b) == ("200.00", "300.00", "0.00", "300.00", "0.00", "200.00", "500.00", "0.00")
    assert [str(each.amount) for each in current(world).post_dated] == ["300.00"]
    world.later(days=8)
    assert [str(each.amount) for each in submit(world, count(world, FLOAT)).bag.cheques] == ["300.00"]
    clean(world)


def test_a_cheque_left_on_hand_that_was_cash_is_the_excess_that_the_count_found(
    world: World, a: Customer, post_dated: Receipt
) -> None:
    reach(world, "submitted", {"100": 5})
    assert figures(world, a) == ("500.00", "300.00", "0.00", "300.00", "0.00", "500.00", "200.00")

    enter_again(world, post_dated, TENDER, as_cash(post_dated))

    assert figures(world, a) == ("500.00", "0.00", "0.00", "300.00", "0.00", "200.00", "200.00")
    clean(world)


@pytest.mark.parametrize("minutes", [0, 3, 60])
def test_a_till_counted_again_after_its_empty_bag_came_back_stays_counted_though_the_clock_went_back(
    world: World, a: Customer, post_dated: Receipt, minutes: int
) -> None:
    reach(world, "returned", FLOAT)
    world.now -= timedelta(minutes=minutes)
    submit(world, count(world, FLOAT))

    again = enter_again(world, post_dated, TENDER, as_cash(post_dated))

    assert corrections.examined(world.db, again.number, by=world.supervisor).where is Whereabouts.COUNTED
    assert figures(world, a) == ("200.00", "0.00", "0.00", "300.00", "0.00", "-100.00", "200.00")
    clean(world)


def test_a_post_dated_cheque_misread_is_left_on_hand_with_its_right_amount(
    world: World, a: Customer, post_dated: Receipt
) -> None:
    reach(world, "submitted", FLOAT)

    again = enter_again(world, post_dated, AMOUNT, as_it_was(post_dated, amount="330.00"))

    assert again.post_dated
    assert again.cheque == post_dated.cheque
    assert figures(world, a) == ("200.00", "330.00", "0.00", "330.00", "0.00", "200.00", "170.00")
    clean(world)


# --- one sheet for several accounts ---------------------------------------------------------------------------------


def test_one_payment_of_a_sheet_goes_to_another_account_and_the_others_stay(
    world: World, a: Customer, b: Customer
) -> None:
    other = world.customer("100003", due=[("H-1", "150.00", DUE)])
    first = pays(world, a, "350.00", cheque=a_cheque(), face="500.00")
    second = pays(world, other, "150.00", sheet=first.cheque_id)

    again = enter_again(world, first, CUSTOMER, as_it_was(first, customer=b))

    assert (again.cheque_id, again.face_amount, again.amount) == (first.cheque_id, money("500.00"), money("350.00"))
    expected = ("200.00", "500.00", "0.00", "500.00", "0.00", "200.00", "500.00", "-50.00", "0.00")
    assert figures(world, a, b, other) == expected
    assert payments.receipt(world.db, second.number, by=world.agent).reversal is None
    submitted = submit(world, count(world, FLOAT))
    assert [str(each.amount) for each in submitted.bag.cheques] == ["500.00"], "one sheet, once"
    clean(world)


def test_a_sheet_returned_after_one_of_its_payments_was_moved_goes_whole(
    world: World, a: Customer, b: Customer
) -> None:
    other = world.customer("100003", due=[("H-1", "150.00", DUE)])
    first = pays(world, a, "350.00", cheque=a_cheque(), face="500.00")
    pays(world, other, "150.00", sheet=first.cheque_id)
    enter_again(world, first, CUSTOMER, as_it_was(first, customer=b))
    submitted = reach(world, "approved", FLOAT)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    again = payments.of_day(world.db, world.today, by=world.supervisor).payments[-1]

    bank = replace(
        entering_again(first, ReversalReason.RETURNED_CHEQUE, as_it_was(first)),
        receipt_number=again.receipt_number,
        where=WhereIsTheMoney.RETURNED_BY_BANK,
        reentry=None,
    )
    reverse(world, bank, by=colleague)

    expected = ("200.00", "0.00", "0.00", "0.00", "0.00", "200.00", "500.00", "300.00", "150.00")
    assert figures(world, a, b, other) == expected
    assert submitted is not None
    clean(world)


def test_something_left_of_a_sheet_can_still_be_applied_after_its_first_payment_was_moved(
    world: World, a: Customer, b: Customer
) -> None:
    first = pays(world, a, "350.00", cheque=a_cheque(), face="500.00")
    enter_again(world, first, CUSTOMER, as_it_was(first, customer=b))
    assert rests(world) == [("000123", money("150.00"))]

    pays(world, a, "150.00", sheet=first.cheque_id)

    assert figures(world, a, b) == ("200.00", "500.00", "0.00", "500.00", "0.00", "200.00", "350.00", "-50.00")
    clean(world)


@pytest.mark.parametrize("finished", [True, False])
def test_a_shared_sheet_has_neither_its_amount_nor_its_tender_corrected_in_part(
    world: World, a: Customer, b: Customer, finished: bool
) -> None:
    first = pays(world, a, "350.00", cheque=a_cheque(), face="500.00")
    if finished:
        pays(world, b, "150.00", sheet=first.cheque_id)
    before = figures(world, a, b)

    for reason, reentry in ((AMOUNT, as_it_was(first, amount="300.00")), (TENDER, as_cash(first))):
        with pytest.raises(ChequeShared):
            enter_again(world, first, reason, reentry)

    assert figures(world, a, b) == before
