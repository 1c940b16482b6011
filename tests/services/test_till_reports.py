"""The report of a till as it stands: whoever adds up its lists comes to what the ledger says that the agent holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnernet.domain.handovers import HandoverRequest
from partnernet.domain.money import Money
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.till_report import (
    MovementKind,
    TillSums,
    statement,
)
from partnernet.services import (
    counts,
    drops,
    handovers,
    petty_cash,
    till_reports,
)
from tests.support.counting import (
    approve,
    assert_verified,
    count,
    deposit,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
)
from tests.support.requests import money, new_key
from tests.support.till_reports import (
    LOST,
    WHOLE,
    current,
    drop,
    kinds,
    limit_cash,
    numbers,
    of,
    open_till,
    pay_voucher,
    submitted_whole,
    undo,
)
from tests.support.world import World


@pytest.fixture
def till(world: World) -> World:
    return open_till(world)


def test_a_till_that_never_opened_has_an_empty_report(world: World) -> None:
    report = current(world)

    assert (report.opened_at, report.payments, report.movements, report.due) == (None, (), (), Money(0))


def test_the_lists_of_a_day_lead_to_the_expected_cash_and_to_what_is_due(till: World) -> None:
    report = current(till)

    assert [
        (line.kind, line.count, str(line.sums.cash), str(line.sums.due)) for line in statement(report.movements)
    ] == [
        (MovementKind.CHEQUE_PAYMENT, 1, "0.00", "412.37"),
        (MovementKind.CASH_PAYMENT, 2, "85.06", "85.06"),
        (MovementKind.ROUNDING, 2, "-0.01", "-0.01"),
        (MovementKind.VOUCHER, 1, "-18.40", "0.00"),
        (MovementKind.FLOAT, 1, "200.00", "0.00"),
    ]
    assert (report.expected.cash, report.due) == (money("266.65"), money("497.42"))
    assert report.anchor[0] == 5, "a float, three payments, a voucher"


def test_cash_above_the_branch_s_limit_is_told_until_it_is_in_a_bag_and_never_during_a_count(till: World) -> None:
    assert not current(till).above_cash_limit, "a branch without a limit"
    limit_cash(till, "85.05")
    assert not current(till).above_cash_limit, "85.05 collected; the float of 200.00 is not counted"
    limit_cash(till, "85.00")
    assert current(till).above_cash_limit

    drop(till, {"0.05": 1})

    assert not current(till).above_cash_limit
    limit_cash(till, "1.00")
    counts.start(till.db, by=till.agent, at=till.later(minutes=1))
    counting = till_reports.current(till.db, by=till.agent, at=till.now)
    assert not counting.above_cash_limit, "a count must NOT learn how much there should be"


def test_what_was_reversed_stays_listed_and_its_reversal_takes_it_back(till: World) -> None:
    back, never = take_cash(till, "20.00"), take_cash(till, "30.00")
    undo(till, back.number)
    undo(till, never.number, WhereIsTheMoney.NEVER_RECEIVED)
    petty_cash.reverse_voucher(till.db, pay_voucher(till, "7.00"), new_key(), by=till.agent, at=till.later(minutes=1))

    report = current(till)

    assert len(report.payments) == 5
    assert numbers(report.reversals) == [back.number, never.number]
    assert [str(reversal.moved.cash) for reversal in report.reversals] == ["-20.00", "-30.00"]
    assert [voucher.reversed for voucher in report.vouchers] == [False, True]
    assert report.due == money("497.42")


def test_cash_handed_back_for_a_payment_of_an_earlier_session_stands_among_the_reversals(till: World) -> None:
    earlier = take_cash(till, "60.00")
    approve(till, submit(till, count(till, WHOLE | {"20": 5})))
    deposit(till)
    today = take_cash(till, "100.00")
    undo(till, earlier.number)

    report = current(till)

    assert [payment.receipt_number for payment in report.payments] == [today.number]
    (handed_back,) = report.reversals
    assert (handed_back.receipt_number, handed_back.amount, handed_back.paid_at) == (
        earlier.number,
        money("60.00"),
        earlier.at,
    )
    assert handed_back.moved == TillSums(cash=-money("60.00"), due=-money("60.00"))
    assert report.due == money("40.00")


def test_payments_taken_after_the_count_was_frozen_are_in_it_too(till: World) -> None:
    count(till, {"20": 1})
    take_cash(till, "50.00")

    report = current(till)

    assert len(report.payments) == 4
    assert report.expected.cash == money("316.65")


def test_bags_that_wait_for_approval_are_due_still_and_approved_ones_are_not(till: World) -> None:
    submission = submitted_whole(till)
    waiting = current(till)
    approve(till, submission)
    approved = current(till)

    assert kinds(waiting.closing) == [MovementKind.WAITING]
    assert (waiting.left.bags, waiting.due) == (money("497.42"), money("497.42"))
    assert waiting.expected == TillSums(cash=money("181.60"), float_present=money("181.60"))
    assert (approved.closing, approved.due) == ((), Money(0))
    assert kinds(approved.movements) == [MovementKind.CARRIED_IN]


def test_a_bag_that_was_sent_back_is_opened_into_the_till(till: World) -> None:
    submission = submitted_whole(till)
    send_back(till, submission)

    report = current(till)

    assert kinds(report.movements) == [MovementKind.CARRIED_IN, MovementKind.REOPENED]
    assert (report.expected.cash, report.closing, report.due) == (money("266.65"), (), money("497.42"))
    assert kinds(of(till, submission).later) == [MovementKind.REOPENED]


def test_a_difference_sent_back_alone_is_taken_back_in_the_till(world: World) -> None:
    receive_float(world)
    submission = submit(world, count(world, {"100": 1, "50": 1}), reason=LOST[0], note=LOST[1])
    send_back(world, submission)

    report = current(world)

    assert kinds(report.movements) == [MovementKind.CARRIED_IN, MovementKind.REOPENED]
    assert report.expected == TillSums(cash=money("200.00"), float_present=money("200.00"))


def test_a_bag_dropped_during_the_day_is_a_movement_with_its_number_until_the_branch_has_it(till: World) -> None:
    cheque = take_cheque(till, "88.00")
    dropped = drop(till, {"50": 1}, "88.00")
    waiting = current(till)
    drops.receive(till.db, dropped.bag.id, by=till.supervisor, at=till.later(minutes=1))
    received = current(till)

    sealed = waiting.movements[-1]
    assert (sealed.kind, sealed.bag_number) == (MovementKind.SEALED, dropped.bag.number)
    assert sealed.sums == TillSums(cash=-money("50.00"), cheques=-money("88.00"), bags=money("138.00"))
    assert (waiting.due, received.due) == (money("585.42"), money("447.42"))
    assert kinds(received.movements)[-2:] == [MovementKind.SEALED, MovementKind.CUSTODY]
    assert received.expected.cash == money("216.65")
    submission = submit(till, count(till, WHOLE | {"50": 1}))
    undo(till, cheque.number, reason=ReversalReason.RETURNED_CHEQUE)
    report = of(till, submission)
    assert [str(each.amount) for each in report.cheques] == ["412.37"], "the other one is in the bag dropped before"
    assert numbers(report.since) == [cheque.number]
    assert_verified(till)


def test_a_float_passed_on_is_said_in_both_tills(world: World) -> None:
    receive_float(world)
    take_cash(world, "20.00")
    drop(world, {"20": 1})
    offered = handovers.offer(
        world.db,
        HandoverRequest(new_key(), world.agent.login, world.other_agent.login, money("150.00")),
        by=world.agent,
        at=world.later(minutes=1),
    )
    handovers.accept(world.db, offered.id, by=world.other_agent, at=world.later(minutes=1))

    given, taken = current(world), current(world, world.other_agent)

    assert (given.movements[-1].kind, str(given.movements[-1].sums.cash)) == (MovementKind.FLOAT, "-150.00")
    assert [(m.kind, str(m.sums.cash)) for m in taken.movements] == [(MovementKind.FLOAT, "150.00")]
    assert (given.due, taken.due) == (money("20.00"), Money(0))


def test_cheques_left_by_an_earlier_session_are_listed_by_whether_they_are_payable(till: World) -> None:
    take_cheque(till, "300.00", dated=till.today + timedelta(days=2))
    approve(till, submitted_whole(till))
    before = current(till)
    till.now += timedelta(days=2)
    take_cheque(till, "88.00")
    after = current(till)

    assert ([str(each.amount) for each in before.post_dated], before.cheques) == (["300.00"], ())
    assert ([str(each.amount) for each in after.cheques], after.post_dated) == (["300.00"], ()), (
        "the other is a payment"
    )
    assert after.expected.cheques == money("388.00")


def test_while_a_count_is_open_neither_cash_nor_what_leads_to_it_is_given_out(till: World) -> None:
    cash, cheque = take_cash(till, "20.00"), take_cheque(till, "88.00")
    undo(till, cash.number)
    undo(till, cheque.number)
    counts.start(till.db, by=till.agent, at=till.later(minutes=1))

    report = till_reports.current(till.db, by=till.agent, at=till.now)

    assert (report.blind, report.movements, report.closing) == (True, (), ())
    shown = {payment.receipt_number: payment.shown_amount for payment in report.payments if payment.shown_amount}
    assert sorted(map(str, shown.values())) == ["412.37", "88.00"]
    assert [(r.receipt_number, r.amount) for r in report.reversals] == [
        (cash.number, None),
        (cheque.number, money("88.00")),
    ]
    assert all(not reversal.moved for reversal in report.reversals)
    assert (report.left, report.due) == (TillSums(), Money(0)), "neither may be asked of a blind report"
