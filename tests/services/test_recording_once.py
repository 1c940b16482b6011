"""One key, one posting, for ever: replays get the same paper, everything else is a conflict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.customers import Customer
from partnernet.domain.keys import KeyMalformed
from partnernet.domain.money import Money
from partnernet.domain.payments import AmountChoice
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.tenders import Tender
from partnernet.domain.till import FloatRequest
from partnernet.services import payments, reversals, till
from partnernet.storage import tables
from tests.support.requests import a_cheque, money, new_key, paying, reversing, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)


@pytest.fixture
def customer(world: World) -> Customer:
    return world.customer("100001", due=[("F-1", "60.00", DUE)])


def count(world: World, table: Any = tables.posting) -> int:
    with world.db.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_same_submission_again_gives_the_same_receipt(world: World, customer: Customer) -> None:
    request = paying(world, customer)
    first = payments.record(world.db, request, by=world.agent, at=world.now)

    again = payments.record(world.db, request, by=world.agent, at=world.later(days=400))

    assert again == first
    assert (count(world), count(world, tables.audit_event)) == (1, 1)
    assert standing_of(world, customer).total_due == Money(0), "the balance must NOT have moved twice"


@pytest.mark.parametrize(
    "change", [{"handed": money("80.00")}, {"confirmed": frozenset()}, {"seen_total_due": Money(1)}]
)
def test_a_replay_asks_nothing_whatever_was_seen_or_handed_over(
    world: World, customer: Customer, change: dict[str, Any]
) -> None:
    request = paying(world, customer, "20.00")
    first = payments.record(world.db, request, by=world.agent, at=world.now)

    assert payments.record(world.db, replace(request, **change), by=world.agent, at=world.now) == first


def test_a_replay_of_a_reversed_payment_says_that_it_was_reversed(world: World, customer: Customer) -> None:
    request = paying(world, customer)
    first = payments.record(world.db, request, by=world.agent, at=world.now)
    reversals.reverse(
        world.db, reversing(first.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    again = payments.record(world.db, request, by=world.agent, at=world.now)

    assert replace(again, reversal=None) == first
    assert again.reversed_at == world.now
    assert count(world) == 2


def test_a_replay_finds_its_receipt_though_the_customer_vanished_from_the_request(
    world: World, customer: Customer
) -> None:
    request = paying(world, customer)
    payments.record(world.db, request, by=world.agent, at=world.now)

    with pytest.raises(OtherContentForKey):
        payments.record(world.db, replace(request, customer_number="999999"), by=world.agent, at=world.now)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": money("25.00")},
        {"choice": AmountChoice.TOTAL_DUE, "amount": None},
        {"tender": Tender.CHEQUE, "cheque": a_cheque()},
    ],
)
def test_a_key_that_comes_back_with_other_content_is_refused(
    world: World, customer: Customer, change: dict[str, Any]
) -> None:
    request = paying(world, customer, "20.00")
    payments.record(world.db, request, by=world.agent, at=world.now)

    with pytest.raises(OtherContentForKey) as refused:
        payments.record(world.db, replace(request, **change), by=world.agent, at=world.now)

    assert refused.value.key == request.key
    assert count(world) == 1


def test_the_key_of_another_agent_is_refused(world: World, customer: Customer) -> None:
    request = paying(world, customer)
    payments.record(world.db, request, by=world.agent, at=world.now)

    with pytest.raises(OtherContentForKey):
        payments.record(world.db, request, by=world.other_agent, at=world.now)
    assert count(world) == 1


def test_the_key_of_another_branch_is_refused_and_finds_nothing(world: World, customer: Customer) -> None:
    request = paying(world, customer)
    first = payments.record(world.db, request, by=world.agent, at=world.now)
    moved = replace(world.agent, branch=world.new_branch("QUE", "Québec"))

    with pytest.raises(OtherContentForKey):
        payments.record(world.db, request, by=moved, at=world.now)

    assert payments.by_key(world.db, request.key, by=moved) is None
    assert payments.by_key(world.db, request.key, by=world.agent) == first


def test_one_key_serves_one_kind_of_posting(world: World, customer: Customer) -> None:
    float_request = FloatRequest(new_key(), money("100.00"))
    till.receive_float(world.db, float_request, by=world.agent, at=world.now)
    receipt = payments.record(world.db, paying(world, customer), by=world.agent, at=world.now)

    with pytest.raises(OtherContentForKey):
        payments.record(world.db, paying(world, customer, "5.00", key=float_request.key), by=world.agent, at=world.now)
    with pytest.raises(OtherContentForKey):
        till.receive_float(world.db, replace(float_request, key=receipt.key), by=world.agent, at=world.now)
    with pytest.raises(OtherContentForKey):
        reversals.reverse(
            world.db, reversing(receipt.number, key=receipt.key), by=world.supervisor, at=world.now, proved_at=world.now
        )

    assert payments.by_key(world.db, float_request.key, by=world.agent) is None
    assert count(world) == 2


@pytest.mark.parametrize("key", ["", "court", "k" * 65, "k" * 20 + "\x00", "k" * 20 + "\ud800", "k" * 20 + "'"])
def test_a_key_cut_or_typed_by_hand_is_refused_and_finds_nothing(world: World, customer: Customer, key: str) -> None:
    request = replace(paying(world, customer), key=key)

    with pytest.raises(KeyMalformed):
        payments.record(world.db, request, by=world.agent, at=world.now)
    with pytest.raises(KeyMalformed):
        reversals.reverse(
            world.db, replace(reversing("MTL-000001"), key=key), by=world.supervisor, at=world.now, proved_at=world.now
        )
    with pytest.raises(KeyMalformed):
        till.receive_float(world.db, FloatRequest(key, money("5.00")), by=world.agent, at=world.now)

    assert payments.by_key(world.db, key, by=world.agent) is None
    assert count(world) == 0


def test_a_refused_form_keeps_its_key_for_the_corrected_one(world: World, customer: Customer) -> None:
    request = paying(world, customer, "100.00")
    with pytest.raises(ConfirmationNeeded):
        payments.record(world.db, request, by=world.agent, at=world.now)

    corrected = replace(request, amount=money("10.00"))

    assert payments.record(world.db, corrected, by=world.agent, at=world.now).number == "MTL-000001"


def test_receipt_numbers_run_from_one_in_each_branch(world: World, customer: Customer) -> None:
    quebec = world.person("PB0001", "Guy Roy", world.agent.role, world.new_branch("QUE", "Québec"))

    def pays(amount: str, by: Any = world.agent) -> str:
        return payments.record(world.db, paying(world, customer, amount), by=by, at=world.later(minutes=1)).number

    numbers = [pays("1.00"), pays("2.00", quebec), pays("3.00"), pays("4.00", quebec), pays("5.00", world.other_agent)]

    assert numbers == ["MTL-000001", "QUE-000001", "MTL-000002", "QUE-000002", "MTL-000003"]


def test_a_clock_that_goes_back_never_takes_the_branch_back(world: World, customer: Customer) -> None:
    first = payments.record(world.db, paying(world, customer, "1.00"), by=world.agent, at=world.now)

    second = payments.record(
        world.db, paying(world, customer, "2.00"), by=world.other_agent, at=world.now - timedelta(hours=1)
    )

    assert second.at == first.at
    assert second.business_date == first.business_date


def test_a_stopped_run_leaves_nothing_behind(world: World, customer: Customer) -> None:
    class Stopped(BaseException):
        """What Streamlit raises when a run is interrupted: no `Exception`."""

    def write_half() -> None:
        with world.db.write() as connection:
            connection.execute(tables.database_mark.insert().values(name="half", value="done"))
            raise Stopped

    with pytest.raises(Stopped):
        write_half()

    assert count(world, tables.database_mark) == 0
    assert payments.record(world.db, paying(world, customer), by=world.agent, at=world.now).number == "MTL-000001"
