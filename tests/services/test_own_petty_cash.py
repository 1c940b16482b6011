"""One's own petty cash: what it says, to whom, and that it stands still while its till is counted."""

from __future__ import annotations

import pytest

from partnernet.domain.counts import CountUnderWay
from partnernet.domain.petty_cash import (
    Voucher,
    VoucherBeyondFloat,
    VoucherCategory,
    VoucherRequest,
)
from partnernet.domain.replenishments import NothingToReplenish
from partnernet.services import counts, payments, petty_cash, replenishments
from tests.support.counting import change_settings, count
from tests.support.requests import float_received, money, new_key, paying
from tests.support.world import World


@pytest.fixture
def keeper(world: World) -> World:
    """The agent holds a float of 200.00."""
    float_received(world, "200.00")
    return world


def spent(world: World, amount: str, *, key: str | None = None) -> Voucher:
    """A voucher a minute later."""
    request = VoucherRequest(
        key or new_key(),
        world.today,
        "Postes Canada",
        "Timbres",
        VoucherCategory.POSTAGE,
        money(amount),
        receipt_kept=True,
    )
    return petty_cash.pay_voucher(world.db, request, by=world.agent, at=world.later(minutes=1))


def test_the_fund_says_what_is_present_missing_and_spent(keeper: World) -> None:
    first = spent(keeper, "18.40")
    second = spent(keeper, "14.10")
    petty_cash.reverse_voucher(keeper.db, second.posting_id, new_key(), by=keeper.agent, at=keeper.later(minutes=1))

    cash = petty_cash.of_agent(keeper.db, by=keeper.agent)

    assert cash is not None
    assert (cash.authorised, cash.present, cash.missing) == (money("200.00"), money("181.60"), money("18.40"))
    assert cash.spent == money("18.40"), "what was taken back must NOT count"
    assert [voucher.posting_id for voucher in cash.vouchers] == [first.posting_id, second.posting_id]
    assert cash.reversible == {first.posting_id}


def test_a_fund_that_holds_too_much_lacks_nothing(keeper: World) -> None:
    change_settings(keeper, float_authorised=money("150.00"))

    cash = petty_cash.of_agent(keeper.db, by=keeper.agent)

    assert cash is not None
    assert (cash.present, cash.missing) == (money("200.00"), money("0.00"))


def test_vouchers_of_a_frozen_session_stay_listed_and_can_no_longer_be_taken_back(keeper: World) -> None:
    before = spent(keeper, "18.40")
    count(keeper, {"20": 9, "1": 1, "0.25": 2, "0.10": 1})
    after = spent(keeper, "14.10")

    cash = petty_cash.of_agent(keeper.db, by=keeper.agent)

    assert cash is not None
    assert [voucher.posting_id for voucher in cash.vouchers] == [before.posting_id, after.posting_id]
    assert cash.reversible == {after.posting_id}


def test_a_key_leads_to_its_voucher_for_whoever_paid_it_and_nobody_else(keeper: World) -> None:
    paid = spent(keeper, "18.40")
    key = new_key()
    other = spent(keeper, "14.10", key=key)
    payment_key = new_key()
    customer = keeper.customer("100001", due=[("F-1", "60.00", keeper.today)])
    payments.record(keeper.db, paying(keeper, customer, key=payment_key), by=keeper.agent, at=keeper.now)

    assert petty_cash.by_key(keeper.db, key, by=keeper.agent) == other
    assert paid != other
    assert petty_cash.by_key(keeper.db, key, by=keeper.other_agent) is None
    assert petty_cash.by_key(keeper.db, payment_key, by=keeper.agent) is None, "a payment is NOT a voucher"
    assert petty_cash.by_key(keeper.db, new_key(), by=keeper.agent) is None
    assert petty_cash.by_key(keeper.db, "'; DROP TABLE", by=keeper.agent) is None


def test_petty_cash_stands_still_while_its_till_is_counted(keeper: World) -> None:
    key = new_key()
    paid = spent(keeper, "18.40", key=key)
    counts.start(keeper.db, by=keeper.agent, at=keeper.later(minutes=1))

    assert petty_cash.of_agent(keeper.db, by=keeper.agent) is None
    with pytest.raises(CountUnderWay):
        spent(keeper, "49.00")
    with pytest.raises(CountUnderWay):
        petty_cash.reverse_voucher(keeper.db, paid.posting_id, new_key(), by=keeper.agent, at=keeper.now)
    with pytest.raises(CountUnderWay):
        replenishments.ask(keeper.db, new_key(), by=keeper.agent, at=keeper.now)
    assert spent(keeper, "18.40", key=key) == paid, "what was paid already is answered, and NOT paid again"


def test_no_refusal_tells_what_is_present_while_the_till_is_counted(keeper: World) -> None:
    for _time in range(4):
        spent(keeper, "49.00")
    with pytest.raises(VoucherBeyondFloat):
        spent(keeper, "5.00")
    counts.start(keeper.db, by=keeper.agent, at=keeper.later(minutes=1))

    with pytest.raises(CountUnderWay):
        spent(keeper, "5.00")


def test_another_agents_count_stops_nothing_here(keeper: World) -> None:
    customer = keeper.customer("100001", due=[("F-1", "60.00", keeper.today)])
    payments.record(keeper.db, paying(keeper, customer), by=keeper.other_agent, at=keeper.now)
    counts.start(keeper.db, by=keeper.other_agent, at=keeper.later(minutes=1))

    assert spent(keeper, "18.40").amount == money("18.40")
    assert petty_cash.of_agent(keeper.db, by=keeper.agent) is not None


def test_a_request_for_more_than_is_missing_now_no_longer_waits(keeper: World) -> None:
    kept = spent(keeper, "18.40")
    wrong = spent(keeper, "14.10")
    replenishments.ask(keeper.db, new_key(), by=keeper.agent, at=keeper.later(minutes=1))
    with pytest.raises(NothingToReplenish):
        replenishments.ask(keeper.db, new_key(), by=keeper.agent, at=keeper.later(minutes=1))
    petty_cash.reverse_voucher(keeper.db, wrong.posting_id, new_key(), by=keeper.agent, at=keeper.later(minutes=1))

    asked = replenishments.ask(keeper.db, new_key(), by=keeper.agent, at=keeper.later(minutes=1))

    assert asked == kept.amount
    cash = petty_cash.of_agent(keeper.db, by=keeper.agent)
    assert cash is not None
    assert cash.waiting is not None
    assert cash.waiting.amount == money("18.40")
