"""Corrections and the count: a frozen one is made again when the till moved, a blind one stays blind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from partnernet.domain.counts import CountDraft, FrozenCount
from partnernet.domain.customers import Customer
from partnernet.domain.receipts import DayPayment, Receipt
from partnernet.domain.reconciliations import ChequesMissing, TillMoved
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import MovementKind, TillSums, statement
from partnernet.services import counts, deposit_slips, payments, submissions, till, till_reports
from tests.support.correcting import as_cash, as_it_was, enter_again, reach
from tests.support.counting import approve, assert_verified, count, deposit, make_slip, receive_float, submit
from tests.support.requests import a_cheque, money, paying
from tests.support.till_reports import current, of
from tests.support.world import World

DUE = date(2026, 10, 15)
CUSTOMER, AMOUNT, TENDER = (
    ReversalReason.WRONG_CUSTOMER,
    ReversalReason.WRONG_AMOUNT,
    ReversalReason.WRONG_TENDER,
)
FLOAT, WITH_60, WITH_50 = {"20": 10}, {"20": 13}, {"20": 10, "50": 1}


@pytest.fixture
def a(world: World) -> Customer:
    receive_float(world)
    return world.customer("100001", due=[("F-1", "500.00", DUE)])


@pytest.fixture
def b(world: World) -> Customer:
    return world.customer("100002", "L'Œuvre des Sœurs", due=[("G-1", "300.00", DUE)])


def cash(world: World, a: Customer) -> Receipt:
    return payments.record(world.db, paying(world, a, "60.00"), by=world.agent, at=world.later(minutes=1))


def cheque(world: World, a: Customer, amount: str = "60.00") -> Receipt:
    request = paying(world, a, amount, cheque=a_cheque())
    return payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))


def correct(world: World, paid: Receipt, what: str, b: Customer) -> Receipt:
    """One of the five ways of being only written wrong."""
    reason, reentry = {
        "customer": lambda: (CUSTOMER, as_it_was(paid, customer=b)),
        "amount": lambda: (AMOUNT, as_it_was(paid, amount="50.00")),
        "was a cheque": lambda: (TENDER, as_it_was(paid, cheque=a_cheque("000777"))),
        "was cash": lambda: (TENDER, as_cash(paid)),
    }[what]()
    return enter_again(world, paid, reason, reentry)


# --- a frozen count -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("take", "what", "found", "obstacle", "found_again"),
    [
        (cash, "customer", WITH_60, None, WITH_60),
        (cheque, "customer", FLOAT, None, FLOAT),
        (cash, "amount", WITH_50, TillMoved, WITH_50),
        (cheque, "amount", FLOAT, ChequesMissing, FLOAT),
        (cash, "was a cheque", FLOAT, TillMoved, FLOAT),
        (cheque, "was cash", WITH_60, TillMoved, WITH_60),
    ],
)
def test_a_frozen_count_is_made_again_when_the_correction_moved_the_till(
    world: World,
    a: Customer,
    b: Customer,
    take: object,
    what: str,
    found: Mapping[str, int],
    obstacle: type[Refusal] | None,
    found_again: Mapping[str, int],
) -> None:
    assert callable(take)
    paid = take(world, a)
    count(world, found)

    correct(world, paid, what, b)

    ready = submissions.prepared(world.db, by=world.agent, at=world.now)
    assert ready is not None
    assert type(ready.obstacle) is (obstacle or type(None))
    frozen = ready.count if obstacle is None else count(world, found_again)
    submitted = submit(world, frozen)
    assert submitted.count.difference == money("0.00"), "once corrected, nothing is over or short"
    of(world, submitted)
    current(world)
    assert_verified(world)


def test_a_payment_entered_again_is_offered_as_what_could_explain_a_difference(
    world: World, a: Customer, b: Customer
) -> None:
    again = correct(world, cash(world, a), "customer", b)

    counted = count(world, FLOAT)

    assert [each.receipt_number for each in counted.suspects] == [again.number]


# --- while a count is under way -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("take", "what"),
    [(cash, "customer"), (cash, "amount"), (cash, "was a cheque"), (cheque, "was cash")],
)
def test_a_correction_during_the_count_tells_the_agent_nothing_of_the_cash(
    world: World, a: Customer, b: Customer, take: object, what: str
) -> None:
    assert callable(take)
    paid = take(world, a)
    draft = counts.start(world.db, by=world.agent, at=world.later(minutes=1))

    again = correct(world, paid, what, b)

    assert till.position(world.db, by=world.agent).figures is None
    for reader in (world.agent, world.supervisor):
        day = payments.of_day(world.db, world.today, by=reader)
        for line in day.payments:
            in_cash = line.tender is Tender.CASH or line.reentered_in_cash
            assert isinstance(line, DayPayment) is not in_cash, "neither cash, nor the cheque that was cash"
        assert {line.receipt_number for line in day.payments} == {paid.number, again.number}
    report = till_reports.current(world.db, by=world.agent, at=world.now)
    assert (report.blind, report.movements) == (True, ())
    (undone,) = report.reversals
    assert undone.reentry is not None
    assert (undone.moved, undone.reentry.moved) == (TillSums(), TillSums())
    assert undone.amount is None, "cash before or after"
    assert (undone.reentry.amount is None) is (again.tender is Tender.CASH)
    now = counts.current(world.db, by=world.agent, at=world.now)
    assert isinstance(now, CountDraft)
    assert (now.id, now.payments_since) == (draft.id, 0), "nobody paid anything meanwhile"


def test_a_count_that_is_corrected_under_the_hand_of_the_agent_is_frozen_on_the_corrected_books(
    world: World, a: Customer, b: Customer
) -> None:
    paid = cash(world, a)
    draft = counts.start(world.db, by=world.agent, at=world.later(minutes=1))
    correct(world, paid, "amount", b)

    frozen = counts.freeze(
        world.db, draft.id, {20_00: "10", 50_00: "1"}, {}, frozenset(), by=world.agent, at=world.later(minutes=1)
    )

    assert isinstance(frozen, FrozenCount)
    assert (frozen.expected, frozen.difference) == (money("250.00"), money("0.00"))


# --- the till's report ----------------------------------------------------------------------------------------------


def test_what_is_entered_again_stands_beside_its_reversal_and_not_among_what_came_in(
    world: World, a: Customer, b: Customer
) -> None:
    paid = cash(world, a)
    again = correct(world, paid, "was a cheque", b)

    report = current(world)

    assert [each.receipt_number for each in report.payments] == [paid.number]
    (undone,) = report.reversals
    assert undone.reentry is not None
    assert (undone.receipt_number, undone.reentry.receipt_number) == (paid.number, again.number)
    assert (str(undone.moved.cash), str(undone.reentry.moved.cheques)) == ("-60.00", "60.00")
    said = {line.kind: line.sums for line in statement(report.movements)}
    assert said[MovementKind.REENTRY] == TillSums(cheques=money("60.00"), due=money("60.00"))
    assert report.due == money("60.00")


def test_the_report_of_a_submission_keeps_its_figures_and_says_what_was_corrected_since(
    world: World, a: Customer, b: Customer
) -> None:
    paid = cash(world, a)
    submitted = reach(world, "submitted", WITH_60)
    assert submitted is not None
    before = of(world, submitted)

    again = correct(world, paid, "customer", b)

    after = of(world, submitted)
    assert (after.payments[0].receipt_number, after.movements, after.closing) == (
        paid.number,
        before.movements,
        before.closing,
    )
    assert [(each.receipt_number, each.reentry and each.reentry.receipt_number) for each in after.since] == [
        (paid.number, again.number)
    ]


# --- the deposit slip -----------------------------------------------------------------------------------------------


def test_a_cheque_corrected_in_its_bag_is_on_the_slip_with_its_right_amount(
    world: World, a: Customer, b: Customer
) -> None:
    paid = cheque(world, a)
    submitted = submit(world, count(world, FLOAT))
    approve(world, submitted)
    correct(world, paid, "amount", b)

    slip = deposit(world)

    assert [str(each.amount) for bag in slip.bags for each in bag.cheques] == ["50.00"]
    assert slip.amount == money("50.00")
    assert_verified(world)


def test_a_cheque_corrected_at_the_bank_leaves_the_slip_as_the_bank_has_it(
    world: World, a: Customer, b: Customer
) -> None:
    paid = cheque(world, a)
    approve(world, submit(world, count(world, FLOAT)))
    made = deposit(world)
    deposit_slips.count_copy(world.db, made.id, by=world.supervisor, at=world.later(minutes=1))

    correct(world, paid, "amount", b)

    slip = deposit_slips.one(world.db, made.id, by=world.supervisor, at=world.now)
    assert ([str(each.amount) for bag in slip.deposit.bags for each in bag.cheques], slip.withdrawn) == (["60.00"], ())
    assert_verified(world)


def test_a_cheque_moved_to_another_account_on_a_printed_slip_is_not_withdrawn_from_it(
    world: World, a: Customer, b: Customer
) -> None:
    paid = cheque(world, a)
    approve(world, submit(world, count(world, FLOAT)))
    made = make_slip(world)
    deposit_slips.count_copy(world.db, made.id, by=world.supervisor, at=world.later(minutes=1))

    correct(world, paid, "customer", b)

    slip = deposit_slips.one(world.db, made.id, by=world.supervisor, at=world.now)
    assert ([str(each.amount) for bag in slip.deposit.bags for each in bag.cheques], slip.withdrawn) == (["60.00"], ())
