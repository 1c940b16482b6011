"""Everything that makes an account's balance now: documents, credits, and what was posted since the import."""

from __future__ import annotations

from datetime import date

from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.reversals import ReversalReason
from partnernet.services import statements
from tests.support.account_days import AccountDays, a_fortnight, line_of
from tests.support.requests import money

NOV_1, TODAY = date(2026, 11, 1), date(2026, 11, 24)


def test_documents_credits_and_payments_since_make_the_total_due(days: AccountDays) -> None:
    """100.00 + 30.00 due, credits of 12.00 and 8.00, 20.00 paid since: 90.00."""
    days.books(
        "F-1,invoice,2026-09-15,2026-10-15,100.00,100.00",
        "F-2,invoice,2026-11-15,2026-12-15,30.00,30.00",
        "NC-1,credit_note,2026-10-02,2026-10-02,12.00,12.00",
        "UP-1,unapplied_payment,2026-10-01,2026-10-01,9.00,8.00",
    )
    days.go_to(5)
    days.pay("20.00")

    today = days.today()

    assert today.account == days.account()
    assert today.account.standing.total_due == money("90.00")
    assert [item.document_number for item in today.credits] == ["UP-1", "NC-1"]
    assert (today.since_amount, today.account.payments_since) == (money("-20.00"), 1)
    assert today.aging.amount == money("90.00")
    assert (today.first_day, today.last_import_day) == (NOV_1, NOV_1)


def test_what_the_books_include_is_no_payment_since(days: AccountDays) -> None:
    a_fortnight(days)

    since = days.today().since

    assert [(posted.receipt_number, str(posted.change)) for posted in since] == [
        ("QUE-000001", "-20.00"),
        ("MTL-000002", "100.00"),
    ]
    assert since[1].reason is ReversalReason.RETURNED_CHEQUE
    assert [posted.branch_id for posted in since] == [days.branch_id(days.quebec), days.branch_id(days.world.agent)]


def test_a_payment_says_that_it_was_reversed(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(3)
    days.reverse(days.pay("10.00"), ReversalReason.DUPLICATE)

    reversal, payment = days.today().since

    assert payment.reversed_at == reversal.at
    assert days.today().since_amount == Money(0)


def test_a_payment_entered_again_says_which_receipt_it_replaces(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(3)
    number = days.correct(days.pay("10.00"), ReversalReason.WRONG_AMOUNT, amount=money("15.00"))

    statement = days.statement(NOV_1, date(2026, 11, 3))

    assert [(line_of(line), str(line.change)) for line in statement.lines] == [
        ("MTL-000001", "-10.00"),
        ("MTL-000001", "10.00"),
        (number, "-15.00"),
    ]
    assert [posted.corrects for posted in days.today().since] == ["MTL-000001", "", ""]


def test_whose_receipt_was_entered_on_the_wrong_account_is_told_to_nobody_else(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(3)
    number = days.correct(days.pay("10.00"), ReversalReason.WRONG_CUSTOMER, customer_number="100002")

    other = statements.account_today(days.world.db, "100002", by=days.world.agent, at=days.world.now)

    assert [(posted.receipt_number, posted.corrects) for posted in other.since] == [(number, "")]
    assert other.account.standing.total_due == money("-5.00")
    assert days.account().standing.total_due == money("60.00")


def test_another_account_has_nothing_of_this_one(days: AccountDays) -> None:
    a_fortnight(days)

    other = statements.account_today(days.world.db, "100002", by=days.world.agent, at=days.world.now)
    made = statements.statement(days.world.db, "100002", None, by=days.world.agent, at=days.world.now)

    assert (other.since, other.credits, made.lines) == ((), (), ())
    assert made.opening == made.closing.total_due == money("5.00")


def test_an_auditor_of_no_branch_reads_the_same(days: AccountDays) -> None:
    a_fortnight(days)
    auditor = days.world.person("AU1000", "Jeanne Roy", Role.AUDITOR)

    assert days.statement(NOV_1, TODAY, by=auditor) == days.statement(NOV_1, TODAY)
