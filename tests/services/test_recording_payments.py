"""Taking a payment: what is kept, what is refused; nothing is saved when anything is raised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from partnernet.domain.agents import NoBranch
from partnernet.domain.concerns import (
    Overpayment,
)
from partnernet.domain.customers import Customer, Terms
from partnernet.domain.money import LARGEST_PAYMENT, ZERO, AmountNotPositive, AmountTooLarge, Money
from partnernet.domain.payments import (
    AmountChoice,
    AmountNotChosen,
    CashNotMultipleOfFive,
    CashTooSmall,
    ChequeNotAccepted,
    CustomerVanished,
    HandedTooLittle,
    NothingDue,
    PaymentRequest,
)
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import Refusal
from partnernet.domain.tenders import Tender
from partnernet.services import payments
from partnernet.storage import tables
from tests.support.books import rows_posted
from tests.support.requests import a_cheque, money, paying, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)


def record(world: World, request: PaymentRequest) -> Receipt:
    return payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))


def owing(world: World, amount: str = "60.00", **more: Any) -> Customer:
    return world.customer("100001", due=[("F-1", amount, DUE)], **more)


def test_a_payment_in_cash_keeps_what_the_receipt_prints(world: World) -> None:
    customer = world.customer("100001", due=[("F-2", "50.00", date(2026, 12, 1)), ("F-1", "25.04", DUE)])

    receipt = record(world, paying(world, customer, handed="80.00"))

    assert receipt.number == "MTL-000001"
    assert (receipt.amount, receipt.received, receipt.rounding) == (money("75.04"), money("75.05"), Money(1))
    assert (receipt.handed, receipt.change) == (money("80.00"), money("4.95"))
    assert [(part.document_number, part.amount) for part in receipt.allocations] == [
        ("F-1", money("25.04")),
        ("F-2", money("50.00")),
    ]
    assert (receipt.total_due_before, receipt.total_due_after, receipt.past_due_after) == (money("75.04"), ZERO, ZERO)
    assert (receipt.customer, receipt.agent_login, receipt.branch) == (customer, "PA1234", world.branch)
    assert (receipt.at, receipt.business_date) == (world.now, world.today)
    assert (receipt.tender, receipt.cheque, receipt.unallocated, receipt.post_dated) == (Tender.CASH, None, ZERO, False)
    assert receipt.snapshot_as_of is not None
    assert receipt.snapshot_as_of < world.now
    assert standing_of(world, customer).total_due == ZERO


def test_a_cheque_is_kept_with_its_zeros(world: World) -> None:
    receipt = record(world, paying(world, owing(world), "20.02", cheque=a_cheque("000007")))

    assert receipt.cheque == a_cheque("000007")
    assert (receipt.amount, receipt.received, receipt.handed) == (money("20.02"), money("20.02"), None)


def test_the_receipt_read_again_is_the_receipt_that_was_given(world: World) -> None:
    given = record(world, paying(world, owing(world), "20.00", cheque=a_cheque()))

    assert payments.receipt(world.db, given.number, by=world.agent) == given
    assert payments.by_key(world.db, given.key, by=world.agent) == given


def test_a_receipt_keeps_the_customer_of_its_day(world: World) -> None:
    customer = owing(world)
    given = record(world, paying(world, customer))

    with world.db.write() as connection:
        connection.execute(tables.customer.update().values(name="Autre nom", city="Laval"))

    assert payments.receipt(world.db, given.number, by=world.agent).customer == customer


def test_past_due_alone_can_be_paid(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "25.00", DUE), ("F-2", "50.00", date(2026, 12, 1))])

    receipt = record(world, paying(world, customer, choice=AmountChoice.PAST_DUE))

    assert receipt.amount == money("25.00")
    assert (receipt.total_due_after, receipt.past_due_after) == (money("50.00"), ZERO)


def test_a_blocked_account_can_pay(world: World) -> None:
    receipt = record(world, paying(world, owing(world, terms=Terms.BLOCKED), cheque=a_cheque()))

    assert receipt.amount == money("60.00")


def test_an_account_that_owes_nothing_can_pay_in_advance(world: World) -> None:
    customer = world.customer("100001")

    receipt = record(world, paying(world, customer, "5.00", confirmed=[Overpayment(Money(500), ZERO, Money(500))]))

    assert (receipt.allocations, receipt.unallocated) == ((), money("5.00"))
    assert (receipt.total_due_after, receipt.snapshot_as_of) == (money("-5.00"), None)


@pytest.mark.parametrize(
    ("due", "change", "refusal"),
    [
        ("60.00", {"choice": AmountChoice.OTHER, "amount": None}, AmountNotChosen),
        ("60.00", {"choice": AmountChoice.OTHER, "amount": ZERO}, AmountNotPositive),
        ("60.00", {"choice": AmountChoice.OTHER, "amount": Money(-500)}, AmountNotPositive),
        ("60.00", {"choice": AmountChoice.OTHER, "amount": Money(10_03)}, CashNotMultipleOfFive),
        ("60.00", {"choice": AmountChoice.OTHER, "amount": LARGEST_PAYMENT + Money(5)}, AmountTooLarge),
        ("60.00", {"handed": Money(59_95)}, HandedTooLittle),
        ("0.02", {}, CashTooSmall),
        ("60.00", {"customer_number": "999999"}, CustomerVanished),
        ("60.00", {"customer_number": "100001\x00"}, CustomerVanished),
        ("60.00", {"customer_number": "\ud800"}, CustomerVanished),
        ("60.00", {"customer_number": "1" * 10_000}, CustomerVanished),
    ],
)
def test_what_breaks_a_rule_is_refused_and_leaves_no_row(
    world: World, due: str, change: dict[str, Any], refusal: type[Refusal]
) -> None:
    request = replace(paying(world, owing(world, due)), **change)
    before = rows_posted(world)

    with pytest.raises(refusal):
        record(world, request)

    assert rows_posted(world) == before
    assert payments.by_key(world.db, request.key, by=world.agent) is None


@pytest.mark.parametrize("choice", [AmountChoice.PAST_DUE, AmountChoice.TOTAL_DUE])
def test_a_due_of_an_account_in_credit_cannot_be_paid(world: World, choice: AmountChoice) -> None:
    customer = world.customer("100001", credit_notes=[("C-1", "40.00", DUE)])

    with pytest.raises(NothingDue):
        record(world, paying(world, customer, choice=choice))


def test_a_cash_only_account_pays_in_cash_and_never_by_cheque(world: World) -> None:
    customer = owing(world, terms=Terms.CASH_ONLY)

    with pytest.raises(ChequeNotAccepted):
        record(world, paying(world, customer, cheque=a_cheque()))

    assert record(world, paying(world, customer)).amount == money("60.00")


def test_a_person_without_branch_takes_no_payment(world: World) -> None:
    with pytest.raises(NoBranch):
        payments.record(world.db, paying(world, owing(world)), by=replace(world.supervisor, branch=None), at=world.now)


def test_a_customer_that_vanished_is_said_and_the_form_may_be_sent_again(world: World) -> None:
    request = paying(world, owing(world))
    with world.db.write() as connection:
        connection.execute(tables.open_item.delete())
        connection.execute(tables.customer.delete())

    with pytest.raises(CustomerVanished):
        record(world, request)

    world.customer("100001", due=[("F-1", "60.00", DUE)])
    assert record(world, request).amount == money("60.00")


@pytest.mark.parametrize("payer", [Tender.CASH, Tender.CHEQUE])
def test_cheque_details_and_tender_go_together(world: World, payer: Tender) -> None:
    request = paying(world, owing(world), cheque=None if payer is Tender.CHEQUE else a_cheque())
    before = rows_posted(world)

    with pytest.raises(ValueError, match="cheque"):
        record(world, replace(request, tender=payer))

    assert rows_posted(world) == before
