"""Tills and the calendar: past midnight, days of 23 and of 25 hours, a clock that goes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from partnernet.domain.money import ZERO
from partnernet.domain.petty_cash import VoucherCategory, VoucherDateImpossible, VoucherRequest
from partnernet.domain.receipts import DayPayment, ListedPayment
from partnernet.domain.reconciliations import PasswordProofTooOld
from partnernet.services import counts, payments, petty_cash, reconciliations, till, till_reports
from partnernet.storage.database import Database
from tests.support.counting import (
    approve,
    assert_holds,
    assert_verified,
    count,
    deposit,
    owed_by_branch,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
    typed,
)
from tests.support.requests import money, new_key
from tests.support.world import World


def montreal(world: World, text: str, *, hours_behind: int) -> datetime:
    """Move the world's clock to a moment as Montréal's clocks show it, so many hours behind UTC (5 in winter)."""
    world.now = datetime.fromisoformat(f"{text}:00").replace(tzinfo=UTC) + timedelta(hours=hours_behind)
    return world.now


def amounts_of(world: World, day: str) -> list[str]:
    listed = payments.of_day(world.db, date.fromisoformat(day), by=world.supervisor)
    return shown(listed.payments)


def shown(listed: Iterable[DayPayment | ListedPayment]) -> list[str]:
    return [str(payment.amount) for payment in listed if isinstance(payment, DayPayment)]


# --- past midnight --------------------------------------------------------------------------------------------------


def test_a_till_left_open_past_midnight_is_one_till_of_two_days(world: World) -> None:
    opened = montreal(world, "2026-11-24T23:50", hours_behind=5)
    take_cash(world, "60.00")
    montreal(world, "2026-11-25T00:10", hours_behind=5)
    take_cash(world, "25.00")

    assert till.position(world.db, by=world.agent).opened_at == opened + timedelta(minutes=1)
    assert (amounts_of(world, "2026-11-24"), amounts_of(world, "2026-11-25")) == (["60.00"], ["25.00"])
    report = till_reports.current(world.db, by=world.agent, at=world.now)
    assert shown(report.payments) == ["60.00", "25.00"]
    submitted = submit(world, count(world, {"20": 4, "5": 1}))
    assert (submitted.count.difference, submitted.bag.cash) == (ZERO, money("85.00"))
    assert_verified(world)


def test_a_cheque_dated_tomorrow_is_bagged_when_the_till_is_submitted_after_midnight(world: World) -> None:
    montreal(world, "2026-11-24T23:50", hours_behind=5)
    take_cheque(world, "300.00", dated=date(2026, 11, 25))
    frozen = count(world, {})
    assert [cheque.post_dated for cheque in frozen.cheques] == [True]

    montreal(world, "2026-11-25T00:05", hours_behind=5)
    submitted = submit(world, frozen)

    assert [cheque.amount for cheque in submitted.bag.cheques] == [money("300.00")]
    assert_holds(world, world.agent, drawer="0.00", cheques="0.00", owed="300.00", float_present="0.00")


def test_a_count_begun_before_midnight_is_frozen_after_it(world: World) -> None:
    montreal(world, "2026-11-24T23:50", hours_behind=5)
    take_cash(world, "60.00")
    draft = counts.start(world.db, by=world.agent, at=world.now)
    montreal(world, "2026-11-25T00:10", hours_behind=5)
    take_cash(world, "25.00")

    frozen = counts.freeze(
        world.db, draft.id, typed({"20": 4, "5": 1}), {}, frozenset(), by=world.agent, at=world.later(minutes=1)
    )

    assert frozen.difference == ZERO
    assert_verified(world)


# --- days of 23 and of 25 hours -------------------------------------------------------------------------------------


@pytest.fixture
def spring(db: Database) -> World:
    """2026-03-07, the evening before the clocks of Montréal go from 02:00 to 03:00."""
    return World(db, datetime(2026, 3, 8, 1, 0, tzinfo=UTC))


@pytest.fixture
def autumn(db: Database) -> World:
    """2026-10-31, the evening before the clocks of Montréal go from 02:00 back to 01:00."""
    return World(db, datetime(2026, 11, 1, 0, 0, tzinfo=UTC))


def test_a_day_of_23_hours_has_the_payments_from_its_midnight_to_the_next(spring: World) -> None:
    for text, hours_behind, amount in (
        ("2026-03-07T23:58", 5, "1.00"),
        ("2026-03-07T23:59", 5, "2.00"),
        ("2026-03-08T01:58", 5, "3.00"),
        ("2026-03-08T03:00", 4, "4.00"),
        ("2026-03-08T23:58", 4, "5.00"),
        ("2026-03-08T23:59", 4, "6.00"),
    ):
        montreal(spring, text, hours_behind=hours_behind)
        take_cash(spring, amount)  # a minute later

    assert amounts_of(spring, "2026-03-07") == ["1.00"]
    assert amounts_of(spring, "2026-03-08") == ["2.00", "3.00", "4.00", "5.00"]
    assert amounts_of(spring, "2026-03-09") == ["6.00"]
    submitted = submit(spring, count(spring, {"20": 1, "1": 1}))
    assert (submitted.count.difference, submitted.bag.cash) == (ZERO, money("21.00"))
    assert_verified(spring)


def test_a_day_of_25_hours_has_the_payments_of_both_its_one_oclocks(autumn: World) -> None:
    for text, hours_behind, amount in (
        ("2026-10-31T23:58", 4, "1.00"),
        ("2026-10-31T23:59", 4, "2.00"),
        ("2026-11-01T01:30", 4, "3.00"),
        ("2026-11-01T01:30", 5, "4.00"),
        ("2026-11-01T23:58", 5, "5.00"),
        ("2026-11-01T23:59", 5, "6.00"),
    ):
        montreal(autumn, text, hours_behind=hours_behind)
        take_cash(autumn, amount)  # a minute later

    assert amounts_of(autumn, "2026-10-31") == ["1.00"]
    assert amounts_of(autumn, "2026-11-01") == ["2.00", "3.00", "4.00", "5.00"]
    assert amounts_of(autumn, "2026-11-02") == ["6.00"]
    submitted = submit(autumn, count(autumn, {"20": 1, "1": 1}))
    assert (submitted.count.difference, submitted.bag.cash) == (ZERO, money("21.00"))
    assert_verified(autumn)


def bagged(world: World) -> list[str]:
    submitted = submit(world, count(world, {}))
    return [str(cheque.amount) for cheque in submitted.bag.cheques]


def test_a_cheque_dated_the_short_day_is_due_at_its_midnight_not_before(spring: World) -> None:
    take_cheque(spring, "300.00", dated=date(2026, 3, 8))
    take_cheque(spring, "400.00", dated=date(2026, 3, 9))

    montreal(spring, "2026-03-07T23:50", hours_behind=5)
    assert bagged(spring) == []
    montreal(spring, "2026-03-08T00:01", hours_behind=5)
    assert bagged(spring) == ["300.00"]
    montreal(spring, "2026-03-08T23:50", hours_behind=4)
    assert bagged(spring) == []
    montreal(spring, "2026-03-09T00:01", hours_behind=4)
    assert bagged(spring) == ["400.00"]
    assert_verified(spring)


def test_a_cheque_dated_the_day_after_the_long_one_is_due_25_hours_later(autumn: World) -> None:
    take_cheque(autumn, "300.00", dated=date(2026, 11, 1))
    take_cheque(autumn, "400.00", dated=date(2026, 11, 2))

    montreal(autumn, "2026-11-01T00:01", hours_behind=4)
    assert bagged(autumn) == ["300.00"]
    montreal(autumn, "2026-11-02T00:10", hours_behind=4)  # ten past eleven in the evening by the clock of that day
    assert bagged(autumn) == []
    montreal(autumn, "2026-11-02T00:01", hours_behind=5)
    assert bagged(autumn) == ["400.00"]
    assert_verified(autumn)


def test_a_voucher_of_today_is_of_the_branchs_today(autumn: World) -> None:
    receive_float(autumn)
    montreal(autumn, "2026-11-02T00:10", hours_behind=4)

    def spent_on(day: date) -> VoucherRequest:
        return VoucherRequest(
            new_key(), day, "Postes Canada", "Timbres", VoucherCategory.POSTAGE, money("5.00"), receipt_kept=True
        )

    with pytest.raises(VoucherDateImpossible):
        petty_cash.pay_voucher(autumn.db, spent_on(date(2026, 11, 2)), by=autumn.agent, at=autumn.now)
    paid = petty_cash.pay_voucher(autumn.db, spent_on(date(2026, 11, 1)), by=autumn.agent, at=autumn.now)
    assert paid.spent_on == date(2026, 11, 1)


def test_a_password_proof_lasts_five_minutes_across_the_repeated_hour(autumn: World) -> None:
    take_cash(autumn, "60.00")
    submitted = submit(autumn, count(autumn, {"20": 3}))
    proved = montreal(autumn, "2026-11-01T01:58", hours_behind=4)
    an_hour_later_by_one_clock = montreal(autumn, "2026-11-01T01:59", hours_behind=5)

    with pytest.raises(PasswordProofTooOld):
        reconciliations.approve(
            autumn.db, submitted.id, by=autumn.supervisor, at=an_hour_later_by_one_clock, proved_at=proved
        )
    four_minutes_later = montreal(autumn, "2026-11-01T01:02", hours_behind=5)
    reconciliations.approve(autumn.db, submitted.id, by=autumn.supervisor, at=four_minutes_later, proved_at=proved)


# --- a clock that goes back -----------------------------------------------------------------------------------------


def test_a_clock_that_goes_back_between_any_two_acts_moves_no_figure_and_keeps_the_acts_in_order(world: World) -> None:
    receive_float(world)
    take_cash(world, "60.00")
    take_cheque(world, "40.00")
    latest = world.now
    world.now -= timedelta(hours=1)

    frozen = count(world, {"100": 2, "20": 3})
    assert frozen.difference == ZERO
    world.now -= timedelta(hours=1)
    submitted = submit(world, frozen)
    world.now -= timedelta(hours=1)
    returned = send_back(world, submitted)
    again = submit(world, count(world, {"100": 2, "20": 3}))
    approved = approve(world, again)
    world.now -= timedelta(days=2)
    settled = deposit(world)

    instants = [latest, frozen.frozen_at, submitted.submitted_at, returned.decided_at, again.submitted_at]
    instants += [approved.decided_at, settled.made_at, settled.settled_at]
    assert instants == sorted(filter(None, instants))
    assert instants[-1] is not None
    assert instants[-1] - latest < timedelta(milliseconds=1), "no later than their order needs"
    assert_holds(world, world.agent, drawer="200.00", cheques="0.00", owed="0.00", float_present="200.00")
    assert owed_by_branch(world) == ZERO
    assert_verified(world)


def test_a_clock_that_jumped_ahead_and_came_back_changes_no_figure(world: World) -> None:
    take_cash(world, "60.00")
    jumped = world.later(days=30)
    frozen = count(world, {"20": 3})
    world.now = jumped - timedelta(days=30)

    take_cash(world, "25.00")
    submitted = submit(world, frozen)

    assert submitted.bag.cash == money("60.00"), "what came after the count is NOT in it"
    following = counts.start(world.db, by=world.agent, at=world.now)
    assert following.payments_since == 0
    counts.drop(world.db, following.id, by=world.agent, at=world.now)
    assert_holds(world, world.agent, drawer="25.00", cheques="0.00", owed="85.00", float_present="0.00")
    assert_verified(world)
