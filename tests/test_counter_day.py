"""A worked day at the counter: read this first.

Yesterday Z paid 60.00 in cash, which the branch has since deposited. Today the agent receives a float, takes five
payments, pays two vouchers, hands Z's money back, counts 20.00 too little, and everything is approved and deposited;
then the bank returns a cheque.
After each act: the agent's drawer and cheques, and what the agent owes to the principal.

    act                                   debit                    credit               drawer  cheques   owed
    0  float issued                       drawer 200.00            branch funds         200.00     0.00    0.00
    1  cash, total due 10.02              drawer 10.00, round 0.02 owed 10.02           210.00     0.00   10.00
    2  cash, total due 75.04              drawer 75.05             owed 75.04, round .01 285.05    0.00   85.05
    3  cash 100.00 on 60.00 due           drawer                   owed                 385.05     0.00  185.05
    4  cheque 412.37                      cheques                  owed                 385.05   412.37  597.42
    5  post-dated cheque 300.00           cheques                  owed                 385.05   712.37  897.42
    6  vouchers 18.40 and 14.10           petty expense            drawer               352.55   712.37  897.42
    7  replenishment 32.50                drawer                   branch funds         385.05   712.37  897.42
    8  Z's payment reversed, handed back  owed                     drawer               325.05   712.37  837.42
    9  counted 305.05, difference posted  over/short 20.00         drawer               305.05   712.37  837.42
    10 collections sealed in a bag        bag 537.42               drawer, cheques      180.00   300.00  837.42
    11 approved: custody to the branch    owed[agent]              owed[branch]         180.00   300.00  300.00
    12 deposited, bank reference          remitted                 bag                  180.00   300.00  300.00
    13 the branch makes the float whole   drawer 20.00             branch funds         200.00   300.00  300.00
    14 the cheque of 4 is returned        owed[branch] 412.37      remitted             200.00   300.00  300.00

At the end the debits (drawer 200.00, cheques 300.00, petty expense 32.50, over/short 20.00, rounding 0.01, remitted
185.05) and the credits (owed 485.06, branch funds 252.50) are 737.56 each.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from partnernet.domain.agents import console_operator
from partnernet.domain.concerns import ConfirmationNeeded, Overpayment, PostDatedCheque
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money
from partnernet.domain.payments import PaymentRequest
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.receipts import Receipt
from partnernet.domain.reconciliations import DifferenceReason, ReconciliationState
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import payments, petty_cash, replenishments, reversals, verification
from partnernet.storage import tables
from tests.support.counting import approve, count, deposit, owed_by_branch, submit
from tests.support.requests import a_cheque, float_received, holding, money, new_key, paying, reversing, standing_of
from tests.support.world import World

EARLIER = date(2026, 10, 15)


# Debits; below zero, credits.
CLOSING = {
    LedgerAccount.DRAWER: money("200.00"),
    LedgerAccount.CHEQUES: money("300.00"),
    LedgerAccount.OWED: money("-485.06"),
    LedgerAccount.ROUNDING: money("0.01"),
    LedgerAccount.REMITTED: money("185.05"),
    LedgerAccount.BRANCH_FUNDS: money("-252.50"),
    LedgerAccount.PETTY_EXPENSE: money("32.50"),
    LedgerAccount.OVER_SHORT: money("20.00"),
}


class Day:
    """The day so far, with the figures that each act must leave."""

    def __init__(self, world: World) -> None:
        self.world = world

    def pays(self, request: PaymentRequest) -> Receipt:
        return payments.record(self.world.db, request, by=self.world.agent, at=self.world.later(minutes=7))

    def is_replenished(self, amount: str) -> None:
        waiting = replenishments.listed(self.world.db, by=self.world.supervisor)[0]
        assert waiting.amount == money(amount)
        at = self.world.later(minutes=1)
        replenishments.grant(self.world.db, waiting.id, by=self.world.supervisor, at=at)

    def holds(self, *, drawer: str, cheques: str, owed: str) -> None:
        held = holding(self.world, self.world.agent)
        assert (held.expected_cash, held.cheques, held.due_to_principal) == (money(drawer), money(cheques), money(owed))


@pytest.fixture
def yesterday(world: World) -> Receipt:
    """Z's payment, bagged, approved and deposited: nothing of it is left in the drawer or owed."""
    today = world.now
    world.now -= timedelta(days=1)
    z = world.customer("100900", "Zéphir Ouellet", due=[("F-900", "60.00", EARLIER)])
    receipt = payments.record(world.db, paying(world, z), by=world.agent, at=world.now)
    approve(world, submit(world, count(world, {"20": 3})))
    deposit(world, reference="BNC-20261123-001")
    world.now = today
    return receipt


