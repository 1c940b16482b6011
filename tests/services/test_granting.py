"""Granting a replenishment: another person, once, from the branch's funds."""

from __future__ import annotations

from functools import partial

import pytest

from partnernet.domain.counts import CountUnderWay
from partnernet.domain.permissions import Role
from partnernet.domain.replenishments import OwnRequest, ReplenishmentSettled
from partnernet.services import counts, replenishments
from tests.support.at_once import at_once
from tests.support.counting import assert_verified, change_settings, count, postings, receive_float, submit
from tests.support.petty_cash import granter
from tests.support.requests import holding, money, new_key
from tests.support.world import World


@pytest.fixture
def asked(world: World) -> int:
    """The agent has 150.00 of the authorised 200.00 and asks for the rest."""
    receive_float(world, "150.00")
    replenishments.ask(world.db, new_key(), by=world.agent, at=world.later(minutes=1))
    return replenishments.listed(world.db, by=world.supervisor)[0].id


def test_what_is_granted_is_in_the_drawer_and_belongs_to_the_float(world: World, asked: int) -> None:
    granted = replenishments.grant(world.db, asked, by=world.supervisor, at=world.later(minutes=1))

    assert (granted.amount, granter(granted)) == (money("50.00"), "Anne Lavoie")
    held = holding(world, world.agent)
    assert (held.expected_cash, held.float_present, held.due_to_principal) == (
        money("200.00"), money("200.00"), money("0.00"),
    )  # fmt: skip
    assert_verified(world)


def test_a_second_click_of_the_same_person_gives_nothing_more_and_is_no_refusal(world: World, asked: int) -> None:
    first = replenishments.grant(world.db, asked, by=world.supervisor, at=world.later(minutes=1))
    posted = postings(world)

    again = replenishments.grant(world.db, asked, by=world.supervisor, at=world.later(minutes=1))

    assert again == first
    assert postings(world) == posted


def test_another_supervisor_is_told_that_it_is_settled(world: World, asked: int) -> None:
    other = world.person("SU1001", "Guy Roy", Role.SUPERVISOR, world.branch)
    replenishments.grant(world.db, asked, by=world.supervisor, at=world.later(minutes=1))
    posted = postings(world)

    with pytest.raises(ReplenishmentSettled):
        replenishments.grant(world.db, asked, by=other, at=world.later(minutes=1))

    assert postings(world) == posted


def test_two_supervisors_at_once_grant_it_once(world: World, asked: int) -> None:
    other = world.person("SU1001", "Guy Roy", Role.SUPERVISOR, world.branch)

    outcomes = at_once(
        partial(replenishments.grant, world.db, asked, by=world.supervisor, at=world.now),
        partial(replenishments.grant, world.db, asked, by=other, at=world.now),
    )

    assert sum(isinstance(outcome, ReplenishmentSettled) for outcome in outcomes) == 1
    assert holding(world, world.agent).expected_cash == money("200.00")


def test_a_supervisor_of_another_branch_grants_nothing(world: World, asked: int) -> None:
    elsewhere = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    with pytest.raises(ReplenishmentSettled):
        replenishments.grant(world.db, asked, by=elsewhere, at=world.later(minutes=1))

    assert holding(world, world.agent).expected_cash == money("150.00")


def test_nobody_grants_their_own_request_unless_the_branch_is_of_one_person(world: World) -> None:
    receive_float(world, "150.00", agent=world.supervisor)
    replenishments.ask(world.db, new_key(), by=world.supervisor, at=world.later(minutes=1))
    own = replenishments.listed(world.db, by=world.supervisor)[0].id

    with pytest.raises(OwnRequest):
        replenishments.grant(world.db, own, by=world.supervisor, at=world.later(minutes=1))
    change_settings(world, one_person=True)
    replenishments.grant(world.db, own, by=world.supervisor, at=world.later(minutes=1))

    assert holding(world, world.supervisor).expected_cash == money("200.00")


@pytest.mark.parametrize("frozen", [False, True])
def test_nothing_is_granted_into_a_till_that_is_counted(world: World, asked: int, frozen: bool) -> None:
    """Whoever has counted the drawer before the money came would look short of it."""
    if frozen:
        counted = count(world, {"50": 3})
    else:
        begun = counts.start(world.db, by=world.agent, at=world.later(minutes=1))
    before = postings(world)

    with pytest.raises(CountUnderWay):
        replenishments.grant(world.db, asked, by=world.supervisor, at=world.later(minutes=1))

    assert postings(world) == before
    if frozen:
        submit(world, counted)
    else:
        counts.drop(world.db, begun.id, by=world.agent, at=world.later(minutes=1))
    granted = replenishments.grant(world.db, asked, by=world.supervisor, at=world.later(minutes=1))
    assert granter(granted) == "Anne Lavoie"
    assert_verified(world)
