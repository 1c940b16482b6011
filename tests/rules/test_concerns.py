"""What the agent is asked to confirm: each concern with its facts, all in one list, and none without cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from partnernet.domain.accounts import Standing
from partnernet.domain.cheques import Cheque
from partnernet.domain.concerns import (
    LARGE_CASH,
    BalanceChanged,
    ChequeOnRecord,
    Concern,
    Earlier,
    LargeCash,
    LooksLikeEarlierPayment,
    Overpayment,
    PostDatedCheque,
    SimilarPayment,
    StaleCheque,
    concerns_of,
)
from partnernet.domain.money import ZERO, Money
from partnernet.domain.tenders import Tender
from tests.support.requests import a_cheque, money

TODAY = date(2026, 11, 24)
NOTHING = Earlier((), (), ZERO)
BEFORE = SimilarPayment("MTL-000001", datetime(2026, 11, 24, 15, 0, tzinfo=UTC), money("60.00"), Tender.CASH)


def asked(
    amount: str = "60.00",
    *,
    received: str | None = None,
    cheque: Cheque | None = None,
    due: str = "60.00",
    past_due: str = "0.00",
    seen: tuple[str, str] | None = None,
    earlier: Earlier = NOTHING,
) -> tuple[Concern, ...]:
    seen_total, seen_past = seen or (due, past_due)
    return concerns_of(
        amount=money(amount),
        received=money(received or amount),
        cheque=cheque,
        standing=Standing(money(due), money(past_due), ()),
        seen_total_due=money(seen_total),
        seen_past_due=money(seen_past),
        earlier=earlier,
        today=TODAY,
    )


@pytest.mark.parametrize("cheque", [None, a_cheque()])
def test_an_ordinary_payment_asks_nothing(cheque: Cheque | None) -> None:
    assert asked(cheque=cheque) == ()


def test_more_than_the_total_due_becomes_credit() -> None:
    assert asked("100.00") == (Overpayment(money("100.00"), money("60.00"), money("40.00")),)


def test_on_an_account_in_credit_the_whole_payment_is_credit() -> None:
    assert asked("5.00", due="-40.00") == (Overpayment(money("5.00"), money("-40.00"), money("5.00")),)


def test_a_due_rounded_up_in_cash_is_no_overpayment() -> None:
    assert asked("75.04", received="75.05", due="75.04") == ()


def test_a_payment_like_an_earlier_one_names_it_whatever_the_tender() -> None:
    alike = Earlier((BEFORE,), (), ZERO)

    assert asked(earlier=alike) == (LooksLikeEarlierPayment((BEFORE,)),)
    assert asked(earlier=alike, cheque=a_cheque()) == (LooksLikeEarlierPayment((BEFORE,)),)


def test_a_cheque_already_on_record_names_its_payments() -> None:
    assert asked(cheque=a_cheque(), earlier=Earlier((), (BEFORE,), ZERO)) == (ChequeOnRecord((BEFORE,)),)


@pytest.mark.parametrize(
    ("dated", "concern"),
    [
        (date(2026, 11, 25), PostDatedCheque(date(2026, 11, 25))),
        (date(2026, 5, 23), StaleCheque(date(2026, 5, 23))),
    ],
)
def test_a_cheque_of_another_day_names_its_date(dated: date, concern: Concern) -> None:
    assert asked(cheque=a_cheque(dated=dated)) == (concern,)


@pytest.mark.parametrize("dated", [date(2026, 11, 24), date(2026, 5, 24)])
def test_a_cheque_of_today_or_six_months_old_asks_nothing(dated: date) -> None:
    assert asked(cheque=a_cheque(dated=dated)) == ()


@pytest.mark.parametrize(
    ("received", "before", "asks"),
    [("10 000.00", "0.00", True), ("9 999.95", "0.00", False), ("0.05", "9 999.95", True), ("5.00", "9 990.00", False)],
)
def test_cash_counts_over_24_hours_up_to_the_limit(received: str, before: str, asks: bool) -> None:
    found = asked(received, due="20 000.00", earlier=Earlier((), (), money(before)))

    assert found == ((LargeCash(money(received) + money(before), LARGE_CASH),) if asks else ())


def test_large_cash_counts_what_is_received_and_not_what_is_credited() -> None:
    assert asked("10 000.02", received="10 000.00", due="10 000.02") == (LargeCash(money("10 000.00"), LARGE_CASH),)
    assert asked("9 999.98", received="10 000.00", due="9 999.98") == (LargeCash(money("10 000.00"), LARGE_CASH),)


def test_a_cheque_is_never_large_cash() -> None:
    assert asked("20 000.00", due="20 000.00", cheque=a_cheque(), earlier=Earlier((), (), money("9 999.95"))) == ()


@pytest.mark.parametrize("seen", [("60.00", "10.00"), ("50.00", "0.00"), ("-1.00", "0.00")])
def test_a_balance_that_moved_says_what_was_seen_and_what_is(seen: tuple[str, str]) -> None:
    assert asked("60.00", seen=seen) == (BalanceChanged(money(seen[0]), money(seen[1]), money("60.00"), ZERO),)


def test_every_reason_comes_in_one_list_in_reading_order() -> None:
    everything = Earlier((BEFORE,), (BEFORE,), ZERO)

    found = asked("100.00", cheque=a_cheque(dated=date(2027, 1, 1)), seen=("50.00", "0.00"), earlier=everything)
    in_cash = asked("10 000.00", seen=("50.00", "0.00"), earlier=everything)

    assert [type(concern) for concern in found] == [
        BalanceChanged,
        Overpayment,
        LooksLikeEarlierPayment,
        ChequeOnRecord,
        PostDatedCheque,
    ]
    assert [type(concern) for concern in in_cash] == [BalanceChanged, Overpayment, LooksLikeEarlierPayment, LargeCash]


@pytest.mark.parametrize(
    ("concern", "change"),
    [
        (Overpayment(Money(10), Money(5), Money(5)), {"credit": Money(6)}),
        (LooksLikeEarlierPayment((BEFORE,)), {"earlier": (BEFORE, BEFORE)}),
        (ChequeOnRecord((BEFORE,)), {"earlier": (replace(BEFORE, receipt_number="MTL-000002"),)}),
        (PostDatedCheque(TODAY), {"dated": date(2027, 1, 1)}),
        (LargeCash(LARGE_CASH, LARGE_CASH), {"cash_in_24_hours": LARGE_CASH + Money(5)}),
        (BalanceChanged(ZERO, ZERO, Money(1), Money(1)), {"total_due": Money(2)}),
    ],
)
def test_a_confirmed_concern_covers_these_facts_and_no_others(concern: Any, change: dict[str, Any]) -> None:
    assert concern in frozenset({replace(concern)})
    assert replace(concern, **change) not in frozenset({concern})
