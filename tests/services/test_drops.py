"""A drop during the day is a bag too: sealed by the agent, taken by another person, deposited like the others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnernet.domain.agents import console_operator
from partnernet.domain.concerns import PostDatedCheque
from partnernet.domain.counts import CountUnderWay
from partnernet.domain.drops import ChequeNotOnHand, Drop, DropBeyondCollected, DropEmpty, DropNotWaiting, DropRequest
from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Role
from partnernet.domain.pieces import NO_PIECES, Pieces, pieces
from partnernet.domain.receipts import Receipt
from partnernet.domain.reconciliations import DifferenceReason, OwnReconciliation
from partnernet.domain.refusals import OtherContentForKey, Refusal
from partnernet.domain.reversals import WhereIsTheMoney
from partnernet.domain.shared_cheques import ChequeNotFullyApplied
from partnernet.services import counts, drops, payments, reversals, verification
from tests.support.at_once import at_once
from tests.support.counting import approve, change_settings, count, deposit, owed_by_branch, submit
from tests.support.requests import a_cheque, float_received, holding, money, new_key, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)
SIXTY = pieces({20_00: 3})


@pytest.fixture
def day(world: World) -> World:
    """A float of 200.00, 100.00 collected in cash."""
    float_received(world, "200.00")
    customer = world.customer("100001", due=[("F-1", "100.00", DUE)])
    payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(minutes=1))
    return world


def cheque(world: World, amount: str = "412.37", number: str = "000412", **other: object) -> Receipt:
    customer = world.customer(f"2{number}", due=[(f"G-{number}", amount, DUE)])
    request = paying(world, customer, cheque=a_cheque(number), **other)  # type: ignore[arg-type]
    return payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))


def drop(world: World, bag: Pieces = NO_PIECES, *cheques: Receipt) -> Drop:
    sheets = frozenset(receipt.cheque_id for receipt in cheques if receipt.cheque_id)
    return drops.make(world.db, DropRequest(new_key(), bag, sheets), by=world.agent, at=world.later(minutes=1))


def received(world: World, made: Drop) -> Drop:
    return drops.receive(world.db, made.bag.id, by=world.supervisor, at=world.later(minutes=1))


def held(world: World) -> tuple[str, str, str, str]:
    """Drawer, cheques, debt and float present."""
    figures = holding(world, world.agent)
    return str(figures.expected_cash), str(figures.cheques), str(figures.due_to_principal), str(figures.float_present)


def assert_verified(world: World) -> None:
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


def test_a_dropped_bag_leaves_the_till_at_once_and_the_debt_with_its_receipt(day: World) -> None:
    made = drop(day, SIXTY, cheque(day))
    assert (made.bag.total, held(day)) == (money("472.37"), ("240.00", "0.00", "512.37", "200.00"))

    taken = received(day, made)

    assert taken.received_by == day.supervisor.name
    assert (held(day)[2], owed_by_branch(day)) == ("40.00", money("472.37"))
    assert_verified(day)


def test_a_received_drop_is_deposited_beside_the_bag_of_the_count(day: World) -> None:
    received(day, drop(day, SIXTY))
    approve(day, submit(day, count(day, {"20": 12})))

    made = deposit(day)

    assert [bag.cash for bag in made.bags] == [money("60.00"), money("40.00")]
    assert (owed_by_branch(day), held(day)) == (ZERO, ("200.00", "0.00", "0.00", "200.00"))
    assert_verified(day)


def test_a_drop_received_after_the_submission_goes_to_the_branch_all_the_same(day: World) -> None:
    made = drop(day, SIXTY)
    approve(day, submit(day, count(day, {"20": 12})))
    assert held(day)[2] == "60.00", "until somebody has the bag, the agent owes for it"

    received(day, made)

    assert (held(day)[2], owed_by_branch(day)) == ("0.00", money("100.00"))
    assert_verified(day)


@pytest.mark.parametrize(
    ("bag", "refusal"),
    [(NO_PIECES, DropEmpty), (pieces({100_00: 1, 5: 1}), DropBeyondCollected)],
    ids=["nothing", "more than collected"],
)
def test_a_bag_holds_something_and_never_the_float(day: World, bag: Pieces, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        drop(day, bag)

    assert held(day)[0] == "300.00"


def test_what_can_be_dropped_is_what_is_on_hand_and_due(day: World) -> None:
    sheet = cheque(day)
    found = drops.basis(day.db, by=day.agent, at=day.now)
    assert ([each.number for each in found.cheques], found.waiting, found.counted) == (["000412"], (), False)

    made = drop(day, SIXTY, sheet)
    counts.start(day.db, by=day.agent, at=day.later(minutes=1))

    found = drops.basis(day.db, by=day.agent, at=day.now)
    assert (found.cheques, found.waiting, found.counted) == ((), (made,), True)


def test_only_cheques_on_hand_whose_date_has_come_are_dropped(day: World) -> None:
    later = day.today + timedelta(days=7)
    post_dated = paying(
        day,
        day.customer("100009", due=[("P-1", "50.00", DUE)]),
        cheque=a_cheque("000900", dated=later),
        confirmed=[PostDatedCheque(later)],
    )
    not_yet = payments.record(day.db, post_dated, by=day.agent, at=day.now)
    gone = cheque(day)
    drop(day, NO_PIECES, gone)

    for sheet in (not_yet, gone):
        with pytest.raises(ChequeNotOnHand):
            drop(day, NO_PIECES, sheet)


def test_a_sheet_that_is_not_applied_whole_stays(day: World) -> None:
    customer = day.customer("100009", due=[("P-1", "500.00", DUE)])
    shared = paying(day, customer, "350.00", cheque=a_cheque("000900"), face="500.00")
    begun = payments.record(day.db, shared, by=day.agent, at=day.now)

    with pytest.raises(ChequeNotFullyApplied):
        drop(day, NO_PIECES, begun)


def test_nothing_is_dropped_while_the_till_is_counted_or_waits_for_submission(day: World) -> None:
    counted = counts.start(day.db, by=day.agent, at=day.later(minutes=1))
    with pytest.raises(CountUnderWay):
        drop(day, SIXTY)
    counts.freeze(day.db, counted.id, {}, {}, frozenset(), by=day.agent, at=day.later(minutes=1))

    with pytest.raises(CountUnderWay):
        drop(day, SIXTY)


def test_the_same_key_is_one_bag_and_other_content_is_refused(day: World) -> None:
    request = DropRequest(new_key(), SIXTY, frozenset())

    answers = at_once(*[lambda: drops.make(day.db, request, by=day.agent, at=day.now)] * 2)

    assert len({answer.bag.number for answer in answers if isinstance(answer, Drop)}) == 1
    assert held(day)[0] == "240.00"
    other = DropRequest(request.key, pieces({20_00: 1}), frozenset())
    with pytest.raises(OtherContentForKey):
        drops.make(day.db, other, by=day.agent, at=day.now)


def test_a_bag_is_received_once_and_never_by_who_dropped_it(day: World) -> None:
    made = drop(day, SIXTY)
    colleague = day.person("SU2000", "Guy Roy", Role.SUPERVISOR, day.branch)
    stranger = day.person("SU3000", "Line Roy", Role.SUPERVISOR, day.new_branch("QUE", "Québec"))
    with pytest.raises(DropNotWaiting):
        drops.receive(day.db, made.bag.id, by=stranger, at=day.now)
    received(day, made)
    assert received(day, made).received_by == day.supervisor.name, "a second click changes nothing"

    with pytest.raises(DropNotWaiting):
        drops.receive(day.db, made.bag.id, by=colleague, at=day.now)

    assert owed_by_branch(day) == money("60.00")


def test_only_a_branch_of_one_person_receives_its_own(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "100.00", DUE)])
    payments.record(world.db, paying(world, customer), by=world.supervisor, at=world.now)
    made = drops.make(world.db, DropRequest(new_key(), SIXTY, frozenset()), by=world.supervisor, at=world.now)
    with pytest.raises(OwnReconciliation):
        received(world, made)
    change_settings(world, one_person=True)

    assert received(world, made).alone


@pytest.mark.parametrize("taken", [False, True], ids=["not received", "received"])
def test_a_cheque_taken_out_of_a_dropped_bag_leaves_with_its_debt(day: World, *, taken: bool) -> None:
    sheet = cheque(day)
    made = drop(day, SIXTY, sheet)
    if taken:
        received(day, made)

    request = reversing(sheet.number, where=WhereIsTheMoney.HANDED_BACK)
    reversals.reverse(day.db, request, by=day.supervisor, at=day.later(minutes=1), proved_at=day.now)

    assert received(day, made).bag.total == money("60.00")
    assert (held(day)[2], owed_by_branch(day)) == ("40.00", money("60.00"))
    assert_verified(day)


def test_what_a_shortage_took_beyond_the_float_is_not_there_to_be_dropped(day: World) -> None:
    short = submit(day, count(day, {"50": 1}), reason=DifferenceReason.THEFT, note="vol")
    customer = day.customer("100002", due=[("F-2", "60.00", DUE)])
    payments.record(day.db, paying(day, customer), by=day.agent, at=day.later(minutes=1))
    assert held(day) == ("60.00", "0.00", "160.00", "-50.00")

    with pytest.raises(DropBeyondCollected):
        drop(day, pieces({20_00: 3, 5: 1}))

    assert (short.bag.cash, drop(day, SIXTY).bag.total) == (money("50.00"), money("60.00"))
    assert held(day) == ("0.00", "0.00", "160.00", "-50.00")


def test_a_namesake_is_told_that_the_bag_was_received_already(day: World) -> None:
    made = drop(day, SIXTY)
    received(day, made)
    namesake = day.person("SU2000", day.supervisor.name, Role.SUPERVISOR, day.branch)

    with pytest.raises(DropNotWaiting):
        drops.receive(day.db, made.bag.id, by=namesake, at=day.later(minutes=1))
