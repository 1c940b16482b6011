"""Where a branch's money is between approval and the bank, as those who deposit it see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnernet.domain.agents import NoBranch
from partnernet.domain.deposits import BranchDeposits
from partnernet.domain.permissions import Role
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.users import BranchNotFound
from partnernet.services import approvals, deposits, reversals
from tests.support.counting import approve, count, deposit, make_slip, owed_by_branch, submit, take_cash, take_cheque
from tests.support.requests import money, new_key, reversing
from tests.support.world import World


def approved_bag(world: World, *, cheque: str = "40.00") -> str:
    """60.00 in cash and a cheque, counted, submitted and approved; the answer is the cheque's receipt."""
    take_cash(world, "60.00")
    receipt = take_cheque(world, cheque)
    approve(world, submit(world, count(world, {"20": 3})))
    return receipt.number


def seen(world: World, key: str = "") -> BranchDeposits:
    return deposits.overview(world.db, None, key, by=world.supervisor, at=world.now)


def test_a_bag_waits_then_is_under_way_then_settled_and_only_then_is_less_owed(world: World) -> None:
    approved_bag(world)
    waiting = seen(world)
    assert [str(each.bag.total) for each in waiting.waiting] == ["100.00"]
    assert (str(waiting.due), waiting.under_way, waiting.settled) == ("100.00", (), ())

    slip = make_slip(world)
    on_its_way = seen(world)
    assert on_its_way.waiting == ()
    assert [each.number for each in on_its_way.under_way] == [slip.number]
    assert str(on_its_way.due) == "100.00", "a slip is NOT a remittance"

    deposits.settle(world.db, slip.id, "BNC-1", by=world.supervisor, at=world.later(minutes=1))
    arrived = seen(world)
    assert (str(arrived.due), arrived.under_way) == ("0.00", ())
    assert [(line.number, str(line.amount), line.bank_reference, line.bag_count) for line in arrived.settled] == [
        (slip.number, "100.00", "BNC-1", 1)
    ]
    assert arrived.settled[0].settled_by == "Anne Lavoie"


def test_what_is_due_is_the_ledger_s_and_another_branch_s_is_not_in_it(world: World) -> None:
    approved_bag(world)
    elsewhere = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    assert seen(world).due == owed_by_branch(world) == money("100.00")
    other = deposits.overview(world.db, by=elsewhere, at=world.now)
    assert (str(other.due), other.waiting, other.under_way, other.settled) == ("0.00", (), (), ())


def test_a_cheque_taken_out_of_a_waiting_bag_counts_nowhere_any_more(world: World) -> None:
    number = approved_bag(world)
    taken_out = reversing(number, reason=ReversalReason.WRONG_TENDER, where=WhereIsTheMoney.HANDED_BACK)
    reversals.reverse(world.db, taken_out, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)

    found = seen(world)

    assert [str(each.bag.total) for each in found.waiting] == ["60.00"]
    assert str(found.due) == "60.00"
    (row,) = approvals.listed(world.db, by=world.supervisor, at=world.now).decided
    assert row.bag_total == money("60.00"), "the list of approvals says the same"


def test_a_bag_is_late_once_it_has_waited_longer_than_a_day(world: World) -> None:
    approved_bag(world)
    (waiting,) = seen(world).waiting

    assert not waiting.is_late(waiting.bag.sealed_at + timedelta(days=1))
    assert waiting.is_late(waiting.bag.sealed_at + timedelta(days=1, seconds=1))


def test_a_form_finds_the_slip_that_it_has_made_and_nobody_else_s(world: World) -> None:
    approved_bag(world)
    key = new_key()
    slip = make_slip(world, key=key)
    colleague = world.person("SU1001", "Guy Roy", Role.SUPERVISOR, world.branch)

    made = seen(world, key).made

    assert made is not None
    assert made.id == slip.id
    assert seen(world, new_key()).made is None
    assert deposits.overview(world.db, None, key, by=colleague, at=world.now).made is None


def test_an_auditor_of_every_branch_names_the_one_to_read(world: World) -> None:
    approved_bag(world)
    deposit(world)
    auditor = world.person("AU1000", "Line Roy", Role.AUDITOR)

    assert len(deposits.overview(world.db, "MTL", by=auditor, at=world.now).settled) == 1
    with pytest.raises(NoBranch):
        deposits.overview(world.db, by=auditor, at=world.now)
    with pytest.raises(BranchNotFound):
        deposits.overview(world.db, "QUE", by=auditor, at=world.now)
