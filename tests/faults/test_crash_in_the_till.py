"""A crash at any statement of any act of the till: nothing is half done, and the same act tried again is done once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from partnernet.domain.counts import FrozenCount
from partnernet.domain.drops import DropRequest
from partnernet.domain.handovers import HandoverRequest
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.pieces import pieces
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, SubmitRequest
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import (
    counts,
    deposits,
    drops,
    handovers,
    petty_cash,
    reconciliations,
    replenishments,
    reversals,
)
from partnernet.storage.database import Database
from tests.support.counting import (
    approve,
    assert_holds,
    assert_verified,
    count,
    deposit,
    make_slip,
    owed_by_branch,
    receive_float,
    submit,
    take_cash,
    take_cheque,
    typed,
    waiting_bags,
)
from tests.support.crashes import crash_at_each_statement, everything_in, terminated_before
from tests.support.requests import money, new_key, reversing
from tests.support.world import World

Act = Callable[[], Any]

# --- the acts, each ready to be tried again and again ---------------------------------------------------------------


def open_till(world: World) -> None:
    """A float of 200.00, 60.00 in cash, a cheque of 40.00 and one of 300.00 for later."""
    receive_float(world)
    take_cash(world, "60.00")
    take_cheque(world, "40.00")
    take_cheque(world, "300.00", dated=world.today.replace(day=30))


def short(world: World) -> FrozenCount:
    """The till counted, 20.00 short."""
    open_till(world)
    return count(world, {"100": 1, "20": 7})


def submitted(world: World) -> Reconciliation:
    return submit(world, short(world), reason=DifferenceReason.CHANGE_ERROR, note="monnaie")


def starting(world: World) -> Act:
    open_till(world)
    return partial(counts.start, world.db, by=world.agent, at=world.later(minutes=1))


def freezing(world: World) -> Act:
    open_till(world)
    draft = counts.start(world.db, by=world.agent, at=world.later(minutes=1))
    ticked = frozenset(cheque.id for cheque in draft.cheques)
    pieces = typed({"100": 1, "20": 7})
    return partial(counts.freeze, world.db, draft.id, pieces, {}, ticked, by=world.agent, at=world.later(minutes=1))


def submitting(world: World) -> Act:
    request = SubmitRequest(new_key(), short(world).id, DifferenceReason.CHANGE_ERROR, "monnaie")
    return partial(reconciliations.submit, world.db, request, by=world.agent, at=world.later(minutes=1))


def approving(world: World) -> Act:
    found, at = submitted(world), world.later(minutes=1)
    return partial(reconciliations.approve, world.db, found.id, by=world.supervisor, at=at, proved_at=at)


def making_a_slip(world: World) -> Act:
    approve(world, submitted(world))
    bags, key = waiting_bags(world), new_key()
    return partial(deposits.make, world.db, bags, key, by=world.supervisor, at=world.later(minutes=1))


def settling(world: World) -> Act:
    approve(world, submitted(world))
    made = make_slip(world)
    return partial(deposits.settle, world.db, made.id, "BNC-12", by=world.supervisor, at=world.later(minutes=1))


def paying_a_voucher(world: World) -> Act:
    open_till(world)
    request = VoucherRequest(
        new_key(), world.today, "Postes Canada", "Timbres", VoucherCategory.POSTAGE, money("14.10"), receipt_kept=True
    )
    return partial(petty_cash.pay_voucher, world.db, request, by=world.agent, at=world.later(minutes=1))


def taking_a_voucher_back(world: World) -> Act:
    paid, key = paying_a_voucher(world)(), new_key()
    at = world.later(minutes=1)
    return partial(petty_cash.reverse_voucher, world.db, paid.posting_id, key, by=world.agent, at=at)


def asking(world: World) -> Act:
    paying_a_voucher(world)()
    return partial(replenishments.ask, world.db, new_key(), by=world.agent, at=world.later(minutes=1))


def granting(world: World) -> Act:
    asking(world)()
    (request,) = replenishments.listed(world.db, by=world.supervisor)
    at = world.later(minutes=1)
    return partial(replenishments.grant, world.db, request.id, by=world.supervisor, at=at)


def sending_back(world: World) -> Act:
    found, at = submitted(world), world.later(minutes=1)
    return partial(
        reconciliations.send_back, world.db, found.id, "Recomptez.", by=world.supervisor, at=at, proved_at=at
    )


def dropping(world: World) -> Act:
    open_till(world)
    sheets = counts.start(world.db, by=world.agent, at=world.later(minutes=1))
    counts.drop(world.db, sheets.id, by=world.agent, at=world.later(minutes=1))
    due = frozenset(cheque.id for cheque in sheets.cheques if not cheque.post_dated)
    request = DropRequest(new_key(), pieces({20_00: 3}), due)
    return partial(drops.make, world.db, request, by=world.agent, at=world.later(minutes=1))


def receiving(world: World) -> Act:
    made = dropping(world)()
    return partial(drops.receive, world.db, made.bag.id, by=world.supervisor, at=world.later(minutes=1))


def offering(world: World) -> Act:
    request = HandoverRequest(new_key(), "", world.agent.login, money("200.00"))
    return partial(handovers.offer, world.db, request, by=world.supervisor, at=world.later(minutes=1))


def accepting(world: World) -> Act:
    offered = offering(world)()
    return partial(handovers.accept, world.db, offered.id, by=world.agent, at=world.later(minutes=1))


def passing_on(world: World) -> Act:
    receive_float(world)
    request = HandoverRequest(new_key(), world.agent.login, world.other_agent.login, money("200.00"))
    offered = handovers.offer(world.db, request, by=world.agent, at=world.later(minutes=1))
    return partial(handovers.accept, world.db, offered.id, by=world.other_agent, at=world.later(minutes=1))


def reversing_cash(world: World) -> Act:
    receive_float(world)
    paid = take_cash(world, "60.00")
    return partial(
        reversals.reverse,
        world.db,
        reversing(paid.number),
        by=world.supervisor,
        at=world.later(minutes=1),
        proved_at=world.now,
    )


def reversing_a_deposited_cheque(world: World) -> Act:
    paid = take_cheque(world, "40.00")
    approve(world, submit(world, count(world, {})))
    deposit(world)
    bank = reversing(
        paid.number, reason=ReversalReason.RETURNED_CHEQUE, where=WhereIsTheMoney.RETURNED_BY_BANK, note="NSF"
    )
    return partial(reversals.reverse, world.db, bank, by=world.supervisor, at=world.later(days=3), proved_at=world.now)


ACTS = (
    starting, freezing, submitting, approving, sending_back, making_a_slip, settling, paying_a_voucher,
    taking_a_voucher_back, asking, granting, dropping, receiving, offering, accepting, passing_on, reversing_cash,
    reversing_a_deposited_cheque,
)  # fmt: skip


# --- every statement ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ready", ACTS, ids=lambda ready: ready.__name__)
def test_a_crash_at_any_statement_leaves_nothing_behind(world: World, ready: Callable[[World], Act]) -> None:
    act = ready(world)

    crashes, done = crash_at_each_statement(world.db, act)

    assert crashes > 3, "a crash that never came would prove nothing"
    assert done is not None
    assert_verified(world)


@pytest.mark.parametrize("ready", ACTS, ids=lambda ready: ready.__name__)
def test_an_act_whose_answer_was_lost_is_done_once(world: World, ready: Callable[[World], Act]) -> None:
    act = ready(world)
    first = act()
    after = everything_in(world.db)

    assert act() == first

    assert everything_in(world.db) == after


def test_a_day_with_a_crash_at_every_statement_ends_as_any_other(world: World) -> None:
    counted, at = short(world), world.later(minutes=1)
    request = SubmitRequest(new_key(), counted.id, DifferenceReason.CHANGE_ERROR, "monnaie")

    _, done = crash_at_each_statement(
        world.db, partial(reconciliations.submit, world.db, request, by=world.agent, at=at)
    )
    decide = partial(reconciliations.approve, world.db, done.id, by=world.supervisor, at=at, proved_at=at)
    crash_at_each_statement(world.db, decide)
    bags = waiting_bags(world)
    _, made = crash_at_each_statement(
        world.db, partial(deposits.make, world.db, bags, new_key(), by=world.supervisor, at=at)
    )
    crash_at_each_statement(world.db, partial(deposits.settle, world.db, made.id, "BNC-12", by=world.supervisor, at=at))

    assert_holds(world, world.agent, drawer="180.00", cheques="300.00", owed="300.00", float_present="180.00")
    assert str(owed_by_branch(world)) == "0.00"
    assert_verified(world)


@pytest.mark.parametrize("ready", ACTS, ids=lambda ready: ready.__name__)
def test_a_connection_that_is_ended_under_an_act_ends_with_the_act_done_once(
    postgres_db: Database, ready: Callable[[World], Act]
) -> None:
    world = World(postgres_db)
    act = ready(world)
    with terminated_before(world.db, 3) as statements:
        first = act()
    after = everything_in(world.db)

    assert len(statements) > 3, "it was tried again from the start"
    assert act() == first
    assert everything_in(world.db) == after
    assert_verified(world)


def test_an_act_of_two_transactions_is_caught_by_the_same_crashes(world: World) -> None:
    """The control: a voucher and a request that belong together, saved one after the other."""
    pays = paying_a_voucher(world)
    asks = partial(replenishments.ask, world.db, new_key(), by=world.agent, at=world.later(minutes=1))

    with pytest.raises(AssertionError, match="half done"):
        crash_at_each_statement(world.db, lambda: (pays(), asks()))
