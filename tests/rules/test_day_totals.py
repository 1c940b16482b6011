"""The day's totals: by tender and by agent, without what was reversed, roundings apart."""

from __future__ import annotations

from datetime import UTC, date, datetime

from partnernet.domain.agents import Branch
from partnernet.domain.money import ZERO, Money
from partnernet.domain.receipts import DayPayment, day_totals
from partnernet.domain.tenders import Tender
from tests.support.requests import money

BRANCH = Branch(1, "MTL", "Montréal", "America/Toronto", ZERO)
DAY = date(2026, 11, 24)


def taken(
    amount: str,
    received: str | None = None,
    *,
    tender: Tender = Tender.CASH,
    by: str = "PA1",
    reversed_later: bool = False,
) -> DayPayment:
    kept = money(received or amount)
    return DayPayment(
        "MTL-000001", datetime(2026, 11, 24, 15, 0, tzinfo=UTC), "100001", "Locations Richard", tender, "", by,
        f"Nom {by}", post_dated=False, reversed=reversed_later, amount=money(amount), received=kept,
    )  # fmt: skip


def test_totals_are_by_tender_and_by_agent_and_leave_reversed_payments_out() -> None:
    payments = (
        taken("10.02", "10.00", by="PB2"),
        taken("60.00", tender=Tender.CHEQUE),
        taken("5.00"),
        taken("99.00", reversed_later=True, by="PC3"),
    )

    day = day_totals(BRANCH, DAY, payments, counting=())

    assert day.payments == payments, "reversed payments stay in the list"
    assert day.by_tender == ((Tender.CHEQUE, 1, money("60.00")), (Tender.CASH, 2, money("15.02")))
    assert day.by_agent == (("PA1", "Nom PA1", 2, money("65.00")), ("PB2", "Nom PB2", 1, money("10.02")))
    assert day.rounding == Money(-2)


def test_cash_of_whoever_is_counting_is_hidden_and_every_total_that_it_would_enter() -> None:
    payments = (
        taken("10.02", "10.00", by="PB2"),
        taken("60.00", tender=Tender.CHEQUE, by="PB2"),
        taken("5.00"),
        taken("99.00", tender=Tender.CHEQUE),
    )

    day = day_totals(BRANCH, DAY, payments, counting={"PB2"})

    assert [payment.shown_amount for payment in day.payments] == [None, money("60.00"), money("5.00"), money("99.00")]
    assert not hasattr(day.payments[0], "received"), "what is hidden must NOT be there at all"
    assert day.by_tender == ((Tender.CHEQUE, 2, money("159.00")), (Tender.CASH, 2, None))
    assert day.by_agent == (("PA1", "Nom PA1", 2, money("104.00")), ("PB2", "Nom PB2", 2, None))
    assert (day.amount, day.rounding, day.count) == (None, None, 4)
    assert day.counting == ("Nom PB2",)


def test_whoever_counts_without_cash_in_the_list_hides_nothing() -> None:
    payments = (taken("60.00", tender=Tender.CHEQUE, by="PB2"), taken("5.00"))

    day = day_totals(BRANCH, DAY, payments, counting={"PB2"})

    assert day.amount == money("65.00")
    assert (day.payments, day.counting) == (payments, ())


def test_a_day_without_payments_has_no_totals() -> None:
    day = day_totals(BRANCH, DAY, (), counting=())

    assert (day.by_tender, day.by_agent, day.rounding) == ((), (), ZERO)
