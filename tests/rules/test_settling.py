"""Choosing the amount and the five-cent rule: what is credited, what is received, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from partnernet.domain.accounts import Standing
from partnernet.domain.cheques import Cheque
from partnernet.domain.money import LARGEST_PAYMENT, ZERO, AmountNotPositive, AmountTooLarge, Money
from partnernet.domain.payments import (
    AmountChoice,
    AmountNotChosen,
    CashNotMultipleOfFive,
    CashTooSmall,
    HandedAmount,
    HandedNotMultipleOfFive,
    HandedTooLittle,
    NothingDue,
    PaymentRequest,
    Settlement,
    settle,
)
from partnernet.domain.refusals import Refusal
from partnernet.domain.tenders import Tender
from tests.support.requests import money

CHEQUE = Cheque("000123", "00006", "006", "0123456", date(2026, 11, 24), "Jean Côté")


def account(total_due: str, past_due: str = "0.00") -> Standing:
    return Standing(money(total_due), money(past_due), ())


def request(
    choice: AmountChoice, amount: Money | None = None, *, tender: Tender = Tender.CASH, handed: Money | None = None
) -> PaymentRequest:
    cheque = CHEQUE if tender is Tender.CHEQUE else None
    return PaymentRequest("k" * 16, "100001", choice, amount, tender, cheque, handed, ZERO, ZERO)


def in_cash(where: Standing, typed: str, handed: str | None = None) -> Settlement:
    return settle(request(AmountChoice.OTHER, money(typed), handed=money(handed) if handed else None), where)


@pytest.mark.parametrize(
    ("due", "received", "rounding"),
    [
        ("10.00", "10.00", 0),
        ("10.01", "10.00", -1),
        ("10.02", "10.00", -2),
        ("10.03", "10.05", 2),
        ("10.04", "10.05", 1),
        ("10.06", "10.05", -1),
        ("10.08", "10.10", 2),
        ("0.03", "0.05", 2),
    ],
)
@pytest.mark.parametrize("choice", [AmountChoice.TOTAL_DUE, AmountChoice.PAST_DUE])
def test_cash_that_settles_a_whole_due_is_rounded_and_the_due_closes_exactly(
    choice: AmountChoice, due: str, received: str, rounding: int
) -> None:
    where = account(due, due) if choice is AmountChoice.PAST_DUE else account(due)

    settled = settle(request(choice), where)

    assert settled == Settlement(money(due), money(received), Money(rounding), None, None)


@pytest.mark.parametrize("choice", list(AmountChoice))
def test_a_cheque_is_exact_to_the_cent(choice: AmountChoice) -> None:
    amount = money("10.02") if choice is AmountChoice.OTHER else None

    settled = settle(request(choice, amount, tender=Tender.CHEQUE), account("10.02", "10.02"))

    assert settled == Settlement(money("10.02"), money("10.02"), ZERO, None, None)


def test_partial_cash_of_10_03_is_refused_with_the_nearest_amount() -> None:
    with pytest.raises(CashNotMultipleOfFive) as refused:
        in_cash(account("60.00"), "10.03")

    assert (refused.value.amount, refused.value.nearest) == (money("10.03"), money("10.05"))
    assert refused.value.field == "amount"


@pytest.mark.parametrize("typed", ["0.01", "0.02"])
def test_a_cent_or_two_of_partial_cash_is_refused_and_five_cents_is_the_nearest(typed: str) -> None:
    with pytest.raises(CashNotMultipleOfFive) as refused:
        in_cash(account("60.00"), typed)

    assert refused.value.nearest == money("0.05")


@pytest.mark.parametrize("typed", ["10.00", "10.05", "59.95", "75.00"])
def test_less_or_more_than_the_due_in_five_cents_is_taken_as_it_is(typed: str) -> None:
    assert in_cash(account("60.02"), typed) == Settlement(money(typed), money(typed), ZERO, None, None)


@pytest.mark.parametrize("typed", ["75.04", "75.05"])
def test_typed_cash_equal_to_the_exact_or_the_rounded_due_settles_the_due(typed: str) -> None:
    settled = in_cash(account("75.04"), typed)

    assert (settled.amount, settled.received, settled.rounding) == (money("75.04"), money("75.05"), Money(1))


@pytest.mark.parametrize("typed", ["20.02", "20.00"])
def test_typed_cash_settles_the_past_due_as_well(typed: str) -> None:
    settled = in_cash(account("75.04", "20.02"), typed)

    assert (settled.amount, settled.received) == (money("20.02"), money("20.00"))


def test_an_exact_due_wins_over_a_rounded_one() -> None:
    assert in_cash(account("10.02", "10.00"), "10.00").amount == money("10.00")


def test_the_total_due_wins_over_the_past_due_when_both_round_to_what_was_typed() -> None:
    assert in_cash(account("10.02", "9.98"), "10.00").amount == money("10.02")


@pytest.mark.parametrize("due", ["0.01", "0.02"])
@pytest.mark.parametrize("choice", list(AmountChoice))
def test_a_due_of_one_or_two_cents_cannot_be_paid_in_cash(choice: AmountChoice, due: str) -> None:
    amount = money(due) if choice is AmountChoice.OTHER else None

    with pytest.raises(CashTooSmall) as refused:
        settle(request(choice, amount), account(due, due))

    assert (refused.value.amount, refused.value.field) == (money(due), "tender")
    assert settle(request(choice, amount, tender=Tender.CHEQUE), account(due, due)).amount == money(due)


@pytest.mark.parametrize(
    ("choice", "where"),
    [
        (AmountChoice.TOTAL_DUE, account("0.00")),
        (AmountChoice.TOTAL_DUE, account("-40.00")),
        (AmountChoice.PAST_DUE, account("60.00")),
        (AmountChoice.PAST_DUE, account("-40.00")),
    ],
)
@pytest.mark.parametrize("tender", list(Tender))
def test_a_due_of_zero_or_a_credit_cannot_be_chosen(choice: AmountChoice, where: Standing, tender: Tender) -> None:
    with pytest.raises(NothingDue) as refused:
        settle(request(choice, tender=tender), where)

    assert refused.value.choice is choice


def test_an_account_in_credit_may_still_be_paid_another_amount() -> None:
    assert in_cash(account("-40.00"), "5.00").amount == money("5.00")


@pytest.mark.parametrize("tender", list(Tender))
def test_another_amount_must_be_given_and_above_zero(tender: Tender) -> None:
    with pytest.raises(AmountNotChosen):
        settle(request(AmountChoice.OTHER, tender=tender), account("60.00"))
    for cents in (0, -1, -500):
        with pytest.raises(AmountNotPositive) as refused:
            settle(request(AmountChoice.OTHER, Money(cents), tender=tender), account("60.00"))
        assert refused.value.typed == str(Money(cents))


def test_a_due_ignores_whatever_amount_came_with_it() -> None:
    assert settle(request(AmountChoice.TOTAL_DUE, money("1.00")), account("60.00")).amount == money("60.00")


@pytest.mark.parametrize("tender", list(Tender))
def test_no_payment_exceeds_the_limit(tender: Tender) -> None:
    where = Standing(LARGEST_PAYMENT + Money(1_00), ZERO, ())

    assert settle(request(AmountChoice.OTHER, LARGEST_PAYMENT, tender=tender), where).amount == LARGEST_PAYMENT
    with pytest.raises(AmountTooLarge):
        settle(request(AmountChoice.TOTAL_DUE, tender=tender), where)


def test_the_change_is_what_was_handed_less_what_is_received() -> None:
    settled = in_cash(account("75.04"), "75.05", handed="80.00")

    assert (settled.handed, settled.change) == (money("80.00"), money("4.95"))
    assert settled.amount == money("75.04"), "what was handed over must NOT be taken for the amount paid"


def test_as_much_as_one_payment_may_be_can_be_handed_over() -> None:
    settled = settle(request(AmountChoice.OTHER, money("20.00"), handed=LARGEST_PAYMENT), account("60.00"))

    assert settled.change == LARGEST_PAYMENT - money("20.00")


def test_exactly_handed_gives_no_change() -> None:
    assert in_cash(account("60.00"), "20.00", handed="20.00").change == ZERO


@pytest.mark.parametrize(
    ("handed", "refusal"),
    [
        (Money(19_95), HandedTooLittle),
        (Money(20_01), HandedNotMultipleOfFive),
        (ZERO, HandedTooLittle),
        (Money(-20_00), HandedTooLittle),
        (LARGEST_PAYMENT + Money(5), HandedAmount),
    ],
)
def test_what_was_handed_over_must_make_sense(handed: Money, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        settle(request(AmountChoice.OTHER, money("20.00"), handed=handed), account("60.00"))

    assert refused.value.field == "handed"


def test_nothing_is_handed_over_with_a_cheque() -> None:
    paid = request(AmountChoice.OTHER, money("20.00"), tender=Tender.CHEQUE, handed=money("50.00"))

    settled = settle(paid, account("60.00"))

    assert (settled.handed, settled.change) == (None, None)
