"""Standings, allocations and settlements of arbitrary accounts, against what must hold for every one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partnernet.domain.accounts import DocumentKind, OpenItem, Standing, allocate, standing
from partnernet.domain.money import ZERO, AmountRefusal, Money, to_five_cents, total
from partnernet.domain.payments import (
    AmountChoice,
    CashNotMultipleOfFive,
    CashTooSmall,
    HandedTooLittle,
    NothingDue,
    PaymentRequest,
    settle,
)
from partnernet.domain.tenders import Tender
from tests.support.requests import a_cheque

TODAY = date(2026, 11, 24)
CENTS = st.integers(1, 500_00).map(Money)
DAYS = st.integers(-120, 60).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def open_items(draw: st.DrawFn) -> list[OpenItem]:
    """Up to eight documents of every kind, some partly open."""
    items = []
    for number in range(draw(st.integers(0, 8))):
        amount = draw(CENTS)
        left = Money(draw(st.integers(1, amount.cents)))
        kind = draw(st.sampled_from([DocumentKind.INVOICE, DocumentKind.INVOICE, *DocumentKind]))
        items.append(OpenItem(f"D-{number}", kind, draw(DAYS), draw(DAYS), amount, left))
    return items


PAID = st.integers(0, 1_000_00).map(Money)


@given(open_items(), PAID)
def test_past_due_is_never_below_zero_nor_above_the_total_due(items: list[OpenItem], paid: Money) -> None:
    where = standing(items, paid, TODAY)

    assert ZERO <= where.past_due <= max(where.total_due, ZERO)


@given(open_items(), PAID)
def test_the_figures_are_those_of_plain_arithmetic(items: list[OpenItem], paid: Money) -> None:
    """Credits and payments go to the oldest documents, and every late one is older than every other."""
    signed = [item.open_amount if item.kind is DocumentKind.INVOICE else -item.open_amount for item in items]
    late = total(i.open_amount for i in items if i.kind is DocumentKind.INVOICE and i.due_date < TODAY)
    credit = paid - total(amount for amount in signed if amount < ZERO)

    where = standing(items, paid, TODAY)

    assert where.total_due == total(signed) - paid
    assert where.past_due == max(ZERO, late - credit)


@given(open_items(), PAID)
def test_what_remains_open_is_what_is_due(items: list[OpenItem], paid: Money) -> None:
    where = standing(items, paid, TODAY)

    assert total(item.open_amount for item in where.documents) == max(where.total_due, ZERO)
    assert all(ZERO < item.open_amount <= item.amount for item in where.documents)
    dues = [item.due_date for item in where.documents]
    assert dues == sorted(dues)


@given(open_items(), PAID, CENTS)
def test_a_payment_is_allocated_whole_and_exceeds_no_document(
    items: list[OpenItem], paid: Money, amount: Money
) -> None:
    where = standing(items, paid, TODAY)
    open_amounts = {item.document_number: item.open_amount for item in where.documents}

    allocations, rest = allocate(where, amount)

    assert total(part.amount for part in allocations) + rest == amount
    assert all(ZERO < part.amount <= open_amounts[part.document_number] for part in allocations)
    assert rest == max(ZERO, amount - max(where.total_due, ZERO))
    assert [part.document_number for part in allocations] == list(open_amounts)[: len(allocations)]


@given(open_items(), PAID, CENTS)
def test_paying_is_the_same_as_having_paid(items: list[OpenItem], paid: Money, amount: Money) -> None:
    where = standing(items, paid, TODAY)
    allocations, _ = allocate(where, amount)
    gone = {part.document_number: part.amount for part in allocations}

    after = standing(items, paid + amount, TODAY)

    assert after.total_due == where.total_due - amount
    left = {item.document_number: item.open_amount for item in after.documents}
    for item in where.documents:
        assert item.open_amount - gone.get(item.document_number, ZERO) == left.get(item.document_number, ZERO)


@st.composite
def submitted(draw: st.DrawFn) -> tuple[PaymentRequest, Standing]:
    total_due = Money(draw(st.integers(-100_00, 200_00)))
    past_due = Money(draw(st.integers(0, max(total_due.cents, 0))))
    choice, tender = draw(st.sampled_from(AmountChoice)), draw(st.sampled_from(Tender))
    near = st.sampled_from([total_due, past_due, to_five_cents(total_due), to_five_cents(past_due)])
    amount = draw(near | CENTS) if choice is AmountChoice.OTHER else None
    handed = draw(st.none() | st.integers(1, 5_000).map(lambda pieces: Money(5 * pieces)))
    cheque = a_cheque() if tender is Tender.CHEQUE else None
    request = PaymentRequest("k" * 16, "100001", choice, amount, tender, cheque, handed, ZERO, ZERO)
    return request, Standing(total_due, past_due, ())


@given(submitted())
def test_what_is_settled_keeps_to_the_five_cent_rule(case: tuple[PaymentRequest, Standing]) -> None:
    request, where = case
    try:
        settled = settle(request, where)
    except (NothingDue, AmountRefusal, CashNotMultipleOfFive, CashTooSmall, HandedTooLittle):
        return

    assert settled.amount > ZERO
    assert settled.rounding == settled.received - settled.amount
    if request.tender is Tender.CHEQUE:
        assert (settled.received, settled.handed) == (settled.amount, None)
        return
    assert settled.received.cents % 5 == 0
    assert settled.received > ZERO
    assert abs(settled.rounding) <= Money(2)
    assert not settled.rounding or settled.amount in (where.total_due, where.past_due)
    if request.handed is not None:
        assert settled.change == request.handed - settled.received
        assert settled.change >= ZERO
    if request.amount is not None:
        assert abs(settled.amount - request.amount) <= Money(2), "what was typed is never moved further than rounding"


@given(submitted())
def test_a_cheque_settles_whatever_is_above_zero_to_the_cent(case: tuple[PaymentRequest, Standing]) -> None:
    request, where = case
    dues = {AmountChoice.PAST_DUE: where.past_due, AmountChoice.TOTAL_DUE: where.total_due}
    wanted = request.amount if request.amount is not None else dues[request.choice]
    if request.tender is Tender.CHEQUE and wanted > ZERO:
        assert settle(request, where).amount == wanted
