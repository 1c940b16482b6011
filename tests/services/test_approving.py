"""Approving a submitted till or sending it back: another person, once, and the money is where it was said to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from partnernet.domain.counts import CountDraft
from partnernet.domain.free_text import HiddenCharacters
from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Role
from partnernet.domain.reconciliations import (
    DifferenceReason,
    NotPending,
    OwnReconciliation,
    PasswordProofTooOld,
    Reconciliation,
    ReconciliationState,
    ReturnReasonMissing,
    TillMoved,
)
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.reversals import WhereIsTheMoney
from partnernet.services import counts, reconciliations, reversals
from partnernet.storage import tables
from tests.support.counting import (
    approve,
    assert_holds,
    assert_verified,
    change_settings,
    count,
    differences_before,
    owed_by_branch,
    postings,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
    waiting_bags,
)
from tests.support.requests import money, reversing
from tests.support.world import World


@pytest.fixture
def submitted(world: World) -> Reconciliation:
    """A float of 200.00, 60.00 in cash and a cheque of 40.00; 20.00 are missing."""
    receive_float(world)
    take_cash(world, "60.00")
    take_cheque(world, "40.00")
    counted = count(world, {"100": 1, "20": 7})
    return submit(world, counted, reason=DifferenceReason.CHANGE_ERROR, note="monnaie")


def assert_waits(world: World, submitted: Reconciliation) -> None:
    """Nothing was decided and nothing moved."""
    assert reconciliations.pending(world.db, by=world.supervisor, at=world.now) == (submitted,)
    assert_holds(world, world.agent, drawer="180.00", cheques="0.00", owed="100.00", float_present="180.00")
    assert owed_by_branch(world) == ZERO


# --- approved ---------------------------------------------------------------------------------------------------------


def test_approval_passes_the_bag_and_its_debt_to_the_branch(world: World, submitted: Reconciliation) -> None:
    assert_waits(world, submitted)

    approved = approve(world, submitted)

    assert (approved.state, approved.decided_by, approved.alone) == (
        ReconciliationState.APPROVED,
        world.supervisor.name,
        False,
    )
    assert_holds(world, world.agent, drawer="180.00", cheques="0.00", owed="0.00", float_present="180.00")
    assert owed_by_branch(world) == money("100.00"), "approval does NOT pay the principal"
    assert reconciliations.pending(world.db, by=world.supervisor, at=world.now) == ()
    assert reconciliations.decided(world.db, by=world.supervisor, at=world.now) == (approved,)
    assert_verified(world)


def test_what_waits_is_listed_oldest_first_and_what_is_decided_newest_first(
    world: World, submitted: Reconciliation
) -> None:
    take_cash(world, "5.00", agent=world.other_agent)
    second = submit(world, count(world, {"5": 1}, agent=world.other_agent), agent=world.other_agent)

    waiting = reconciliations.pending(world.db, by=world.supervisor, at=world.now)
    approve(world, submitted)
    approve(world, second)
    decided = reconciliations.decided(world.db, by=world.supervisor, at=world.now)

    assert [each.id for each in waiting] == [submitted.id, second.id]
    assert [each.id for each in decided] == [second.id, submitted.id]


def test_the_same_persons_second_click_changes_nothing(world: World, submitted: Reconciliation) -> None:
    first, before = approve(world, submitted), postings(world)

    assert approve(world, submitted) == first
    assert postings(world) == before


def test_another_supervisors_approval_comes_too_late_even_under_the_same_name(
    world: World, submitted: Reconciliation
) -> None:
    namesake = world.person("SU2000", world.supervisor.name, Role.SUPERVISOR, world.branch)
    approve(world, submitted)

    with pytest.raises(NotPending):
        approve(world, submitted, by=namesake)


def test_payments_after_submission_are_not_approved_with_it(world: World, submitted: Reconciliation) -> None:
    take_cash(world, "35.00")
    take_cheque(world, "15.00")

    approve(world, submitted)

    assert_holds(world, world.agent, drawer="215.00", cheques="15.00", owed="50.00", float_present="180.00")
    assert owed_by_branch(world) == money("100.00")


# --- by somebody else -------------------------------------------------------------------------------------------------


def test_nobody_approves_or_returns_their_own(world: World) -> None:
    take_cash(world, "60.00", agent=world.supervisor)
    own = submit(world, count(world, {"20": 3}, agent=world.supervisor), agent=world.supervisor)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    with pytest.raises(OwnReconciliation):
        approve(world, own)
    with pytest.raises(OwnReconciliation):
        send_back(world, own)

    assert owed_by_branch(world) == ZERO
    assert approve(world, own, by=colleague).alone is False


def test_a_branch_of_one_person_closes_alone_and_that_is_kept(world: World) -> None:
    change_settings(world, one_person=True)
    take_cash(world, "60.00", agent=world.supervisor)
    own = submit(world, count(world, {"20": 3}, agent=world.supervisor), agent=world.supervisor)

    approved = approve(world, own)

    assert approved.alone, "without a second person, and it must be seen"
    assert owed_by_branch(world) == money("60.00")
    take_cash(world, "20.00")
    assert approve(world, submit(world, count(world, {"20": 1}))).alone is False, "there was a second person"


def test_an_agent_or_an_auditor_decides_nothing(world: World, submitted: Reconciliation) -> None:
    auditor = world.person("AU1000", "Léa Roy", Role.AUDITOR, world.branch)

    for person in (world.agent, world.other_agent, auditor):
        with pytest.raises(NotPermitted):
            approve(world, submitted, by=person)
        with pytest.raises(NotPermitted):
            send_back(world, submitted, by=person)

    assert_waits(world, submitted)
    assert reconciliations.pending(world.db, by=auditor, at=world.now) == (submitted,)
    with pytest.raises(NotPermitted):
        reconciliations.pending(world.db, by=world.agent, at=world.now)


def test_a_supervisor_of_another_branch_neither_sees_nor_decides_it(world: World, submitted: Reconciliation) -> None:
    stranger = world.person("SU3000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    assert reconciliations.pending(world.db, by=stranger, at=world.now) == ()
    with pytest.raises(NotPending):
        approve(world, submitted, by=stranger)
    with pytest.raises(NotPending):
        send_back(world, submitted, by=stranger)

    assert_waits(world, submitted)


@pytest.mark.parametrize("minutes", [5.01, 60, 60 * 24])
def test_a_password_proved_too_long_ago_is_asked_again(world: World, submitted: Reconciliation, minutes: float) -> None:
    at = world.later(minutes=1)
    long_ago = at - timedelta(minutes=minutes)

    with pytest.raises(PasswordProofTooOld):
        reconciliations.approve(world.db, submitted.id, by=world.supervisor, at=at, proved_at=long_ago)
    with pytest.raises(PasswordProofTooOld):
        reconciliations.send_back(world.db, submitted.id, "non", by=world.supervisor, at=at, proved_at=long_ago)

    assert_waits(world, submitted)
    five_minutes_ago = at - timedelta(minutes=5)
    reconciliations.approve(world.db, submitted.id, by=world.supervisor, at=at, proved_at=five_minutes_ago)


# --- sent back --------------------------------------------------------------------------------------------------------


def test_a_return_says_why(world: World, submitted: Reconciliation) -> None:
    def because(reason: str, at: datetime) -> Reconciliation:
        return reconciliations.send_back(world.db, submitted.id, reason, by=world.supervisor, at=at, proved_at=at)

    for reason, refusal in (("", ReturnReasonMissing), ("  ", ReturnReasonMissing), ("a\x00", HiddenCharacters)):
        with pytest.raises(refusal):
            because(reason, world.now)

    assert_waits(world, submitted)
    assert because(" Recomptez. ", world.now).decision_note == "Recomptez."


def test_a_return_opens_the_bag_and_takes_the_difference_back(world: World, submitted: Reconciliation) -> None:
    take_cash(world, "35.00")

    returned = send_back(world, submitted)

    assert returned.state is ReconciliationState.RETURNED
    assert_holds(world, world.agent, drawer="295.00", cheques="40.00", owed="135.00", float_present="200.00")
    assert owed_by_branch(world) == ZERO
    assert waiting_bags(world) == frozenset()
    assert_verified(world)


def test_a_till_is_returned_counted_again_and_approved(world: World, submitted: Reconciliation) -> None:
    take_cash(world, "35.00")
    send_back(world, submitted)

    again = count(world, {"100": 2, "20": 3, "10": 3, "5": 1})
    assert (again.blind, again.expected, again.difference) == (False, money("295.00"), ZERO)
    assert [cheque.amount for cheque in again.cheques] == [money("40.00")]
    second = submit(world, again)
    approve(world, second)

    assert (second.number, second.bag.total) == (submitted.number + 1, money("135.00"))
    assert differences_before(world, second) == (money("-20.00"),)
    assert_holds(world, world.agent, drawer="200.00", cheques="0.00", owed="0.00", float_present="200.00")
    assert owed_by_branch(world) == money("135.00"), "what was returned is NOT owed twice"
    assert_verified(world)


def test_what_was_decided_is_decided(world: World, submitted: Reconciliation) -> None:
    send_back(world, submitted)
    take_cash(world, "5.00", agent=world.other_agent)
    other = submit(world, count(world, {"5": 1}, agent=world.other_agent), agent=world.other_agent)
    approve(world, other)
    before = postings(world)

    for decide, decided in ((approve, submitted), (send_back, other)):
        with pytest.raises(NotPending):
            decide(world, decided)

    assert postings(world) == before


def test_the_same_person_s_second_return_changes_nothing_and_another_s_is_told(
    world: World, submitted: Reconciliation
) -> None:
    first = send_back(world, submitted)
    before = postings(world)

    assert send_back(world, submitted) == first
    with pytest.raises(NotPending):
        send_back(world, submitted, by=world.person("SU1001", "Guy Roy", Role.SUPERVISOR, world.branch))
    with pytest.raises(NotPending):
        reconciliations.send_back(
            world.db, submitted.id, "autre raison", by=world.supervisor, at=world.now, proved_at=world.now
        )

    assert postings(world) == before


def test_a_return_while_the_next_count_is_under_way_is_counted_with_it(world: World, submitted: Reconciliation) -> None:
    take_cash(world, "35.00")
    counts.start(world.db, by=world.agent, at=world.later(minutes=1))

    send_back(world, submitted)

    draft = counts.current(world.db, by=world.agent, at=world.now)
    assert isinstance(draft, CountDraft)
    assert [cheque.amount for cheque in draft.cheques] == [money("40.00")]
    assert count(world, {"100": 2, "20": 4, "10": 1, "5": 1}).expected == money("295.00")


def test_a_return_after_the_next_count_was_frozen_makes_it_counted_again(
    world: World, submitted: Reconciliation
) -> None:
    take_cash(world, "35.00")
    frozen = count(world, {"100": 1, "20": 5, "10": 1, "5": 1})
    assert frozen.difference == ZERO

    send_back(world, submitted)

    with pytest.raises(TillMoved):
        submit(world, frozen)
    recount = count(world, {"100": 2, "20": 4, "10": 1, "5": 1})
    assert (recount.blind, recount.difference, len(recount.cheques)) == (False, ZERO, 1)
    assert submit(world, recount).bag.total == money("135.00")
    assert_holds(world, world.agent, drawer="200.00", cheques="0.00", owed="135.00", float_present="200.00")
    assert_verified(world)


def test_an_older_submission_sent_back_leaves_the_later_one_as_it_was(world: World, submitted: Reconciliation) -> None:
    take_cash(world, "35.00")
    later = submit(world, count(world, {"100": 1, "20": 5, "10": 1, "5": 1}))

    send_back(world, submitted)

    (waiting,) = reconciliations.pending(world.db, by=world.supervisor, at=world.now)
    assert waiting == later
    assert waiting.count.missing == ()
    approve(world, later)
    assert_holds(world, world.agent, drawer="260.00", cheques="40.00", owed="100.00", float_present="200.00")
    assert_verified(world)


def test_a_returned_till_of_an_agent_who_took_nothing_since_is_counted_again(
    world: World, submitted: Reconciliation
) -> None:
    world.later(days=3)
    send_back(world, submitted)

    again = count(world, {"100": 1, "20": 7})

    assert again.difference == money("-20.00"), "the shortage is still there, and is NOT booked twice"
    submit(world, again, reason=DifferenceReason.UNKNOWN, note="introuvable")
    assert_holds(world, world.agent, drawer="180.00", cheques="0.00", owed="100.00", float_present="180.00")
    assert_verified(world)


def test_a_payment_found_never_received_after_a_return_leaves_the_drawer_before_the_recount(world: World) -> None:
    receive_float(world)
    take_cash(world, "35.00")
    twice = take_cash(world, "60.00")
    short = count(world, {"100": 1, "20": 5, "10": 3, "5": 1})
    returned = submit(world, short, reason=DifferenceReason.ENTRY_ERROR, note="saisi deux fois")
    send_back(world, returned)

    never = reversing(twice.number, where=WhereIsTheMoney.NEVER_RECEIVED)
    reversals.reverse(world.db, never, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)

    assert_holds(world, world.agent, drawer="235.00", cheques="0.00", owed="35.00", float_present="200.00")
    recount = count(world, {"100": 1, "20": 5, "10": 3, "5": 1})
    assert recount.difference == ZERO, "what explains the shortage must NOT be explained again"
    approve(world, submit(world, recount))
    late = take_cash(world, "60.00")
    again = submit(world, count(world, {"100": 1, "20": 5}), reason=DifferenceReason.ENTRY_ERROR, note="encore")
    never = reversing(late.number, where=WhereIsTheMoney.NEVER_RECEIVED)
    reversals.reverse(world.db, never, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)
    assert (again.count.difference, again.bag.cash) == (money("-60.00"), money("60.00"))
    assert_holds(world, world.agent, drawer="140.00", cheques="0.00", owed="0.00", float_present="200.00")
    assert_verified(world)


# --- the database by itself -------------------------------------------------------------------------------------------


def test_the_database_keeps_one_decision_by_another_person(world: World, submitted: Reconciliation) -> None:
    decision = {
        "reconciliation_id": submitted.id,
        "outcome": "approved",
        "agent_id": world.agent.id,
        "submitted_by_id": world.agent.id,
        "decided_by_id": world.supervisor.id,
        "decided_at": world.now,
        "note": "",
        "alone": False,
    }

    for bad in (
        {"decided_by_id": world.agent.id},
        {"submitted_by_id": world.supervisor.id},
        {"outcome": "returned"},
        {"outcome": "lost"},
    ):
        with pytest.raises(IntegrityError), world.db.write() as connection:
            connection.execute(tables.reconciliation_decision.insert().values({**decision, **bad}))
    approve(world, submitted)
    with pytest.raises(IntegrityError), world.db.write() as connection:
        connection.execute(tables.reconciliation_decision.insert().values(decision))

    with world.db.read() as connection:
        assert len(connection.execute(select(tables.reconciliation_decision)).all()) == 1


def test_a_submission_that_does_not_exist_is_not_decided(world: World, submitted: Reconciliation) -> None:
    for decide in (approve, send_back):
        with pytest.raises(NotPending):
            decide(world, replace(submitted, id=9999))

    assert_waits(world, submitted)
