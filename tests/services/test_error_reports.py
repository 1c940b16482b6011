"""« Signaler une erreur »: an agent's word on a payment of their own reaches the supervisor, who settles it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from partnernet.domain.customers import Customer
from partnernet.domain.error_reports import (
    DismissalNoteMissing,
    ErrorNoteMissing,
    ErrorOutcome,
    ErrorReason,
    ErrorReport,
    ErrorReportRequest,
    NothingToReport,
    NotOwnPayment,
    ReportedAlready,
    ReportNotOpen,
)
from partnernet.domain.free_text import HiddenCharacters, TextTooLong
from partnernet.domain.keys import KeyMalformed
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import DayPayment, Receipt, ReceiptNotFound
from partnernet.domain.refusals import NotPermitted, OtherContentForKey
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import corrections, counts, error_reports, payments
from tests.support.correcting import as_it_was, enter_again, undo
from tests.support.counting import acts_in_journal
from tests.support.requests import a_cheque, new_key, paying
from tests.support.world import World

DUE = date(2026, 10, 15)


@pytest.fixture
def customer(world: World) -> Customer:
    return world.customer("100001", due=[("F-1", "500.00", DUE)])


@pytest.fixture
def paid(world: World, customer: Customer) -> Receipt:
    return payments.record(world.db, paying(world, customer, "60.00"), by=world.agent, at=world.later(minutes=1))


def saying(
    paid: Receipt, reason: ErrorReason = ErrorReason.WRONG_AMOUNT, note: str = "50 $, pas 60"
) -> ErrorReportRequest:
    return ErrorReportRequest(new_key(), paid.number, reason, note)


def report(world: World, paid: Receipt) -> ErrorReport:
    return error_reports.report(world.db, saying(paid), by=world.agent, at=world.later(minutes=1))


# --- reporting ------------------------------------------------------------------------------------------------------


def test_what_an_agent_reports_waits_on_the_supervisors_list(world: World, paid: Receipt) -> None:
    made = report(world, paid)

    assert error_reports.open_reports(world.db, by=world.supervisor) == (made,)
    assert corrections.listed(world.db, by=world.supervisor).reports == (made,)
    assert (made.payment.receipt_number, made.by_name, made.at, made.answer) == (
        paid.number,
        "Marie Tremblay",
        world.now,
        None,
    )
    assert (made.reason, made.note) == (ErrorReason.WRONG_AMOUNT, "50 $, pas 60")
    assert error_reports.of_payment(world.db, paid.number, by=world.agent) == (made,)
    assert payments.receipt(world.db, paid.number, by=world.agent) == paid, "a report changes nothing"


def test_the_same_form_reports_once(world: World, paid: Receipt) -> None:
    request = saying(paid)
    first = error_reports.report(world.db, request, by=world.agent, at=world.later(minutes=1))

    again = error_reports.report(world.db, request, by=world.agent, at=world.later(hours=1))

    assert again == first == error_reports.by_key(world.db, request.key, by=world.agent)
    assert len(error_reports.open_reports(world.db, by=world.supervisor)) == 1
    with pytest.raises(OtherContentForKey):
        error_reports.report(world.db, replace(request, note="autre"), by=world.agent, at=world.now)
    assert error_reports.by_key(world.db, request.key, by=world.other_agent) is None


def test_a_key_of_another_branch_gives_nothing_away(world: World, paid: Receipt, customer: Customer) -> None:
    request = saying(paid)
    error_reports.report(world.db, request, by=world.agent, at=world.now)
    elsewhere = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))
    theirs = payments.record(world.db, paying(world, customer, "5.00"), by=elsewhere, at=world.later(minutes=1))

    assert error_reports.by_key(world.db, request.key, by=elsewhere) is None
    with pytest.raises(OtherContentForKey):
        error_reports.report(
            world.db, replace(request, receipt_number=theirs.number), by=elsewhere, at=world.later(minutes=1)
        )


def test_nobody_reports_anothers_payment_or_one_twice_or_one_that_is_undone(world: World, paid: Receipt) -> None:
    with pytest.raises(NotOwnPayment):
        error_reports.report(world.db, saying(paid), by=world.other_agent, at=world.now)
    report(world, paid)
    with pytest.raises(ReportedAlready):
        report(world, paid)
    undo(world, paid, ReversalReason.WRONG_AMOUNT, WhereIsTheMoney.HANDED_BACK)
    with pytest.raises(NothingToReport):
        report(world, paid)

    assert error_reports.open_reports(world.db, by=world.supervisor) == ()


def test_the_receipt_of_another_branch_is_not_found(world: World, paid: Receipt) -> None:
    elsewhere = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))

    with pytest.raises(ReceiptNotFound):
        error_reports.report(world.db, saying(paid), by=elsewhere, at=world.now)
    with pytest.raises(ReceiptNotFound):
        error_reports.of_payment(world.db, paid.number, by=elsewhere)
    with pytest.raises(ReceiptNotFound):
        error_reports.of_payment(world.db, paid.number, by=world.other_agent)


def test_an_error_that_no_reason_names_is_told_in_words_that_can_be_kept(world: World, paid: Receipt) -> None:
    for note, refusal in (("  ", ErrorNoteMissing), ("x" * 501, TextTooLong), ("a\u202eb", HiddenCharacters)):
        with pytest.raises(refusal):
            error_reports.report(world.db, saying(paid, ErrorReason.OTHER, note), by=world.agent, at=world.now)
    with pytest.raises(KeyMalformed):
        error_reports.report(world.db, replace(saying(paid), key="x"), by=world.agent, at=world.now)

    wordless = error_reports.report(
        world.db, saying(paid, ErrorReason.DUPLICATE, ""), by=world.agent, at=world.later(minutes=1)
    )
    assert wordless.note == "", "the reason alone says it"


def test_while_its_agent_counts_a_reported_payment_in_cash_hides_its_amount(
    world: World, paid: Receipt, customer: Customer
) -> None:
    by_cheque = paying(world, customer, "70.00", cheque=a_cheque())
    other = payments.record(world.db, by_cheque, by=world.agent, at=world.later(minutes=1))
    for each in (paid, other):
        report(world, each)

    counts.start(world.db, by=world.agent, at=world.later(minutes=1))

    shown = {
        each.payment.receipt_number: each.payment for each in corrections.listed(world.db, by=world.supervisor).reports
    }
    assert [isinstance(shown[each.number], DayPayment) for each in (paid, other)] == [False, True]


# --- settling -------------------------------------------------------------------------------------------------------


def test_whatever_reverses_the_payment_settles_the_report(world: World, paid: Receipt, customer: Customer) -> None:
    right = world.customer("100002", due=[("G-1", "90.00", DUE)])
    first = report(world, paid)

    again = enter_again(world, paid, ReversalReason.WRONG_CUSTOMER, as_it_was(paid, customer=right))

    (settled,) = error_reports.of_payment(world.db, paid.number, by=world.agent)
    assert settled.answer is not None
    assert (settled.id, settled.answer.outcome, settled.answer.by_name, settled.answer.at) == (
        first.id,
        ErrorOutcome.REVERSED,
        "Anne Lavoie",
        world.now,
    )
    assert error_reports.open_reports(world.db, by=world.supervisor) == ()
    on_the_new_one = error_reports.report(world.db, saying(again), by=world.agent, at=world.later(minutes=1))
    assert on_the_new_one.payment.corrects == paid.number, "whoever took the money may report what stands in its place"
    assert customer.number == "100001"


def test_a_sheet_that_leaves_settles_the_reports_on_all_its_payments(world: World, customer: Customer) -> None:
    first = payments.record(
        world.db, paying(world, customer, "60.00", cheque=a_cheque(), face="100.00"), by=world.agent, at=world.now
    )
    second = payments.record(
        world.db, paying(world, customer, "40.00", sheet=first.cheque_id), by=world.agent, at=world.later(minutes=1)
    )
    report(world, second)

    undo(world, first, ReversalReason.RETURNED_CHEQUE, WhereIsTheMoney.RETURNED_BY_BANK)

    assert error_reports.open_reports(world.db, by=world.supervisor) == ()


def test_a_supervisor_dismisses_a_report_once_and_says_why(world: World, paid: Receipt) -> None:
    made, since = report(world, paid), world.later(minutes=1)
    with pytest.raises(DismissalNoteMissing):
        error_reports.dismiss(world.db, made.id, " ", by=world.supervisor, at=world.now)

    settled = error_reports.dismiss(world.db, made.id, "le montant est bon", by=world.supervisor, at=world.now)
    again = error_reports.dismiss(world.db, made.id, "le montant est bon", by=world.supervisor, at=world.later(hours=1))

    assert again == settled
    assert settled.answer is not None
    assert (settled.answer.outcome, settled.answer.note) == (ErrorOutcome.DISMISSED, "le montant est bon")
    assert acts_in_journal(world, since) == ["error.dismissed"]
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    for by, note in ((colleague, "le montant est bon"), (world.supervisor, "autre chose")):
        with pytest.raises(ReportNotOpen):
            error_reports.dismiss(world.db, made.id, note, by=by, at=world.now)
    assert report(world, paid).id != made.id, "the agent may insist"


def test_what_another_branch_reports_is_nobodys_here(world: World, paid: Receipt) -> None:
    made = report(world, paid)
    quebec = world.new_branch("QUE", "Québec")
    stranger = world.person("SU3000", "Guy Roy", Role.SUPERVISOR, quebec)

    with pytest.raises(ReportNotOpen):
        error_reports.dismiss(world.db, made.id, "non", by=stranger, at=world.now)
    assert error_reports.open_reports(world.db, by=stranger) == ()
    auditor = world.person("AU1", "Jeanne Roy", Role.AUDITOR)
    assert error_reports.open_reports(world.db, "MTL", by=auditor) == (made,)
    assert error_reports.open_reports(world.db, "QUE", by=auditor) == ()
    with pytest.raises(NotPermitted):
        error_reports.dismiss(world.db, made.id, "non", by=auditor, at=world.now)
