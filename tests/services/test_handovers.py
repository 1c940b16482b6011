"""Floats change hands only when both have confirmed: branch to agent, agent to agent at a shift change, and back."""

from __future__ import annotations

from datetime import date

import pytest

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.counts import CountUnderWay
from partnernet.domain.handovers import (
    CollectionsInDrawer,
    FloatAboveAuthorised,
    FloatTooSmall,
    Handover,
    HandoverOutcome,
    HandoverRequest,
    HandoverSettled,
    NoSuchColleague,
)
from partnernet.domain.money import ZERO, AmountNotPositive
from partnernet.domain.permissions import Role
from partnernet.domain.reconciliations import DifferenceReason
from partnernet.domain.refusals import NotPermitted, OtherContentForKey, Refusal
from partnernet.domain.till import FloatNotMultipleOfFive
from partnernet.services import counts, handovers, payments, verification
from tests.support.at_once import at_once
from tests.support.counting import change_settings, count, submit
from tests.support.requests import float_received, holding, money, new_key, paying
from tests.support.world import World

DUE = date(2026, 10, 15)


def offers(world: World, amount: str, *, giver: Agent | None = None, receiver: Agent | None = None) -> Handover:
    """Between two people, or the branch where one is left out (then the supervisor acts for it)."""
    request = HandoverRequest(
        new_key(), giver.login if giver else "", receiver.login if receiver else "", money(amount)
    )
    return handovers.offer(world.db, request, by=giver or world.supervisor, at=world.later(minutes=1))


def accepts(world: World, offered: Handover, by: Agent) -> Handover:
    return handovers.accept(world.db, offered.id, by=by, at=world.later(minutes=1))


def held(world: World, agent: Agent) -> tuple[str, str, str]:
    """Drawer, debt and float present."""
    figures = holding(world, agent)
    return str(figures.expected_cash), str(figures.due_to_principal), str(figures.float_present)


def assert_verified(world: World) -> None:
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


def test_a_float_is_in_the_drawer_only_once_its_agent_has_confirmed_it(world: World) -> None:
    offered = offers(world, "200.00", receiver=world.agent)
    assert held(world, world.agent) == ("0.00", "0.00", "0.00")
    assert [waiting.id for waiting in handovers.waiting(world.db, by=world.agent)] == [offered.id]

    accepted = accepts(world, offered, world.agent)

    assert accepted.outcome is HandoverOutcome.ACCEPTED
    assert held(world, world.agent) == ("200.00", "0.00", "200.00")
    assert handovers.waiting(world.db, by=world.agent) == ()
    assert_verified(world)


def test_confirmed_twice_it_is_received_once(world: World) -> None:
    offered = offers(world, "200.00", receiver=world.agent)

    answers = at_once(*[lambda: handovers.accept(world.db, offered.id, by=world.agent, at=world.now)] * 2)

    assert {answer.outcome for answer in answers if isinstance(answer, Handover)} == {HandoverOutcome.ACCEPTED}
    assert held(world, world.agent)[0] == "200.00"


def test_at_a_shift_change_the_float_passes_from_one_drawer_to_the_other(world: World) -> None:
    float_received(world, "200.00")
    customer = world.customer("100001", due=[("F-1", "60.00", DUE)])
    payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(minutes=1))
    with pytest.raises(CollectionsInDrawer):
        offers(world, "200.00", giver=world.agent, receiver=world.other_agent)
    submit(world, count(world, {"20": 13}))

    accepts(world, offers(world, "200.00", giver=world.agent, receiver=world.other_agent), world.other_agent)

    assert held(world, world.agent) == ("0.00", "60.00", "0.00"), "the bag's debt must NOT pass with the float"
    assert held(world, world.other_agent) == ("200.00", "0.00", "200.00")
    assert_verified(world)


def test_a_float_that_a_shortage_has_made_smaller_passes_as_it_is(world: World) -> None:
    float_received(world, "200.00")
    submit(world, count(world, {"20": 9}), reason=DifferenceReason.UNKNOWN, note="un billet manque")
    with pytest.raises(FloatTooSmall) as refused:
        offers(world, "200.00", giver=world.agent, receiver=world.other_agent)
    assert refused.value.present == money("180.00")

    accepts(world, offers(world, "180.00", giver=world.agent, receiver=world.other_agent), world.other_agent)

    assert held(world, world.agent) == ("0.00", "0.00", "0.00")
    assert held(world, world.other_agent) == ("180.00", "0.00", "180.00")


