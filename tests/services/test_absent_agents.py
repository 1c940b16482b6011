"""An agent is absent: a supervisor counts beside a witness who signs with their own password, and a third approves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.counts import CountDraft, CountedByAnother, FrozenCount, NoCount, NoTill, WitnessUnfit
from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Role
from partnernet.domain.reconciliations import (
    DifferenceReason,
    OwnReconciliation,
    Reconciliation,
    ReconciliationState,
    SubmitRequest,
)
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.sign_in import SignInRefused
from partnernet.services import counts, credentials, payments, reconciliations, submissions, till, verification
from partnernet.storage import tables
from tests.support.counting import approve, typed
from tests.support.requests import float_received, holding, money, new_key, paying
from tests.support.world import World

DUE = date(2026, 10, 15)
PASSWORD = "sept chats gris au comptoir"


@pytest.fixture
def third(world: World) -> Agent:
    return world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)


@pytest.fixture
def left(world: World, third: Agent) -> World:
    """Marie has gone home with 260.00 in her drawer; Luc can sign."""
    float_received(world, "200.00")
    customer = world.customer("100001", due=[("F-1", "60.00", DUE)])
    payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(minutes=1))
    hashed = credentials.hash_password(PASSWORD)
    with world.db.write() as connection:
        connection.execute(update(tables.app_user).values(password_hash=hashed))
    assert third.branch == world.branch
    return world


def begin(world: World, *, witness: str = "PA2345", password: str = PASSWORD, by: Agent | None = None) -> CountDraft:
    return counts.start_for_absent(
        world.db, world.agent.login, witness, password, by=by or world.supervisor, at=world.later(minutes=1)
    )


def freeze(world: World, draft: CountDraft, pieces: dict[str, int]) -> FrozenCount:
    at = world.later(minutes=1)
    return counts.freeze(world.db, draft.id, typed(pieces), {}, frozenset(), by=world.supervisor, at=at)


def submit(world: World, counted: FrozenCount, **why: object) -> Reconciliation:
    request = SubmitRequest(new_key(), counted.id, None, "")
    request = replace(request, **why)  # type: ignore[arg-type]
    return reconciliations.submit(world.db, request, by=world.supervisor, at=world.later(minutes=1))


def test_the_till_of_an_absent_agent_is_counted_submitted_and_approved_by_three(left: World, third: Agent) -> None:
    assert [waiting.login for waiting in counts.others(left.db, by=left.supervisor)] == ["PA1234"]
    counted = freeze(left, begin(left), {"20": 13})
    assert (counted.counted_by, counted.witness) == ("Anne Lavoie", "Luc Gagnon")
    prepared = submissions.prepared(left.db, by=left.supervisor, at=left.now, till_of="PA1234")
    assert prepared is not None
    assert prepared.cash == money("60.00")

    submitted = submit(left, counted)

    for too_close in (left.supervisor, replace(left.other_agent, role=Role.SUPERVISOR)):
        with pytest.raises(OwnReconciliation):
            approve(left, submitted, by=too_close)
    assert approve(left, submitted, by=third).state is ReconciliationState.APPROVED
    assert (submitted.agent_login, submitted.bag.total) == ("PA1234", money("60.00"))
    assert holding(left, left.agent).expected_cash == money("200.00")
    assert holding(left, left.supervisor).expected_cash == ZERO, "who counts must NOT hold the money"
    assert verification.verify(left.db, by=console_operator("test")).problems == ()


def test_a_shortage_of_an_absent_agent_stays_theirs(left: World) -> None:
    counted = freeze(left, begin(left), {"20": 12})

    submit(left, counted, reason=DifferenceReason.UNKNOWN, note="absente depuis midi")

    assert holding(left, left.agent).float_present == money("180.00")
    assert holding(left, left.supervisor).float_present == ZERO


@pytest.mark.parametrize("witness", ["SU1000", "PA1234", "PB9999", ""])
def test_a_witness_is_another_person_of_the_branch(left: World, witness: str) -> None:
    with pytest.raises(WitnessUnfit):
        begin(left, witness=witness)

    assert till.position(left.db, by=left.agent).figures is not None, "no count was begun"


def test_a_witness_signs_with_their_own_password(left: World) -> None:
    with pytest.raises(SignInRefused):
        begin(left, password="autre chose")

    assert counts.current(left.db, by=left.supervisor, at=left.now, till_of="PA1234") is None


def test_what_the_absent_agent_had_begun_to_count_is_given_up(left: World) -> None:
    begun = counts.start(left.db, by=left.agent, at=left.later(minutes=1))

    draft = begin(left)

    assert draft.blind
    with pytest.raises(NoCount):
        counts.freeze(left.db, begun.id, {}, {}, frozenset(), by=left.agent, at=left.now)


def test_the_agent_who_comes_back_waits_until_the_count_is_frozen_and_may_count_again(left: World) -> None:
    draft = begin(left)
    with pytest.raises(CountedByAnother) as refused:
        counts.start(left.db, by=left.agent, at=left.now)
    assert refused.value.name == "Anne Lavoie"
    assert counts.current(left.db, by=left.agent, at=left.now) is None
    counted = freeze(left, draft, {"20": 13})

    again = counts.start(left.db, by=left.agent, at=left.later(minutes=1))

    assert (again.number, again.blind) == (2, False)
    with pytest.raises(NoCount):
        submit(left, counted)


def test_a_second_supervisor_does_not_take_over_a_count_under_way(left: World, third: Agent) -> None:
    begin(left)

    with pytest.raises(CountedByAnother):
        begin(left, by=third)


def test_nobody_counts_a_till_of_another_branch_or_one_that_holds_nothing(left: World) -> None:
    elsewhere = left.person("SU3000", "Line Roy", Role.SUPERVISOR, left.new_branch("QUE", "Québec"))

    with pytest.raises(NoTill):
        begin(left, by=elsewhere)
    with pytest.raises(NoTill):
        counts.start_for_absent(left.db, "PA2345", "SU2000", PASSWORD, by=left.supervisor, at=left.now)
    with pytest.raises(NotPermitted):
        begin(left, by=left.other_agent, witness="SU2000")
    assert counts.others(left.db, by=elsewhere) == ()
