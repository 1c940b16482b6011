"""Corrections at the very moment of something else: once, whole, and on books that are true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from partnernet.domain.agents import Agent
from partnernet.domain.batches import Batch
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.corrections import ChequeBagged
from partnernet.domain.customers import Customer
from partnernet.domain.error_reports import ErrorReason, ErrorReport, ErrorReportRequest, NothingToReport
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, SubmitRequest, TillMoved
from partnernet.domain.refusals import DatabaseBusy
from partnernet.domain.reversals import AlreadyReversed, Reversal, ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.services import error_reports, exports, payments, reconciliations, reversals
from tests.support.at_once import at_once
from tests.support.batches import cut
from tests.support.correcting import as_cash, as_it_was, entering_again, figures, reverse
from tests.support.counting import assert_verified, count, postings, receive_float
from tests.support.requests import a_cheque, new_key, paying, reversing, standing_of
from tests.support.till_reports import current
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
    return world.customer("100001", due=[("F-1", "500.00", DUE)])


@pytest.fixture
def b(world: World) -> Customer:
    return world.customer("100002", due=[("G-1", "300.00", DUE)])


@pytest.fixture
def colleague(world: World) -> Agent:
    return world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)


@pytest.fixture
def paid(world: World, a: Customer) -> Receipt:
    return payments.record(world.db, paying(world, a, "60.00"), by=world.agent, at=world.later(minutes=1))


def correcting(world: World, request: ReversalRequest, by: Agent) -> Callable[[], object]:
    return partial(reversals.reverse, world.db, request, by=by, at=world.now, proved_at=world.now)


def made(answers: list[object]) -> list[Reversal]:
    return [answer for answer in answers if isinstance(answer, Reversal)]


@pytest.mark.parametrize("second", ["the same", "another account", "handed back"])
def test_two_supervisors_at_once_correct_a_receipt_once(
    world: World, a: Customer, b: Customer, colleague: Agent, paid: Receipt, second: str
) -> None:
    other = world.customer("100003", due=[("H-1", "90.00", DUE)])
    first = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))
    second_request = {
        "the same": entering_again(paid, CUSTOMER, as_it_was(paid, customer=b)),
        "another account": entering_again(paid, CUSTOMER, as_it_was(paid, customer=other)),
        "handed back": reversing(paid.number),
    }[second]
    before = postings(world)

    answers = at_once(correcting(world, first, world.supervisor), correcting(world, second_request, colleague))

    assert [type(answer) for answer in answers if not isinstance(answer, Reversal)] == [AlreadyReversed]
    (done,) = made(answers)
    assert postings(world) == before + (2 if done.reentered else 1)
    assert standing_of(world, a).total_due == paid.total_due_before, "the wrong account owes again, once"
    assert_verified(world)
    current(world)


def test_one_request_sent_four_times_at_once_is_one_correction(world: World, b: Customer, paid: Receipt) -> None:
    request = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))
    before = postings(world)

    answers = at_once(*[correcting(world, request, world.supervisor)] * 4)

    assert len(made(answers)) == 4
    assert len(set(made(answers))) == 1
    assert postings(world) == before + 2
    assert_verified(world)


def test_two_corrections_that_cross_two_accounts_do_not_wait_for_one_another_for_ever(
    world: World, a: Customer, b: Customer, colleague: Agent, paid: Receipt
) -> None:
    theirs = payments.record(world.db, paying(world, b, "40.00"), by=world.agent, at=world.later(minutes=1))
    there = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))
    back = entering_again(theirs, CUSTOMER, as_it_was(theirs, customer=a))

    answers = at_once(correcting(world, there, world.supervisor), correcting(world, back, colleague))

    assert len(made(answers)) == 2
    assert figures(world, a, b)[-2:] == ("460.00", "240.00")
    assert_verified(world)


def test_a_payment_that_comes_in_while_another_is_moved_to_its_account_sees_what_it_leaves(
    world: World, b: Customer, paid: Receipt
) -> None:
    comes = paying(world, b, "300.00", cheque=a_cheque())
    moves = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))

    answers = at_once(
        correcting(world, moves, world.supervisor),
        partial(payments.record, world.db, comes, by=world.other_agent, at=world.now),
    )

    assert len(made(answers)) == 1
    came = [answer for answer in answers if isinstance(answer, Receipt)]
    asked = [answer for answer in answers if isinstance(answer, ConfirmationNeeded)]
    assert len(came) + len(asked) == 1, "it was first, or it is told that the balance has changed"
    due = standing_of(world, b).total_due
    assert str(due) == ("-60.00" if came else "240.00")
    assert_verified(world)


@pytest.mark.parametrize("what", ["amount", "tender"])
def test_a_correction_while_the_till_is_submitted_is_before_the_bag_or_after_it(
    world: World, a: Customer, paid: Receipt, what: str
) -> None:
    counted = count(world, {"20": 10, "50": 1})
    submits = SubmitRequest(new_key(), counted.id, DifferenceReason.ENTRY_ERROR, "à corriger")
    right = {
        "amount": entering_again(paid, AMOUNT, as_it_was(paid, amount="50.00")),
        "tender": entering_again(paid, TENDER, as_it_was(paid, cheque=a_cheque())),
    }[what]

    answers = at_once(
        correcting(world, right, world.supervisor),
        partial(reconciliations.submit, world.db, submits, by=world.agent, at=world.now),
    )

    assert len(made(answers)) == 1
    submitted = next(answer for answer in answers if not isinstance(answer, Reversal))
    assert isinstance(submitted, Reconciliation | TillMoved)
    assert_verified(world)
    current(world)
    assert str(standing_of(world, a).total_due) == {"amount": "450.00", "tender": "440.00"}[what]


def test_a_cheque_that_is_bagged_at_that_moment_was_cash_before_or_stays_a_cheque(world: World, a: Customer) -> None:
    request = paying(world, a, "60.00", cheque=a_cheque())
    taken = payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))
    counted = count(world, {"20": 10})
    submits = SubmitRequest(new_key(), counted.id, None, "")

    answers = at_once(
        correcting(world, entering_again(taken, TENDER, as_cash(taken)), world.supervisor),
        partial(reconciliations.submit, world.db, submits, by=world.agent, at=world.now),
    )

    assert sorted(type(answer).__name__ for answer in answers) in (
        [ChequeBagged.__name__, Reconciliation.__name__],
        [Reversal.__name__, TillMoved.__name__],
    )
    assert_verified(world)
    current(world)


def test_a_batch_that_is_cut_at_that_moment_has_both_postings_or_neither(
    world: World, b: Customer, paid: Receipt
) -> None:
    cut(world)
    right = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))

    answers = at_once(
        correcting(world, right, world.supervisor),
        partial(exports.cut, world.db, new_key(), by=world.supervisor, at=world.now),
    )

    batch = answers[1]
    assert isinstance(batch, Batch | None), batch
    last = batch or cut(world)
    assert last is not None
    assert (last.payment_count, last.reversal_count) == (1, 1)
    assert_verified(world)


def test_an_error_that_is_reported_while_it_is_corrected_is_settled_or_refused(
    world: World, b: Customer, paid: Receipt
) -> None:
    right = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))
    report = ErrorReportRequest(new_key(), paid.number, ErrorReason.WRONG_CUSTOMER, "")

    answers = at_once(
        correcting(world, right, world.supervisor),
        partial(error_reports.report, world.db, report, by=world.agent, at=world.now),
    )

    assert isinstance(answers[1], ErrorReport | NothingToReport)
    assert error_reports.open_reports(world.db, by=world.supervisor) == ()


def test_a_shared_sheet_that_is_returned_while_one_of_its_payments_is_moved_goes_whole(
    world: World, a: Customer, b: Customer, colleague: Agent
) -> None:
    first = payments.record(
        world.db, paying(world, a, "350.00", cheque=a_cheque(), face="400.00"), by=world.agent, at=world.now
    )
    payments.record(world.db, paying(world, a, "50.00", sheet=first.cheque_id), by=world.agent, at=world.now)
    bank = reversing(
        first.number, reason=ReversalReason.RETURNED_CHEQUE, where=WhereIsTheMoney.RETURNED_BY_BANK, note="NSF"
    )
    moves = entering_again(first, CUSTOMER, as_it_was(first, customer=b))

    answers = at_once(correcting(world, bank, world.supervisor), correcting(world, moves, colleague))

    for refused in (answer for answer in answers if not isinstance(answer, Reversal)):
        assert isinstance(refused, AlreadyReversed | DatabaseBusy)
    assert len(made(answers)) >= 1
    again = made(answers)[0].reentered
    if again:
        reverse(world, reversing(again, reason=bank.reason, where=bank.where, note="NSF"))
    assert figures(world, a, b) == ("200.00", "0.00", "0.00", "0.00", "0.00", "200.00", "500.00", "300.00")
    assert_verified(world)
