"""Submitting a counted till: once, in full, explained; what cannot be submitted leaves everything as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from partnernet.domain.counts import FrozenCount, NoCount
from partnernet.domain.keys import KeyMalformed
from partnernet.domain.money import ZERO, Money
from partnernet.domain.permissions import Role
from partnernet.domain.pieces import Pieces, pieces
from partnernet.domain.reconciliations import (
    BagDiffers,
    ChangeNeeded,
    ChequesMissing,
    DifferenceReason,
    ExplanationMissing,
    Reconciliation,
    ReconciliationState,
    SubmitRequest,
)
from partnernet.domain.refusals import NotPermitted, OtherContentForKey
from partnernet.domain.till import TillOpenElsewhere
from partnernet.services import counts, reconciliations
from partnernet.storage import tables
from tests.support.counting import (
    approve,
    assert_holds,
    assert_verified,
    change_settings,
    count,
    deposit,
    differences_before,
    owed_by_branch,
    postings,
    receive_float,
    submit,
    take_cash,
    take_cheque,
    typed,
)
from tests.support.requests import money, new_key
from tests.support.world import World

WHOLE = {"100": 2, "20": 6, "5": 1, "0.05": 1}  # the float of 200.00 and 125.05 collected
SHORT_OF_20 = WHOLE | {"20": 5}


@pytest.fixture
def till(world: World) -> World:
    """A float of 200.00; 10.02, 75.04 and 40.00 taken in cash, rounded to 125.05; a cheque of 412.37."""
    receive_float(world)
    for amount in ("10.02", "75.04", "40.00"):
        take_cash(world, amount)
    take_cheque(world, "412.37")
    return world


def submitting(
    world: World,
    counted: FrozenCount,
    *,
    bag: Pieces | None = None,
    reason: DifferenceReason | None = None,
    note: str = "",
    key: str = "",
) -> Reconciliation:
    request = SubmitRequest(key or new_key(), counted.id, reason, note, bag)
    return reconciliations.submit(world.db, request, by=world.agent, at=world.now)


# --- in full --------------------------------------------------------------------------------------------------------


def test_collections_are_bagged_in_full_and_the_float_stays(till: World) -> None:
    submitted = submit(till, count(till, WHOLE))

    assert (submitted.number, submitted.state) == (1, ReconciliationState.SUBMITTED)
    assert (submitted.bag.cash, submitted.bag.total) == (money("125.05"), money("537.42"))
    assert submitted.bag.pieces == pieces({10000: 1, 2000: 1, 500: 1, 5: 1})
    assert [cheque.amount for cheque in submitted.bag.cheques] == [money("412.37")]
    assert_holds(till, till.agent, drawer="200.00", cheques="0.00", owed="537.42", float_present="200.00")
    assert owed_by_branch(till) == ZERO, "submitting does NOT pass the debt"
    assert_verified(till)


def test_a_shortage_reduces_the_float_and_what_is_owed_does_not_move(till: World) -> None:
    submitted = submit(till, count(till, SHORT_OF_20), reason=DifferenceReason.CHANGE_ERROR, note="monnaie")

    assert submitted.bag.cash == money("125.05")
    assert_holds(till, till.agent, drawer="180.00", cheques="0.00", owed="537.42", float_present="180.00")
    assert_verified(till)


def test_a_shortage_larger_than_the_float_stays_owed_until_it_is_made_good(till: World) -> None:
    submitted = submit(till, count(till, {"100": 1}), reason=DifferenceReason.THEFT, note="vol")

    assert (submitted.count.difference, submitted.bag.cash) == (money("-225.05"), money("100.00"))
    assert_holds(till, till.agent, drawer="0.00", cheques="0.00", owed="537.42", float_present="-25.05")
    approve(till, submitted)
    deposit(till)
    assert_holds(till, till.agent, drawer="0.00", cheques="0.00", owed="25.05", float_present="-25.05")
    receive_float(till, "225.05")
    made_good = submit(till, count(till, {"100": 2, "20": 1, "5": 1, "0.05": 1}))
    assert made_good.bag.cash == money("25.05"), "the float of 200.00 does NOT go to the bank"
    approve(till, made_good)
    assert_holds(till, till.agent, drawer="200.00", cheques="0.00", owed="0.00", float_present="200.00")
    assert_verified(till)


def test_an_excess_stays_with_the_branch(till: World) -> None:
    submitted = submit(till, count(till, WHOLE | {"20": 7}), reason=DifferenceReason.UNKNOWN, note="un 20 $ de trop")

    assert (submitted.count.difference, submitted.bag.cash) == (money("20.00"), money("125.05"))
    assert_holds(till, till.agent, drawer="220.00", cheques="0.00", owed="537.42", float_present="220.00")
    assert_verified(till)


def test_a_till_with_nothing_to_hand_over_is_submitted_and_leaves_no_bag_to_deposit(world: World) -> None:
    receive_float(world)
    submitted = submit(world, count(world, {"100": 2}))
    before = postings(world)

    approve(world, submitted)

    assert (submitted.bag.total, submitted.bag.cheques) == (ZERO, ())
    assert postings(world) == before, "there is nothing to pass"
    assert_holds(world, world.agent, drawer="200.00", cheques="0.00", owed="0.00", float_present="200.00")


def test_a_till_counted_again_at_once_has_only_its_float(till: World) -> None:
    submit(till, count(till, WHOLE))

    again = submit(till, count(till, {"100": 1, "20": 5}))

    assert (again.number, again.count.difference, again.bag.total) == (2, ZERO, ZERO)
    assert_holds(till, till.agent, drawer="200.00", cheques="0.00", owed="537.42", float_present="200.00")


def test_a_cheque_that_is_post_dated_stays_until_its_date_and_is_bagged_then(till: World) -> None:
    take_cheque(till, "300.00", dated=till.today + timedelta(days=2))

    first = submit(till, count(till, WHOLE))
    assert [cheque.amount for cheque in first.bag.cheques] == [money("412.37")], "the bank would NOT take it today"
    assert_holds(till, till.agent, drawer="200.00", cheques="300.00", owed="837.42", float_present="200.00")
    till.later(days=1)
    early = submit(till, count(till, {"100": 1, "20": 5}))
    till.later(days=1)
    due = submit(till, count(till, {"100": 1, "20": 5}))

    assert early.bag.cheques == ()
    assert [cheque.amount for cheque in due.bag.cheques] == [money("300.00")]
    for submitted in (first, early, due):
        approve(till, submitted)
    assert_holds(till, till.agent, drawer="200.00", cheques="0.00", owed="0.00", float_present="200.00")
    assert owed_by_branch(till) == money("837.42")
    assert_verified(till)


# --- the pieces of the bag ------------------------------------------------------------------------------------------


def test_the_agent_may_choose_the_pieces(till: World) -> None:
    chosen = pieces({2000: 6, 500: 1, 5: 1})

    submitted = submitting(till, count(till, WHOLE), bag=chosen)

    assert submitted.bag.pieces == chosen


@pytest.mark.parametrize(
    "chosen",
    [
        pieces({2000: 6, 500: 1}),
        pieces({10000: 2}),
        pieces({1000: 12, 500: 1, 5: 1}),
        pieces({}),
    ],
    ids=["too little", "too much", "not among those counted", "nothing"],
)
def test_pieces_that_are_not_the_collections_are_refused(till: World, chosen: Pieces) -> None:
    counted, before = count(till, WHOLE), postings(till)

    with pytest.raises(BagDiffers) as refused:
        submitting(till, counted, bag=chosen)

    assert refused.value.wanted == money("125.05")
    assert postings(till) == before


def test_a_drawer_that_cannot_make_the_sum_asks_for_change_and_is_counted_again(till: World) -> None:
    large_notes, before = count(till, {"100": 3}), postings(till)
    explained = partial(submitting, till, reason=DifferenceReason.CHANGE_ERROR, note="monnaie")

    with pytest.raises(ChangeNeeded) as refused:
        explained(large_notes)

    assert refused.value.wanted == money("125.05")
    assert postings(till) == before, "nothing of the submission may stay"
    changed = explained(count(till, {"100": 2, "20": 4, "10": 1, "5": 1, "0.05": 1}))
    assert (changed.bag.cash, changed.count.difference) == (money("125.05"), money("-30.00"))


# --- explained ------------------------------------------------------------------------------------------------------


def test_a_difference_without_reason_and_note_is_not_submitted(till: World) -> None:
    counted, before = count(till, SHORT_OF_20), postings(till)

    for reason, note in ((None, ""), (None, "monnaie"), (DifferenceReason.CHANGE_ERROR, "  ")):
        with pytest.raises(ExplanationMissing) as refused:
            submitting(till, counted, reason=reason, note=note)
        assert refused.value.difference == money("-20.00")

    assert postings(till) == before
    kept = submitting(till, counted, reason=DifferenceReason.CHANGE_ERROR, note=" monnaie rendue deux fois ")
    assert (kept.reason, kept.note) == (DifferenceReason.CHANGE_ERROR, "monnaie rendue deux fois")


def test_within_the_branchs_tolerance_nothing_is_asked_and_the_difference_is_posted(till: World) -> None:
    change_settings(till, tolerance=money("20.00"))

    submitted = submitting(till, count(till, SHORT_OF_20))

    assert (submitted.reason, submitted.note, submitted.count.difference) == (None, "", money("-20.00"))
    assert_holds(till, till.agent, drawer="180.00", cheques="0.00", owed="537.42", float_present="180.00")


def test_the_agents_earlier_differences_stand_beside_the_new_one(world: World) -> None:
    change_settings(world, tolerance=money("100.00"))
    receive_float(world)
    for drawer in ({"100": 2}, {"100": 1, "50": 1}, {"100": 1, "20": 3}):
        submitted = submit(world, count(world, drawer))

    assert differences_before(world, submitted) == (money("-50.00"), ZERO)
    assert submitted.count.difference == money("10.00")


# --- every cheque ---------------------------------------------------------------------------------------------------


def test_a_till_with_a_cheque_missing_is_not_submitted_until_it_is_found(till: World) -> None:
    take_cheque(till, "60.00")
    missing, before = count(till, WHOLE, untick=1), postings(till)

    with pytest.raises(ChequesMissing) as refused:
        submitting(till, missing)

    assert refused.value.count == 1
    assert postings(till) == before
    found = submitting(till, count(till, WHOLE))
    assert found.bag.total == money("597.42")


# --- once -----------------------------------------------------------------------------------------------------------


def test_the_same_submission_again_is_the_same_submission(till: World) -> None:
    counted, key = count(till, WHOLE), new_key()
    first, before = submitting(till, counted, key=key), postings(till)

    till.later(hours=1)
    again = submitting(till, counted, key=key)

    assert again == first
    assert postings(till) == before
    approve(till, first)
    assert submitting(till, counted, key=key).state is ReconciliationState.APPROVED


def test_a_key_with_other_content_or_from_somebody_else_is_refused(till: World) -> None:
    counted, key = count(till, SHORT_OF_20), new_key()
    change_settings(till, tolerance=money("20.00"))
    submitting(till, counted, key=key)
    before = postings(till)

    submitting_again = partial(submitting, till, counted, key=key)
    for other in (
        partial(submitting_again, note="autre"),
        partial(submitting_again, reason=DifferenceReason.THEFT),
        partial(submitting_again, bag=pieces({2000: 1})),
    ):
        with pytest.raises(OtherContentForKey):
            other()
    with pytest.raises(OtherContentForKey):
        reconciliations.submit(till.db, SubmitRequest(key, counted.id, None, ""), by=till.other_agent, at=till.now)

    assert postings(till) == before


def test_a_key_that_no_form_makes_is_refused(till: World) -> None:
    with pytest.raises(KeyMalformed):
        submitting(till, count(till, WHOLE), key="court")


def test_a_till_is_submitted_by_its_last_count_only(till: World) -> None:
    first = count(till, SHORT_OF_20)
    second = count(till, WHOLE)

    with pytest.raises(NoCount):
        submitting(till, first, reason=DifferenceReason.CHANGE_ERROR, note="monnaie")
    recount = counts.start(till.db, by=till.agent, at=till.now)
    with pytest.raises(NoCount):
        submitting(till, second)

    counts.drop(till.db, recount.id, by=till.agent, at=till.now)
    assert submitting(till, second).recounts == (first,)


def test_a_count_under_way_somebody_elses_or_submitted_already_is_not_submitted(till: World) -> None:
    draft = counts.start(till.db, by=till.agent, at=till.now)
    under_way = SubmitRequest(new_key(), draft.id, None, "")
    with pytest.raises(NoCount):
        reconciliations.submit(till.db, under_way, by=till.agent, at=till.now)
    counted = counts.freeze(
        till.db,
        draft.id,
        typed(WHOLE),
        {},
        frozenset(cheque.id for cheque in draft.cheques),
        by=till.agent,
        at=till.now,
    )

    with pytest.raises(NoCount):
        reconciliations.submit(till.db, under_way, by=till.other_agent, at=till.now)
    submitting(till, counted)
    with pytest.raises(NoCount):
        submitting(till, counted)
    with pytest.raises(NoCount):
        reconciliations.submit(till.db, SubmitRequest(new_key(), 9999, None, ""), by=till.agent, at=till.now)


def test_a_till_left_in_another_branch_is_not_submitted_from_this_one(till: World) -> None:
    counted = count(till, WHOLE)
    moved = replace(till.agent, branch=till.new_branch("QUE", "Québec"))

    with pytest.raises(TillOpenElsewhere):
        reconciliations.submit(till.db, SubmitRequest(new_key(), counted.id, None, ""), by=moved, at=till.now)

    submitting(till, counted)
    assert_verified(till)


def test_who_keeps_no_till_submits_none(till: World) -> None:
    auditor = till.person("AU1000", "Léa Roy", Role.AUDITOR, till.branch)

    with pytest.raises(NotPermitted):
        reconciliations.submit(till.db, SubmitRequest(new_key(), 1, None, ""), by=auditor, at=till.now)


def test_submissions_and_bags_of_a_branch_are_numbered_without_a_gap(world: World) -> None:
    quebec = world.new_branch("QUE", "Québec")
    stranger = world.person("PB0001", "Guy Roy", Role.AGENT, quebec)
    numbers = []
    for agent in (world.agent, stranger, world.other_agent, world.agent):
        take_cash(world, "20.00", agent=agent)
        submitted = submit(world, count(world, {"20": 1}, agent=agent), agent=agent)
        numbers.append((submitted.number, submitted.bag.number))

    assert numbers == [(1, 1), (1, 1), (2, 2), (3, 3)]


# --- the database by itself -----------------------------------------------------------------------------------------


def test_a_session_has_one_submission_whatever_reaches_the_database(till: World) -> None:
    submit(till, count(till, WHOLE))
    with till.db.read() as connection:
        kept = dict(connection.execute(select(tables.reconciliation)).mappings().one())
    values = {**kept, "id": 99, "number": 99, "key": new_key()}

    for freed in ({}, {"count_id": 99}, {"bag_id": 99}, {"count_id": 99, "bag_id": 99}):
        with pytest.raises(IntegrityError), till.db.write() as connection:
            connection.execute(tables.reconciliation.insert().values({**values, **freed}))


def test_the_pieces_of_a_bag_are_worth_its_cash(till: World) -> None:
    submitted = submit(till, count(till, WHOLE))

    with till.db.read() as connection:
        rows = connection.execute(select(tables.bag_piece).where(tables.bag_piece.c.bag_id == submitted.bag.id)).all()

    assert Money(sum(row.denomination_cents * row.quantity for row in rows)) == submitted.bag.cash
