"""Till reports: whoever adds up their lists comes to what the ledger says, of the till now and of each submission."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnernet.domain.agents import NoBranch
from partnernet.domain.drops import Drop, DropRequest
from partnernet.domain.handovers import HandoverRequest
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.pieces import read_pieces
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.till_report import (
    MovementKind,
    TillMovement,
    TillReportNotFound,
    TillReversal,
    TillSums,
    statement,
    summed,
)
from partnernet.services import counts, drops, handovers, petty_cash, reversals, till_reports
from partnernet.storage import counts as stored_counts
from partnernet.storage import held_cheques
from tests.support.at_once import at_once
from tests.support.counting import (
    acts_in_journal,
    approve,
    assert_verified,
    count,
    deposit,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
    typed,
)
from tests.support.requests import money, new_key, reversing
from tests.support.till_reports import current, of
from tests.support.world import World

WHOLE = {"100": 1, "50": 2, "20": 2, "10": 2, "5": 1, "1": 1, "0.25": 2, "0.10": 1, "0.05": 1}
LOST = (DifferenceReason.UNKNOWN, "rien trouvé")


@pytest.fixture
def till(world: World) -> World:
    """A float of 200.00; 10.02 and 75.04 taken in cash, rounded to 85.05; a cheque of 412.37; a voucher of 18.40."""
    receive_float(world)
    for amount in ("10.02", "75.04"):
        take_cash(world, amount)
    take_cheque(world, "412.37")
    pay_voucher(world, "18.40")
    return world


def pay_voucher(world: World, amount: str) -> int:
    request = VoucherRequest(
        new_key(), world.today, "Postes Canada", "timbres", VoucherCategory.POSTAGE, money(amount), receipt_kept=True
    )
    return petty_cash.pay_voucher(world.db, request, by=world.agent, at=world.later(minutes=1)).posting_id


def drop(world: World, put: dict[str, int], *amounts: str) -> Drop:
    """Bag these pieces, and the cheques on hand of these amounts."""
    with world.db.read() as connection:
        (session_id,) = stored_counts.unsubmitted(connection, world.agent.id)
        on_hand = held_cheques.in_session(connection, world.agent.id, session_id, world.today)
    chosen = frozenset(cheque.id for cheque in on_hand if str(cheque.amount) in amounts)
    request = DropRequest(new_key(), read_pieces(typed(put), {}), chosen)
    return drops.make(world.db, request, by=world.agent, at=world.later(minutes=1))


def undo(
    world: World,
    receipt_number: str,
    where: WhereIsTheMoney = WhereIsTheMoney.HANDED_BACK,
    reason: ReversalReason = ReversalReason.WRONG_AMOUNT,
) -> None:
    request = reversing(receipt_number, reason=reason, where=where)
    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1))


def submitted_whole(world: World) -> Reconciliation:
    """Counted without a difference: 85.05 less the voucher, and the float."""
    return submit(world, count(world, WHOLE))


def kinds(movements: tuple[TillMovement, ...]) -> list[MovementKind]:
    return [movement.kind for movement in movements]


def numbers(listed: tuple[TillReversal, ...]) -> list[str]:
    return [reversal.receipt_number for reversal in listed]


# --- the till as it stands ------------------------------------------------------------------------------------------


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
    after = current(till)

    assert ([str(each.amount) for each in before.post_dated], before.cheques) == (["300.00"], ())
    assert ([str(each.amount) for each in after.cheques], after.post_dated) == (["300.00"], ())
    assert after.expected.cheques == money("300.00")


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


# --- a submission ---------------------------------------------------------------------------------------------------


def test_the_report_of_a_submission_leads_from_the_payments_to_its_bag(till: World) -> None:
    submission = submit(
        till, count(till, {"100": 1, "50": 2, "20": 2, "10": 1, "5": 2, "0.05": 1}), reason=LOST[0], note=LOST[1]
    )

    report = of(till, submission)

    assert [(m.kind, str(m.sums.cash), str(m.sums.bags), str(m.sums.due)) for m in report.closing] == [
        (MovementKind.DIFFERENCE, "-6.60", "0.00", "0.00"),
        (MovementKind.SEALED, "-85.05", "497.42", "0.00"),
        (MovementKind.CARRIED_OUT, "-175.00", "0.00", "0.00"),
    ]
    assert (report.expected.cash, report.due) == (money("266.65"), money("497.42"))
    assert [str(cheque.amount) for cheque in report.cheques] == ["412.37"]
    assert (report.later, report.since, report.printed.copies) == ((), (), 0)


def test_a_submission_keeps_its_figures_and_tells_what_was_reversed_since(till: World) -> None:
    receipt = take_cash(till, "20.00")
    submission = submit(till, count(till, WHOLE | {"20": 3}))
    at_once_after = of(till, submission)
    approve(till, submission)
    undo(till, receipt.number)

    report = of(till, submission)

    assert report.payments != at_once_after.payments, "the payment is marked as reversed"
    assert (report.movements, report.closing, report.due) == (
        at_once_after.movements,
        at_once_after.closing,
        at_once_after.due,
    )
    assert kinds(report.later) == [MovementKind.CUSTODY]
    assert (numbers(report.reversals), numbers(report.since)) == ([], [receipt.number])
    assert not report.since[0].moved, "it moved the next session"
    assert report.since[0].by_name == "Anne Lavoie"
    assert_verified(till)


def test_a_cheque_taken_out_of_the_bag_leaves_the_submission_as_it_was(till: World) -> None:
    cheque = take_cheque(till, "88.00")
    submission = submitted_whole(till)
    undo(till, cheque.number, reason=ReversalReason.RETURNED_CHEQUE)

    report = of(till, submission)

    assert [str(each.amount) for each in report.cheques] == ["412.37", "88.00"]
    assert report.left.bags == money("585.42")
    assert numbers(report.since) == [cheque.number]
    assert report.since[0].moved == TillSums(bags=-money("88.00"), due=-money("88.00"))
    assert (report.left + summed(report.later)).bags == money("497.42")


def test_a_cheque_that_left_between_the_count_and_its_submission_is_not_in_the_bag(till: World) -> None:
    today, later = take_cheque(till, "88.00"), take_cheque(till, "300.00", dated=till.today + timedelta(days=2))
    counted = count(till, WHOLE)
    for receipt in (today, later):
        undo(till, receipt.number, reason=ReversalReason.WRONG_CUSTOMER)
    submission = submit(till, counted)

    report = of(till, submission)

    assert numbers(report.reversals) == [today.number, later.number]
    assert ([str(cheque.amount) for cheque in report.cheques], report.post_dated, report.since) == (["412.37"], (), ())


def test_a_cheque_of_an_earlier_session_is_missed_in_the_bag_that_took_it(till: World) -> None:
    post_dated = take_cheque(till, "300.00", dated=till.today + timedelta(days=2))
    first = submitted_whole(till)
    approve(till, first)
    till.now += timedelta(days=2)
    take_cash(till, "10.00")
    second = submit(till, count(till, {"100": 1, "50": 1, "20": 1, "10": 2, "1": 1, "0.25": 2, "0.10": 1}))
    approve(till, second)
    undo(till, post_dated.number, WhereIsTheMoney.HANDED_BACK, ReversalReason.WRONG_CUSTOMER)

    assert [str(cheque.amount) for cheque in of(till, first).post_dated] == ["300.00"]
    assert numbers(of(till, first).since) == [post_dated.number]
    later = of(till, second)
    assert [str(cheque.amount) for cheque in later.cheques] == ["300.00"]
    assert numbers(later.since) == [post_dated.number]


def test_a_reversal_made_at_the_very_instant_of_the_submission_comes_after_it(till: World) -> None:
    cheque = take_cheque(till, "88.00")
    submission = submitted_whole(till)
    till.now -= timedelta(hours=1)  # the clock went back: until it has caught up the branch's time stands still
    undo(till, cheque.number, reason=ReversalReason.RETURNED_CHEQUE)

    report = of(till, submission)

    assert report.since[0].at == submission.submitted_at
    assert (numbers(report.reversals), numbers(report.since)) == ([], [cheque.number])


def test_an_empty_till_can_be_submitted_and_reported(world: World) -> None:
    receipt = take_cash(world, "20.00")
    undo(world, receipt.number)
    submission = submit(world, count(world, {}))

    report = of(world, submission)

    assert (report.closing, report.later, report.due) == ((), (), Money(0))
    assert numbers(report.reversals) == [receipt.number]


# --- who may read and print it --------------------------------------------------------------------------------------


def test_an_agent_reads_their_own_submissions_only(till: World) -> None:
    submission = submitted_whole(till)

    own = till_reports.of_submission(till.db, submission.id, by=till.agent, at=till.now)

    assert own.submission == submission
    for read in (till_reports.of_submission, till_reports.count_copy):
        with pytest.raises(TillReportNotFound):
            read(till.db, submission.id, by=till.other_agent, at=till.now)
    assert own.printed.copies == 0


def test_whoever_watches_the_branch_reads_each_and_nobody_of_another(till: World) -> None:
    submission = submitted_whole(till)
    quebec = till.new_branch("QUE", "Québec")
    auditor = till.person("AU1000", "Jeanne Roy", Role.AUDITOR, till.branch)

    assert till_reports.of_submission(till.db, submission.id, by=auditor, at=till.now).submission == submission
    for login, role, branch, refusal in (
        ("SU2000", Role.SUPERVISOR, quebec, TillReportNotFound),
        ("AU2000", Role.AUDITOR, None, NoBranch),
        ("AD2000", Role.ADMINISTRATOR, till.branch, NotPermitted),
    ):
        stranger = till.person(login, "Guy Roy", role, branch)
        with pytest.raises(refusal):
            till_reports.count_copy(till.db, submission.id, by=stranger, at=till.now)
    with pytest.raises(TillReportNotFound):
        till_reports.of_submission(till.db, submission.id + 1, by=till.supervisor, at=till.now)


def test_each_print_of_a_submission_is_counted_and_logged_and_looking_at_it_is_not(till: World) -> None:
    submission = submitted_whole(till)
    since = till.later(minutes=1)

    of(till, submission)
    first = till_reports.count_copy(till.db, submission.id, by=till.agent, at=till.now)
    second = till_reports.count_copy(till.db, submission.id, by=till.supervisor, at=till.later(minutes=1))

    assert (first, second) == (1, 2)
    report = of(till, submission)
    assert (report.printed.copies, report.printed.copy_number, report.printed.first_at) == (2, 2, since)
    assert acts_in_journal(till, since) == ["till_report.printed"] * 2


def test_two_prints_at_once_have_each_their_number(till: World) -> None:
    submission = submitted_whole(till)

    def print_it() -> int:
        return till_reports.count_copy(till.db, submission.id, by=till.agent, at=till.now)

    assert sorted(map(str, at_once(print_it, print_it))) == ["1", "2"]


def test_printing_the_till_as_it_stands_is_logged_and_makes_no_duplicate(till: World) -> None:
    since = till.later(minutes=1)

    till_reports.current_printed(till.db, by=till.agent, at=till.now)
    till_reports.current_printed(till.db, by=till.agent, at=till.now)

    assert current(till).printed.copies == 0
    assert acts_in_journal(till, since) == ["till_report.printed"] * 2
