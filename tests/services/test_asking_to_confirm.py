"""What the agent is asked before a payment is saved: once for each set of facts, and nothing is saved meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from partnernet.domain.cheques import Cheque
from partnernet.domain.concerns import (
    BalanceChanged,
    ChequeOnRecord,
    Concern,
    ConfirmationNeeded,
    LargeCash,
    LooksLikeEarlierPayment,
    Overpayment,
    PostDatedCheque,
    StaleCheque,
)
from partnernet.domain.customers import Customer
from partnernet.domain.money import ZERO
from partnernet.domain.payments import PaymentRequest
from partnernet.domain.receipts import Receipt
from partnernet.services import payments, reversals
from partnernet.storage import tables
from tests.support.books import rows_posted
from tests.support.requests import a_cheque, money, new_key, paying, reversing, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)


def record(world: World, request: PaymentRequest) -> Receipt:
    return payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))


def owing(world: World, amount: str = "60.00", **more: Any) -> Customer:
    return world.customer("100001", due=[("F-1", amount, DUE)], **more)


def asked(world: World, request: PaymentRequest) -> tuple[Concern, ...]:
    """What the payment asks, having made sure that nothing was saved."""
    before = rows_posted(world)
    with pytest.raises(ConfirmationNeeded) as needed:
        record(world, request)
    assert rows_posted(world) == before
    return needed.value.concerns


def test_more_than_the_total_due_is_asked_then_taken(world: World) -> None:
    request = paying(world, owing(world), "100.00")

    concerns = asked(world, request)
    receipt = record(world, replace(request, confirmed=frozenset(concerns)))

    assert concerns == (Overpayment(money("100.00"), money("60.00"), money("40.00")),)
    assert (receipt.total_due_after, receipt.unallocated) == (money("-40.00"), money("40.00"))


@pytest.mark.parametrize("second", [None, a_cheque()])
def test_a_payment_like_one_of_the_last_24_hours_is_asked_whatever_the_tender(
    world: World, second: Cheque | None
) -> None:
    customer = owing(world)
    first = record(world, paying(world, customer, "20.00"))

    (concern,) = asked(world, paying(world, customer, "20.00", cheque=second))

    assert isinstance(concern, LooksLikeEarlierPayment)
    assert [earlier.receipt_number for earlier in concern.earlier] == [first.number]


def test_a_payment_is_like_another_for_24_hours_on_the_same_account_and_amount_only(world: World) -> None:
    customer, other = owing(world, "90.00"), world.customer("100002", due=[("G-1", "60.00", DUE)])
    record(world, paying(world, customer, "20.00"))

    assert record(world, paying(world, customer, "20.05")).amount == money("20.05")
    assert record(world, paying(world, other, "20.00")).amount == money("20.00")
    world.later(hours=24)
    assert record(world, paying(world, customer, "20.00")).amount == money("20.00")


def test_twenty_four_hours_end_to_the_instant(world: World) -> None:
    customer = owing(world, "30 000.00")
    day = timedelta(hours=24)

    def submitted(amount: str, at: datetime) -> Receipt:
        return payments.record(world.db, paying(world, customer, amount), by=world.agent, at=at)

    submitted("20.00", world.now)
    submitted("9 979.95", world.now)

    with pytest.raises(ConfirmationNeeded) as needed:
        submitted("20.00", world.now + day - timedelta(microseconds=1))
    assert [type(concern) for concern in needed.value.concerns] == [LooksLikeEarlierPayment, LargeCash]
    assert submitted("20.00", world.now + day).number == "MTL-000003"


def test_a_reversed_payment_is_no_longer_alike_nor_its_cheque_on_record(world: World) -> None:
    customer = owing(world)
    first = record(world, paying(world, customer, "20.00", cheque=a_cheque()))
    reversals.reverse(
        world.db, reversing(first.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    again = record(world, paying(world, customer, "20.00", cheque=a_cheque()))

    assert again.number == "MTL-000002"


def test_a_cheque_on_record_is_asked_whenever_and_on_whatever_account(world: World) -> None:
    first = record(world, paying(world, owing(world), cheque=a_cheque("000007")))
    other = world.customer("100002", due=[("G-1", "75.00", DUE)])
    world.later(days=90)

    concerns = asked(world, paying(world, other, cheque=a_cheque("000007", dated=world.today)))

    assert [type(concern) for concern in concerns] == [ChequeOnRecord]
    assert isinstance(concerns[0], ChequeOnRecord)
    assert concerns[0].earlier[0].receipt_number == first.number


@pytest.mark.parametrize(
    "other",
    [{"number": "000008"}, {"transit": "00007"}, {"institution": "001"}, {"account": "0123457"}, {"number": "7"}],
)
def test_a_cheque_that_differs_in_one_detail_is_another_cheque(world: World, other: dict[str, Any]) -> None:
    record(world, paying(world, owing(world), cheque=a_cheque("000007")))
    customer = world.customer("100002", due=[("G-1", "75.00", DUE)])

    receipt = record(world, paying(world, customer, cheque=replace(a_cheque("000007"), **other)))

    assert receipt.amount == money("75.00")


def test_a_post_dated_cheque_is_asked_then_taken_and_reduces_the_balance(world: World) -> None:
    customer, tomorrow = owing(world), world.today + timedelta(days=1)
    request = paying(world, customer, cheque=a_cheque(dated=tomorrow))

    concerns = asked(world, request)
    receipt = record(world, replace(request, confirmed=frozenset(concerns)))

    assert concerns == (PostDatedCheque(tomorrow),)
    assert receipt.post_dated
    assert standing_of(world, customer).total_due == ZERO


def test_a_cheque_older_than_six_months_is_asked(world: World) -> None:
    assert asked(world, paying(world, owing(world), cheque=a_cheque(dated=date(2026, 5, 23)))) == (
        StaleCheque(date(2026, 5, 23)),
    )


def test_cash_of_10_000_at_once_is_asked_with_its_amount(world: World) -> None:
    assert asked(world, paying(world, owing(world, "50 000.00"), "10 000.00")) == (
        LargeCash(money("10 000.00"), money("10 000.00")),
    )


def test_cash_of_10_000_in_24_hours_is_asked_across_branches_and_not_after_a_reversal(world: World) -> None:
    customer = owing(world, "50 000.00")
    quebec = world.person("PB0001", "Guy Roy", world.agent.role, world.new_branch("QUE", "Québec"))
    first = record(world, paying(world, customer, "6 000.00"))
    more = paying(world, customer, "4 000.00")

    with pytest.raises(ConfirmationNeeded) as needed:
        payments.record(world.db, more, by=quebec, at=world.later(minutes=1))
    reversals.reverse(
        world.db, reversing(first.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )
    receipt = payments.record(world.db, paying(world, customer, "4 000.00"), by=quebec, at=world.later(minutes=1))

    assert needed.value.concerns == (LargeCash(money("10 000.00"), money("10 000.00")),)
    assert receipt.number == "QUE-000001"


def test_a_balance_that_moved_between_display_and_submit_is_asked_with_both_figures(world: World) -> None:
    customer = owing(world)
    seen = standing_of(world, customer)
    record(world, paying(world, customer, "20.00"))

    concerns = asked(world, paying(world, customer, seen=seen))

    assert concerns == (BalanceChanged(money("60.00"), money("60.00"), money("40.00"), money("40.00")),)


def test_the_due_that_is_paid_is_the_one_confirmed_and_not_the_one_first_seen(world: World) -> None:
    customer = owing(world)
    request = paying(world, customer, seen=standing_of(world, customer))
    record(world, paying(world, customer, "20.00"))
    confirmed = replace(request, confirmed=frozenset(asked(world, request)))

    assert record(world, confirmed).amount == money("40.00")


def test_facts_that_changed_after_they_were_confirmed_are_asked_again(world: World) -> None:
    customer = owing(world)
    request = paying(world, customer, seen=standing_of(world, customer))
    record(world, paying(world, customer, "20.00"))
    confirmed = replace(request, confirmed=frozenset(asked(world, request)))
    record(world, paying(world, customer, "10.00"))

    again = asked(world, confirmed)

    assert again == (BalanceChanged(money("60.00"), money("60.00"), money("30.00"), money("30.00")),)


def test_an_earlier_payment_found_after_the_confirmation_is_asked_again(world: World) -> None:
    customer = owing(world)
    first = record(world, paying(world, customer, "20.00"))
    request = paying(world, customer, "20.00")
    confirmed = replace(request, confirmed=frozenset(asked(world, request)))
    meanwhile = paying(world, customer, "20.00")
    second = record(world, replace(meanwhile, confirmed=frozenset(asked(world, meanwhile))))

    alike = [concern for concern in asked(world, confirmed) if isinstance(concern, LooksLikeEarlierPayment)]

    assert [earlier.receipt_number for earlier in alike[0].earlier] == [first.number, second.number]


def test_a_confirmation_of_something_else_confirms_nothing(world: World) -> None:
    request = paying(world, owing(world), "100.00", confirmed=[StaleCheque(DUE), PostDatedCheque(DUE)])

    assert [type(concern) for concern in asked(world, request)] == [Overpayment]


def test_what_was_confirmed_is_kept_with_the_payment(world: World) -> None:
    request = paying(world, owing(world), "100.00", cheque=a_cheque(dated=date(2026, 5, 23)), key=new_key())

    record(world, replace(request, confirmed=frozenset(asked(world, request))))

    with world.db.read() as connection:
        kept = connection.execute(select(tables.payment.c.confirmed)).scalar_one()
    assert kept == '["Overpayment", "StaleCheque"]'
