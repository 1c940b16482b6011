"""Where the money is decides what a reversal moves: the drawer, the cheques, the bag, the branch's debt or the bank."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from partnernet.domain.agents import console_operator
from partnernet.domain.concerns import PostDatedCheque
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import ZERO, Money
from partnernet.domain.receipts import Receipt
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, TillMoved
from partnernet.domain.reversals import ChequeDeposited, ReversalReason, WhereIsTheMoney
from partnernet.services import deposits, payments, reconciliations, reversals, till, verification
from partnernet.storage import tables
from tests.support.counting import approve, count, deposit, owed_by_branch, submit
from tests.support.requests import a_cheque, float_received, holding, money, new_key, paying, reversing, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)
FLOAT = {"20": 10}
WITH_60_MORE = {"20": 13}


@pytest.fixture
def cash(world: World) -> Receipt:
    """60.00 in cash over a float of 200.00."""
    customer = world.customer("100001", due=[("F-1", "60.00", DUE)])
    float_received(world, "200.00")
    return payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(minutes=1))


@pytest.fixture
def cheque(world: World) -> Receipt:
    """A cheque of 412.37."""
    customer = world.customer("100002", due=[("G-1", "412.37", DUE)])
    return payments.record(world.db, paying(world, customer, cheque=a_cheque()), by=world.agent, at=world.now)


def undo(world: World, paid: Receipt, where: WhereIsTheMoney) -> None:
    bank = where is WhereIsTheMoney.RETURNED_BY_BANK
    reason = ReversalReason.RETURNED_CHEQUE if bank else ReversalReason.WRONG_AMOUNT
    request = reversing(paid.number, reason=reason, where=where)
    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)
    assert standing_of(world, paid.customer).total_due == paid.amount, "the account owes it again"
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


def held(world: World) -> tuple[str, str, str, str]:
    """The agent's drawer, cheques, debt and float present."""
    figures = holding(world, world.agent)
    return (
        str(figures.expected_cash), str(figures.cheques), str(figures.due_to_principal), str(figures.float_present)
    )  # fmt: skip


def bagged(world: World) -> Money:
    line = tables.ledger_line.c
    query = select(func.sum(line.debit_cents - line.credit_cents)).where(line.account == LedgerAccount.BAG)
    with world.db.read() as connection:
        return Money(int(connection.execute(query).scalar_one() or 0))


def of_branch(world: World, submitted: Reconciliation) -> Reconciliation:
    found = [*reconciliations.pending(world.db, by=world.supervisor, at=world.now)]
    found += reconciliations.decided(world.db, by=world.supervisor, at=world.now)
    return next(each for each in found if each.id == submitted.id)


# --- cash -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [WhereIsTheMoney.HANDED_BACK, WhereIsTheMoney.NEVER_RECEIVED])
def test_before_the_count_cash_leaves_the_drawer(world: World, cash: Receipt, where: WhereIsTheMoney) -> None:
    undo(world, cash, where)

    assert held(world) == ("200.00", "0.00", "0.00", "200.00")


def test_cash_handed_back_after_freezing_moves_the_till_so_that_it_is_counted_again(
    world: World, cash: Receipt
) -> None:
    counted = count(world, WITH_60_MORE)
    undo(world, cash, WhereIsTheMoney.HANDED_BACK)

    with pytest.raises(TillMoved):
        submit(world, counted)

    assert submit(world, count(world, FLOAT)).bag.total == ZERO
    assert held(world) == ("200.00", "0.00", "0.00", "200.00")


@pytest.mark.parametrize("settled", ["submitted", "approved", "deposited"])
def test_cash_handed_back_later_leaves_todays_drawer_and_not_the_bag(world: World, cash: Receipt, settled: str) -> None:
    submitted = submit(world, count(world, WITH_60_MORE))
    if settled != "submitted":
        approve(world, submitted)
    if settled == "deposited":
        deposit(world)
    before = bagged(world)

    undo(world, cash, WhereIsTheMoney.HANDED_BACK)

    assert (held(world)[0], held(world)[3]) == ("140.00", "200.00"), "the float is owed 60.00 by the principal's share"
    assert bagged(world) == before, "a sealed bag must NOT change"


def test_cash_never_received_and_found_missing_by_the_count_is_no_shortage_any_more(
    world: World, cash: Receipt
) -> None:
    submit(world, count(world, FLOAT), reason=DifferenceReason.UNKNOWN, note="60,00 $ de moins")
    assert held(world)[3] == "140.00", "the shortage has reduced the float"

    undo(world, cash, WhereIsTheMoney.NEVER_RECEIVED)

    drawer, _, due, float_present = held(world)
    assert (drawer, float_present) == ("140.00", "200.00"), "no cash moved"
    assert due == "0.00", "60.00 of the bag stands against 60.00 that is no longer owed"


