"""Corrections of cash in odd cents, of what was corrected before, and of what has gone to the principal already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from partnernet.domain.batches import BatchFile
from partnernet.domain.customers import Customer
from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, TakerElsewhere, WhereIsTheMoney
from partnernet.services import exports, payments
from partnernet.storage import tills
from tests.support.batches import cut
from tests.support.correcting import as_cash, as_it_was, enter_again, entering_again, figures, reach, reverse
from tests.support.counting import assert_verified, receive_float
from tests.support.requests import a_cheque, money, paying, standing_of
from tests.support.till_reports import current
from tests.support.world import World

DUE = date(2026, 10, 15)
CUSTOMER, AMOUNT, TENDER = (
    ReversalReason.WRONG_CUSTOMER,
    ReversalReason.WRONG_AMOUNT,
    ReversalReason.WRONG_TENDER,
)
BACK, NEVER = WhereIsTheMoney.HANDED_BACK, WhereIsTheMoney.NEVER_RECEIVED
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


# --- odd cents ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["open", "submitted", "approved", "deposited"])
@pytest.mark.parametrize(
    ("due", "credited", "left"),
    [("50.00", "10.00", "40.00"), ("10.02", "10.02", "0.00"), ("9.98", "9.98", "0.00"), ("10.00", "10.00", "0.00")],
)
def test_cash_of_odd_cents_settles_the_other_due_with_what_was_received(
    world: World, state: str, due: str, credited: str, left: str
) -> None:
    receive_float(world)
    wrong = world.customer("100001", due=[("F-1", "10.02", DUE)])
    right = world.customer("100002", due=[("G-1", due, DUE)])
    paid = pays(world, wrong)
    assert (paid.amount, paid.received) == (money("10.02"), money("10.00"))
    reach(world, state, WITH_10)
    before = figures(world)

    again = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=right))

    assert (again.received, again.amount) == (money("10.00"), money(credited))
    assert figures(world) == before, "nothing physical moves, and nobody owes more or less"
    assert (str(standing_of(world, wrong).total_due), str(standing_of(world, right).total_due)) == ("10.02", left)
    clean(world)


def test_an_amount_whose_odd_cents_alone_differ_is_no_correction_of_what_was_received(world: World) -> None:
    receive_float(world)
    customer = world.customer("100001", due=[("F-1", "10.02", DUE)])
    paid = pays(world, customer)

    again = enter_again(world, paid, AMOUNT, as_it_was(paid, amount="5.00"))

    assert figures(world, customer) == ("205.00", "0.00", "0.00", "5.00", "0.00", "200.00", "5.02")
    assert again.rounding == ZERO
    clean(world)


def test_cash_that_was_a_cheque_of_odd_cents_is_credited_with_them_and_the_other_way_round(world: World) -> None:
    receive_float(world)
    odd = world.customer("100004", due=[("K-1", "10.02", DUE)])
    paid = pays(world, odd)

    again = enter_again(world, paid, TENDER, as_it_was(paid, cheque=a_cheque(), amount="10.02"))

    assert (again.amount, again.received, again.rounding) == (money("10.02"), money("10.02"), ZERO)
    assert figures(world, odd) == ("200.00", "10.02", "0.00", "10.02", "0.00", "200.00", "0.00")
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    reverse(world, entering_again(again, TENDER, as_cash(again)), by=colleague)
    assert figures(world, odd) == ("210.00", "0.00", "0.00", "10.00", "0.00", "200.00", "0.00")
    clean(world)


# --- corrected again ------------------------------------------------------------------------------------------------


def test_cash_that_a_count_has_accounted_for_is_corrected_twice_against_what_it_found(
    world: World, a: Customer
) -> None:
    """60.00 was written, then 50.00; 55.00 is what came in, and what the count found 5.00 short of."""
    paid = pays(world, a, "60.00")
    reach(world, "approved", {"20": 10, "50": 1, "5": 1})
    assert figures(world, a) == ("195.00", "0.00", "60.00", "0.00", "60.00", "195.00", "440.00")

    again = enter_again(world, paid, AMOUNT, as_it_was(paid, amount="50.00"))
    assert figures(world, a) == ("195.00", "0.00", "60.00", "-10.00", "60.00", "205.00", "450.00")
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    reverse(world, entering_again(again, AMOUNT, as_it_was(again, amount="55.00")), by=colleague)

    assert figures(world, a) == ("195.00", "0.00", "60.00", "-5.00", "60.00", "200.00", "445.00")
    clean(world)


@pytest.mark.parametrize("state", ["open", "submitted", "approved", "deposited"])
def test_a_correction_taken_back_leaves_everything_as_it_was(
    world: World, a: Customer, b: Customer, state: str
) -> None:
    paid = pays(world, a, "412.37", cheque=a_cheque())
    reach(world, state, FLOAT)
    before = figures(world, a, b)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    moved = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))
    back = reverse(world, entering_again(moved, CUSTOMER, as_it_was(moved, customer=a)), by=colleague)
    third = payments.receipt(world.db, back.reentered, by=world.agent)
    wrong = enter_again(world, third, AMOUNT, as_it_was(third, amount="421.37"))
    reverse(world, entering_again(wrong, AMOUNT, as_it_was(wrong, amount="412.37")), by=colleague)

    assert figures(world, a, b) == before
    clean(world)


@pytest.mark.parametrize(
    ("where", "state", "expected"),
    [
        (BACK, "open", ("200.00", "0.00", "0.00", "0.00", "0.00", "200.00", "300.00")),
        (BACK, "approved", ("140.00", "0.00", "60.00", "-60.00", "60.00", "200.00", "300.00")),
        (NEVER, "open", ("200.00", "0.00", "0.00", "0.00", "0.00", "200.00", "300.00")),
        (NEVER, "approved", ("200.00", "0.00", "60.00", "-60.00", "60.00", "260.00", "300.00")),
    ],
)  # fmt: skip
def test_cash_that_was_moved_to_another_account_is_handed_back_or_never_came_as_any_other(
    world: World, a: Customer, b: Customer, where: WhereIsTheMoney, state: str, expected: tuple[str, ...]
) -> None:
    paid = pays(world, a, "60.00")
    reach(world, state, WITH_60)
    moved = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    reverse(
        world,
        replace(entering_again(moved, AMOUNT, as_it_was(moved)), where=where, reentry=None),
        by=colleague,
    )

    assert figures(world, b) == expected
    clean(world)


# --- what the principal has already ---------------------------------------------------------------------------------


def test_what_was_sent_out_stays_as_it_was_and_both_new_postings_go_out_next(
    world: World, a: Customer, b: Customer
) -> None:
    paid = pays(world, a, "60.00")
    cut(world)
    sent = exports.file(world.db, 1, BatchFile.PAYMENTS, by=world.supervisor)

    again = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))
    second = cut(world)

    assert exports.file(world.db, 1, BatchFile.PAYMENTS, by=world.supervisor) == sent
    assert second is not None
    assert (second.number, second.payment_count, second.reversal_count) == (2, 1, 1)
    written = exports.file(world.db, 2, BatchFile.PAYMENTS, by=world.supervisor).content.decode()
    assert [line.split(",")[3] for line in written.splitlines()[1:]] == [f"{paid.number}-R", again.number]
    clean(world)


# --- who took it has gone elsewhere -----------------------------------------------------------------------------------


def test_what_was_counted_waits_while_the_till_of_who_took_it_is_open_in_another_branch(
    world: World, a: Customer, b: Customer
) -> None:
    paid = pays(world, a, "60.00")
    reach(world, "approved", WITH_60)
    with world.db.write() as connection:
        tills.close(connection, tills.open_session(connection, world.agent.id, world.branch.id, world.now), world.now)
    moved = replace(world.agent, branch=world.new_branch("QUE", "Québec"))
    payments.record(world.db, paying(world, b, "5.00"), by=moved, at=world.later(minutes=1))

    with pytest.raises(TakerElsewhere) as refused:
        enter_again(world, paid, AMOUNT, as_it_was(paid, amount="50.00"))

    assert (refused.value.receipt_number, refused.value.branch_code) == (paid.number, "QUE")
    again = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))
    assert again.number == "MTL-000002", "for another account no till is needed"