def test_a_float_given_back_is_confirmed_by_a_supervisor(world: World) -> None:
    float_received(world, "200.00")
    offered = offers(world, "50.00", giver=world.agent)
    with pytest.raises(HandoverSettled):
        accepts(world, offered, world.other_agent)
    with pytest.raises(HandoverSettled):
        accepts(world, offered, world.agent)

    accepts(world, offered, world.supervisor)

    assert held(world, world.agent) == ("150.00", "0.00", "150.00")
    assert_verified(world)


@pytest.mark.parametrize("outcome", ["declined", "withdrawn"])
def test_an_offer_declined_or_withdrawn_moves_nothing(world: World, outcome: str) -> None:
    offered = offers(world, "200.00", receiver=world.agent)
    by = world.agent if outcome == "declined" else world.supervisor
    answer = handovers.decline if outcome == "declined" else handovers.withdraw

    answer(world.db, offered.id, by=by, at=world.later(minutes=1))

    with pytest.raises(HandoverSettled):
        accepts(world, offered, world.agent)
    assert held(world, world.agent) == ("0.00", "0.00", "0.00")


def test_nobody_but_the_receiver_confirms_and_nobody_but_the_giver_withdraws(world: World) -> None:
    offered = offers(world, "200.00", receiver=world.agent)

    for act, by in (
        (handovers.accept, world.other_agent),
        (handovers.accept, world.supervisor),
        (handovers.decline, world.supervisor),
        (handovers.withdraw, world.agent),
    ):
        with pytest.raises(HandoverSettled):
            act(world.db, offered.id, by=by, at=world.now)

    assert held(world, world.agent) == ("0.00", "0.00", "0.00")


def test_an_agent_issues_nothing_of_the_branch_and_gives_nothing_of_a_colleague(world: World) -> None:
    for giver in ("", world.other_agent.login, world.supervisor.login):
        request = HandoverRequest(new_key(), giver, world.agent.login if giver else "PA2345", money("20.00"))
        with pytest.raises(NotPermitted):
            handovers.offer(world.db, request, by=world.agent, at=world.now)


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [("200.05", FloatAboveAuthorised), ("0.02", FloatNotMultipleOfFive), ("0.00", AmountNotPositive)],
)
def test_an_amount_that_cannot_be_a_float_is_refused(world: World, amount: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        offers(world, amount, receiver=world.agent)


def test_what_was_right_when_offered_is_checked_again_when_confirmed(world: World) -> None:
    first, second = (offers(world, "150.00", receiver=world.agent) for _ in range(2))
    accepts(world, first, world.agent)

    with pytest.raises(FloatAboveAuthorised):
        accepts(world, second, world.agent)

    assert held(world, world.agent)[0] == "150.00"


def test_nothing_changes_hands_while_a_till_is_counted(world: World) -> None:
    float_received(world, "100.00")
    counts.start(world.db, by=world.agent, at=world.later(minutes=1))

    for giver, receiver in ((None, world.agent), (world.agent, world.other_agent), (world.agent, None)):
        with pytest.raises(CountUnderWay):
            offers(world, "50.00", giver=giver, receiver=receiver)


def test_strangers_of_the_branch_receive_nothing(world: World) -> None:
    elsewhere = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))
    auditor = world.person("AU0001", "Jeanne Roy", Role.AUDITOR, world.branch)

    for receiver in (elsewhere, auditor):
        with pytest.raises(NoSuchColleague):
            offers(world, "50.00", receiver=receiver)

    with pytest.raises(NoSuchColleague):
        offers(world, "50.00", giver=world.agent, receiver=world.agent)


def test_the_same_key_is_one_offer_and_other_content_is_refused(world: World) -> None:
    request = HandoverRequest(new_key(), "", world.agent.login, money("200.00"))
    first = handovers.offer(world.db, request, by=world.supervisor, at=world.now)

    assert handovers.offer(world.db, request, by=world.supervisor, at=world.later(hours=1)) == first
    other = HandoverRequest(request.key, "", world.agent.login, money("100.00"))
    with pytest.raises(OtherContentForKey):
        handovers.offer(world.db, other, by=world.supervisor, at=world.now)


def test_in_a_branch_of_one_person_the_only_one_issues_and_confirms(world: World) -> None:
    offered = offers(world, "200.00", receiver=world.supervisor)
    with pytest.raises(HandoverSettled):
        accepts(world, offered, world.supervisor)
    change_settings(world, one_person=True)

    accepts(world, offered, world.supervisor)

    assert held(world, world.supervisor) == ("200.00", "0.00", "200.00")
    assert holding(world, world.supervisor).cheques == ZERO