# --- cheques --------------------------------------------------------------------------------------------------------

ANY = [where for where in WhereIsTheMoney if where is not WhereIsTheMoney.KEPT]


@pytest.mark.parametrize("where", ANY)
def test_a_cheque_on_hand_leaves_the_cheques(world: World, cheque: Receipt, where: WhereIsTheMoney) -> None:
    undo(world, cheque, where)

    assert held(world) == ("0.00", "0.00", "0.00", "0.00")
    assert submit(world, count(world, {})).bag.cheques == ()


def test_a_cheque_handed_back_after_freezing_is_not_bagged(world: World, cheque: Receipt) -> None:
    counted = count(world, {})
    undo(world, cheque, WhereIsTheMoney.HANDED_BACK)

    submitted = submit(world, counted)

    assert [sheet.number for sheet in counted.cheques] == ["000123"]
    assert (submitted.bag.cheques, submitted.bag.total) == ((), ZERO)


@pytest.mark.parametrize("where", ANY)
@pytest.mark.parametrize("settled", ["submitted", "approved", "on a slip"])
def test_a_cheque_in_a_bag_leaves_the_bag_and_whoever_owes_for_it(
    world: World, cheque: Receipt, where: WhereIsTheMoney, settled: str
) -> None:
    submitted = submit(world, count(world, {}))
    if settled != "submitted":
        approve(world, submitted)
    if settled == "on a slip":
        deposits.make(
            world.db, frozenset({submitted.bag.id}), new_key(), by=world.supervisor, at=world.later(minutes=1)
        )

    undo(world, cheque, where)

    assert (bagged(world), owed_by_branch(world)) == (ZERO, ZERO)
    assert held(world) == ("0.00", "0.00", "0.00", "0.00"), "the agent's drawer must NOT move"
    assert of_branch(world, submitted).bag.cheques == ()


def test_a_bag_that_a_cheque_has_left_is_approved_and_deposited_without_it(world: World, cheque: Receipt) -> None:
    customer = world.customer("100003", due=[("H-1", "50.00", DUE)])
    other = paying(world, customer, cheque=a_cheque("000777"))
    payments.record(world.db, other, by=world.agent, at=world.later(minutes=1))
    submitted = submit(world, count(world, {}))
    undo(world, cheque, WhereIsTheMoney.HANDED_BACK)

    approve(world, submitted)
    deposited = deposit(world)

    assert deposited.amount == money("50.00")
    assert (bagged(world), owed_by_branch(world)) == (ZERO, ZERO)


def test_a_cheque_that_the_bank_sends_back_is_not_remitted_and_stays_on_the_slip(world: World, cheque: Receipt) -> None:
    approve(world, submit(world, count(world, {})))
    made = deposit(world)

    undo(world, cheque, WhereIsTheMoney.RETURNED_BY_BANK)

    assert (bagged(world), owed_by_branch(world)) == (ZERO, ZERO)
    assert deposits.one(world.db, made.id, by=world.supervisor, at=world.now).amount == money("412.37")


@pytest.mark.parametrize("where", [WhereIsTheMoney.HANDED_BACK, WhereIsTheMoney.NEVER_RECEIVED])
def test_nobody_hands_back_or_misses_a_cheque_that_is_at_the_bank(
    world: World, cheque: Receipt, where: WhereIsTheMoney
) -> None:
    approve(world, submit(world, count(world, {})))
    deposit(world)

    with pytest.raises(ChequeDeposited):
        undo(world, cheque, where)

    assert standing_of(world, cheque.customer).total_due == ZERO


def test_a_cheque_of_a_bag_that_was_sent_back_is_on_hand_again(world: World, cheque: Receipt) -> None:
    submitted = submit(world, count(world, {}))
    at = world.later(minutes=1)
    reconciliations.send_back(world.db, submitted.id, "recomptez les chèques", by=world.supervisor, at=at, proved_at=at)

    undo(world, cheque, WhereIsTheMoney.HANDED_BACK)

    assert held(world) == ("0.00", "0.00", "0.00", "0.00")
    assert bagged(world) == ZERO


def test_a_post_dated_cheque_carried_forward_leaves_the_cheques_of_the_session_that_has_it(world: World) -> None:
    later = world.today + timedelta(days=7)
    customer = world.customer("100003", due=[("H-1", "50.00", DUE)])
    post_dated = paying(world, customer, cheque=a_cheque(dated=later), confirmed=[PostDatedCheque(later)])
    paid = payments.record(world.db, post_dated, by=world.agent, at=world.now)
    submit(world, count(world, {}))
    assert held(world)[1] == "50.00"

    undo(world, paid, WhereIsTheMoney.HANDED_BACK)

    assert held(world) == ("0.00", "0.00", "0.00", "0.00")
    assert till.position(world.db, by=world.agent).opened_at is not None
