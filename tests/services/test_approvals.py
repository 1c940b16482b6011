"""What whoever approves reads: the branch's own, or the one that an auditor of every branch names, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from partnernet.domain.agents import Agent, NoBranch
from partnernet.domain.approvals import ReconciliationNotFound
from partnernet.domain.drops import DropRequest
from partnernet.domain.permissions import Role
from partnernet.domain.pieces import pieces
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, ReconciliationState
from partnernet.domain.refusals import NotPermitted, Refusal
from partnernet.domain.users import BranchNotFound
from partnernet.services import (
    approvals,
    branches,
    counts,
    credentials,
    drops,
    replenishments,
    reviews,
)
from partnernet.storage import tables
from tests.services.people import PASSWORD
from tests.support.counting import (
    approve,
    change_settings,
    count,
    deposit,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
    typed,
)
from tests.support.petty_cash import granter
from tests.support.requests import money, new_key
from tests.support.world import World


def submitted(world: World, twenties: int = 3, *, agent: Agent | None = None) -> Reconciliation:
    """60.00 taken in cash and 40.00 by cheque, counted as some notes of 20, submitted."""
    by = agent or world.agent
    take_cash(world, "60.00", agent=by)
    take_cheque(world, "40.00", agent=by)
    counted = count(world, {"20": twenties}, agent=by)
    return submit(world, counted, reason=DifferenceReason.UNKNOWN, note="à voir", agent=by)


def listed(world: World, by: Agent | None = None, code: str | None = None) -> tuple[list[int], list[int]]:
    """The numbers that wait, and those decided."""
    found = approvals.listed(world.db, code, by=by or world.supervisor, at=world.now)
    return [row.number for row in found.pending], [row.number for row in found.decided]


def test_what_waits_comes_oldest_first_and_what_was_decided_latest_first(world: World) -> None:
    first, second = submitted(world), submitted(world, agent=world.other_agent)
    third = submitted(world)
    assert listed(world) == ([1, 2, 3], [])

    approve(world, second)
    approve(world, first)

    assert listed(world) == ([third.number], [first.number, second.number])


def test_a_line_says_who_how_much_and_what_became_of_it(world: World) -> None:
    approve(world, submitted(world, twenties=2))

    (row,) = approvals.listed(world.db, by=world.supervisor, at=world.now).decided

    assert (row.agent_login, row.agent_name) == ("PA1234", "Marie Tremblay")
    assert (row.difference, row.bag_total) == (money("-20.00"), money("80.00"))
    assert (row.state, row.decided_by, row.alone) == (ReconciliationState.APPROVED, "Anne Lavoie", False)


def test_a_bag_that_the_bank_has_is_deposited_and_one_sent_back_is_returned(world: World) -> None:
    approve(world, submitted(world))
    deposit(world)
    send_back(world, submitted(world))

    found = approvals.listed(world.db, by=world.supervisor, at=world.now)

    assert [row.state for row in found.decided] == [ReconciliationState.RETURNED, ReconciliationState.DEPOSITED]


def test_what_was_decided_alone_says_so(world: World) -> None:
    change_settings(world, one_person=True)
    own = submitted(world, agent=world.supervisor)
    approve(world, own)

    found = approvals.listed(world.db, by=world.supervisor, at=world.now)

    assert found.one_person
    assert [row.alone for row in found.decided] == [True]


def test_an_examination_has_the_differences_before_it_newest_first(world: World) -> None:
    for twenties in (3, 2, 4):
        approve(world, submitted(world, twenties))
    submitted(world, twenties=1, agent=world.other_agent)

    found = approvals.examined(world.db, "3", by=world.supervisor, at=world.now)

    assert [(past.number, past.difference) for past in found.history] == [(2, money("-20.00")), (1, money("0.00"))]
    assert found.reconciliation.count.difference == money("20.00")


def test_one_s_own_is_what_one_submitted_or_what_was_submitted_for_one(world: World) -> None:
    submitted(world)

    found = approvals.examined(world.db, "1", by=world.supervisor, at=world.now)

    assert found.is_own(world.agent)
    assert not found.is_own(world.supervisor)
    assert not found.is_own(world.other_agent)


def test_who_counted_for_an_absent_agent_and_who_witnessed_it_are_involved_too(world: World) -> None:
    take_cash(world, "60.00")
    hashed = credentials.hash_password(PASSWORD)
    with world.db.write() as connection:
        connection.execute(update(tables.app_user).values(password_hash=hashed))
    draft = counts.start_for_absent(
        world.db, world.agent.login, world.other_agent.login, PASSWORD, by=world.supervisor, at=world.later(minutes=1)
    )
    counted = counts.freeze(world.db, draft.id, typed({"20": 3}), {}, frozenset(), by=world.supervisor, at=world.now)
    submit(world, counted, agent=world.supervisor)

    found = approvals.examined(world.db, "1", by=world.supervisor, at=world.now)

    assert all(found.is_own(person) for person in (world.agent, world.other_agent, world.supervisor))
    assert not found.is_own(world.person("SU1001", "Guy Roy", Role.SUPERVISOR, world.branch))


def test_what_was_decided_alone_waits_for_a_review_until_somebody_from_outside_has_looked(world: World) -> None:
    change_settings(world, one_person=True)
    own = approve(world, submitted(world, agent=world.supervisor))
    auditor = world.person("AU1000", "Line Roy", Role.AUDITOR)

    waiting = approvals.listed(world.db, by=world.supervisor, at=world.now).to_review
    assert [each.number for each in waiting] == [own.number]
    reviews.review(world.db, own.id, "", by=auditor, at=world.later(minutes=1))

    assert approvals.listed(world.db, by=world.supervisor, at=world.now).to_review == ()
    seen = approvals.examined(world.db, str(own.number), by=world.supervisor, at=world.now).review
    assert seen is not None
    assert seen.reviewed_by == "Line Roy"


def test_drops_of_the_branch_are_listed_and_no_other_s(world: World) -> None:
    take_cash(world, "60.00")
    drops.make(world.db, DropRequest(new_key(), pieces({2000: 2}), frozenset()), by=world.agent, at=world.now)
    elsewhere = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    found = approvals.listed(world.db, by=world.supervisor, at=world.now)

    assert [str(drop.bag.total) for drop in found.drops] == ["40.00"]
    assert approvals.listed(world.db, by=elsewhere, at=world.now).drops == ()


@pytest.mark.parametrize("number", ["2", "0", "-1", "", "1.0", "١", "²", "9" * 30, "1' OR 1=1", "<b>1</b>"])
def test_a_number_that_is_not_there_is_not_found(world: World, number: str) -> None:
    submitted(world)

    with pytest.raises(ReconciliationNotFound):
        approvals.examined(world.db, number, by=world.supervisor, at=world.now)


# --- whose branch ---------------------------------------------------------------------------------------------------


@pytest.fixture
def quebec(world: World) -> Agent:
    """The supervisor of another branch, where nothing happened."""
    return world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))


def test_a_supervisor_of_another_branch_gets_nothing(world: World, quebec: Agent) -> None:
    submitted(world)

    assert listed(world, quebec) == ([], [])
    with pytest.raises(ReconciliationNotFound):
        approvals.examined(world.db, "1", by=quebec, at=world.now)
    with pytest.raises(BranchNotFound):
        approvals.listed(world.db, "MTL", by=quebec, at=world.now)
    with pytest.raises(BranchNotFound):
        approvals.examined(world.db, "1", "MTL", by=quebec, at=world.now)


@pytest.mark.usefixtures("quebec")
def test_an_auditor_of_every_branch_reads_the_one_they_name(world: World) -> None:
    submitted(world)
    auditor = world.person("AU1000", "Line Roy", Role.AUDITOR)

    assert [branch.code for branch in branches.readable(world.db, by=auditor)] == ["MTL", "QUE"]
    assert listed(world, auditor, "MTL") == ([1], [])
    assert listed(world, auditor, "QUE") == ([], [])
    assert approvals.examined(world.db, "1", "MTL", by=auditor, at=world.now).reconciliation.number == 1
    with pytest.raises(NoBranch):
        approvals.listed(world.db, by=auditor, at=world.now)


@pytest.mark.usefixtures("quebec")
def test_an_auditor_of_a_branch_reads_that_one_only(world: World) -> None:
    auditor = world.person("AU1000", "Line Roy", Role.AUDITOR, world.branch)

    assert branches.readable(world.db, by=auditor) == (world.branch,)
    with pytest.raises(BranchNotFound):
        approvals.listed(world.db, "QUE", by=auditor, at=world.now)


@pytest.mark.parametrize(
    ("role", "code", "refusal"),
    [
        (Role.SUPERVISOR, "MTL", BranchNotFound),
        (Role.SUPERVISOR, None, NoBranch),
        (Role.AUDITOR, "XXX", BranchNotFound),
        (Role.AGENT, "MTL", NotPermitted),
        (Role.ADMINISTRATOR, "MTL", NotPermitted),
        (Role.OPERATOR, "MTL", NotPermitted),
    ],
)
def test_nobody_else_of_no_branch_names_one(world: World, role: Role, code: str | None, refusal: type[Refusal]) -> None:
    person = replace(world.supervisor, role=role, branch=None)

    with pytest.raises(refusal):
        approvals.listed(world.db, code, by=person, at=world.now)


# --- replenishments -------------------------------------------------------------------------------------------------


def test_what_is_asked_stays_in_sight_for_a_day_after_it_was_granted(world: World) -> None:
    receive_float(world, "150.00")
    replenishments.ask(world.db, new_key(), by=world.agent, at=world.later(minutes=1))
    receive_float(world, "120.00", agent=world.other_agent)
    replenishments.ask(world.db, new_key(), by=world.other_agent, at=world.later(minutes=1))

    def shown() -> list[tuple[str, str, str]]:
        found = approvals.listed(world.db, by=world.supervisor, at=world.now).replenishments
        return [(asked.agent_login, str(asked.amount), granter(asked)) for asked in found]

    assert shown() == [("PA1234", "50.00", ""), ("PA2345", "80.00", "")]

    first = approvals.listed(world.db, by=world.supervisor, at=world.now).replenishments[0]
    replenishments.grant(world.db, first.id, by=world.supervisor, at=world.now)
    world.later(hours=23)
    assert shown() == [("PA1234", "50.00", "Anne Lavoie"), ("PA2345", "80.00", "")], "it keeps its place"
    world.later(hours=2)
    assert shown() == [("PA2345", "80.00", "")]
