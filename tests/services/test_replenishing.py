"""Replenishments: asked by who keeps a float, granted once by another person, and only while they are needed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnernet.domain.permissions import Role
from partnernet.domain.refusals import NotPermitted, OtherContentForKey
from partnernet.domain.replenishments import NothingToReplenish, OwnRequest, ReplenishmentSettled
from partnernet.services import payments, replenishments
from tests.support.counting import (
    assert_holds,
    assert_verified,
    change_settings,
    count,
    receive_float,
    submit,
    take_cash,
)
from tests.support.petty_cash import ask, grant, granter, pay, take_back, voucher, waiting
from tests.support.requests import holding, money, new_key, paying
from tests.support.world import World


@pytest.fixture
def till_of_200(world: World) -> World:
    """A float of 200.00 and 60.00 collected."""
    receive_float(world)
    take_cash(world, "60.00")
    return world


def test_a_replenishment_is_asked_by_the_agent_and_granted_by_another(till_of_200: World) -> None:
    world = till_of_200
    pay(world, voucher(world))
    assert ask(world) == money("18.40")
    assert_holds(world, world.agent, drawer="241.60", cheques="0.00", owed="60.00", float_present="181.60")

    granted = grant(world, waiting(world)[0])

    assert (granted.amount, granter(granted)) == (money("18.40"), world.supervisor.name)
    assert_holds(world, world.agent, drawer="260.00", cheques="0.00", owed="60.00", float_present="200.00")
    assert waiting(world) == []
    assert_verified(world)


def test_nothing_is_asked_for_a_whole_float_and_not_twice(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    with pytest.raises(NothingToReplenish):
        ask(world)
    pay(world, voucher(world))
    ask(world, key=key)

    assert ask(world, key=key) == money("18.40"), "the same request is the same request"
    with pytest.raises(NothingToReplenish):
        ask(world)
    with pytest.raises(OtherContentForKey):
        ask(world, key=key, by=world.other_agent)

    assert len(waiting(world)) == 1


def test_a_replenishment_is_granted_once(till_of_200: World) -> None:
    world = till_of_200
    pay(world, voucher(world))
    ask(world)
    (request,) = waiting(world)
    granted = grant(world, request)

    assert grant(world, request) == granted, "a second click gives nothing more"
    with pytest.raises(ReplenishmentSettled):
        grant(world, request, by=world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch))

    assert holding(world, world.agent).float_present == money("200.00")


def test_nobody_grants_their_own_request_except_alone(world: World) -> None:
    receive_float(world, agent=world.supervisor)
    pay(world, voucher(world), by=world.supervisor)
    ask(world, by=world.supervisor)
    (request,) = waiting(world)

    with pytest.raises(OwnRequest):
        grant(world, request)
    assert holding(world, world.supervisor).float_present == money("181.60")

    change_settings(world, one_person=True)
    assert granter(grant(world, request)) == world.supervisor.name


def test_agents_auditors_and_other_branches_grant_nothing(till_of_200: World) -> None:
    world = till_of_200
    pay(world, voucher(world))
    ask(world)
    (request,) = waiting(world)
    auditor = world.person("AU1000", "Léa Roy", Role.AUDITOR, world.branch)
    stranger = world.person("SU3000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    for person in (world.agent, world.other_agent, auditor):
        with pytest.raises(NotPermitted):
            grant(world, request, by=person)
    with pytest.raises(ReplenishmentSettled):
        grant(world, request, by=stranger)

    assert replenishments.listed(world.db, by=stranger) == ()
    assert replenishments.listed(world.db, by=world.other_agent) == (), "an agent reads only their own"
    assert [asked.amount for asked in replenishments.listed(world.db, by=world.agent)] == [money("18.40")]


def test_a_replenishment_that_is_no_longer_needed_is_not_granted_and_a_smaller_one_can_be_asked(
    till_of_200: World,
) -> None:
    world = till_of_200
    pay(world, voucher(world, "18.40"))
    mistake = pay(world, voucher(world, "14.10"))
    ask(world)
    (too_much,) = waiting(world)
    assert too_much.amount == money("32.50")
    take_back(world, mistake)

    with pytest.raises(ReplenishmentSettled):
        grant(world, too_much)

    assert holding(world, world.agent).float_present == money("181.60"), "the float must NOT grow too large"
    assert ask(world) == money("18.40")
    grant(world, waiting(world)[0])
    assert holding(world, world.agent).float_present == money("200.00")
    with pytest.raises(ReplenishmentSettled):
        grant(world, too_much)


def test_a_shortage_found_by_counting_is_replenished_too(till_of_200: World) -> None:
    world = till_of_200
    change_settings(world, tolerance=money("20.00"))
    submit(world, count(world, {"100": 1, "20": 7}))

    assert ask(world) == money("20.00")
    grant(world, waiting(world)[0])

    assert_holds(world, world.agent, drawer="200.00", cheques="0.00", owed="60.00", float_present="200.00")


def test_what_is_missing_is_measured_by_the_float_that_is_authorised_now(till_of_200: World) -> None:
    change_settings(till_of_200, float_authorised=money("250.00"))

    assert ask(till_of_200) == money("50.00")


def test_an_old_request_is_granted_however_many_came_after_it(world: World) -> None:
    agents = [world.person(f"PX{n:04}", f"Agent {n}", Role.AGENT, world.branch) for n in range(52)]
    for agent in agents:
        ask(world, by=agent)  # a float that was never handed over is missing whole
    (oldest,) = replenishments.listed(world.db, by=agents[0])

    assert granter(grant(world, oldest)) == world.supervisor.name
    assert holding(world, agents[0]).float_present == money("200.00")


def test_a_request_keeps_a_key_that_a_payment_carried_too(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    pay(world, voucher(world))
    ask(world, key=key)
    customer = world.customer("100001", due=[("F-1", "60.00", world.today - timedelta(days=40))])
    payments.record(world.db, paying(world, customer, key=key), by=world.agent, at=world.later(minutes=1))

    assert grant(world, waiting(world)[0]).amount == money("18.40")
