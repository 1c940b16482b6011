"""The deposits of a batch: receipts tied to bags and bank references, lines that add up to what the bank received."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnernet.domain.batches import BatchFile
from partnernet.domain.drops import DropRequest
from partnernet.domain.pieces import NO_PIECES, Pieces, pieces
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import deposits, drops, exports, reversals
from tests.support.batches import OPERATOR, assert_adds_up, cut, deposit_lines, file
from tests.support.counting import (
    approve,
    assert_verified,
    count,
    deposit,
    make_slip,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
)
from tests.support.requests import new_key, paying, reversing
from tests.support.sharing import first_share, fortin, pays, richard
from tests.support.world import World


@pytest.fixture
def till(world: World) -> World:
    """A float of 200.00 in Marie's drawer."""
    receive_float(world)
    return world


def close(world: World, counted: dict[str, int]) -> None:
    """Count, submit and approve."""
    approve(world, submit(world, count(world, counted)))


def undo(
    world: World,
    paid: Receipt,
    where: WhereIsTheMoney = WhereIsTheMoney.HANDED_BACK,
    reason: ReversalReason = ReversalReason.WRONG_AMOUNT,
) -> None:
    request = reversing(paid.number, where=where, reason=reason)
    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)


def drop(world: World, bag: Pieces = NO_PIECES, *cheques: Receipt) -> None:
    """A bag during the day, taken by the supervisor."""
    sheets = frozenset(receipt.cheque_id for receipt in cheques if receipt.cheque_id)
    made = drops.make(world.db, DropRequest(new_key(), bag, sheets), by=world.agent, at=world.later(minutes=1))
    drops.receive(world.db, made.bag.id, by=world.supervisor, at=world.later(minutes=1))


def test_a_deposit_ties_receipts_to_bags_and_to_the_bank_s_reference(till: World) -> None:
    take_cash(till, "60.00")
    take_cheque(till, "412.37")
    close(till, {"20": 13})
    deposit(till, reference="BNC-20261124-001")
    settled_at = till.now

    batch = cut(till)

    assert batch is not None
    assert (batch.deposit_count, batch.files) == (1, (BatchFile.PAYMENTS, BatchFile.DEPOSITS))
    moment = settled_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert file(till, 1, BatchFile.DEPOSITS).decode() == (
        "batch,branch,deposit_number,bank_reference,settled_at,bag_number,receipt_number,account_number,tender,amount\n"
        f"1,MTL,1,BNC-20261124-001,{moment},1,MTL-000001,500001,cash,60.00\n"
        f"1,MTL,1,BNC-20261124-001,{moment},1,MTL-000002,500002,cheque,412.37\n"
    )
    assert exports.file(till.db, 1, BatchFile.DEPOSITS, by=OPERATOR).name == "deposits-000001.csv"
    assert_adds_up(till, 1)


def test_a_deposit_on_its_way_to_the_bank_waits_for_its_reference_and_goes_once(till: World) -> None:
    take_cash(till, "60.00")
    close(till, {"20": 13})
    make_slip(till)
    batch = cut(till)
    assert batch is not None
    assert batch.deposit_count == 0

    made = deposits.overview(till.db, by=till.supervisor, at=till.now).under_way[0]
    deposits.settle(till.db, made.id, "BNC-1", by=till.supervisor, at=till.later(minutes=1))
    assert cut(till) is None, "deposits wait when there is no payment to send"
    take_cash(till, "20.00")
    cut(till)
    take_cash(till, "40.00")
    third = cut(till)

    assert deposit_lines(till, 2) == [("1", "MTL-000001", "cash", "60.00")]
    assert third is not None
    assert third.deposit_count == 0
    assert_verified(till)


def test_what_a_drop_takes_of_the_cash_is_told_by_a_line_without_a_receipt(till: World) -> None:
    cheque = take_cheque(till, "412.37")
    take_cash(till, "100.00")
    drop(till, pieces({20_00: 3}), cheque)
    take_cash(till, "25.00")
    close(till, {"20": 12, "5": 5})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [
        ("1", "MTL-000001", "cheque", "412.37"),
        ("1", "MTL-000002", "cash", "100.00"),
        ("1", "", "cash", "-40.00"),
        ("2", "MTL-000003", "cash", "25.00"),
        ("2", "", "cash", "40.00"),
    ]
    assert_adds_up(till, 1)


def test_an_empty_bag_sent_back_is_followed_into_the_next_though_nothing_was_posted(till: World) -> None:
    before = take_cash(till, "20.00")
    close(till, {"20": 11})
    take_cash(till, "20.00")
    undo(till, before)
    send_back(till, submit(till, count(till, {"20": 10})))
    take_cash(till, "5.00")
    close(till, {"20": 10, "5": 1})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1)[-3:] == [
        ("3", "MTL-000002", "cash", "20.00"),
        ("3", "MTL-000003", "cash", "5.00"),
        ("3", "", "cash", "-20.00"),
    ]
    assert_adds_up(till, 1)


