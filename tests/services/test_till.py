"""The till: it opens by itself, once, and every figure is a sum over the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from partnernet.domain.money import LARGEST_PAYMENT, ZERO, AmountNotPositive, AmountTooLarge, Money
from partnernet.domain.refusals import Refusal
from partnernet.domain.till import AgentDay, FloatNotMultipleOfFive, FloatRequest, TillFigures, TillOpenElsewhere
from partnernet.services import payments, till
from partnernet.storage import tables
from tests.support.counting import count
from tests.support.requests import a_cheque, holding, money, new_key, paying
from tests.support.world import World

DUE = date(2026, 10, 15)


def sessions(world: World) -> list[int]:
    with world.db.read() as connection:
        return list(connection.execute(select(tables.till_session.c.agent_id)).scalars())


def test_a_till_that_never_opened_holds_nothing(world: World) -> None:
    position = till.position(world.db, by=world.agent)

    assert position.opened_at is None
    assert position.figures == TillFigures(ZERO, ZERO, ZERO, ZERO)
    assert position.float_authorised == money("200.00")
    assert sessions(world) == [], "looking must NOT open a till"


def test_the_first_payment_opens_the_till_and_the_second_does_not(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "500.00", DUE)])
    opened_at = world.now
    payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=opened_at)
    payments.record(world.db, paying(world, customer, "5.00"), by=world.agent, at=world.later(hours=1))
    payments.record(world.db, paying(world, customer, "6.00"), by=world.other_agent, at=world.now)

    position = till.position(world.db, by=world.agent)

    assert (position.opened_at, holding(world, world.agent).expected_cash) == (opened_at, money("25.00"))
    assert sorted(sessions(world)) == sorted([world.agent.id, world.other_agent.id])


def test_a_till_still_open_in_another_branch_takes_nothing_of_this_one(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "500.00", DUE)])
    payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=world.now)
    moved = replace(world.agent, branch=world.new_branch("QUE", "Québec"))

    with pytest.raises(TillOpenElsewhere) as refused:
        payments.record(world.db, paying(world, customer, "5.00"), by=moved, at=world.now)
    with pytest.raises(TillOpenElsewhere):
        till.receive_float(world.db, FloatRequest(new_key(), money("200.00")), by=moved, at=world.now)

    assert refused.value.branch_code == world.branch.code
    assert holding(world, world.agent).expected_cash == money("20.00")


def test_a_float_is_in_the_drawer_and_owes_nothing_to_the_principal(world: World) -> None:
    position = till.receive_float(world.db, FloatRequest(new_key(), money("200.00")), by=world.agent, at=world.now)

    assert position.figures == TillFigures(money("200.00"), ZERO, ZERO, money("200.00"))
    assert position == till.position(world.db, by=world.agent)
    assert holding(world, world.other_agent).expected_cash == ZERO


def test_the_same_float_again_changes_nothing(world: World) -> None:
    request = FloatRequest(new_key(), money("200.00"))
    first = till.receive_float(world.db, request, by=world.agent, at=world.now)

    assert till.receive_float(world.db, request, by=world.agent, at=world.later(hours=1)) == first


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        (ZERO, AmountNotPositive),
        (Money(-200_00), AmountNotPositive),
        (Money(200_01), FloatNotMultipleOfFive),
        (LARGEST_PAYMENT + Money(5), AmountTooLarge),
    ],
)
def test_a_float_that_cannot_be_is_refused_and_opens_no_till(
    world: World, amount: Money, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        till.receive_float(world.db, FloatRequest(new_key(), amount), by=world.agent, at=world.now)

    assert sessions(world) == []


def test_the_day_at_a_glance_shows_ones_own_till_and_the_payments_one_may_list(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "500.00", DUE)])
    payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=world.now)
    payments.record(world.db, paying(world, customer, "30.00", cheque=a_cheque()), by=world.other_agent, at=world.now)

    own = till.day_of(world.db, by=world.agent, at=world.now)
    branchs = till.day_of(world.db, by=world.supervisor, at=world.now)
    tomorrow = till.day_of(world.db, by=world.agent, at=world.later(days=1))

    assert (own.day.count, own.day.amount, _cash(own)) == (1, money("20.00"), money("20.00"))
    assert (branchs.day.count, branchs.day.amount, _cash(branchs)) == (2, money("50.00"), ZERO)
    assert (tomorrow.day.count, _cash(tomorrow)) == (0, money("20.00"))


def _cash(glance: AgentDay) -> Money | None:
    figures = glance.position.figures
    return figures.expected_cash if figures else None


def test_a_till_whose_count_is_frozen_is_still_open_since_then(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "60.00", DUE)])
    payments.record(world.db, paying(world, customer), by=world.agent, at=world.now)
    opened_at = till.position(world.db, by=world.agent).opened_at

    count(world, {"20": 3})

    assert opened_at is not None
    assert till.position(world.db, by=world.agent).opened_at == opened_at
