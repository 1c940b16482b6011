"""Deposit slips: their prints are counted, and what left a bag since the first print is told."""

from __future__ import annotations

import pytest

from partnernet.domain.agents import NoBranch
from partnernet.domain.deposit_slip import DepositSlip
from partnernet.domain.deposits import Deposit, DepositNotFound
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import deposit_slips, deposits, reversals, till_reports
from tests.support.at_once import at_once
from tests.support.counting import (
    acts_in_journal,
    approve,
    assert_verified,
    count,
    make_slip,
    submit,
    take_cash,
    take_cheque,
)
from tests.support.requests import money, reversing
from tests.support.world import World


def approved_bag(world: World) -> Receipt:
    """A bag of 20.00 in cash and cheques of 412.37 and 88.00, its till report printed; the receipt of the last one."""
    take_cash(world, "20.00")
    take_cheque(world, "412.37")
    last = take_cheque(world, "88.00")
    submitted = approve(world, submit(world, count(world, {"20": 1})))
    till_reports.count_copy(world.db, submitted.id, by=world.agent, at=world.later(minutes=1))
    return last


def print_slip(world: World, made: Deposit) -> int:
    return deposit_slips.count_copy(world.db, made.id, by=world.supervisor, at=world.later(minutes=1))


def take_out(world: World, receipt: Receipt, where: WhereIsTheMoney = WhereIsTheMoney.HANDED_BACK) -> None:
    request = reversing(receipt.number, reason=ReversalReason.RETURNED_CHEQUE, where=where)
    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)


def slip_of(world: World, made: Deposit) -> DepositSlip:
    return deposit_slips.one(world.db, made.id, by=world.supervisor, at=world.now)


def test_a_slip_is_its_deposit_as_it_stands_and_knows_its_prints(world: World) -> None:
    approved_bag(world)
    made = make_slip(world)
    since = world.later(minutes=1)

    before = slip_of(world, made)
    copies = [print_slip(world, made), print_slip(world, made)]

    assert (before.deposit, before.withdrawn, before.printed.copies) == (made, (), 0)
    assert copies == [1, 2]
    assert slip_of(world, made).printed.copy_number == 2
    assert acts_in_journal(world, since) == ["deposit_slip.printed"] * 2


def test_a_cheque_that_left_after_the_first_print_is_told_and_not_deposited(world: World) -> None:
    last = approved_bag(world)
    made = make_slip(world)
    print_slip(world, made)
    take_out(world, last)

    slip = slip_of(world, made)

    assert slip.deposit.amount == money("432.37")
    (gone,) = slip.withdrawn
    assert (gone.cheque.amount, gone.at) == (money("88.00"), world.now)
    assert [str(cheque.amount) for bag in slip.deposit.bags for cheque in bag.cheques] == ["412.37"]
    assert_verified(world)


def test_a_cheque_that_left_before_the_first_print_was_never_listed(world: World) -> None:
    last = approved_bag(world)
    made = make_slip(world)
    take_out(world, last)
    print_slip(world, made)

    slip = slip_of(world, made)

    assert (slip.deposit.amount, slip.withdrawn) == (money("432.37"), ())


def test_a_cheque_that_the_bank_returns_stays_on_the_slip_that_brought_it(world: World) -> None:
    last = approved_bag(world)
    made = make_slip(world)
    print_slip(world, made)
    deposits.settle(world.db, made.id, "BNC-20261124-001", by=world.supervisor, at=world.later(minutes=1))
    take_out(world, last, WhereIsTheMoney.RETURNED_BY_BANK)

    slip = slip_of(world, made)

    assert (slip.deposit.amount, slip.withdrawn) == (money("520.37"), ())


def test_two_prints_at_once_have_each_their_number(world: World) -> None:
    approved_bag(world)
    made = make_slip(world)

    printed = at_once(lambda: print_slip(world, made), lambda: print_slip(world, made))

    assert sorted(map(str, printed)) == ["1", "2"]


def test_a_slip_is_for_those_who_watch_the_branch(world: World) -> None:
    approved_bag(world)
    made = make_slip(world)
    quebec = world.new_branch("QUE", "Québec")
    auditor = world.person("AU1000", "Jeanne Roy", Role.AUDITOR, world.branch)

    assert deposit_slips.one(world.db, made.id, by=auditor, at=world.now).deposit == made
    for login, role, branch, refusal in (
        ("PA3000", Role.AGENT, world.branch, NotPermitted),
        ("AD3000", Role.ADMINISTRATOR, world.branch, NotPermitted),
        ("SU3000", Role.SUPERVISOR, quebec, DepositNotFound),
        ("AU3000", Role.AUDITOR, None, NoBranch),
    ):
        stranger = world.person(login, "Guy Roy", role, branch)
        for read in (deposit_slips.one, deposit_slips.count_copy):
            with pytest.raises(refusal):
                read(world.db, made.id, by=stranger, at=world.now)
    assert slip_of(world, made).printed.copies == 0
