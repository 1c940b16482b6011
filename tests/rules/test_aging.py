"""The age of a balance: each document in one band, every cent in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnernet.domain.accounts import Allocation, DocumentKind, OpenItem, Returned, Standing, standing
from partnernet.domain.aging import AgeBand, aging, band_of, days_late
from partnernet.domain.money import Money
from tests.support.requests import money

TODAY = date(2026, 11, 24)


def owing(*dues: tuple[int, str], paid: str = "0.00") -> Standing:
    """An account with one invoice for each (days past due, amount)."""
    items = [
        OpenItem(
            f"F-{days}", DocumentKind.INVOICE, TODAY - timedelta(days=days + 30), TODAY - timedelta(days=days),
            money(amount), money(amount),
        )
        for days, amount in dues
    ]  # fmt: skip
    return standing(items, money(paid), TODAY)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (-10, AgeBand.CURRENT),
        (0, AgeBand.CURRENT),
        (1, AgeBand.TO_30_DAYS),
        (30, AgeBand.TO_30_DAYS),
        (31, AgeBand.TO_60_DAYS),
        (60, AgeBand.TO_60_DAYS),
        (61, AgeBand.TO_90_DAYS),
        (90, AgeBand.TO_90_DAYS),
        (91, AgeBand.OVER_90_DAYS),
        (4000, AgeBand.OVER_90_DAYS),
    ],
)
def test_each_document_is_in_the_band_of_its_days_past_due(days: int, band: AgeBand) -> None:
    due = TODAY - timedelta(days=days)

    assert band_of(days_late(due, TODAY)) is band
    assert [aged.band for aged in aging(owing((days, "1.00")), TODAY).bands if aged.amount] == [band]


def test_the_bands_have_every_cent_and_empty_ones_stand_too() -> None:
    aged = aging(owing((0, "10.02"), (5, "20.00"), (6, "5.01"), (120, "0.01")), TODAY)

    assert [(each.amount, each.count) for each in aged.bands] == [
        (money("10.02"), 1),
        (money("25.01"), 2),
        (Money(0), 0),
        (Money(0), 0),
        (money("0.01"), 1),
    ]
    assert aged.amount == money("35.04")
    assert not aged.undocumented


def test_what_was_paid_is_taken_off_the_oldest_band() -> None:
    aged = aging(owing((0, "10.00"), (100, "30.00"), paid="25.00"), TODAY)

    assert [each.amount for each in aged.bands if each.amount] == [money("10.00"), money("5.00")]


def test_an_account_in_credit_has_no_age() -> None:
    aged = aging(owing((100, "30.00"), paid="70.00"), TODAY)

    assert not aged.amount
    assert not aged.undocumented, "a credit must NOT show as something owed"


def test_what_is_owed_without_a_document_stands_apart() -> None:
    """A payment of 100.00 that closed 60.00 comes back, and the principal had used its 40.00 of credit elsewhere."""
    part = Allocation("F-1", DocumentKind.INVOICE, TODAY - timedelta(days=45), money("60.00"))
    where = standing([], Money(0), TODAY, Returned((part,), money("40.00")))

    aged = aging(where, TODAY)

    assert (aged.amount, aged.undocumented) == (money("60.00"), money("40.00"))
    assert where.total_due == money("100.00")