def test_a_bag_sent_back_is_deposited_as_the_one_that_was_counted_again(till: World) -> None:
    take_cash(till, "60.00")
    take_cheque(till, "412.37")
    first = submit(till, count(till, {"20": 13}))
    take_cash(till, "20.00")
    send_back(till, first)
    second = submit(till, count(till, {"20": 14}))
    send_back(till, second)
    take_cash(till, "5.00")
    close(till, {"20": 14, "5": 1})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [
        ("3", "MTL-000001", "cash", "60.00"),
        ("3", "MTL-000002", "cheque", "412.37"),
        ("3", "MTL-000003", "cash", "20.00"),
        ("3", "MTL-000004", "cash", "5.00"),
    ]
    assert_adds_up(till, 1)


def test_cash_handed_back_before_the_bag_was_sealed_is_not_in_it_and_later_it_is(till: World) -> None:
    before, after = take_cash(till, "60.00"), take_cash(till, "40.00")
    undo(till, before)
    close(till, {"20": 12})
    undo(till, after)
    take_cash(till, "100.00")
    close(till, {"20": 13})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [
        ("1", "MTL-000002", "cash", "40.00"),
        ("2", "MTL-000003", "cash", "100.00"),
        ("2", "", "cash", "-40.00"),
    ]
    assert_adds_up(till, 1)


def test_cash_never_received_is_in_no_bag(till: World) -> None:
    never = take_cash(till, "60.00")
    take_cash(till, "40.00")
    undo(till, never, WhereIsTheMoney.NEVER_RECEIVED)
    close(till, {"20": 12})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [("1", "MTL-000002", "cash", "40.00")]
    assert_adds_up(till, 1)


def test_a_cheque_taken_out_of_its_bag_is_not_listed_and_one_that_the_bank_returned_is(till: World) -> None:
    taken_out, returned = take_cheque(till, "412.37"), take_cheque(till, "300.00")
    close(till, {"20": 10})
    undo(till, taken_out)
    deposit(till)
    undo(till, returned, WhereIsTheMoney.RETURNED_BY_BANK, ReversalReason.RETURNED_CHEQUE)

    cut(till)

    assert deposit_lines(till, 1) == [("1", "MTL-000002", "cheque", "300.00")]
    assert_adds_up(till, 1)


def test_a_cheque_that_the_bank_returned_before_the_deposit_was_settled_is_not_listed(till: World) -> None:
    returned = take_cheque(till, "300.00")
    take_cash(till, "40.00")
    close(till, {"20": 12})
    undo(till, returned, WhereIsTheMoney.RETURNED_BY_BANK, ReversalReason.RETURNED_CHEQUE)
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [("1", "MTL-000002", "cash", "40.00")]
    assert_adds_up(till, 1)


def test_a_cheque_for_two_accounts_is_a_line_for_each(till: World) -> None:
    shared = first_share(till, richard(till))
    pays(till, paying(till, fortin(till), "150.00", sheet=shared.cheque_id))
    close(till, {"20": 10})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [
        ("1", "MTL-000001", "cheque", "350.00"),
        ("1", "MTL-000002", "cheque", "150.00"),
    ]
    assert_adds_up(till, 1)


def test_cash_is_listed_as_it_was_received_and_not_as_it_was_credited(till: World) -> None:
    take_cash(till, "10.02")
    close(till, {"20": 10, "10": 1})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [("1", "MTL-000001", "cash", "10.00")]
    assert_adds_up(till, 1)


def test_a_post_dated_cheque_is_deposited_from_its_date_on(till: World) -> None:
    take_cheque(till, "300.00", dated=till.today + timedelta(days=1))
    take_cash(till, "20.00")
    close(till, {"20": 11})
    till.later(days=1)
    close(till, {"20": 10})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [("1", "MTL-000002", "cash", "20.00"), ("2", "MTL-000001", "cheque", "300.00")]
    assert_adds_up(till, 1)


def test_the_tills_of_two_agents_are_told_apart(till: World) -> None:
    receive_float(till, agent=till.other_agent)
    take_cash(till, "60.00")
    take_cash(till, "40.00", agent=till.other_agent)
    approve(till, submit(till, count(till, {"20": 12}, agent=till.other_agent), agent=till.other_agent))
    close(till, {"20": 13})
    deposit(till)

    cut(till)

    assert deposit_lines(till, 1) == [("1", "MTL-000002", "cash", "40.00"), ("2", "MTL-000001", "cash", "60.00")]
    assert_adds_up(till, 1)
