"""Where an account stands, and which documents a payment closes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnernet.domain.accounts import Allocation, DocumentKind, OpenItem, Returned, Standing, allocate, standing
from partnernet.domain.money import ZERO, Money, total
from tests.support.requests import money

TODAY = date(2026, 11, 24)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def invoice(number: str, amount: str, due: date, dated: date | None = None) -> OpenItem:
    return OpenItem(number, DocumentKind.INVOICE, dated or due, due, money(amount), money(amount))


def credit(number: str, amount: str, kind: DocumentKind = DocumentKind.CREDIT_NOTE) -> OpenItem:
    return OpenItem(number, kind, TODAY, TODAY, money(amount), money(amount))


WORKED = (
    invoice("F3", "250.00", date(2026, 12, 18)),
    invoice("F1", "412.37", date(2026, 9, 14)),
    invoice("F2", "88.11", date(2026, 11, 13)),
    credit("C1", "50.00"),
)


def figures(where: Standing) -> tuple[Money, Money]:
    return where.total_due, where.past_due


def test_the_worked_example_before_and_after_a_payment_of_100() -> None:
    assert figures(standing(WORKED, ZERO, TODAY)) == (money("700.48"), money("450.48"))
    assert figures(standing(WORKED, money("100.00"), TODAY)) == (money("600.48"), money("350.48"))


def test_documents_come_oldest_due_date_first_with_what_remains_of_each() -> None:
    documents = standing(WORKED, money("400.00"), TODAY).documents

    assert [(item.document_number, item.open_amount) for item in documents] == [
        ("F2", money("50.48")),
        ("F3", money("250.00")),
    ]
    assert documents[0].amount == money("88.11"), "the amount of the document itself does not move"


def test_same_due_date_the_older_document_comes_first_then_the_number() -> None:
    items = [
        invoice("B", "1.00", TODAY, YESTERDAY),
        invoice("A", "1.00", TODAY, YESTERDAY),
        invoice("Z", "1.00", TODAY, YESTERDAY - timedelta(days=1)),
    ]

    assert [item.document_number for item in standing(items, ZERO, TODAY).documents] == ["Z", "A", "B"]


@pytest.mark.parametrize(("due", "late"), [(YESTERDAY, "60.00"), (TODAY, "0.00"), (TOMORROW, "0.00")])
def test_a_document_due_today_is_not_past_due(due: date, late: str) -> None:
    assert standing([invoice("F1", "60.00", due)], ZERO, TODAY).past_due == money(late)


def test_an_account_without_documents_owes_nothing_and_what_it_pays_is_credit() -> None:
    assert standing([], ZERO, TODAY) == Standing(ZERO, ZERO, ())
    assert standing([], money("5.00"), TODAY) == Standing(money("-5.00"), ZERO, ())


def test_an_overpaid_account_is_in_credit_and_nothing_is_past_due() -> None:
    where = standing(WORKED, money("740.48"), TODAY)

    assert figures(where) == (money("-40.00"), ZERO)
    assert where.documents == ()


def test_credits_close_the_oldest_documents_before_any_payment() -> None:
    items = [
        invoice("F1", "60.00", YESTERDAY),
        invoice("F2", "40.00", TOMORROW),
        credit("C1", "30.00"),
        credit("P1", "30.00", DocumentKind.UNAPPLIED_PAYMENT),
    ]

    where = standing(items, ZERO, TODAY)

    assert figures(where) == (money("40.00"), ZERO)
    assert [item.document_number for item in where.documents] == ["F2"]


def test_credits_larger_than_the_invoices_leave_a_credit() -> None:
    where = standing([invoice("F1", "60.00", YESTERDAY), credit("C1", "100.00")], ZERO, TODAY)

    assert figures(where) == (money("-40.00"), ZERO)


def test_a_document_partly_open_counts_for_what_is_open() -> None:
    half = OpenItem("F1", DocumentKind.INVOICE, YESTERDAY, YESTERDAY, money("60.00"), money("20.00"))

    assert figures(standing([half], ZERO, TODAY)) == (money("20.00"), money("20.00"))


def test_a_payment_closes_the_oldest_documents_and_the_rest_is_credit() -> None:
    where = standing(WORKED, ZERO, TODAY)

    allocations, rest = allocate(where, money("740.48"))

    assert [(part.document_number, part.amount) for part in allocations] == [
        ("F1", money("362.37")),
        ("F2", money("88.11")),
        ("F3", money("250.00")),
    ]
    assert rest == money("40.00")
    assert total(part.amount for part in allocations) + rest == money("740.48")


def test_a_small_payment_touches_the_oldest_document_only() -> None:
    allocations, rest = allocate(standing(WORKED, ZERO, TODAY), money("0.01"))

    assert [(part.document_number, part.due_date, part.amount) for part in allocations] == [
        ("F1", date(2026, 9, 14), Money(1))
    ]
    assert rest == ZERO


def test_a_payment_on_an_account_without_documents_is_all_credit() -> None:
    assert allocate(standing([], ZERO, TODAY), money("5.00")) == ((), money("5.00"))


# --- what the reversal of a payment brings back that the principal's books include ------------------------------------


def part(number: str, amount: str, due: date) -> Allocation:
    return Allocation(number, DocumentKind.INVOICE, due, money(amount))


def test_a_document_that_the_payment_closed_is_open_again_with_its_due_date() -> None:
    returned = Returned((part("F0", "60.00", YESTERDAY),))

    where = standing([invoice("F3", "250.00", TOMORROW)], ZERO, TODAY, returned)

    assert figures(where) == (money("310.00"), money("60.00"))
    assert [(item.document_number, item.due_date) for item in where.documents] == [("F0", YESTERDAY), ("F3", TOMORROW)]


def test_a_document_that_is_still_open_has_more_of_it_open_and_is_not_listed_twice() -> None:
    half = OpenItem("F1", DocumentKind.INVOICE, YESTERDAY, YESTERDAY, money("60.00"), money("20.00"))

    where = standing([half], ZERO, TODAY, Returned((part("F1", "40.00", YESTERDAY),)))

    assert [(item.open_amount, item.amount) for item in where.documents] == [(money("60.00"), money("60.00"))]


def test_what_the_payment_had_left_over_is_credit_no_more() -> None:
    items = [invoice("F1", "60.00", YESTERDAY), credit("P1", "40.00", DocumentKind.UNAPPLIED_PAYMENT)]

    where = standing(items, ZERO, TODAY, Returned((), money("40.00")))

    assert figures(where) == (money("60.00"), money("60.00"))


def test_credit_that_the_principal_has_used_already_is_due_without_a_document() -> None:
    where = standing([], ZERO, TODAY, Returned((), money("40.00")))

    assert (figures(where), where.documents) == ((money("40.00"), ZERO), ()), "nobody is past due without a due date"


def test_a_payment_taken_since_goes_to_the_document_that_came_back_when_it_is_the_oldest() -> None:
    returned = Returned((part("F0", "60.00", YESTERDAY - timedelta(days=30)),))

    where = standing([invoice("F1", "50.00", YESTERDAY)], money("70.00"), TODAY, returned)

    assert [(item.document_number, item.open_amount) for item in where.documents] == [("F1", money("40.00"))]