def test_a_day_of_payments_leaves_the_figures_of_the_worked_example(world: World, yesterday: Receipt) -> None:
    day = Day(world)
    due_of = {
        "A": world.customer("100001", "Atelier Roy", due=[("F-1", "10.02", EARLIER)]),
        "B": world.customer("100002", "Béton Côté", due=[("F-2", "75.04", EARLIER)]),
        "C": world.customer("100003", "Cuisine Lê", due=[("F-3", "60.00", EARLIER)]),
        "D": world.customer("100004", "Dépanneur du Coin", due=[("F-4", "412.37", EARLIER)]),
        "E": world.customer("100005", "Érablière Fortin", due=[("F-5", "300.00", EARLIER)]),
    }
    day.holds(drawer="0.00", cheques="0.00", owed="0.00")

    float_received(world, "200.00")
    day.holds(drawer="200.00", cheques="0.00", owed="0.00")

    first = day.pays(paying(world, due_of["A"]))
    assert (first.amount, first.received, first.rounding) == (money("10.02"), money("10.00"), Money(-2))
    day.holds(drawer="210.00", cheques="0.00", owed="10.00")

    second = day.pays(paying(world, due_of["B"]))
    assert (second.amount, second.received, second.rounding) == (money("75.04"), money("75.05"), Money(1))
    day.holds(drawer="285.05", cheques="0.00", owed="85.05")

    credit_of_40 = Overpayment(money("100.00"), money("60.00"), money("40.00"))
    third = day.pays(paying(world, due_of["C"], "100.00", confirmed=[credit_of_40]))
    assert (third.total_due_before, third.total_due_after) == (money("60.00"), money("-40.00"))
    day.holds(drawer="385.05", cheques="0.00", owed="185.05")

    fourth = day.pays(paying(world, due_of["D"], cheque=a_cheque("000412")))
    day.holds(drawer="385.05", cheques="412.37", owed="597.42")

    next_week = world.today + timedelta(days=7)
    post_dated = a_cheque("000413", dated=next_week)
    fifth = day.pays(paying(world, due_of["E"], cheque=post_dated, confirmed=[PostDatedCheque(next_week)]))
    assert fifth.post_dated
    day.holds(drawer="385.05", cheques="712.37", owed="897.42")

    for amount, payee in (("18.40", "Papeterie du Plateau"), ("14.10", "Postes Canada")):
        petty_cash.pay_voucher(world.db, _voucher(amount, payee, world), by=world.agent, at=world.later(minutes=7))
    day.holds(drawer="352.55", cheques="712.37", owed="897.42")

    replenishments.ask(world.db, new_key(), by=world.agent, at=world.later(minutes=7))
    day.is_replenished("32.50")
    day.holds(drawer="385.05", cheques="712.37", owed="897.42")

    reversals.reverse(
        world.db, reversing(yesterday.number), by=world.supervisor, at=world.later(minutes=7), proved_at=world.now
    )
    day.holds(drawer="325.05", cheques="712.37", owed="837.42")
    assert _customer_due(world, yesterday) == money("60.00")
    assert holding(world, world.agent).float_present == money("200.00"), "collections must NOT touch the float"

    counted = count(world, {"100": 2, "20": 5, "5": 1, "0.05": 1})
    assert (counted.counted, counted.expected, counted.difference) == (
        money("305.05"),
        money("325.05"),
        money("-20.00"),
    )
    assert [payment.received for payment in counted.suspects] == [money("10.00")], "half of it: on the wrong side?"
    submitted = submit(world, counted, reason=DifferenceReason.CHANGE_ERROR, note="monnaie rendue deux fois")
    assert (submitted.bag.cash, submitted.bag.total) == (money("125.05"), money("537.42"))
    day.holds(drawer="180.00", cheques="300.00", owed="837.42")

    approved = approve(world, submitted)
    assert approved.state is ReconciliationState.APPROVED
    day.holds(drawer="180.00", cheques="300.00", owed="300.00")
    assert owed_by_branch(world) == money("537.42"), "approval passes the debt to the branch, it does NOT pay it"

    assert deposit(world).amount == money("537.42")
    day.holds(drawer="180.00", cheques="300.00", owed="300.00")
    assert owed_by_branch(world) == Money(0)

    replenishments.ask(world.db, new_key(), by=world.agent, at=world.later(minutes=7))
    day.is_replenished("20.00")
    day.holds(drawer="200.00", cheques="300.00", owed="300.00")

    returned = reversing(fourth.number, reason=ReversalReason.RETURNED_CHEQUE, where=WhereIsTheMoney.RETURNED_BY_BANK)
    reversals.reverse(world.db, returned, by=world.supervisor, at=world.later(minutes=7), proved_at=world.now)
    day.holds(drawer="200.00", cheques="300.00", owed="300.00")
    assert _customer_due(world, fourth) == money("412.37")
    assert owed_by_branch(world) == Money(0), "what the bank takes back is owed by the customer, NOT by the branch"

    assert _balances(world) == CLOSING
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


@pytest.mark.usefixtures("yesterday")
def test_a_payment_that_is_refused_on_the_way_leaves_the_day_untouched(world: World) -> None:
    day = Day(world)
    customer = world.customer("100003", "Cuisine Lê", due=[("F-3", "60.00", EARLIER)])

    with pytest.raises(ConfirmationNeeded):
        day.pays(paying(world, customer, "100.00"))

    day.holds(drawer="0.00", cheques="0.00", owed="0.00")
    assert standing_of(world, customer).total_due == money("60.00")
    kept = day.pays(paying(world, customer))
    assert kept.number == "MTL-000002", "the refused attempt must NOT have used a receipt number"


def _customer_due(world: World, receipt: Receipt) -> Money:
    return standing_of(world, receipt.customer).total_due


def _balances(world: World) -> dict[LedgerAccount, Money]:
    """What every account that is not empty comes to."""
    line = tables.ledger_line.c
    query = select(line.account, func.sum(line.debit_cents - line.credit_cents)).group_by(line.account)
    with world.db.read() as connection:
        sums = {LedgerAccount(account): Money(int(cents)) for account, cents in connection.execute(query)}
    return {account: balance for account, balance in sums.items() if balance}


def _voucher(amount: str, payee: str, world: World) -> VoucherRequest:
    return VoucherRequest(
        new_key(), world.today, payee, "fournitures", VoucherCategory.OFFICE, money(amount), receipt_kept=True
    )
